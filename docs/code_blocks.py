"""Finds and runs the code in Markdown pages, for the tests of the documentation and for its pictures.

The `python` (or `py`) blocks of a page run in order, in one namespace, in a directory that contains the bundled
`assets`. The output of a block must match the `text` block directly after it, in which `...` matches anything;
a block without one must print nothing.
"""

from __future__ import annotations

import contextlib
import doctest
import io
import itertools
import os
import re
import shutil
import sys
import types
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
RECIPES = ROOT / "assets" / "recipes"
EXAMPLE = ROOT / "assets" / "example" / "example.musicxml"

_FENCE = re.compile(r"^(?P<indent> *)```(?P<language>\w*)[^\n]*\n(?P<text>.*?)^(?P=indent)```$", re.M | re.S)
_PYTHON = {"py", "python"}


@dataclass(frozen=True)
class CodeBlock:
    """A fenced block of a page."""

    language: str
    text: str
    line: int
    """Line of the page on which the text begins, counted from 1."""

    output: str | None
    """Text of the `text` block directly after it, or `None`."""


def code_blocks(markdown: str) -> list[CodeBlock]:
    """Returns all fenced blocks of a page, in order."""
    found = list(_FENCE.finditer(markdown))
    blocks = []
    for match, following in itertools.zip_longest(found, found[1:]):
        output = None
        if following is not None and following["language"] == "text":
            between = markdown[match.end() : following.start()]
            output = following["text"] if not between.strip() else None
        line = markdown.count("\n", 0, match.start("text")) + 1
        blocks.append(CodeBlock(match["language"], match["text"], line, output))
    return blocks


def python_blocks(markdown: str) -> list[CodeBlock]:
    """Returns the blocks that contain Python code."""
    return [block for block in code_blocks(markdown) if block.language in _PYTHON]


def run_page(page: Path, directory: Path) -> dict[str, object]:
    """Runs the blocks of a page in a directory, and returns their namespace.

    Propagates errors of the code; raises an `AssertionError` if its output differs from that on the page.
    """
    module = types.ModuleType("page_" + re.sub(r"\W", "_", page.stem))
    sys.modules[module.__name__] = module  # classes of the page can be pickled
    try:
        with working_in(directory):
            for block in python_blocks(page.read_text(encoding="utf-8")):
                _run_block(block, page, module.__dict__)
    finally:
        del sys.modules[module.__name__]
    return module.__dict__


def _run_block(block: CodeBlock, page: Path, namespace: dict[str, object]) -> None:
    code = compile("\n" * (block.line - 1) + block.text, str(page), "exec")
    printed = io.StringIO()
    with contextlib.redirect_stdout(printed):
        exec(code, namespace)  # noqa: S102 - running pages is what this module is for
    wanted = block.output or ""
    if not doctest.OutputChecker().check_output(wanted, printed.getvalue(), doctest.ELLIPSIS):
        raise AssertionError(
            f"{page.name}, line {block.line}: the page says\n{wanted}\nbut the code prints\n{printed.getvalue()}"
        )


@contextlib.contextmanager
def working_in(directory: Path) -> Iterator[None]:
    """Changes to a directory that contains the bundled score, under two names, and the recipes, as pages expect.

    Asset bundles are not available there, so output and pictures do not depend on the machine, and no stored picture
    contains symbols of MUSCIMA++, whose licence it would inherit.
    """
    (directory / "assets" / "example").mkdir(parents=True, exist_ok=True)
    shutil.copy(EXAMPLE, directory / "assets" / "example")
    shutil.copytree(RECIPES, directory / "assets" / "recipes", dirs_exist_ok=True)
    shutil.copy(EXAMPLE, directory / "score.musicxml")
    before = Path.cwd()
    os.chdir(directory)
    try:
        with without_assets(directory / "cache"):
            yield
    finally:
        os.chdir(before)


@contextlib.contextmanager
def without_assets(cache: Path) -> Iterator[None]:
    """Makes Smashcima use an empty cache directory and no network."""
    changed = {"SMASHCIMA_CACHE": str(cache), "SMASHCIMA_OFFLINE": "1"}
    names = [
        *changed,
        "SMASHCIMA_ASSETS_FROM",
        "SMASHCIMA_PRIMUS",
        "SMASHCIMA_MIRRORS",
        "MC_HOME",
        "MC_ASSETS_CACHE",
    ]
    before = {name: os.environ.pop(name, None) for name in names}
    os.environ.update(changed)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name, None)
            if value is not None:
                os.environ[name] = value
