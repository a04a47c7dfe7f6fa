"""Summary of issues that remains readable for thousands of them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from rich.console import Console
from rich.markup import escape

from smashcima.errors import Issue


def print_issues(console: Console, issues: Sequence[Issue], limit: int = 12) -> None:
    """Prints up to `limit` groups of issues with the same element and text, the most frequent first."""
    if not issues:
        return
    groups = Counter((issue.element, issue.what) for issue in issues)
    first = {(issue.element, issue.what): issue.where for issue in reversed(issues)}
    for (element, what), count in groups.most_common(limit):
        where = first[(element, what)]
        place = where if count == 1 else f"{count} times, first at {where}"
        console.print(
            f"  [yellow]•[/] {escape(element)}: {escape(what)} [dim]({escape(place)})[/]", highlight=False
        )
    if len(groups) > limit:
        console.print(f"  [dim]… and {len(groups) - limit} more types of issues (--issues lists all)[/]")
