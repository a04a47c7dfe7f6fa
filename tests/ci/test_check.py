"""`make check` finds the tests of what has changed."""

from __future__ import annotations

import importlib.util
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
RULES = {"tests/test_face.py", "tests/test_project.py"}


@pytest.fixture(scope="module")
def check() -> ModuleType:
    spec = importlib.util.spec_from_file_location("ci_check", REPOSITORY / ".ci" / "check.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module  # dataclasses look for their module there
    spec.loader.exec_module(module)
    return module


@pytest.mark.parametrize(
    ("module", "tests"),
    [
        ("smashcima/imaging/pixel_maps/displacement_map.py", {"tests/imaging/pixel_maps"}),
        (
            "smashcima/imaging/filters/stains.py",
            {"tests/imaging/filters", "tests/imaging/compositing/test_warping.py"},
        ),
        ("smashcima/engravers/verovio/importing/supervisor.py", {"tests/engravers/verovio/importing"}),
        ("smashcima/engraving/engraving.py", {"tests/engraving", "tests/engravers"}),
        ("smashcima/settings.py", {"tests/test_settings.py"}),
        (
            "smashcima/synthesis/glyph/deeper/new.py",
            {"tests/synthesis/glyph"}
            | {"tests/synthesis/test_contracts.py", "tests/synthesis/test_interfaces.py"},
        ),
    ],
)
def test_a_module_is_tested_where_the_tests_mirror_it(check: ModuleType, module: str, tests: set[str]):
    selected = check.select_tests([module])
    assert selected.whole == set()
    assert selected.quick - {module} == RULES | tests


def test_examples_of_a_changed_module_run_and_those_of_a_removed_one_do_not(check: ModuleType):
    assert "smashcima/settings.py" in check.select_tests(["smashcima/settings.py"]).quick
    assert "smashcima/gone.py" not in check.select_tests(["smashcima/gone.py"]).quick


def test_every_package_has_tests_of_its_own(check: ModuleType):
    for package in (REPOSITORY / "smashcima").iterdir():
        if (package / "__init__.py").exists():
            selected = check.select_tests([f"smashcima/{package.name}/__init__.py"])
            tests = {test for test in selected.quick if test.startswith("tests")}
            assert tests > RULES, package.name
            assert "tests" not in tests, package.name


def test_tests_that_changed_run_themselves_and_those_that_went_do_not(check: ModuleType):
    selected = check.select_tests(["tests/test_settings.py", "tests/geometry/test_gone.py"])
    assert (selected.quick, selected.whole) == (set(), {"tests/test_settings.py"})


@pytest.mark.parametrize("shared", ["tests/mei/conftest.py", "tests/mei/song.musicxml"])
def test_what_tests_share_runs_all_tests_of_its_directory(check: ModuleType, shared: str):
    assert check.select_tests([shared]).quick == {"tests/mei"}


def test_a_page_runs_its_code_and_its_commands(check: ModuleType):
    selected = check.select_tests(["tutorials/4-postprocessing.md", "README.md", "CHANGELOG.md"])
    assert selected.quick == {"tests/docs"}
    assert "tests/docs/test_pages.py::test_the_commands_of_a_page_work[README.md]" in selected.whole
    assert len(selected.whole) == 6
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "--collect-only", "-q", *sorted(selected.whole)],
        cwd=REPOSITORY,
        capture_output=True,
        text=True,
        check=True,
    )
    assert set(done.stdout.splitlines()) >= selected.whole


def test_other_files_have_their_tests_in_a_table(check: ModuleType):
    assert check.select_tests([".ci/check.py"]).quick == {"tests/ci"}
    assert check.select_tests(["benchmarks/placement/fit.py"]).quick == {"tests/benchmarks"}
    assert check.select_tests(["LICENSE"]).quick == set()


def test_all_tests_that_the_tables_name_exist(check: ModuleType):
    for table in (check.ALSO, check.ELSEWHERE):
        for place, tests in table.items():
            assert (REPOSITORY / place).exists(), place
            for test in tests:
                assert (REPOSITORY / test).exists(), test


def test_what_lies_in_a_selected_directory_is_not_named_again(check: ModuleType):
    changed = ["smashcima/imaging/__init__.py", "smashcima/imaging/filters/stains.py"]
    quick = check.select_tests(changed).quick
    assert "tests/imaging" in quick
    assert not any(test.startswith("tests/imaging/") for test in quick)


def test_the_linters_read_only_what_changed(check: ModuleType):
    assert check.commands(["LICENSE"], "2") == []
    page = check.commands(["README.md"], "2")
    assert [command[2] for command in page] == ["pytest", "pytest"]
    tools = [
        Path(word).name for command in check.commands(["smashcima/settings.py"], "2") for word in command
    ]
    assert [tool for tool in tools if tool in ("ruff", "mypy", "lint-imports", "pytest")] == [
        "ruff",
        "ruff",
        "mypy",
        "lint-imports",
        "pytest",
    ]


def test_changed_files_are_those_of_git_and_those_it_does_not_know(
    check: ModuleType, tmp_path: Path, monkeypatch
):
    def git(*arguments: str) -> None:
        identity = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"]
        subprocess.run(["git", *identity, *arguments], cwd=tmp_path, check=True, capture_output=True)

    def write(name: str, text: str) -> None:
        (tmp_path / name).write_text(text, encoding="utf-8")

    monkeypatch.setattr(check, "REPOSITORY", tmp_path)
    for variable in ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"):
        monkeypatch.delenv(variable, raising=False)
    git("init", "-b", "main")
    for name in ("same.py", "committed.py", "edited.py", "removed.py"):
        write(name, "1\n")
    write(".gitignore", "*.log\n")
    git("add", "-A")
    git("commit", "-m", "Begin")
    git("checkout", "-b", "branch")
    write("committed.py", "2\n")
    git("commit", "-am", "Go on")
    write("edited.py", "2\n")
    (tmp_path / "removed.py").unlink()
    write("new.py", "")
    write("x.log", "")
    assert check.changed_files(None) == ["committed.py", "edited.py", "new.py", "removed.py"]
    assert check.changed_files("HEAD") == ["edited.py", "new.py", "removed.py"]
