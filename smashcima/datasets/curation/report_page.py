"""The report of a curation as a web page."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING

from smashcima.datasets.curation.rules import REASONS

if TYPE_CHECKING:
    from smashcima.datasets.curation.curating import CurationReport, PageVerdict

_STYLE = """
body { font: 15px/1.5 system-ui, sans-serif; margin: 2rem auto; max-width: 76rem; padding: 0 1rem; }
table { border-collapse: collapse; margin: 1rem 0; }
th, td { border-bottom: 1px solid #ddd; padding: .25rem .7rem; text-align: left; vertical-align: top; }
td.number { text-align: right; font-variant-numeric: tabular-nums; }
img { border: 1px solid #ccc; max-height: 9rem; max-width: 9rem; }
.rejected { color: #a33; }
"""

_MOST_ROWS = 5000
"""Pages in the table; the JSON file has all."""


def report_page(report: CurationReport) -> str:
    """The report as HTML: numbers, rules, and a row for each page, with the picture of pages that were kept."""
    total = len(report.verdicts)
    counts = [("kept", report.kept), *((REASONS[reason], n) for reason, n in report.rejected.items())]
    summary = "".join(
        f'<tr><td>{escape(name)}</td><td class="number">{count}</td>'
        f'<td class="number">{count / max(1, total):.1%}</td></tr>'
        for name, count in counts
    )
    rules = "".join(
        f"<tr><td>{escape(name.replace('_', ' '))}</td><td>{escape(f'{value:.3g}')}</td></tr>"
        for name, value in vars(report.rules).items()
    )
    rows = "".join(map(_row, report.verdicts[:_MOST_ROWS]))
    left_out = total - _MOST_ROWS
    more = f"<p>{left_out} more pages are in report.json.</p>" if left_out > 0 else ""
    return (
        '<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>Curated pages</title>'
        f"<style>{_STYLE}</style></head><body><h1>Curated pages</h1>"
        f"<p>{total} pages, of which {report.kept} were kept. Rejected pages are counted by their first reason.</p>"
        f"<table>{summary}</table><h2>Rules</h2><table>{rules}</table><h2>Pages</h2>"
        "<table><tr><th></th><th>Page</th><th>Verdict</th><th>Bits</th><th>Score</th><th>Music</th><th>Skew</th>"
        f"<th>Specks</th></tr>{rows}</table>{more}</body></html>\n"
    )


def _row(verdict: PageVerdict) -> str:
    quality = verdict.quality
    picture = f'<img loading="lazy" src="{escape(verdict.file)}" alt="">' if verdict.file else ""
    name = verdict.source if verdict.page is None else f"{verdict.source}, page {verdict.page}"
    reasons = "; ".join(REASONS[reason] for reason in verdict.reasons)
    detail = f" ({verdict.detail})" if verdict.detail else ""
    said = f'<span class="rejected">{escape(reasons + detail)}</span>' if reasons else "kept"
    numbers = (
        (
            str(quality.depth),
            f"{quality.score_probability:.2f}",
            f"{quality.music_share:.0%}",
            f"{quality.skew_deg:.1f}°",
            f"{quality.specks:.0f}",
        )
        if quality
        else ("",) * 5
    )
    cells = "".join(f'<td class="number">{number}</td>' for number in numbers)
    return f"<tr><td>{picture}</td><td>{escape(name)}</td><td>{said}</td>{cells}</tr>"
