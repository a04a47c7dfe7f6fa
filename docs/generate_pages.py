"""Pages that are made from other files: the API reference, the tutorials, the changelog, and the navigation.

Links that lead out of a guide (`../assets/`, `../tutorials/`) hold in the repository; in the site they are shorter.

Run by mkdocs-gen-files while the site is built; what it writes exists in the site only.

The reference has a page for each package that says what it offers (by `__all__`), and for each module that stands
directly in `smashcima`. The modules inside packages are not promised to users, so they have no pages.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import mkdocs_gen_files

ROOT = Path(__file__).resolve().parent.parent
PACKAGE = ROOT / "smashcima"
PICTURES = {".gif", ".jpg", ".jpeg", ".png", ".svg"}
GUIDES = {
    "handwriting.md": "Handwriting",
    "real-hands.md": "Real hands",
    "placement.md": "Placement",
    "own-symbols.md": "Symbols of one's own",
    "paper.md": "Paper",
    "degradations.md": "Degradations",
    "assets.md": "Asset bundles",
    "symbolic-formats.md": "Symbolic formats",
    "models-and-services.md": "Models and services",
    "scene.md": "The scene",
    "loading-and-issues.md": "Loading and issues",
    "completeness.md": "What arrives",
    "ground-truth.md": "Ground truth",
    "command-line.md": "Command line",
    "architecture.md": "Architecture",
}
WITHOUT_PAGE = {"smashcima.cli"}
"""The command line is described by its own `--help`."""


def main() -> None:
    for guide in ["index.md", *GUIDES]:
        text = (ROOT / "docs" / guide).read_text(encoding="utf-8")
        write(guide, text.replace("](../", "]("))
    navigation = ["* [Home](index.md)", *tutorials()]
    navigation += ["* Guides", *(f"    * [{title}]({page})" for page, title in GUIDES.items())]
    navigation += reference()
    navigation += ["* [Changelog](changelog.md)", "* [Contributing](contributing.md)"]
    write("changelog.md", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"))
    write("contributing.md", (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8"))
    write("SUMMARY.md", "\n".join(navigation) + "\n")


def tutorials() -> Iterator[str]:
    """Copies the tutorials, and the pictures that they show, to where their relative links still hold."""
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
        if picture.suffix.lower() in PICTURES:
            with mkdocs_gen_files.open(picture.relative_to(ROOT).as_posix(), "wb") as file:
                file.write(picture.read_bytes())


def reference() -> Iterator[str]:
    yield "* Reference"
    for name, path in sorted(public_modules()):
        page = f"reference/{name}.md"
        write(page, f"# `{name}`\n\n::: {name}\n")
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
