"""Table from classes of groups in Verovio's SVG to the kinds of the primitives in them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from smashcima.engraving import PrimitiveKind as Kind


@dataclass(frozen=True, slots=True)
class Role:
    """Meaning of a group: the kinds of the shapes directly in it."""

    kind: Kind
    by_tag: Mapping[str, Kind] = field(default_factory=dict)
    """Kinds that differ for particular SVG elements (`use`, `path`, `text`, ...)."""
    bold: bool | None = None
    """Whether Verovio's style sheet makes text in the group bold; `None` inherits from the enclosing group."""
    italic: bool | None = None


_WORDS_WITH_LINES: Mapping[str, Kind] = {"rect": Kind.EXTENDER_LINE, "path": Kind.EXTENDER_LINE}

ROLES: dict[str, Role] = {
    # the frame
    "system": Role(Kind.GENERIC, {"path": Kind.SYSTEM_START}),
    "staff": Role(Kind.STAFF_LINE),
    "oStaff": Role(Kind.STAFF_LINE),
    "ledgerLines": Role(Kind.LEDGER_LINE),
    "barLine": Role(Kind.BARLINE, {"use": Kind.REPEAT_DOT}),
    "grpSym": Role(Kind.BRACKET),
    "systemDivider": Role(Kind.SYSTEM_DIVIDER),
    "mNum": Role(Kind.MEASURE_NUMBER, italic=True),
    "label": Role(Kind.STAFF_LABEL, bold=False),
    "labelAbbr": Role(Kind.STAFF_LABEL),
    "pgHead": Role(Kind.TITLE),
    "pgHead2": Role(Kind.TITLE),
    "pgFoot": Role(Kind.PAGE_FOOT),
    "pgFoot2": Role(Kind.PAGE_FOOT),
    # signatures
    "clef": Role(Kind.CLEF),
    "keySig": Role(Kind.KEY_ACCIDENTAL),
    "keyAccid": Role(Kind.KEY_ACCIDENTAL),
    "meterSig": Role(Kind.TIME_SIGNATURE),
    "meterSigGrp": Role(Kind.TIME_SIGNATURE),
    "mensur": Role(Kind.TIME_SIGNATURE),
    "proport": Role(Kind.TIME_SIGNATURE),
    # notes and rests
    "note": Role(Kind.TABLATURE_NUMBER),
    "notehead": Role(Kind.NOTEHEAD),
    "stem": Role(Kind.STEM, {"use": Kind.TREMOLO, "polygon": Kind.TREMOLO}),
    "flag": Role(Kind.FLAG),
    "dots": Role(Kind.AUGMENTATION_DOT),
    "dot": Role(Kind.AUGMENTATION_DOT),
    "accid": Role(Kind.ACCIDENTAL),
    "artic": Role(Kind.ARTICULATION),
    "beam": Role(Kind.BEAM),
    "beamSpan": Role(Kind.BEAM),
    "bTrem": Role(Kind.TREMOLO),
    "bTremNum": Role(Kind.TREMOLO),
    "fTrem": Role(Kind.TREMOLO),
    "rest": Role(Kind.REST),
    "mRest": Role(Kind.MEASURE_REST),
    "multiRest": Role(Kind.MULTI_REST),
    "multiRestNum": Role(Kind.MULTI_REST_NUMBER),
    "beatRpt": Role(Kind.MEASURE_REPEAT),
    "halfmRpt": Role(Kind.MEASURE_REPEAT),
    "mRpt": Role(Kind.MEASURE_REPEAT),
    "mRpt2": Role(Kind.MEASURE_REPEAT),
    "mRptNum": Role(Kind.MEASURE_REPEAT),
    "multiRpt": Role(Kind.MEASURE_REPEAT),
    "tabDurSym": Role(Kind.FLAG, {"ellipse": Kind.AUGMENTATION_DOT}),
    "nc": Role(Kind.NOTEHEAD),
    # curves and lines
    "slur": Role(Kind.SLUR),
    "phrase": Role(Kind.SLUR),
    "tie": Role(Kind.TIE),
    "lv": Role(Kind.LAISSEZ_VIBRER),
    "hairpin": Role(Kind.HAIRPIN, {"ellipse": Kind.DYNAMIC}),  # the circle of niente
    "tupletNum": Role(Kind.TUPLET_NUMBER),
    "tupletBracket": Role(Kind.TUPLET_BRACKET),
    "voltaBracket": Role(Kind.VOLTA),
    "octave": Role(Kind.OCTAVE),
    "pedal": Role(Kind.PEDAL),
    "gliss": Role(Kind.GLISSANDO),
    "arpeg": Role(Kind.ARPEGGIO),
    "bracketSpan": Role(Kind.ANNOTATION_LINE),
    "annot": Role(Kind.ANNOTATION_LINE),
    "pitchInflection": Role(Kind.ANNOTATION_LINE),
    # signs and words
    "mordent": Role(Kind.ORNAMENT),
    "ornam": Role(Kind.ORNAMENT),
    "trill": Role(Kind.ORNAMENT, {"rect": Kind.EXTENDER_LINE, "path": Kind.EXTENDER_LINE}),
    "turn": Role(Kind.ORNAMENT),
    "fermata": Role(Kind.FERMATA),
    "breath": Role(Kind.BREATH),
    "caesura": Role(Kind.CAESURA),
    "repeatMark": Role(Kind.REPEAT_MARK),
    "dynam": Role(Kind.DYNAMIC, _WORDS_WITH_LINES, italic=True),
    "tempo": Role(Kind.TEMPO, _WORDS_WITH_LINES, bold=True),
    "dir": Role(Kind.DIRECTION, _WORDS_WITH_LINES, italic=True),
    "cpMark": Role(Kind.DIRECTION, _WORDS_WITH_LINES),
    "stageDir": Role(Kind.DIRECTION, _WORDS_WITH_LINES),
    "anchoredText": Role(Kind.TEXT),
    "reh": Role(Kind.REHEARSAL_MARK, bold=True),
    "fing": Role(Kind.FINGERING, bold=True),
    "harm": Role(Kind.HARMONY, _WORDS_WITH_LINES),
    "fb": Role(Kind.FIGURED_BASS),
    "f": Role(Kind.FIGURED_BASS),
    "syl": Role(Kind.LYRIC),
}
"""Roles by the first class of a group."""

