"""The visible content of a view box."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from smashcima.errors import ExportError, described
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
from smashcima.scene.visual.unmade_ink import UnmadeInk, spaces_below, unmade_ink

PAPER_LAYER = "paper"
STAFFLINES_LAYER = "stafflines"
INK_LAYER = "ink"


class Piece(NamedTuple):
    """Ink of a visual object, or of a glyph or ink that belongs to none."""

    layer: str
    owner: SceneObject
    """The visual object or glyph; a sprite or path that belongs to no glyph is its own owner."""

    glyph: Glyph | None
    """The glyph with the ink; `None` for ink that belongs to no glyph."""

    unmade: UnmadeInk | None
    """What the insides of the glyph are made of, if they have not been made."""

    @property
    def ink(self) -> tuple[Sprite | InkPath, ...]:
        """All ink, in drawing order."""
        glyph, owner = self.glyph, self.owner
        if glyph is not None:
            return (*glyph.sprites, *glyph.paths)
        return (owner,) if isinstance(owner, Sprite | InkPath) else ()

    @property
    def outlines(self) -> tuple[Sprite | InkPath | UnmadeInk, ...]:
        """As `ink`, but makes no objects of a glyph that has none."""
        return self.ink if self.unmade is None else (self.unmade,)


@dataclass(frozen=True, slots=True)
class View:
    """The visible content of a view box."""

    view_box: ViewBox
    pages: tuple[Page, ...]
    """Pages in the space of the view box or below it."""

    pieces: tuple[Piece, ...]
    """All ink, in drawing order."""


def view_box_of(x: object) -> ViewBox:
    """The view box of a page, or a view box itself; raises `ExportError` for any other object."""
    if isinstance(x, Page):
        return x.view_box
    if isinstance(x, ViewBox):
        return x
    hint = " Draw its pages: for page in scene.pages: ..." if hasattr(x, "pages") else ""
    raise ExportError(f"Only a Page or a ViewBox can be drawn, not {described(x)}.{hint}")


def view_of(x: object) -> View:
    """All objects below the space of a page or view box.

    Raises:
        ExportError: `x` is neither a page nor a view box.
    """
    view_box = view_box_of(x)
    pages: list[Page] = []
    pieces: list[Piece] = []
    met: set[SceneObject] = set()
    queue: list[AffineSpace] = [view_box.space]
    for space in queue:
        placed = space.sources("space")
        # A page has a space for each symbol, whose ink was met with its glyph, and which contains no other space.
        if not met.issuperset(placed):
            for page in placed:
                if isinstance(page, Page):
                    pages.append(page)
                    if page.paper is not None:
                        met.add(page.paper)
                    for drawn in VisualObject.many_of(page, "page"):
                        pieces.append(_piece(drawn, drawn.glyph, drawn.layer, met))
            pieces.extend(_loose_pieces(placed, met))
        for below in spaces_below(space):
            if isinstance(below, AffineSpace):
                queue.append(below)
            elif below not in met and isinstance(below, Glyph):
                queue.append(below.space)
    return View(view_box, tuple(pages), tuple(pieces))


def _piece(owner: SceneObject, glyph: Glyph, layer: str, met: set[SceneObject]) -> Piece:
    """The ink of a glyph; adds the glyph and what it contains to `met`."""
    unmade = unmade_ink(glyph)
    met.add(glyph)
    if unmade is None:
        # The region is not ink, but with it all that is in the space of most glyphs has been met.
        met.add(glyph.region)
        met.update(glyph.sprites)
        met.update(glyph.paths)
    return Piece(layer, owner, glyph, unmade)


def _loose_pieces(placed: tuple[SceneObject, ...], met: set[SceneObject]) -> Iterator[Piece]:
    """Ink in a space that belongs to no visual object of a page, as placed by a user.

    `placed` contains all objects in the space. Almost always its ink is in `met`, so that is checked first.
    """
    loose = [ink for ink in placed if ink not in met and isinstance(ink, Glyph | Sprite | InkPath)]
    for glyph in loose:
        if isinstance(glyph, Glyph) and not _is_part(glyph):
            yield _piece(glyph, glyph, INK_LAYER, met)
    for sprite in loose:
        if isinstance(sprite, Sprite) and sprite not in met and not _has_glyph(sprite, "sprites"):
            yield Piece(INK_LAYER, sprite, None, None)
    for path in loose:
        if isinstance(path, InkPath) and path not in met and not _has_glyph(path, "paths"):
            yield Piece(INK_LAYER, path, None, None)


def _is_part(glyph: Glyph) -> bool:
    """Whether the glyph is a part of another one, whose ink includes that of the part."""
    return bool(ComposedGlyph.many_of(glyph, "sub_glyphs"))


def _has_glyph(ink: Sprite | InkPath, edge: str) -> bool:
    return bool(Glyph.many_of(ink, edge))
