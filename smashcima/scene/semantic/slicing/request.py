"""The requested part of a score: a page, a system, staves, a range of measures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smashcima.errors import SettingsError
from smashcima.scene.semantic.staves import Staff

if TYPE_CHECKING:
    from smashcima.scene.semantic.measure import Measure
    from smashcima.scene.semantic.score import Score
    from smashcima.scene.semantic.score_layout import ScoreLayout
    from smashcima.scene.semantic.slicing.score_index import ScoreIndex

KINDS = ("page", "system", "staff", "grand staff")

StaffChoice = Staff | str | int
"""A staff, or its number."""


@dataclass(frozen=True)
class SliceRequest:
    """The measures and staves of a slice."""

    measures: tuple[Measure, ...]
    staves: tuple[str, ...]
    """Numbers of the staves, from top to bottom."""

    systems: tuple[int, ...]
    """Indices of the systems that contain the measures; empty without a layout."""

    pages: tuple[int, ...]
    starts_system: bool
    """Whether the first measure begins a system, where clefs and keys are drawn."""


def numbers_of(staff: StaffChoice | Iterable[StaffChoice]) -> tuple[str, ...]:
    """The numbers of one staff or several."""
    given = [staff] if isinstance(staff, (Staff, str, int)) else staff
    return tuple([one.n if isinstance(one, Staff) else str(one) for one in given])


def resolve_request(
    score: Score,
    index: ScoreIndex,
    page: int | None,
    system: int | None,
    staff: Iterable[StaffChoice] | None,
    measures: range | None,
) -> SliceRequest:
    """Determines the measures and staves; raises `SettingsError` if the score does not have them."""
    if page is not None and system is not None:
        raise SettingsError(
            "page and system cannot be combined: the index of a system refers to the whole score."
        )
    layout = score.layout
    if layout is None and (page is not None or system is not None):
        raise SettingsError(
            "The score has no layout, so its pages and systems are unknown; slice the score of a scene "
            "(`scene.score`), or set `Score.layout`."
        )
    every = index.measures
    if layout is not None and (page is not None or system is not None):
        by_id = index.by_id
        ids = [id for found in _systems_of(layout, page, system) for id in layout.systems[found].measures]
        chosen = sorted({by_id[id] for id in ids if id in by_id}, key=lambda measure: measure.index)
    else:
        chosen = list(every)
    if measures is not None:
        chosen = [measure for measure in chosen if measure.index in measures]
    if not chosen:
        raise SettingsError(f"The slice contains no measure; the score has {len(every)}, numbered from 0.")
    indices = [measure.index for measure in chosen]
    if indices != list(range(indices[0], indices[0] + len(indices))):
        raise SettingsError(f"The measures of a slice must be consecutive, not {indices}.")
    found = _systems_with(layout, chosen) if layout else []
    return SliceRequest(
        tuple(chosen),
        _staves(score, staff, layout, found),
        tuple(found),
        tuple(sorted({layout.systems[i].page for i in found})) if layout else (),
        indices[0] == 0 or (layout is not None and chosen[0].id in layout.system_starts),
    )


def resolve_every(score: Score, index: ScoreIndex, of: str) -> list[SliceRequest]:
    """The requests for all slices of a kind; see `Score.slices`."""
    if of not in KINDS:
        raise SettingsError(f"{of!r} is not a kind of slice; choose from {', '.join(KINDS)}.")
    layout = score.layout
    if layout is None:
        return [
            resolve_request(score, index, 0, None, None, None)
        ]  # raises the error about the missing layout
    if of == "page":
        pages = sorted({system.page for system in layout.systems})
        return [resolve_request(score, index, page, None, None, None) for page in pages]
    found: list[SliceRequest] = []
    grand_staves = [part.staves for part in score.parts if len(part.staves) > 1]
    for number, system in enumerate(layout.systems):
        groups: list[list[StaffChoice] | None]
        if of == "system":
            groups = [None]
        elif of == "staff":
            groups = [[n] for n in system.staves]
        else:
            groups = [[staff for staff in staves if staff.n in system.staves] for staves in grand_staves]
        found.extend(
            resolve_request(score, index, None, number, group, None) for group in groups if group != []
        )
    return found


def _systems_of(layout: ScoreLayout, page: int | None, system: int | None) -> tuple[int, ...]:
    """Indices of the chosen system, or of those of the chosen page."""
    if system is not None:
        if not isinstance(system, int) or not 0 <= system < len(layout.systems):
            raise SettingsError(
                f"There is no system {system!r}; the score has {len(layout.systems)}, numbered from 0."
            )
        return (system,)
    if not isinstance(page, int) or not 0 <= page < layout.page_count:
        raise SettingsError(f"There is no page {page!r}; the score has {layout.page_count}, numbered from 0.")
    return layout.systems_of_pages.get(page, ())


def _systems_with(layout: ScoreLayout, measures: list[Measure]) -> list[int]:
    """Indices of the systems that contain any of the measures."""
    known = layout.systems_of_measures
    return sorted({system for measure in measures for system in known.get(measure.id, ())})


def _staves(
    score: Score,
    staff: Iterable[StaffChoice] | None,
    layout: ScoreLayout | None,
    systems: list[int],
) -> tuple[str, ...]:
    numbers = [found.n for found in score.staves]
    if staff is not None:
        wanted = set(numbers_of(staff))
        unknown = sorted(wanted.difference(numbers))
        if unknown or not wanted:
            raise SettingsError(
                f"staff must contain numbers of staves ({', '.join(numbers)}), not {', '.join(unknown) or 'nothing'}."
            )
        return tuple(n for n in numbers if n in wanted)
    if layout is not None and systems:
        shown = {n for i in systems for n in layout.systems[i].staves}
        return tuple(n for n in numbers if n in shown) or tuple(numbers)
    return tuple(numbers)
