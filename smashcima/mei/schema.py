"""Mapping of MEI elements to classes, and of attributes to fields.

Elements and attributes not listed here are kept unchanged.
"""

from __future__ import annotations

from typing import Any

import smashcima.scene.semantic as s
from smashcima.mei import lexical
from smashcima.mei.codec import Attribute, Attributes, Codec, Group, Reference, choice, number


def _read_duration(attributes: Attributes) -> s.Duration:
    return lexical.duration(attributes["dur"], attributes.get("dots", "0"))


def _write_duration(value: s.Duration) -> dict[str, str]:
    written = {"dur": lexical.written_duration_type(value.type)}
    return {**written, "dots": str(value.dots)} if value.dots else written


def _read_octave_shift(attributes: Attributes) -> int:
    octaves = {"8": 1, "15": 2, "22": 3}[attributes["dis"]]
    return -octaves if attributes.get("dis.place") == "below" else octaves


def _write_octave_shift(value: int) -> dict[str, str]:
    if not value:
        return {}
    return {
        "dis": {1: "8", 2: "15", 3: "22"}.get(abs(value), "8"),
        "dis.place": "below" if value < 0 else "above",
    }


def _read_pitch(attributes: Attributes) -> s.Pitch:
    return lexical.pitch(attributes["pname"], attributes["oct"], 0)


def _write_pitch(value: s.Pitch) -> dict[str, str]:
    written = {"pname": value.step.value, "oct": str(value.octave)}
    alter = lexical.written_alter(value.alter)
    return {**written, "accid.ges": alter} if alter else written


def _write_location(value: int) -> dict[str, str]:
    return {"loc": str(value)}


def _interval(name: str, field: str) -> Attribute:
    """A transposition interval; a zero interval is not written."""
    return Attribute(name, field, lexical.integer, lambda value: str(value) if value else "")


_DURATION = Group(
    "duration", ("dur", "dots", "dur.ppq", "dur.ges", "dots.ges"), _read_duration, _write_duration
)
_CROSS_STAFF = Reference("staff", "cross_staff", to_staves=True)
_EVENT = (_DURATION, _CROSS_STAFF)
_STEMMED = (
    *_EVENT,
    choice("grace", "grace", s.GraceKind),
    choice("stem.dir", "stem_direction", s.StemDirection),
)
_POSITION = Group(
    "staff_position",
    ("loc", "ploc", "oloc"),
    lambda attributes: lexical.integer(attributes["loc"]),
    _write_location,
)
"""Staff position in steps above the lowest line, as in MEI; `StaffLines` converts it to and from the middle line."""
_DISPLACED = Group("octave_shift", ("dis", "dis.place"), _read_octave_shift, _write_octave_shift)
_SAME_AS = Reference("sameas", "same_as")

_MARK: tuple[Attribute | Group | Reference, ...] = (
    Attribute("tstamp", "beat", lexical.decimal, lexical.written_decimal),
    Attribute("tstamp2", "end_point", lexical.time_point, lexical.written_time_point),
    Attribute("place", "place"),
    Reference("startid", "start"),
    Reference("endid", "end"),
    Reference("staff", "staves", to_staves=True, is_many=True),
)
_CURVE = (*_MARK, Attribute("curvedir", "direction"))
_EVENTS = Reference("plist", "events", is_many=True)
_RATIO = (number("num", "count"), number("numbase", "base"))
_FORM = Attribute("form", "form")
_N = Attribute("n", "n")

