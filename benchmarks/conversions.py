"""What conversions keep: writes scores in each format, reads them back, and compares them with the originals.

Run: `python benchmarks/conversions.py [FOLDER]`. FOLDER is a folder of scores, by default `../shared/data/lieder`. Prints a
table of symbol error rates by kind and format, for `docs/comparing.md`.
"""

from __future__ import annotations

import sys
import tempfile
from collections import defaultdict
from dataclasses import replace
from pathlib import Path

from smashcima.cli.score_formats import SCORE_FORMATS, Choices
from smashcima.cli.sources import expand_sources
from smashcima.comparing import KINDS, Comparison, compare_scores
from smashcima.errors import SmashcimaError
from smashcima.loading import load_score
from smashcima.orchestration import EngravedModel

ROOT = Path(__file__).resolve().parent.parent
FORMATS = ("musicxml", "mei", "krn", "mro")


def main(folder: Path) -> None:
    found: dict[str, list[Comparison]] = defaultdict(list)
    model = EngravedModel(seed=0)
    with tempfile.TemporaryDirectory() as directory:
        for source in expand_sources([folder]):
            loaded = load_score(source)
            for name in FORMATS:
                entry = SCORE_FORMATS[name]
                target = Path(directory) / f"{source.stem}{entry.suffix}"
                subject = (
                    replace(loaded, engraving=model.lay_out(loaded)) if entry.needs_layout else loaded.score
                )
                try:
                    entry.make_exporter(Choices()).write(subject, target)
                    result = load_score(target).score
                except SmashcimaError as error:
                    print(f"{source.name}: {name}: {error}", file=sys.stderr)
                    continue
                found[name].append(compare_scores(loaded.score, result))
    print_table({name: Comparison.summed(each) for name, each in found.items()})


def print_table(found: dict[str, Comparison]) -> None:
    print(f"| kind | symbols | {' | '.join(f'`{name}`' for name in found)} |")
    print("|---|---|" + "---|" * len(found))
    first = next(iter(found.values()))
    for kind in (kind for kind in KINDS if kind in first.kinds):
        rates = (cell(each.kinds[kind].error_rate) if kind in each.kinds else "–" for each in found.values())
        print(f"| {kind} | {first.kinds[kind].symbols} | {' | '.join(rates)} |")
    print(f"| all | {first.total.symbols} | {' | '.join(cell(each.error_rate) for each in found.values())} |")


def cell(rate: float) -> str:
    return f"{rate:.2%}" if rate else "0"


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT.parent / "shared" / "data" / "lieder")
