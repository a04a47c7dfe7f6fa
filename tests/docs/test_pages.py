"""Every page of the documentation: its code runs, its commands work, and what it links to is there."""

from __future__ import annotations

import re
import shlex
import shutil
from pathlib import Path
from types import ModuleType

import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app

REPOSITORY = Path(__file__).resolve().parents[2]
TUTORIALS = sorted((REPOSITORY / "tutorials").glob("*.md"))
PAGES = [REPOSITORY / "README.md", *TUTORIALS, *sorted((REPOSITORY / "docs").rglob("*.md"))]
MADE_BY_THE_SITE = re.compile(r"(reference/.*|changelog|contributing)(\.md)?$")
"""What `docs/generate_pages.py` writes; `make docs` fails where such a link leads nowhere."""

WITH_TESTS = [page for page in PAGES if "\nclass Test" in page.read_text(encoding="utf-8")]

SHORT_SONG = REPOSITORY / "tests" / "short_song.musicxml"
"""Two systems of the example: commands work on any score."""

LARGEST_PICTURE_BYTES = 150 * 1024


def name_of(page: Path) -> str:
    return page.relative_to(REPOSITORY).as_posix()


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_code_of_a_page_runs_and_prints_what_it_says(code: ModuleType, page: Path, tmp_path: Path):
    """And the tests that a page writes pass."""
    made = code.run_page(page, tmp_path)
    classes = [value for name, value in made.items() if name.startswith("Test") and isinstance(value, type)]
    assert bool(classes) == (page in WITH_TESTS)
    for tests in classes:
        methods = [name for name in dir(tests) if name.startswith("test_")]
        assert methods
        for name in methods:
            with code.working_in(tmp_path):
                getattr(tests(), name)()


def test_pages_write_tests():
    assert {page.name for page in WITH_TESTS} == {
        "2-changing-background-texture.md",
        "3-using-custom-glyphs.md",
        "models-and-services.md",
    }


def commands_of(code: ModuleType, page: Path) -> list[list[str]]:
    lines = [
        line
        for block in code.code_blocks(page.read_text(encoding="utf-8"))
        if block.language == "sh"
        for line in block.text.splitlines()
    ]
    return [words for line in lines if (words := shlex.split(line, comments=True))]


@pytest.mark.slow
@pytest.mark.parametrize("page", PAGES, ids=name_of)
def test_the_commands_of_a_page_work(code: ModuleType, page: Path, tmp_path: Path):
    targets = re.findall(r"^([a-z-]+):", (REPOSITORY / "Makefile").read_text(encoding="utf-8"), re.M)
    for program, *arguments in commands_of(code, page):
        if program == "make":
            assert arguments[0] in targets, arguments
            continue
        assert program == "smashcima", f"the tests do not know how to run {program}"
        with code.working_in(tmp_path):
            for score in (Path("score.musicxml"), Path("assets/example/example.musicxml")):
                shutil.copy(SHORT_SONG, score)
            done = CliRunner().invoke(app, arguments)
        assert done.exit_code == 0, (arguments, done.output)


def test_the_readme_shows_how_to_begin(code: ModuleType):
    commands = commands_of(code, REPOSITORY / "README.md")
    assert ["make", "demo"] in commands
    assert ["make", "test"] in commands
    assert any(words[:2] == ["smashcima", "render"] for words in commands)


def links_of(page: Path) -> list[str]:
    text = re.sub(r"^```.*?^```$", "", page.read_text(encoding="utf-8"), flags=re.M | re.S)
    links = re.findall(r"\]\(([^)\s]+)\)", text) + re.findall(r'<img src="([^"]+)"', text)
    return [link.partition("#")[0] for link in links if "://" not in link and not link.startswith("#")]


@pytest.mark.parametrize("page", [*PAGES, REPOSITORY / "CONTRIBUTING.md"], ids=name_of)
def test_what_a_page_links_to_is_there(page: Path):
    for link in links_of(page):
        if "docs" in page.parts and MADE_BY_THE_SITE.match(link):
            continue
        assert (page.parent / link).exists(), link


@pytest.mark.parametrize("page", [REPOSITORY / "README.md", *TUTORIALS], ids=name_of)
def test_a_page_shows_pictures(page: Path):
    assert [link for link in links_of(page) if link.endswith((".png", ".jpg"))]


def test_pictures_are_small_and_all_are_shown():
    shown = {(page.parent / link).resolve() for page in PAGES for link in links_of(page)}
    pictures = [path for path in (REPOSITORY / "assets").rglob("*") if path.suffix in {".png", ".jpg"}]
    for picture in pictures:
        assert picture.stat().st_size <= LARGEST_PICTURE_BYTES, picture
        assert picture in shown, f"{picture} is shown nowhere"


def test_all_guides_are_in_the_navigation():
    text = (REPOSITORY / "docs" / "generate_pages.py").read_text(encoding="utf-8")
    guides = REPOSITORY / "docs"
    for page in guides.rglob("*.md"):
        name = page.relative_to(guides).as_posix()
        assert f'"{name}"' in text or f"({name})" in text, name


def options_of(*commands: str) -> set[str]:
    """The options of some commands, as their help shows them."""
    options: set[str] = set()
    for command in commands:
        done = CliRunner().invoke(app, [command, "--help"])
        assert done.exit_code == 0
        options |= set(re.findall(r"--[a-z]+(?:-[a-z]+)*", done.stdout))
    return options - {"--regions", "--help"}


def test_options_that_the_command_line_page_names_exist_and_none_is_missing():
    page = (REPOSITORY / "docs" / "command-line.md").read_text(encoding="utf-8")
    options = options_of("render", "repeat", "convert", "generate", "classes")
    # The options of these are conditions, which have a page of their own.
    composing = options_of("compose", "learn", "imagine")
    named = set(re.findall(r"--[a-z]+(?:-[a-z]+)*", page))
    assert len(options) > 8
    assert options <= named, options - named
    assert named - {"--help", "--regions", "--install-completion"} <= options | composing