_CODECS = (
    Codec(s.Score),
    Codec(s.ScoreDefinition),
    Codec(s.StaffGroup),
    Codec(
        s.Staff,
        _N,
        number("lines", "lines"),
        _interval("trans.diat", "transposition_diatonic"),
        _interval("trans.semi", "transposition_semitones"),
    ),
    Codec(
        s.StaffChange,
        _N,
        number("lines", "lines"),
        _interval("trans.diat", "transposition_diatonic"),
        _interval("trans.semi", "transposition_semitones"),
    ),
    Codec(s.Label),
    Codec(s.AbbreviatedLabel),
    Codec(s.Instrument),
    Codec(s.GroupSymbol, Attribute("symbol", "symbol")),
    Codec(
        s.Clef, choice("shape", "shape", s.ClefShape), number("line", "line"), _DISPLACED, _SAME_AS, _POSITION
    ),
    Codec(
        s.KeySignature,
        Attribute("sig", "fifths", lexical.fifths, lexical.written_fifths),
        Attribute("mode", "mode"),
    ),
    Codec(
        s.KeyAccidental,
        choice("pname", "step", s.Step),
        Attribute("accid", "kind"),
        number("oct", "octave"),
        _POSITION,
    ),
    Codec(
        s.TimeSignature,
        Attribute("count", "count"),
        number("unit", "unit"),
        choice("sym", "symbol", s.TimeSymbol),
    ),
    Codec(s.TimeSignatureGroup, Attribute("func", "function")),
    Codec(s.Section),
    Codec(s.Ending, _N),
    Codec(s.Measure, _N, choice("left", "left", s.BarlineForm), choice("right", "right", s.BarlineForm)),
    Codec(s.MeasureStaff, _N),
    Codec(s.Voice, _N),
    Codec(s.Barline, choice("form", "form", s.BarlineForm)),
    Codec(
        s.Note,
        *_STEMMED,
        Group(
            "pitch", ("pname", "oct", "accid.ges", "oct.ges", "pname.ges", "pnum"), _read_pitch, _write_pitch
        ),
        _POSITION,
        Attribute("head.shape", "notehead"),
        Attribute("glyph.name", "notehead_glyph"),
        Attribute("tab.fret", "tab_fret"),
        number("tab.course", "tab_course"),
    ),
    Codec(s.Chord, *_STEMMED),
    Codec(s.Rest, *_EVENT, _POSITION),
    Codec(s.Space, *_EVENT),
    Codec(s.MeasureRest, *_EVENT, _POSITION),
    Codec(s.MeasureSpace, *_EVENT),
    Codec(s.MultiMeasureRest, *_EVENT, number("num", "count")),
    Codec(s.MeasureRepeat, *_EVENT),
    Codec(s.TwoMeasureRepeat, *_EVENT),
    Codec(s.MultiMeasureRepeat, *_EVENT, number("num", "count")),
    Codec(s.HalfMeasureRepeat, *_EVENT),
    Codec(s.BeatRepeat, *_EVENT),
    Codec(s.TabChord, *_EVENT),
    Codec(s.TabDurationSymbol, *_EVENT),
    Codec(
        s.Accidental,
        Attribute("accid", "kind"),
        Attribute("func", "function"),
        Attribute("enclose", "enclosure"),
        _POSITION,
    ),
    Codec(s.Articulation, Attribute("artic", "kinds", lexical.words, " ".join), Attribute("place", "place")),
    Codec(s.Verse, _N),
    Codec(
        s.Syllable,
        choice("wordpos", "word_position", s.SyllablePosition),
        choice("con", "connector", s.SyllableConnector),
    ),
    Codec(s.Beam),
    Codec(s.Tuplet, *_RATIO),
    Codec(s.GraceGroup),
    Codec(s.BowedTremolo),
    Codec(s.FingeredTremolo, number("beams", "beams")),
    Codec(s.Ligature),
    Codec(s.Slur, *_CURVE),
    Codec(s.Phrase, *_CURVE),
    Codec(s.Tie, *_CURVE),
    Codec(s.LaissezVibrer, *_CURVE),
    Codec(s.Hairpin, *_MARK, choice("form", "form", s.HairpinForm)),
    Codec(
        s.OctaveShift, *_MARK, Group("octaves", ("dis", "dis.place"), _read_octave_shift, _write_octave_shift)
    ),
    Codec(s.Glissando, *_MARK),
    Codec(s.Pedal, *_MARK, choice("dir", "action", s.PedalAction), _FORM),
    Codec(s.BracketSpan, *_MARK),
    Codec(s.Line, *_MARK),
    Codec(s.BeamSpan, *_MARK, _EVENTS),
    Codec(s.TupletSpan, *_MARK, _EVENTS, *_RATIO),
    Codec(s.Arpeggio, *_MARK, _EVENTS, Attribute("order", "order")),
    Codec(s.Dynamic, *_MARK),
    Codec(s.Direction, *_MARK),
    Codec(s.Tempo, *_MARK, Attribute("midi.bpm", "bpm", float, lambda value: f"{value:g}")),
    Codec(s.RehearsalMark, *_MARK),
    Codec(s.OrnamentText, *_MARK),
    Codec(s.Harmony, *_MARK),
    Codec(s.FiguredBass),
    Codec(s.Figure),
    Codec(s.Fingering, *_MARK),
    Codec(s.Fermata, *_MARK, _FORM, Attribute("shape", "shape")),
    Codec(s.Trill, *_MARK),
    Codec(s.Mordent, *_MARK, _FORM),
    Codec(s.Turn, *_MARK, _FORM),
    Codec(s.Breath, *_MARK),
    Codec(s.Caesura, *_MARK),
    Codec(s.RepeatMark, *_MARK, Attribute("func", "function")),
    Codec(s.HarpPedal, *_MARK),
    Codec(s.MeasureNumber, *_MARK),
    Codec(s.OtherMark, *_MARK),
    Codec(s.SystemBreak),
    Codec(s.PageBreak),
    Codec(s.ColumnBreak),
    Codec(s.TextSpan),
    Codec(s.LineBreak),
    Codec(s.TextSymbol, Attribute("glyph.name", "glyph_name")),
    Codec(s.PageHead, Attribute("func", "function")),
    Codec(s.PageFoot, Attribute("func", "function")),
    Codec(s.Division),
    Codec(s.OtherElement),
    Codec(s.Editorial),
)

CODECS: dict[type, Codec] = {codec.kind: codec for codec in _CODECS}
"""The codec of each class."""

_BY_CONTEXT = (s.StaffChange, s.OtherElement, s.Editorial, s.OtherMark)
CODEC_OF_TAG: dict[str, Codec] = {codec.kind.tag: codec for codec in _CODECS if codec.kind not in _BY_CONTEXT}
"""The codec of each element; `staffDef` maps to `Staff` here, but within the score to `StaffChange`."""

EDITORIAL_TAGS = frozenset(
    "abbr add app choice corr damage del expan gap lem orig rdg ref reg restore sic subst supplied unclear annot".split()
) - {"annot"}
"""Elements that enclose others without being music themselves."""

MARK_TAGS = frozenset("anchoredText annot attacca cpMark curve mNum midi ornam sp stageDir harpPedal".split())
"""Elements without a class in the model that are marks of a measure and may have a time position."""


def codec_of(scene_object: s.SemanticObject) -> Codec:
    """The codec of an object; a user-defined subclass uses the codec of its base class."""
    kind: Any = type(scene_object)
    codec = CODECS.get(kind)
    if codec is None:
        codec = next((CODECS[base] for base in kind.__mro__ if base in CODECS), CODECS[s.OtherElement])
        CODECS[kind] = codec
    return codec
