"""The choice of pages that a model makes, from layouts that come some pages at a time."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from dataclasses import replace
from itertools import chain

from smashcima.engraving import Engraving
from smashcima.engraving.engraver import joined
from smashcima.errors import SettingsError
from smashcima.exporting.symbolic import score_layout
from smashcima.scene.semantic import Score
from smashcima.scene.semantic.score_layout import ScoreLayout

PageChoice = int | Collection[int] | Callable[[int], Collection[int]]
"""Index of a page, indices of several, or a function that returns them for the number of pages."""


def chosen_runs(
    score: Score, lay_out: Callable[[], Iterator[Engraving]], choice: PageChoice | None
) -> Iterator[Engraving]:
    """The chosen pages of a layout, in reading order; at least one engraving, which may have no pages.

    Sets the layout of the score up to the pages that were laid out. What follows the last chosen page is not laid out.

    Args:
        score: the score.
        lay_out: lays out consecutive parts of the score.
        choice: the pages; `None` for all.

    Raises:
        SettingsError: a page does not exist.
    """
    runs = lay_out()
    first = next(runs)
    if callable(choice):
        second = next(runs, None)
        if second is None:
            choice = choice(len(first.pages))
        else:  # all are laid out to count them, but not kept
            choice = choice(len(first.pages) + len(second.pages) + sum(len(run.pages) for run in runs))
            runs = lay_out()
            next(runs)
    wanted = _indices(choice)
    last = None if wanted is None else max(wanted, default=-1)
    is_valid = not wanted or min(wanted) >= 0
    count = 0
    for run in chain([first], runs):
        _extend_layout(score, run, is_first=count == 0)
        count += len(run.pages)
        if wanted is None:
            yield run
        elif is_valid:
            pages = tuple(page for page in run.pages if page.index in wanted)
            if pages or not wanted:
                yield replace(run, pages=pages)
            if last is not None and last < count:
                return
    if wanted is not None:
        raise SettingsError(
            f"pages must be a collection of page indices from 0 to {count - 1}, not {choice!r}; the score has {count} "
            "pages."
        )


def lays_out_as_a_whole(model: type[object]) -> bool:
    """Whether a class of models has overridden `lay_out` later than `lay_out_in_runs`."""
    for kind in model.__mro__:
        if "lay_out_in_runs" in vars(kind):
            return False
        if "lay_out" in vars(kind):
            return True
    return False


def sheets(runs: Iterator[Engraving], at_once: int) -> Iterator[Engraving]:
    """Engravings with a number of pages each, and the issues of the runs from which the pages are."""
    waiting: list[Engraving] = []
    for run in runs:
        for page in run.pages:
            waiting.append(replace(run, pages=(page,)))
            if len(waiting) == at_once:
                yield joined(waiting)
                waiting.clear()
    if waiting:
        yield joined(waiting)


def _indices(choice: int | Collection[int] | None) -> frozenset[int] | None:
    if choice is None:
        return None
    if isinstance(choice, int):
        return frozenset({choice})
    if not isinstance(choice, Collection) or not all(isinstance(index, int) for index in choice):
        raise SettingsError(f"pages must be a collection of page indices from 0, not {choice!r}.")
    return frozenset(choice)


def _extend_layout(score: Score, run: Engraving, is_first: bool) -> None:
    """Adds pages to the layout of a score."""
    found = score_layout(run)
    if is_first:
        score.layout = found
    elif score.layout is not None:
        # The layout is not music: slices stay up to date.
        score.__dict__["layout"] = ScoreLayout((*score.layout.systems, *found.systems))
