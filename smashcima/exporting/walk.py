"""The order in which everything on a page is met: page, systems, staves, measures, drawn things.

All formats share this walk, and with it the ids: an object has the same id in every file made of its page,
and in every run. Ids are made of places in the walk, never of memory addresses or counters of the process.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from smashcima.errors import ExportError
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    AffineSpace,
    ComposedGlyph,
    Glyph,
    GrandStaffMeasure,
    InkPath,
    LabeledRegion,
    Page,
    Sprite,
    System,
    SystemMeasure,
    SystemStaff,
    ViewBox,
    VisualObject,
)

PAPER_LAYER = "paper"
STAFFLINES_LAYER = "stafflines"
INK_LAYER = "ink"


@dataclass(frozen=True, slots=True)
class Step:
    """One object met on the walk through a page."""

    id: str
    scene_object: SceneObject
    region: LabeledRegion | None
    parent: str | None
    """Id of the page, system, staff or measure that it stands in."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Ink to be drawn: of a visual object, or of a glyph that none has."""

    layer: str
    sprites: tuple[Sprite, ...]
    paths: tuple[InkPath, ...]
    owner: SceneObject
    """The visual object or glyph; a sprite or path that belongs to no glyph is its own owner."""


@dataclass(frozen=True, slots=True)
class View:
    """What there is to see through a view box."""

    view_box: ViewBox
    pages: tuple[Page, ...]
    """Pages in the space of the view box or below it."""

    pieces: tuple[Piece, ...]
    """All ink, in the order of drawing."""


def view_of(x: Page | ViewBox) -> View:
    """Everything below the space of a page's or any other view box.

    An `ExportError` says what can be rendered if `x` is something else.
    """
    if isinstance(x, Page):
        view_box = x.view_box
    elif isinstance(x, ViewBox):
        view_box = x
    else:
        raise ExportError(f"A Page or a ViewBox can be drawn, not a {type(x).__name__}.")
    pages: list[Page] = []
    pieces: list[Piece] = []
    met: set[SceneObject] = set()
    queue: list[AffineSpace] = [view_box.space]
    for space in queue:
        for page in Page.many_of(space, "space"):
            pages.append(page)
            if page.paper is not None:
                met.add(page.paper)
            for drawn in VisualObject.many_of(page, "page"):
                pieces.append(_piece(drawn, drawn.glyph, drawn.layer, met))
        pieces.extend(_loose_pieces(space, met))
        queue.extend(below for below in AffineSpace.many_of(space, "parent_space") if below not in met)
    return View(view_box, tuple(pages), tuple(pieces))


def _piece(owner: SceneObject, glyph: Glyph, layer: str, met: set[SceneObject]) -> Piece:
    """The ink of a glyph; it, its space and its ink count as met from now on."""
    sprites, paths = tuple(glyph.sprites), tuple(glyph.paths)
    met.add(glyph)
    met.update(sprites)
    met.update(paths)
    return Piece(layer, sprites, paths, owner)


def _loose_pieces(space: AffineSpace, met: set[SceneObject]) -> Iterator[Piece]:
    """Ink in a space that belongs to no visual object of a page: what a user placed by hand."""
    for glyph in Glyph.many_of(space, "space"):
        if glyph not in met and not _is_part(glyph):
            yield _piece(glyph, glyph, INK_LAYER, met)
    for sprite in Sprite.many_of(space, "space"):
        if sprite not in met and not _has_glyph(sprite, "sprites"):
            yield Piece(INK_LAYER, (sprite,), (), sprite)
    for path in InkPath.many_of(space, "space"):
        if path not in met and not _has_glyph(path, "paths"):
            yield Piece(INK_LAYER, (), (path,), path)


def _is_part(glyph: Glyph) -> bool:
    """Whether the glyph is a part of another one, whose ink includes its own."""
    return bool(ComposedGlyph.many_of(glyph, "sub_glyphs"))


def _has_glyph(ink: Sprite | InkPath, edge: str) -> bool:
    return bool(Glyph.many_of(ink, edge))


def walk_view(view: View) -> Iterator[Step]:
    """The walk through all pages of a view, and then its glyphs that belong to no visual object."""
    for page in view.pages:
        yield from walk_page(page)
    loose = (piece.owner for piece in view.pieces if isinstance(piece.owner, Glyph))
    for number, glyph in enumerate(loose, 1):
        yield Step(f"glyph-{number}", glyph, glyph.region, None)


def walk_page(page: Page) -> Iterator[Step]:
    """Page, systems, grand staves, system measures, staves, staff measures, and the drawn things in each.

    Drawn things come after the innermost of staff measure, staff, system measure, system or page that they
    stand in, in the order of drawing.
    """
    inside: dict[tuple[SceneObject | None, SceneObject | None, SceneObject | None], list[VisualObject]] = {}
    for drawn in VisualObject.many_of(page, "page"):
        inside.setdefault((drawn.system, drawn.staff, drawn.measure), []).append(drawn)
    counter = iter(range(1, 1 + sum(map(len, inside.values()))))
    top = f"p{page.index + 1}"

    def drawn_in(
        parent: str, system: System | None, staff: SystemStaff | None, measure: SystemMeasure | None
    ) -> Iterator[Step]:
        for drawn in inside.pop((system, staff, measure), ()):
            yield Step(f"{top}-{drawn.kind}-{next(counter)}", drawn, drawn.glyph.region, parent)

    yield Step(top, page, page.region, None)
    yield from drawn_in(top, None, None, None)
    for system in page.systems:
        here = f"{top}-s{system.index + 1}"
        yield Step(here, system, system.region, top)
        yield from drawn_in(here, system, None, None)
        for number, grand_staff in enumerate(system.grand_staves, 1):
            grand = f"{here}-g{number}"
            yield Step(grand, grand_staff, grand_staff.region, here)
            for part in GrandStaffMeasure.many_of(grand_staff, "grand_staff"):
                yield Step(f"{grand}-m{part.system_measure.index + 1}", part, part.region, grand)
        for measure in system.measures:
            across = f"{here}-m{measure.index + 1}"
            yield Step(across, measure, measure.region, here)
            yield from drawn_in(across, system, None, measure)
        for staff in system.staves:
            line = f"{here}-st{staff.number}"
            yield Step(line, staff, staff.region, here)
            yield from drawn_in(line, system, staff, None)
            for cell in staff.measures:
                place = f"{line}-m{cell.system_measure.index + 1}"
                yield Step(place, cell, cell.region, line)
                yield from drawn_in(place, system, staff, cell.system_measure)
    # What names a system, staff or measure that is not on this page still is on the page.
    for key in list(inside):
        for drawn in inside.pop(key):
            yield Step(f"{top}-{drawn.kind}-{next(counter)}", drawn, drawn.glyph.region, top)
