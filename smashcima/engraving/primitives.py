"""The drawn things of an engraved page: frozen, typed, in millimetres, each knowing what it belongs to."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.fonts.engraver_metrics import text_heights, text_width
from smashcima.geometry import Point, Rectangle


class PrimitiveKind(str, Enum):
    """The role of a drawn thing on the page, whatever shape it has."""

    # the frame
    STAFF_LINE = "staff_line"
    SYSTEM_START = "system_start"
    """The thin line that joins the staves at the left end of a system."""
    BARLINE = "barline"
    REPEAT_DOT = "repeat_dot"
    BRACE = "brace"
    BRACKET = "bracket"
    SYSTEM_DIVIDER = "system_divider"
    MEASURE_NUMBER = "measure_number"
    STAFF_LABEL = "staff_label"
    TITLE = "title"
    """Everything in the page head: title, subtitle, composer, lyricist, page number."""
    PAGE_FOOT = "page_foot"
    # signatures
    CLEF = "clef"
    KEY_ACCIDENTAL = "key_accidental"
    TIME_SIGNATURE = "time_signature"
    # notes and rests
    NOTEHEAD = "notehead"
    STEM = "stem"
    FLAG = "flag"
    GRACE_SLASH = "grace_slash"
    BEAM = "beam"
    LEDGER_LINE = "ledger_line"
    ACCIDENTAL = "accidental"
    AUGMENTATION_DOT = "augmentation_dot"
    ARTICULATION = "articulation"
    TREMOLO = "tremolo"
    REST = "rest"
    MEASURE_REST = "measure_rest"
    MULTI_REST = "multi_rest"
    MULTI_REST_NUMBER = "multi_rest_number"
    MEASURE_REPEAT = "measure_repeat"
    TABLATURE_NUMBER = "tablature_number"
    CLUSTER = "cluster"
    # curves and lines over notes
    SLUR = "slur"
    TIE = "tie"
    LAISSEZ_VIBRER = "laissez_vibrer"
    HAIRPIN = "hairpin"
    TUPLET_NUMBER = "tuplet_number"
    TUPLET_BRACKET = "tuplet_bracket"
    VOLTA = "volta"
    OCTAVE = "octave"
    PEDAL = "pedal"
    GLISSANDO = "glissando"
    ARPEGGIO = "arpeggio"
    ANNOTATION_LINE = "annotation_line"
    EXTENDER_LINE = "extender_line"
    """Dashes or a line that prolong a direction, a dynamic or a trill."""
    # signs and words
    ORNAMENT = "ornament"
    FERMATA = "fermata"
    BREATH = "breath"
    CAESURA = "caesura"
    REPEAT_MARK = "repeat_mark"
    DYNAMIC = "dynamic"
    TEMPO = "tempo"
    DIRECTION = "direction"
    REHEARSAL_MARK = "rehearsal_mark"
    ENCLOSURE = "enclosure"
    """A box or circle around words, or brackets around an accidental, notehead, dynamic or fermata."""
    FINGERING = "fingering"
    HARMONY = "harmony"
    FIGURED_BASS = "figured_bass"
    LYRIC = "lyric"
    LYRIC_HYPHEN = "lyric_hyphen"
    LYRIC_EXTENDER = "lyric_extender"
    LYRIC_ELISION = "lyric_elision"
    TEXT = "text"
    GENERIC = "generic"
    """Something that the engraver drew and that has no kind here yet; an `Issue` names its class."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where a primitive stands in the layout; shared by all primitives of the same place."""

    page: int
    """Index of the page in the engraving, from 0."""
    system: int | None = None
    """Index of the system on the whole score, from 0."""
    measure: int | None = None
    """Index of the measure in `Engraving.measures`, from 0."""
    staff: int | None = None
    """Number of the staff in the score (MEI `@n`), from 1."""


@dataclass(frozen=True, slots=True)
class Primitive:
    """Base of all drawn things. Coordinates are millimetres on the page, x right, y down."""

    kind: PrimitiveKind
    place: Place
    element: str | None
    """Id of the object of the score that this draws: the innermost one around it that the score knows."""
    source_class: str
    """Classes of the engraver's group that it came from, innermost first, for what `kind` does not tell."""


