"""Prints the table of placement quantities in `docs/placement.md`.

Run: `python benchmarks/placement/quantity_table.py`.
"""

from __future__ import annotations

import sys

from links import LINKS

from smashcima.placement import QUANTITIES, population


def table() -> str:
    """Markdown table with a row for each quantity."""
    lines = [
        "| quantity | form | meaning | mean ± between writers | spread | measured as |",
        "|---|---|---|---|---|---|",
    ]
    for name, prior in population().priors.items():
        meaning = QUANTITIES[name]
        link = f"`{LINKS[name].feature}`" if name in LINKS else "set by eye"
        lines.append(
            f"| `{name}` | {meaning.form} | {meaning.text} | {prior.mean:.2f} ± {prior.between:.2f} | {prior.spread:.2f} "
            f"| {link} |"
        )
    return "\n".join(lines)


if __name__ == "__main__":
    sys.stdout.write(table() + "\n")
