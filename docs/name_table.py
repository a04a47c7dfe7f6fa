"""The table of all names of the package `smashcima`, for its page in the reference.

The package loads its names when they are first used, so tools that read the source do not see them.
"""

from __future__ import annotations

import inspect
import sys

import smashcima


def name_table() -> str:
    """A table in Markdown: each name with a link to its description, and the first sentence of it."""
    rows = ["| name | |", "|---|---|"]
    for name, module in sorted(smashcima._MODULE_OF.items(), key=lambda item: item[0].lower()):
        thing = getattr(smashcima, name)
        # A function named like its module has no heading of its own.
        anchor = "" if f"{module}.{name}" in sys.modules else f"#{module}.{name}"
        rows.append(f"| [`{name}`]({module}.md{anchor}) | {_summary(thing)} |")
    return "\n".join(rows) + "\n"


def _summary(thing: object) -> str:
    """The first paragraph of a docstring, on one line."""
    text = inspect.getdoc(thing) if inspect.isclass(thing) or inspect.isroutine(thing) else None
    return " ".join((text or "").partition("\n\n")[0].split()).replace("|", "\\|")
