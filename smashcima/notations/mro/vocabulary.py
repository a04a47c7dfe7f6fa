"""Words of the MRO format: versions, character encodings, shapes and types."""

from __future__ import annotations

from enum import Enum


class MroVersion(int, Enum):
    """Versions of the format, with the versions of SharpEye that wrote them."""

    V1000 = 1000
    """SharpEye 1."""

    V2000 = 2000
    """SharpEye 2.00–2.10: dynamics, grace notes, octave clefs; tuplets have ids instead of counts."""

    V2011 = 2011
    """SharpEye 2.11–2.30: texts and font styles."""

    V3000 = 3000
    """SharpEye 2.31–2.49: types of texts."""

    V3100 = 3100
    """SharpEye 2.50 and later: multi-bar rests, further articulations, ornaments and dynamics."""


class MroEncoding(str, Enum):
    """Character encodings of texts, as they are named in the file header."""

    ASCII = "ASCII"
    ISO88591 = "ISO88591"
    UTF8 = "UTF8"

    @property
    def codec(self) -> str:
        """Name of the encoding in Python."""
        return {"ASCII": "ascii", "ISO88591": "latin-1", "UTF8": "utf-8"}[self.value]

    @classmethod
    def smallest_for(cls, text: str) -> MroEncoding:
        """The first encoding in which a text can be written."""
        if text.isascii():
            return cls.ASCII
        return cls.ISO88591 if max(text) <= "\xff" else cls.UTF8


class MroNoteShape(str, Enum):
    """Shapes of noteheads and rests.

    The specification spells some of them in two ways (`Sbreve`, `SBreve`); capitals are ignored in reading.
    """

    BREVE = "Breve"
    SEMIBREVE = "Sbreve"
    MINIM = "Minim"
    SOLID = "Solid"
    """Filled head; flags, beams and dots determine its duration."""

    GRACE = "Grace"
    """New in version 2000."""

    BREVE_REST = "Breverest"
    SEMIBREVE_REST = "Sbreverest"
    MINIM_REST = "Minimrest"
    CROTCHET_REST = "Crotchetrest"
    QUAVER_REST = "Quaverrest"
    SEMIQUAVER_REST = "Squaverrest"
    DEMISEMIQUAVER_REST = "DSquaverrest"
    HEMIDEMISEMIQUAVER_REST = "HDSquaverrest"
    MULTI_BAR_REST = "MultiBarRest"
    """New in version 3100."""

    @property
    def is_rest(self) -> bool:
        """Whether the shape is that of a rest."""
        return self in _RESTS


_RESTS = frozenset(shape for shape in MroNoteShape if shape.value.lower().endswith("rest"))


class MroAccidental(str, Enum):
    """Accidentals of a note."""

    NONE = "None"
    SHARP = "Sharp"
    FLAT = "Flat"
    NATURAL = "Natural"
    DOUBLE_SHARP = "DoubleSharp"
    DOUBLE_FLAT = "DoubleFlat"
    NATURAL_SHARP = "NaturalSharp"
    NATURAL_FLAT = "NaturalFlat"


class MroClefShape(str, Enum):
    """Shapes of clefs: G, F and C clefs; G clefs with a small 8 above or below are new in version 2000."""

    TREBLE = "Treble"
    BASS = "Bass"
    ALTO = "Alto"
    TREBLE_UP_8 = "TrebleUp8"
    TREBLE_DOWN_8 = "TrebleDown8"


class MroBarlineShape(str, Enum):
    """Shapes of barlines."""

    SINGLE = "Single"
    DOUBLE = "Double"
    LEFT_REPEAT = "Leftrepeat"
    """Repeat sign at the start of a section."""

    RIGHT_REPEAT = "Rightrepeat"
    """Repeat sign at the end of a section."""

    BACK_TO_BACK_REPEAT = "Backtobackrepeat"
    THIN_THICK = "ThinThick"


class MroDynamicShape(str, Enum):
    """Dynamic marks and hairpins."""

    DIMINUENDO = "Hairpindim"
    CRESCENDO = "Hairpincres"
    PPPP = "Dyn_pppp"
    PPP = "Dyn_ppp"
    PP = "Dyn_pp"
    P = "Dyn_p"
    MP = "Dyn_mp"
    MF = "Dyn_mf"
    F = "Dyn_f"
    FF = "Dyn_ff"
    FFF = "Dyn_fff"
    FFFF = "Dyn_ffff"
    FP = "Dyn_fp"
    SF = "Dyn_sf"
    FZ = "Dyn_fz"
    SFZ = "Dyn_sfz"
    SFFZ = "Dyn_sffz"
    SFP = "Dyn_sfp"
    SFPP = "Dyn_sfpp"

    @property
    def is_hairpin(self) -> bool:
        """Whether the mark is a hairpin."""
        return self in (MroDynamicShape.DIMINUENDO, MroDynamicShape.CRESCENDO)

    @property
    def text(self) -> str:
        """Letters of the mark, such as `mf`; empty for hairpins."""
        return "" if self.is_hairpin else self.value.removeprefix("Dyn_")


DYNAMICS_OF_VERSION_3100 = frozenset(
    MroDynamicShape(f"Dyn_{letters}")
    for letters in ("pppp", "ffff", "fp", "sf", "fz", "sfz", "sffz", "sfp", "sfpp")
)
