"""Noteheads that the music fonts lack, drawn by us: shape notes, triangles, arrows, long mensural notes.

The fonts of the verovio package contain the symbols that Verovio draws, which are only a few of the noteheads of
SMuFL. Their names and code points are those of SMuFL 1.4; the shapes follow its descriptions. All heads with a stem
are as wide as the black notehead of the music font, so that the stems that Verovio places meet them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache, partial
from types import MappingProxyType

import numpy as np
from numpy.typing import NDArray

from smashcima.geometry import Contours, Point, Polygon, Rectangle, Transform

Ring = NDArray[np.float64]
_Corners = tuple[tuple[float, float], ...]

_PEN = 0.13
"""Thickness of the outline of open heads, in staff spaces."""

_BAR = 0.12
"""Thickness of the bars beside double whole notes; they are this far from the head."""

_BAR_HEIGHT = 1.3
_ARC_STEPS = 24

_FALLBACK_WIDTH = 1.18
"""Width in staff spaces that the shapes below are given for: that of the black notehead of Bravura."""


@dataclass(frozen=True, slots=True)
class DrawnNotehead:
    """One notehead. Lengths are in staff spaces, x right from its left end, y down from its pitch."""

    name: str
    code_point: int
    outline: Contours
    anchors: Mapping[str, Point]
    """Where stems end, by SMuFL name: `stemUpSE` on the right side, `stemDownNW` on the left."""


@dataclass(frozen=True, slots=True)
class _Shape:
    """Filled shape of a family of heads, `_FALLBACK_WIDTH` wide, and the heights at which stems touch its sides."""

    rings: tuple[_Corners, ...]
    right: float = 0.0
    left: float = 0.0


def drawn_notehead(name: str, width: float = _FALLBACK_WIDTH) -> DrawnNotehead | None:
    """Returns a notehead of the given width, in staff spaces; `None` if it is not one of these."""
    return _drawn(name, round(width, 6)) if name in CODE_POINTS else None


@lru_cache(maxsize=1024)  # more than heads of all fonts
def _drawn(name: str, width: float) -> DrawnNotehead:
    shape, style = _HEADS[name]
    base = _area(shape.rings)
    outline = _STYLES[style](base)
    wider = width / _FALLBACK_WIDTH
    anchors = {"stemUpSE": Point(width, shape.right), "stemDownNW": Point(0.0, shape.left)}
    return DrawnNotehead(name, CODE_POINTS[name], Transform.scale(wider, 1.0).apply_to(outline), anchors)


# -- styles ------------------------------------------------------------------------------------------------


def _area(rings: tuple[_Corners, ...]) -> Contours:
    return Contours.union([Contours.from_polygons([Polygon(np.array(ring))]) for ring in rings])


def _open(area: Contours, pen: float = _PEN) -> Contours:
    """An area with a hole, which leaves an outline of the thickness of the pen."""
    shape = area.to_shapely()
    return Contours.from_shapely(shape.difference(shape.buffer(-pen, join_style="mitre")))


def _double_whole(area: Contours) -> Contours:
    """An open head with a bar on each side."""
    box = area.bbox()
    bars = [
        Contours.from_rectangle(Rectangle(x, -_BAR_HEIGHT / 2, _BAR, _BAR_HEIGHT))
        for x in (box.left - 2 * _BAR, box.right + _BAR)
    ]
    return Contours.union([_open(area), *bars])


def _circled(area: Contours) -> Contours:
    """A head in a circle that touches the ends of the head."""
    return Contours.union([area, _ring(0.80, 0.10)])


def _open_circled(area: Contours) -> Contours:
    return Contours.union([_open(area, 0.16), _ring(0.80, 0.10)])


def _dotted(area: Contours) -> Contours:
    return Contours.union([_open(area, 0.10), _disc(0.16)])


_STYLES: dict[str, Callable[[Contours], Contours]] = {
    "black": lambda area: area,
    "white": _open,
    "double": _double_whole,
    "circled": _circled,
    "circled white": _open_circled,
    "circled double": lambda area: Contours.union([_double_whole(area), _ring(1.1, 0.10)]),
    "dotted": _dotted,
    "thin": partial(_open, pen=0.10),
}


# -- shapes ------------------------------------------------------------------------------------------------


def _arc(radius_x: float, radius_y: float, start_deg: float, end_deg: float, y: float = 0.0) -> _Corners:
    """Points of an ellipse around the middle of the head; 0 degrees is right, 90 degrees is down."""
    angles = np.radians(np.linspace(start_deg, end_deg, _ARC_STEPS + 1))
    x = _FALLBACK_WIDTH / 2 + radius_x * np.cos(angles)
    return tuple(zip(x.tolist(), (y + radius_y * np.sin(angles)).tolist(), strict=True))


def _disc(radius: float) -> Contours:
    return _area((_arc(radius, radius, 0, 360)[:-1],))


def _ring(radius: float, pen: float) -> Contours:
    return _open(_disc(radius), pen)


def _rectangle(height: float, width: float = _FALLBACK_WIDTH) -> _Corners:
    return ((0, -height / 2), (width, -height / 2), (width, height / 2), (0, height / 2))


def _oval() -> _Corners:
    """An ellipse that rises to the right, as that of a usual notehead."""
    x, y = np.array(_arc(0.60, 0.42, 0, 360)[:-1]).T
    x = x - _FALLBACK_WIDTH / 2
    turned = np.stack([x, y - 0.32 * x], axis=1)
    turned *= (_FALLBACK_WIDTH / np.ptp(turned[:, 0]), 1.0 / np.ptp(turned[:, 1]))
    turned[:, 0] += _FALLBACK_WIDTH / 2
    return tuple(map(tuple, turned.tolist()))


def _cross(arm: float, turned: bool) -> _Corners:
    """A cross of two thick arms, as wide as a head; upright, or `turned` by 45 degrees."""
    a, b = arm / 2, 0.5
    corners = np.array(
        [
            (-a, -b),
            (a, -b),
            (a, -a),
            (b, -a),
            (b, a),
            (a, a),
            (a, b),
            (-a, b),
            (-a, a),
            (-b, a),
            (-b, -a),
            (-a, -a),
        ]
    )
    if turned:
        corners = corners @ np.array([(1, 1), (-1, 1)]) / np.sqrt(2)
    corners /= np.abs(corners).max(axis=0) * 2
    corners *= (_FALLBACK_WIDTH, 1.0)
    return tuple((x + _FALLBACK_WIDTH / 2, y) for x, y in corners.tolist())


_W = _FALLBACK_WIDTH
_TRIANGLE_UP = _Shape((((0, 0.5), (_W / 2, -0.5), (_W, 0.5)),), right=0.45, left=0.45)
_TRIANGLE_DOWN = _Shape((((0, -0.5), (_W, -0.5), (_W / 2, 0.5)),), right=-0.45, left=-0.45)
# The right angle of these three is where their stem begins, except that of the last, which is on the right below.
_FA = _Shape((((0, -0.5), (_W, -0.5), (0, 0.5)),), right=-0.45)
_FA_UP = _Shape((((0, -0.5), (_W, -0.5), (_W, 0.5)),), left=-0.45)
_LEFT_TRIANGLE = _Shape((((_W, -0.5), (_W, 0.5), (0, 0.5)),), left=0.45)
_RIGHT_TRIANGLE = _Shape((((0, -0.5), (_W, 0.5), (0, 0.5)),), right=0.45)
_DIAMOND = _Shape((((0, 0), (_W / 2, -0.5), (_W, 0), (_W / 2, 0.5)),))
_SQUARE = _Shape((_rectangle(1.0),))
_CLUSTER = _Shape((_rectangle(1.5),))
_MOON = _Shape((_arc(_W / 2, 0.9, 0, 180, y=-0.4),), right=-0.37, left=-0.37)
_CONE = _Shape(((*_arc(_W / 2, 0.4, 180, 360, y=-0.1), (_W / 2, 0.5)),), right=-0.1, left=-0.1)
_ARROW_UP = _Shape((((0, 0.55), (_W / 2, -0.65), (_W, 0.55), (_W / 2, 0.3)),), right=0.5, left=0.5)
_ARROW_DOWN = _Shape((((0, -0.55), (_W / 2, -0.3), (_W, -0.55), (_W / 2, 0.65)),), right=-0.5, left=-0.5)
_OVAL = _Shape((_oval(),), right=-0.17, left=0.17)
_ROUND = _Shape((_arc(_W / 2, 0.5, 0, 360)[:-1],))
_PLUS = _Shape((_cross(0.36, turned=False),))
_X = _Shape((_cross(0.36, turned=True),), right=-0.4, left=0.4)
_SLASH = _Shape((((0, 1.0), (2.4, -1.0), (3.6, -1.0), (1.2, 1.0)),), right=-0.9, left=0.9)
_LONG = _Shape(
    (_rectangle(1.0, 1.3), _rectangle(1.4, 0.1), tuple((x + 1.2, y) for x, y in _rectangle(1.4, 0.1)))
)
_LONGEST = _Shape(
    (_rectangle(1.0, 2.4), _rectangle(1.4, 0.1), tuple((x + 2.3, y) for x, y in _rectangle(1.4, 0.1)))
)


def _long(name: str, shape: _Shape, codes: tuple[int, int]) -> dict[str, tuple[int, _Shape, str]]:
    """The filled head of black notation, without sides, and the open one of white notation."""
    filled = _Shape(shape.rings[:1])
    return {f"{name}Black": (codes[0], filled, "black"), f"{name}White": (codes[1], shape, "long white")}


def _long_white(area: Contours) -> Contours:
    """A long head with a rectangular hole; its bars above and below are thick."""
    box = area.bbox()
    hole = Rectangle(box.left + 0.1, -0.22, box.width - 0.2, 0.44)
    return Contours.from_shapely(area.to_shapely().difference(Contours.from_rectangle(hole).to_shapely()))


_STYLES["long white"] = _long_white

_TABLE: dict[str, tuple[int, _Shape, str]] = {
    "noteheadXDoubleWhole": (0xE0A6, _X, "double"),
    "noteheadXWhole": (0xE0A7, _X, "white"),
    "noteheadXHalf": (0xE0A8, _X, "white"),
    "noteheadPlusDoubleWhole": (0xE0AC, _PLUS, "double"),
    "noteheadPlusWhole": (0xE0AD, _PLUS, "thin"),
    "noteheadPlusHalf": (0xE0AE, _PLUS, "thin"),
    "noteheadTriangleUpDoubleWhole": (0xE0BA, _TRIANGLE_UP, "double"),
    "noteheadTriangleUpWhole": (0xE0BB, _TRIANGLE_UP, "white"),
    "noteheadTriangleUpHalf": (0xE0BC, _TRIANGLE_UP, "white"),
    "noteheadTriangleUpWhite": (0xE0BD, _TRIANGLE_UP, "white"),
    "noteheadTriangleUpBlack": (0xE0BE, _TRIANGLE_UP, "black"),
    "noteheadTriangleLeftWhite": (0xE0BF, _LEFT_TRIANGLE, "white"),
    "noteheadTriangleLeftBlack": (0xE0C0, _LEFT_TRIANGLE, "black"),
    "noteheadTriangleRightWhite": (0xE0C1, _RIGHT_TRIANGLE, "white"),
    "noteheadTriangleRightBlack": (0xE0C2, _RIGHT_TRIANGLE, "black"),
    "noteheadTriangleDownDoubleWhole": (0xE0C3, _TRIANGLE_DOWN, "double"),
    "noteheadTriangleDownWhole": (0xE0C4, _TRIANGLE_DOWN, "white"),
    "noteheadTriangleDownHalf": (0xE0C5, _TRIANGLE_DOWN, "white"),
    "noteheadTriangleDownWhite": (0xE0C6, _TRIANGLE_DOWN, "white"),
    "noteheadTriangleDownBlack": (0xE0C7, _TRIANGLE_DOWN, "black"),
    "noteheadMoonWhite": (0xE0CA, _MOON, "white"),
    "noteheadMoonBlack": (0xE0CB, _MOON, "black"),
    "noteheadTriangleRoundDownWhite": (0xE0CC, _CONE, "white"),
    "noteheadTriangleRoundDownBlack": (0xE0CD, _CONE, "black"),
    "noteheadDiamondDoubleWhole": (0xE0D7, _DIAMOND, "double"),
    "noteheadDiamondWhole": (0xE0D8, _DIAMOND, "white"),
    "noteheadCircledBlack": (0xE0E4, _OVAL, "circled"),
    "noteheadCircledHalf": (0xE0E5, _OVAL, "circled white"),
    "noteheadCircledWhole": (0xE0E6, _OVAL, "circled white"),
    "noteheadCircledDoubleWhole": (0xE0E7, _OVAL, "circled double"),
    "noteheadLargeArrowUpDoubleWhole": (0xE0ED, _ARROW_UP, "double"),
    "noteheadLargeArrowUpWhole": (0xE0EE, _ARROW_UP, "thin"),
    "noteheadLargeArrowUpHalf": (0xE0EF, _ARROW_UP, "thin"),
    "noteheadLargeArrowUpBlack": (0xE0F0, _ARROW_UP, "black"),
    "noteheadLargeArrowDownDoubleWhole": (0xE0F1, _ARROW_DOWN, "double"),
    "noteheadLargeArrowDownWhole": (0xE0F2, _ARROW_DOWN, "thin"),
    "noteheadLargeArrowDownHalf": (0xE0F3, _ARROW_DOWN, "thin"),
    "noteheadLargeArrowDownBlack": (0xE0F4, _ARROW_DOWN, "black"),
    "noteheadSlashWhiteDoubleWhole": (0xE10A, _SLASH, "double"),
    "noteheadRoundBlack": (0xE113, _ROUND, "black"),
    "noteheadRoundWhite": (0xE114, _ROUND, "white"),
    "noteheadRoundWhiteWithDot": (0xE115, _ROUND, "dotted"),
    "noteheadClusterSquareWhite": (0xE120, _CLUSTER, "white"),
    "noteheadClusterSquareBlack": (0xE121, _CLUSTER, "black"),
    "noteShapeRoundWhite": (0xE1B0, _OVAL, "white"),
    "noteShapeRoundBlack": (0xE1B1, _OVAL, "black"),
    "noteShapeSquareWhite": (0xE1B2, _SQUARE, "white"),
    "noteShapeSquareBlack": (0xE1B3, _SQUARE, "black"),
    "noteShapeTriangleRightWhite": (0xE1B4, _FA, "white"),
    "noteShapeTriangleRightBlack": (0xE1B5, _FA, "black"),
    "noteShapeTriangleLeftWhite": (0xE1B6, _FA_UP, "white"),
    "noteShapeTriangleLeftBlack": (0xE1B7, _FA_UP, "black"),
    "noteShapeDiamondWhite": (0xE1B8, _DIAMOND, "white"),
    "noteShapeDiamondBlack": (0xE1B9, _DIAMOND, "black"),
    "noteShapeTriangleUpWhite": (0xE1BA, _TRIANGLE_UP, "white"),
    "noteShapeTriangleUpBlack": (0xE1BB, _TRIANGLE_UP, "black"),
    "noteShapeMoonWhite": (0xE1BC, _MOON, "white"),
    "noteShapeMoonBlack": (0xE1BD, _MOON, "black"),
    "noteShapeTriangleRoundWhite": (0xE1BE, _CONE, "white"),
    "noteShapeTriangleRoundBlack": (0xE1BF, _CONE, "black"),
    "noteShapeRoundDoubleWhole": (0xECD0, _OVAL, "double"),
    "noteShapeSquareDoubleWhole": (0xECD1, _SQUARE, "double"),
    "noteShapeTriangleRightDoubleWhole": (0xECD2, _FA, "double"),
    "noteShapeTriangleLeftDoubleWhole": (0xECD3, _FA_UP, "double"),
    "noteShapeDiamondDoubleWhole": (0xECD4, _DIAMOND, "double"),
    "noteShapeTriangleUpDoubleWhole": (0xECD5, _TRIANGLE_UP, "double"),
    "noteShapeMoonDoubleWhole": (0xECD6, _MOON, "double"),
    "noteShapeTriangleRoundDoubleWhole": (0xECD7, _CONE, "double"),
    **_long("mensuralNoteheadMaxima", _LONGEST, (0xE930, 0xE933)),
    **_long("mensuralNoteheadLonga", _LONG, (0xE934, 0xE937)),
}

CODE_POINTS: Mapping[str, int] = MappingProxyType({name: row[0] for name, row in _TABLE.items()})
"""SMuFL code points of all heads that are drawn here, by canonical name."""

_HEADS = {name: (shape, style) for name, (_, shape, style) in _TABLE.items()}
