"""What there is to see through a view box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from smashcima.errors import ExportError
from smashcima.scene.graph import SceneObject
from smashcima.scene.visual import (
    AffineSpace,
    ComposedGlyph,
    Glyph,
    InkPath,
    Page,
    Sprite,
    ViewBox,
    VisualObject,
)

PAPER_LAYER = "paper"
STAFFLINES_LAYER = "stafflines"
INK_LAYER = "ink"


class Piece(NamedTuple):
    """Ink to be drawn: of a visual object, or of a glyph that none has."""

    layer: str
    sprites: tuple[Sprite, ...]
    paths: tuple[InkPath, ...]
    owner: SceneObject
    """The visual object or glyph; a sprite or path that belongs to no glyph is its own owner."""

    @property
    def ink(self) -> tuple[Sprite | InkPath, ...]:
        """All of it, in the order of drawing."""
        return (*self.sprites, *self.paths)


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
        placed = space.sources("space")
        for page in placed:
            if isinstance(page, Page):
                pages.append(page)
                if page.paper is not None:
                    met.add(page.paper)
                for drawn in VisualObject.many_of(page, "page"):
                    pieces.append(_piece(drawn, drawn.glyph, drawn.layer, met))
        pieces.extend(_loose_pieces(placed, met))
        queue.extend(below for below in AffineSpace.many_of(space, "parent_space") if below not in met)
    return View(view_box, tuple(pages), tuple(pieces))


def _piece(owner: SceneObject, glyph: Glyph, layer: str, met: set[SceneObject]) -> Piece:
    """The ink of a glyph; it, its space and its ink count as met from now on."""
    sprites, paths = tuple(glyph.sprites), tuple(glyph.paths)
    met.add(glyph)
    if sprites:
        met.update(sprites)
    if paths:
        met.update(paths)
    return Piece(layer, sprites, paths, owner)


def _loose_pieces(placed: tuple[SceneObject, ...], met: set[SceneObject]) -> Iterator[Piece]:
    """Ink in a space that belongs to no visual object of a page: what a user placed by hand.

    `placed` is everything in the space. Almost always its ink is met already, so that is asked first.
    """
    loose = [ink for ink in placed if ink not in met and isinstance(ink, Glyph | Sprite | InkPath)]
    for glyph in loose:
        if isinstance(glyph, Glyph) and not _is_part(glyph):
            yield _piece(glyph, glyph, INK_LAYER, met)
    for sprite in loose:
        if isinstance(sprite, Sprite) and sprite not in met and not _has_glyph(sprite, "sprites"):
            yield Piece(INK_LAYER, (sprite,), (), sprite)
    for path in loose:
        if isinstance(path, InkPath) and path not in met and not _has_glyph(path, "paths"):
            yield Piece(INK_LAYER, (), (path,), path)


def _is_part(glyph: Glyph) -> bool:
    """Whether the glyph is a part of another one, whose ink includes its own."""
    return bool(ComposedGlyph.many_of(glyph, "sub_glyphs"))


def _has_glyph(ink: Sprite | InkPath, edge: str) -> bool:
    return bool(Glyph.many_of(ink, edge))