WRAPPERS: frozenset[str] = frozenset(
    "page-margin mdiv score section measure layer graceGrp tuplet tupletSpan tabGrp verse refrain syllable neume "
    "pageMilestoneEnd systemMilestoneEnd lb pb sb rend text num symbol ossia "
    "abbr add app choice corr damage del expan lem orig rdg ref reg restore sic subst supplied unclear".split()
)
"""Classes of groups that draw nothing themselves; their content has the role of the enclosing group."""

SYMBOL_KINDS: dict[int, Kind] = {
    # parentheses and brackets around accidentals, noteheads, dynamics, fermatas
    **dict.fromkeys(range(0xE26A, 0xE26E), Kind.ENCLOSURE),
    # strokes and signs on stems
    **dict.fromkeys(range(0xE220, 0xE230), Kind.TREMOLO),
    0xE645: Kind.ARTICULATION,
    # stems of mensural notes, some with flags
    **dict.fromkeys(range(0xE93E, 0xE94A), Kind.STEM),
    # the wavy line after a trill
    **dict.fromkeys((0xE59D, 0xE59E, 0xEAA4), Kind.EXTENDER_LINE),
    # signs at a barline
    **dict.fromkeys((0xE047, 0xE048, 0xE04A, 0xE04B), Kind.REPEAT_MARK),
}
"""Kinds of symbols determined by code point rather than by the enclosing group."""

CLUSTER_ROLE = Role(Kind.CLUSTER)
"""Role of a notehead directly in a chord, not in a note."""

VERSE_NUMBER_ROLE = Role(Kind.LYRIC)
"""Role of a label in a note: the verse number before the first syllable."""

VOLTA_STYLE = Role(Kind.GENERIC, bold=True)
"""Style of an ending, whose bracket text is bold."""

UNKNOWN_ROLE = Role(Kind.GENERIC)
"""Role of a class that is not in these tables."""
