"""How much ink a stroke has along its way, for renderers that show it within the stroke."""

from __future__ import annotations

from dataclasses import dataclass

from smashcima.errors import GeometryError
from smashcima.short_repr import ShortRepr

_ColorBGRA = tuple[int, int, int, int]


@dataclass(frozen=True, slots=True)
class InkMedium(ShortRepr):
    """An ink and what it does on paper. Lengths are in mm; loads are amounts of ink, of which 1 covers the paper fully."""

    load: float = 1.0
    """Load of an even stroke of a full pen."""

    thin_load: float = 1.0
    """Load of the thinnest strokes, relative to that of the pen."""

    thick_load: float = 1.0
    """Load of thick strokes and areas, relative to that of the pen: ink collects where the pen goes to and fro."""

    thin: float = 0.12
    """Thickness of the thinnest strokes."""

    thick: float = 0.5
    """Thickness from which a stroke has the full load."""

    dry_opacity: float = 1.0
    """Opacity of ink whose load is 0, relative to the colour of the stroke."""

    full_opacity: float = 1.0
    """Opacity of ink whose load is 1, relative to the colour of the stroke."""

    thin_color: tuple[int, int, int] = (0, 0, 0)
    """Colour (BGR) towards which ink goes as its load falls."""

    warmth: float = 0.0
    """Share of that colour where the load is 0."""

    pooling: float = 0.0
    """Additional load where the pen starts, ends and turns."""

    fading: float = 0.0
    """Loss of load along a stroke, relative to it."""

    unevenness: float = 0.0
    """Standard deviation of the load along a stroke."""

    skips: float = 0.0
    """Share of the strokes that the pen skips."""

    tooth: float = 0.0
    """Share of the paper that a load of 0 leaves bare, because its grain is lower there."""

    even_load: float = 1.0
    """Load from which no paper stays bare."""

    def __post_init__(self) -> None:
        if not 0 < self.thin < self.thick:
            raise GeometryError(
                f"Strokes of a medium must be thick ({self.thick!r} mm) where they are not thin ({self.thin!r} mm)."
            )


@dataclass(frozen=True, slots=True)
class InkLoad:
    """The load of one path: its rings are the strokes in the order of writing, each along one side and back."""

    medium: InkMedium
    color: _ColorBGRA
    """Colour of the ink with full load; the colour of the path is that of its mean load."""

    start: float = 1.0
    """Flow of ink at the start of the path, relative to a full pen."""

    end: float = 1.0
    """Flow of ink at its end."""
