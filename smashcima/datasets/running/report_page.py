"""The report of a data set as a page for people."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Iterable, Sequence

from smashcima.datasets.generation import GenerationPlan, RejectedScore, SampleFailure
from smashcima.datasets.running.statistics import OTHERS, Statistics

_MOST_ROWS = 100
"""Rows of a table; the rest is counted in the last one."""

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; max-width: 70rem; margin: 2rem auto; padding: 0 1rem; color: #222 }
h2 { margin-top: 2.5rem } table { border-collapse: collapse } td, th { padding: .15rem .8rem .15rem 0; text-align: left }
td.number { text-align: right; font-variant-numeric: tabular-nums } .bar { background: #7a9cc6; height: .7rem }
.sheet { display: flex; flex-wrap: wrap; gap: .6rem } figure { margin: 0 } figcaption { font-size: 12px; color: #666 }
.sheet img { max-width: 200px; border: 1px solid #ccc; display: block } .columns { columns: 2 }
@media (prefers-color-scheme: dark) { body { background: #1b1b1b; color: #ddd } }
"""


def report_page(
    plan: GenerationPlan,
    statistics: Statistics,
    failures: Sequence[SampleFailure],
    rejected: Sequence[RejectedScore],
    seconds: float,
    retries: int,
) -> str:
    """An HTML page that needs no other files.

    `rejected` are the scores that the sources have left out; `seconds` is the time that worker processes took for all shards.
    """
    parts = [
        _section("Overview", _facts(plan, statistics, failures, seconds, retries)),
        _section("Samples", _contact_sheet(statistics)),
        _section("Failures", _failures(failures, statistics)),
        _section("Scores that were left out", _rejected(rejected)),
        _section("Classes", _bars(statistics.classes, "objects") or _NO_CLASSES),
        _section("Styles", "".join(_styles(statistics))),
        _section("Sizes in pixels", _bars(statistics.sizes, "images")),
        _section("Licences of the music", _bars(statistics.licences, "images")),
        _section("Made from", _bars(statistics.parts, "images")),
        _section("Versions", _versions(statistics)),
    ]
    title = f"Data set of {statistics.images} images"
    return (
        f'<!doctype html>\n<html lang="en"><head><meta charset="utf-8"><title>{title}</title>'
        f"<style>{_STYLE}</style></head>\n<body><h1>{title}</h1>\n{''.join(parts)}</body></html>\n"
    )


_NO_CLASSES = "<p>The plan has no labels from which objects are counted, such as <code>coco</code>.</p>"


def _section(title: str, content: str) -> str:
    return f"<section><h2>{title}</h2>\n{content}</section>\n"


def _facts(
    plan: GenerationPlan,
    statistics: Statistics,
    failures: Sequence[SampleFailure],
    seconds: float,
    retries: int,
) -> str:
    images = max(statistics.images, 1)
    rows = {
        "samples": f"{plan.count:,}, of which {len(failures):,} failed",
        "images": f"{statistics.images:,}",
        "splits": ", ".join(f"{name}: {count:,}" for name, count in sorted(statistics.splits.items())),
        "layout": str(plan.layout["name"]),
        "labels": ", ".join(plan.labels),
        "seed": str(plan.seed),
        "size": f"{statistics.bytes / 1e6:,.1f} MB, {statistics.bytes / images / 1e3:,.0f} kB per image",
        "time of worker processes": f"{_duration(seconds)}, {seconds / images:.2f} seconds per image",
        "shards begun again": str(retries),
    }
    cells = (f"<tr><th>{name}</th><td>{html.escape(text)}</td></tr>" for name, text in rows.items())
    return f"<table>{''.join(cells)}</table>\n"


def _duration(seconds: float) -> str:
    return f"{seconds / 3600:,.1f} hours" if seconds >= 3600 else f"{seconds / 60:.1f} minutes"


def _contact_sheet(statistics: Statistics) -> str:
    figures = (
        f'<figure><img alt="sample {sample}" src="data:image/jpeg;base64,{image}">'
        f"<figcaption>{sample}</figcaption></figure>"
        for sample, image in sorted(statistics.thumbnails.items())
    )
    return f'<div class="sheet">{"".join(figures)}</div>\n'


def _failures(failures: Sequence[SampleFailure], statistics: Statistics) -> str:
    text = "<p>All samples were made.</p>\n"
    if failures:
        sources = _bars(Counter(failure.source for failure in failures), "samples")
        rows = [(str(failure.sample), failure.source, failure.error) for failure in failures]
        text = f"{sources}<h3>Reasons</h3>{_table(('sample', 'score', 'reason'), rows)}"
    if statistics.labels_not_written:
        text += "<h3>Images without a label, because its format cannot express them</h3>"
        text += _bars(statistics.labels_not_written, "images")
    return text


def _rejected(rejected: Sequence[RejectedScore]) -> str:
    if not rejected:
        return "<p>All scores of the sources were used.</p>\n"
    return _table(("score", "reason"), [(each.name, each.reason) for each in rejected])


def _table(head: Sequence[str], rows: Sequence[tuple[str, ...]]) -> str:
    """A table of the first rows."""
    names = "".join(f"<th>{html.escape(name)}</th>" for name in head)
    more = len(rows) - _MOST_ROWS
    note = f"<p>and {more:,} more</p>" if more > 0 else ""
    return f"<table><tr>{names}</tr>{_rows(rows[:_MOST_ROWS])}</table>{note}\n"


def _styles(statistics: Statistics) -> Iterable[str]:
    for aspect, styles in sorted(statistics.styles.items()):
        yield f"<h3>{html.escape(aspect)}</h3>\n"
        if max(styles.values()) == 1 and len(styles) > 1:
            yield f"<p>{len(styles)} images with a different one each.</p>\n"
        else:
            yield _bars(styles, "images")


def _bars(table: Counter[str], unit: str) -> str:
    """A table with a bar for each number."""
    if not table:
        return ""
    most = max(table.values())
    named = sorted(
        ((name, count) for name, count in table.items() if name != OTHERS), key=lambda x: (-x[1], x[0])
    )
    rest = sum(count for _, count in named[_MOST_ROWS:]) + table.get(OTHERS, 0)
    rows = [*named[:_MOST_ROWS], *([(OTHERS, rest)] if rest else [])]
    cells = (
        f'<tr><td>{html.escape(name)}</td><td class="number">{count:,}</td>'
        f'<td style="width: 20rem"><div class="bar" style="width: {100 * min(count / most, 1):.1f}%"></div></td></tr>'
        for name, count in rows
    )
    return f"<table><tr><th></th><th>{unit}</th></tr>{''.join(cells)}</table>\n"


def _versions(statistics: Statistics) -> str:
    return "".join(f"<table>{_rows(sorted(versions.items()))}</table>\n" for versions in statistics.versions)


def _rows(rows: Iterable[tuple[str, ...]]) -> str:
    return "".join(f"<tr>{''.join(f'<td>{html.escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