@dataclass(frozen=True, slots=True)
class Symbol(Primitive):
    """A music symbol of a SMuFL font."""

    name: str
    """SMuFL canonical name, such as `noteheadBlack`; `uniE123` where the font names none."""
    code_point: int
    origin: Point
    """Where the origin of the glyph lies."""
    scale_x: float
    """Millimetres per staff space of the font along x: its size. (A SMuFL em is four staff spaces.)"""
    scale_y: float
    """The same along y; differs from `scale_x` in stretched symbols only."""
    font: str
    """Name of the music font that the engraver measured it with."""
    rotation_deg: float = 0.0
    """Turn about `origin`, clockwise on the page: the wiggles of arpeggios and glissandi lie on their side."""


@dataclass(frozen=True, slots=True)
class Line(Primitive):
    """A straight stroke."""

    start: Point
    end: Point
    width: float
    cap: Literal["butt", "round", "square"] = "butt"
    dashes: tuple[float, ...] = ()
    """Lengths of strokes and gaps in turn; empty for a continuous line."""


@dataclass(frozen=True, slots=True, eq=False)
class Polyline(Primitive):
    """A stroke with corners: hairpins, tuplet brackets, octave brackets."""

    points: NDArray[np.float64]
    """(N, 2)"""
    width: float
    cap: Literal["butt", "round", "square"] = "butt"
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True, eq=False)
class FilledPolygon(Primitive):
    """A filled polygon: a beam of one level, a tremolo stroke, a system divider."""

    points: NDArray[np.float64]
    """(N, 2); beams run left top, right top, right bottom, left bottom."""


@dataclass(frozen=True, slots=True, eq=False)
class Curve(Primitive):
    """A curved stroke of varying thickness: slur, tie, brace; the area between two Bézier chains.

    `outer` leads from the start to the end, `inner` back from the end to the start; each is a chain of cubics
    of shape (k, 4, 2). A curve that is a plain stroke has an empty `inner` (shape (0, 4, 2)).
    """

    outer: NDArray[np.float64]
    inner: NDArray[np.float64]
    stroke_width: float
    """Width of the pen that outlines the area and so thickens it, or of the stroke itself."""
    dashes: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Disc(Primitive):
    """A filled ellipse: augmentation and repeat dots."""

    center: Point
    radius_x: float
    radius_y: float


@dataclass(frozen=True, slots=True)
class Box(Primitive):
    """A rectangle: filled (multi-rests, hyphens, extenders) or outlined (enclosures)."""

    rectangle: Rectangle
    filled: bool
    stroke_width: float = 0.0


@dataclass(frozen=True, slots=True)
class TextRun:
    """Characters of one style on one baseline."""

    text: str
    font_size: float
    """Size of the em in mm."""
    family: str = "serif"
    """`serif`, or the name of a music font for symbols among the words."""
    italic: bool = False
    bold: bool = False
    origin: Point | None = None
    """Baseline point of a new chunk; `None` when the run continues where the last one ended."""
    anchor: Literal["start", "middle", "end"] = "start"
    """Which point of the chunk lies at `origin`; read from the run that starts the chunk."""
    letter_spacing: float = 0.0
    """Extra mm after every character."""
    baseline_shift: float = 0.0
    """How far the run is raised above the baseline, in mm (superscripts positive)."""

    @property
    def width(self) -> float:
        """Advance width in mm, as the engraver measures it."""
        return text_width(self.text, self.font_size, self.family, self.bold, self.italic, self.letter_spacing)

    @property
    def heights(self) -> tuple[float, float]:
        """How far the characters reach above and below their baseline, in mm, as the engraver measures them."""
        return text_heights(self.text, self.font_size, self.family, self.bold, self.italic)


@dataclass(frozen=True, slots=True)
class Text(Primitive):
    """Words: lyrics, directions, titles, numbers set in a text font."""

    runs: tuple[TextRun, ...]

    @property
    def content(self) -> str:
        """The plain text."""
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True, eq=False)
class GenericShape(Primitive):
    """Any other drawn shape, as closed filled rings; nothing that the engraver draws is dropped."""

    rings: tuple[NDArray[np.float64], ...]
    """Each (N, 2); filled by the non-zero winding rule."""
