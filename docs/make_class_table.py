"""Writes the tables of `docs/classes.md`, between their marks, from the table of classes in the code.

Run: `python docs/make_class_table.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

from smashcima.exporting.classes import VOCABULARIES, vocabulary

PAGE = Path(__file__).resolve().parent / "classes.md"
_OTHERS = VOCABULARIES[1:]


def overview() -> str:
    """Table of the number of classes of each vocabulary, and of labels without a class."""
    rows = ["| vocabulary | description | classes | labels without a class |", "| --- | --- | ---: | ---: |"]
    for name in VOCABULARIES:
        known = vocabulary(name)
        rows.append(f"| `{name}` | {known.title} | {len(known.classes)} | {len(known.inexpressible)} |")
    return "\n".join(rows)


def omissions() -> str:
    """List of the labels of the table without a class, by vocabulary, and the number of all others."""
    rows = []
    for name in _OTHERS:
        known = vocabulary(name)
        listed = [label for label in known.inexpressible if label in known.rules]
        others = len(known.inexpressible) - len(listed)
        rows.append(
            f"- `{name}`: {', '.join(f'`{label}`' for label in listed)}, and {others} rare labels that are not in the table."
        )
    return "\n".join(rows)


def table() -> str:
    """Table of the class of each label in each vocabulary."""
    head = ["label", *_OTHERS]
    rows = [f"| {' | '.join(head)} |", f"| {' | '.join(['---'] * len(head))} |"]
    for label in vocabulary(_OTHERS[0]).rules:
        cells = [vocabulary(name).rules[label] for name in _OTHERS]
        shown = ["–" if cell == "-" else f"`{cell}`".replace("|", "\\|") for cell in cells]
        rows.append(f"| `{label}` | {' | '.join(shown)} |")
    return "\n".join(rows)


def filled(page: str) -> str:
    """Returns the page with updated tables. Raises `ValueError` if a mark is missing or repeated."""
    for name, text in (("overview", overview()), ("omissions", omissions()), ("table", table())):
        mark = f"<!-- {name}, made by make_class_table.py -->\n"
        end = f"\n<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(mark)}.*?{re.escape(end)}", re.S)
        page, count = pattern.subn(lambda _, t=text, m=mark, e=end: f"{m}\n{t}\n{e}", page)  # type: ignore[misc]
        if count != 1:
            raise ValueError(f"{PAGE}: the marks of {name!r} must occur once, not {count} times.")
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
