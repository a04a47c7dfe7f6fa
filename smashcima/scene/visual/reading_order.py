"""The reading order of the objects on a page, and their ids."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import count
from typing import NamedTuple

from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    ComposedGlyph,
    Glyph,
    GrandStaffMeasure,
    LabeledRegion,
    Page,
    System,
    SystemMeasure,
    SystemStaff,
    VisualObject,
)
from smashcima.scene.visual.view import View


class PageEntry(NamedTuple):
    """One object of a page in reading order."""

    id: str
    scene_object: SceneObject
    parent: str | None
    """Id of the page, system, staff or measure that contains it, or of the object of which it is a part."""

    labeled: Glyph | LabeledRegion | None
    """Its region, or the glyph that has its region; `None` if it has none."""

    @property
    def region(self) -> LabeledRegion | None:
        """Its region."""
        return self.labeled.region if isinstance(self.labeled, Glyph) else self.labeled


def entries_of_view(view: View) -> Iterator[PageEntry]:
    """The entries of all pages of a view, followed by glyphs that belong to no visual object."""
    for page in view.pages:
        yield from entries_of_page(page)
    loose = (piece.owner for piece in view.pieces if isinstance(piece.owner, Glyph))
    for number, glyph in enumerate(loose, 1):
        entry = PageEntry(f"glyph-{number}", glyph, None, glyph)
        yield entry
        if isinstance(glyph, ComposedGlyph):
            yield from _parts(entry, glyph)


def entries_of_page(page: Page) -> Iterator[PageEntry]:
    """The page, systems, grand staves, system measures, staves, staff measures, and the visual objects in each.

    Visual objects follow the innermost staff measure, staff, system measure, system or page that contains them, in
    drawing order; each is followed by its parts with separate labels.
    """
    inside = _by_place(VisualObject.many_of(page, "page"))
    counter = count(1)
    top = f"p{page.index + 1}"

    def drawn_in(
        parent: str, system: System | None, staff: SystemStaff | None, measure: SystemMeasure | None
    ) -> Iterator[PageEntry]:
        for drawn in inside.pop((system, staff, measure), ()):
            glyph = drawn.glyph
            entry = PageEntry(f"{top}-{_name(drawn.kind)}-{next(counter)}", drawn, parent, glyph)
            yield entry
            if isinstance(glyph, ComposedGlyph):
                yield from _parts(entry, glyph)

    yield PageEntry(top, page, None, page.region)
    yield from drawn_in(top, None, None, None)
    for system in page.systems:
        here = f"{top}-s{system.index + 1}"
        yield PageEntry(here, system, top, system.region)
        yield from drawn_in(here, system, None, None)
        for number, grand_staff in enumerate(system.grand_staves, 1):
            grand = f"{here}-g{number}"
            yield PageEntry(grand, grand_staff, here, grand_staff.region)
            for part in GrandStaffMeasure.many_of(grand_staff, "grand_staff"):
                yield PageEntry(f"{grand}-m{part.system_measure.index + 1}", part, grand, part.region)
        for measure in system.measures:
            across = f"{here}-m{measure.index + 1}"
            yield PageEntry(across, measure, here, measure.region)
            yield from drawn_in(across, system, None, measure)
        for staff in system.staves:
            line = f"{here}-st{staff.number}"
            yield PageEntry(line, staff, here, staff.region)
            yield from drawn_in(line, system, staff, None)
            for cell in staff.measures:
                place = f"{line}-m{cell.system_measure.index + 1}"
                yield PageEntry(place, cell, line, cell.region)
                yield from drawn_in(place, system, staff, cell.system_measure)
    # Objects that refer to a system, staff or measure of another page are listed below the page.
    for key in list(inside):
        yield from drawn_in(top, *key)


def _by_place(
    drawn: Iterable[VisualObject],
) -> dict[tuple[System | None, SystemStaff | None, SystemMeasure | None], list[VisualObject]]:
    """Visual objects by their system, staff and measure, each in the given order."""
    inside: dict[tuple[System | None, SystemStaff | None, SystemMeasure | None], list[VisualObject]] = {}
    for thing in drawn:
        place = (thing.system, thing.staff, thing.measure)
        if place in inside:
            inside[place].append(thing)
        else:
            inside[place] = [thing]
    return inside


def parts_of(thing: SceneObject) -> list[Glyph]:
    """The parts of a visual object or glyph that have separate labels, such as the letters of a dynamic.

    Excludes strokes and dashes, which have the label of the whole.
    """
    glyph = thing.glyph if isinstance(thing, VisualObject) else thing
    if not isinstance(glyph, ComposedGlyph):
        return []
    label = glyph.label
    return [part for part in glyph.sub_glyphs if part.label != label]


def _parts(entry: PageEntry, glyph: ComposedGlyph) -> Iterator[PageEntry]:
    for number, part in enumerate(parts_of(glyph), 1):
        yield PageEntry(f"{entry.id}-{number}", part, entry.id, part)


@lru_cache(maxsize=1024)
def _name(kind: str) -> str:
    """The kind of a visual object, in characters that are allowed in XML ids."""
    return re.sub(r"[^A-Za-z0-9_]+", "_", kind)
