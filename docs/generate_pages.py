"""Generates pages from other files: the API reference, the tutorials, the changelog, and the navigation.

Links out of a guide (`../assets/`, `../tutorials/`) are relative to the repository; they are shortened for the site.

mkdocs-gen-files runs this module while it builds the site; its output exists in the site only.

The reference has a page for each package with `__all__`, and for each module directly in `smashcima`. Modules inside
packages are not public, so they have no pages.
"""

from __future__ import annotations

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import mkdocs_gen_files

sys.path.insert(0, str(Path(__file__).parent))  # mkdocs-gen-files runs this file from elsewhere
from name_table import name_table

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "smashcima"
SHOWN = {".gif", ".jpg", ".jpeg", ".png", ".svg", ".yaml"}
"""Suffixes of the files in `assets` that pages show or link to."""
SECTIONS = {
    "First steps": {
        "how-do-i.md": "How do I …",
        "gallery.md": "Gallery",
        "playground.md": "Playground",
        "looks.md": "Looks",
    },
    "Appearance": {
        "handwriting.md": "Handwriting",
        "real-hands.md": "Real hands",
        "own-symbols.md": "Custom symbols",
        "placement.md": "Placement",
        "paper.md": "Paper",
        "degradations.md": "Degradations",
        "assets.md": "Asset bundles",
    },
    "Ground truth": {
        "ground-truth.md": "All formats",
        "formats/mung.md": "MuNG",
        "formats/coco.md": "COCO",
        "formats/yolo.md": "YOLO",
        "formats/pascal-voc.md": "Pascal VOC",
        "formats/label-studio.md": "Label Studio, FiftyOne",
        "formats/deepscores.md": "DeepScoresV2",
        "formats/masks.md": "Masks",
        "formats/page.md": "PAGE XML",
        "formats/alignment.md": "Alignment",
        "formats/html.md": "HTML",
        "symbolic-formats.md": "Symbolic formats",
        "classes.md": "Classes and links",
    },
    "Usage": {
        "models-and-services.md": "Models and services",
        "recipes.md": "Recipes and records",
        "migrating.md": "Migrating from smashcima 1",
        "scene.md": "The scene",
        "composing.md": "Composing",
        "text-to-score.md": "Text to score",
        "benchmark-of-generated-pages.md": "Benchmark of generated pages",
        "generating-data-sets.md": "Generating data sets",
        "sources-of-data-sets.md": "Sources of data sets",
        "data-set-layouts.md": "Layouts of data sets",
        "data-sets-at-scale.md": "Data sets at scale",
        "curation.md": "Curating real pages",
        "loading-and-issues.md": "Loading and issues",
        "verifying.md": "Verifying pages",
        "completeness.md": "Completeness",
        "comparing.md": "Comparing scores",
        "primus.md": "PrIMuS",
        "mashcima-language.md": "Mashcima language",
        "mashcima-1.0.md": "Mashcima 1.0",
        "abc.md": "ABC",
        "sharpeye.md": "SharpEye",
        "command-line.md": "Command line",
        "extending.md": "Extending Smashcima",
        "architecture.md": "Architecture",
    },
}
"""Guides by navigation section, with their titles in the navigation."""

WITHOUT_PAGE = {"smashcima.cli"}
"""Modules without a reference page. `--help` documents the command line."""


def main() -> None:
    navigation = ["* [Home](index.md)", *tutorials()]
    write_guide("index.md")
    for section, guides in SECTIONS.items():
        navigation.append(f"* {section}")
        for guide, title in guides.items():
            write_guide(guide)
            navigation.append(f"    * [{title}]({guide})")
    navigation += reference()
    navigation += ["* [Changelog](changelog.md)", "* [Contributing](contributing.md)"]
    write("changelog.md", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    write("contributing.md", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    write("SUMMARY.md", "\n".join(navigation) + "\n")


def write_guide(guide: str) -> None:
    """Copies a guide and shortens links out of `docs` by one directory."""
    text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
    up = "../" * guide.count("/")
    write(guide, text.replace(f"]({up}../", f"]({up}"))


def tutorials() -> Iterator[str]:
    """Copies the tutorials, all pictures and recipes to paths at which relative links work."""
    pages = sorted((ROOT / "tutorials").glob("*.md"))
    if not pages:
        return
    yield "* Tutorials"
    for page in pages:
        text = page.read_text(encoding="utf-8").replace("](../docs/", "](../")
        write(f"tutorials/{page.name}", text)
        title = next((line[2:].strip() for line in text.splitlines() if line.startswith("# ")), page.stem)
        yield f"    * [{title}](tutorials/{page.name})"
    for picture in sorted((ROOT / "assets").rglob("*")):
        if picture.suffix.lower() in SHOWN:
            with mkdocs_gen_files.open(picture.relative_to(ROOT).as_posix(), "wb") as file:
                file.write(picture.read_bytes())


def reference() -> Iterator[str]:
    yield "* Reference"
    for name, path in sorted(public_modules()):
        page = f"reference/{name}.md"
        names = f"\n## Names\n\n{name_table()}" if name == "smashcima" else ""
        write(page, f"# `{name}`\n\n::: {name}\n{names}")
        mkdocs_gen_files.set_edit_path(page, path.relative_to(ROOT).as_posix())
        yield f"    * [{name.removeprefix('smashcima.')}]({page})"


def public_modules() -> Iterator[tuple[str, Path]]:
    for path in PACKAGE.rglob("*.py"):
        if not (path.parent.parent / "__init__.py").exists() and path.parent != PACKAGE:
            continue
        parts = path.relative_to(ROOT).with_suffix("").parts
        if parts[-1] == "__init__":
            name = ".".join(parts[:-1])
            is_shown = name == "smashcima" or says_what_it_offers(path)
        else:
            name = ".".join(parts)
            is_shown = len(parts) == 2 and not parts[-1].startswith("_")
        if is_shown and name not in WITHOUT_PAGE:
            yield name, path


def says_what_it_offers(path: Path) -> bool:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    targets = [target for node in tree.body if isinstance(node, ast.Assign) for target in node.targets]
    return any(isinstance(target, ast.Name) and target.id == "__all__" for target in targets)


def write(path: str, text: str) -> None:
    with mkdocs_gen_files.open(path, "w", encoding="utf-8") as file:
        file.write(text)


main()
