"""Writes the tables of `docs/classes.md`, between its marks, from the table that the code goes by.

Run: `python docs/make_class_table.py`.
"""

from __future__ import annotations

import re
from pathlib import Path

from smashcima.exporting.classes import VOCABULARIES, vocabulary

PAGE = Path(__file__).resolve().parent / "classes.md"
_OTHERS = VOCABULARIES[1:]


def overview() -> str:
    """How many classes each vocabulary has, and for how many of our labels it has none."""
    rows = ["| vocabulary | what it is | classes | labels without a class |", "| --- | --- | ---: | ---: |"]
    for name in VOCABULARIES:
        known = vocabulary(name)
        rows.append(f"| `{name}` | {known.title} | {len(known.classes)} | {len(known.inexpressible)} |")
    return "\n".join(rows)


def omissions() -> str:
    """What each vocabulary cannot express."""
    return "\n".join(
        f"- `{name}`: {', '.join(f'`{label}`' for label in vocabulary(name).inexpressible)}."
        for name in _OTHERS
    )


def table() -> str:
    """The table, row by row."""
    head = ["label", *_OTHERS]
    rows = [f"| {' | '.join(head)} |", f"| {' | '.join(['---'] * len(head))} |"]
    for label in vocabulary(_OTHERS[0]).rules:
        cells = [vocabulary(name).rules[label] for name in _OTHERS]
        shown = ["–" if cell == "-" else f"`{cell}`".replace("|", "\\|") for cell in cells]
        rows.append(f"| `{label}` | {' | '.join(shown)} |")
    return "\n".join(rows)


def filled(page: str) -> str:
    """The page with its tables made anew."""
    for name, text in (("overview", overview()), ("omissions", omissions()), ("table", table())):
        mark = f"<!-- {name}, made by make_class_table.py -->\n"
        end = f"\n<!-- end of {name} -->"
        pattern = re.compile(f"{re.escape(mark)}.*?{re.escape(end)}", re.S)
        page, count = pattern.subn(lambda _, t=text, m=mark, e=end: f"{m}\n{t}\n{e}", page)  # type: ignore[misc]
        if count != 1:
            raise ValueError(f"{PAGE}: the marks of {name!r} stand there {count} times, not once.")
    return page


if __name__ == "__main__":
    PAGE.write_text(filled(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
