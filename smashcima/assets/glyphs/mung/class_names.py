"""Unified class names for MUSCIMA++ 1.0, 2.0 and current MuNG tools, whose names differ."""

from __future__ import annotations

import re
from functools import lru_cache

_MODERN = {
    # MUSCIMA++ 1.0
    "notehead-full": "noteheadBlack",
    "notehead-empty": "noteheadEmpty",
    "grace-notehead-full": "noteheadBlackSmall",
    "grace-notehead-empty": "noteheadHalfSmall",
    "8th_flag": "flag8th",
    "16th_flag": "flag16th",
    "32th_flag": "flag32nd",
    "64th_and_higher_flag": "flag64th",
    "duration-dot": "augmentationDot",
    "sharp": "accidentalSharp",
    "flat": "accidentalFlat",
    "natural": "accidentalNatural",
    "double_sharp": "accidentalDoubleSharp",
    "double_flat": "accidentalDoubleFlat",
    "whole_rest": "restWhole",
    "half_rest": "restHalf",
    "quarter_rest": "restQuarter",
    "8th_rest": "rest8th",
    "16th_rest": "rest16th",
    "32th_rest": "rest32nd",
    "64th_and_higher_rest": "rest64th",
    "multi-measure_rest": "multiMeasureRest",
    "repeat_measure": "repeat1Bar",
    "ledger_line": "legerLine",
    "grace_strikethrough": "graceSlash",
    "staff_line": "staffLine",
    "staff_space": "staffSpace",
    "multi-staff_bracket": "bracket",
    "multi-staff_brace": "brace",
    "staff_grouping": "staffGrouping",
    "thin_barline": "barline",
    "thick_barline": "barlineHeavy",
    "dotted_barline": "barlineDotted",
    "measure_separator": "measureSeparator",
    "repeat-dot": "repeatDot",
    "staccato-dot": "staccato",
    "other-dot": "characterDot",
    "strong_accent": "marcato",
    "curved-line_(tie-or-slur)": "slur",
    "hairpin-cresc.": "crescendo",
    "hairpin-decr.": "diminuendo",
    "ornament(s)": "ornament",
    'trill_"wobble"': "wiggleTrill",
    "trill": "ornamentTrill",
    'arpeggio_"wobble"': "arpeggio",
    "tremolo_mark": "tremolo",
    "single-note_tremolo": "tremolo",
    "multiple-note_tremolo": "multipleNoteTremolo",
    "tuple_bracket/line": "tupletBracket",
    "tuple": "tuplet",
    "g-clef": "gClef",
    "f-clef": "fClef",
    "c-clef": "cClef",
    "other-clef": "cClef",
    "key_signature": "keySignature",
    "time_signature": "timeSignature",
    "whole-time_mark": "timeSigCommon",
    "alla_breve": "timeSigCutCommon",
    "breath_mark": "breathMarkComma",
    "instrument_specific": "instrumentSpecific",
    "horizontal_spanner": "horizontalSpanner",
    "dotted_horizontal_spanner": "dottedHorizontalSpanner",
    "system_separator": "systemDivider",
    "letter_other": "characterOther",
    "transposition_text": "transpositionText",
    "dynamics_text": "dynamicsText",
    "other_numeric_sign": "otherNumericSign",
    # MUSCIMA++ 2.0, and tools that follow it
    "noteheadFull": "noteheadBlack",
    "noteheadFullSmall": "noteheadBlackSmall",
    "articulationStaccato": "staccato",
    "articulationTenuto": "tenuto",
    "articulationAccent": "accent",
    "articulationMarcatoAbove": "articMarcatoAbove",
    "articulationMarcatoBelow": "articMarcatoBelow",
    "dynamicCrescendoHairpin": "crescendo",
    "dynamicDiminuendoHairpin": "diminuendo",
    "graceNoteAcciaccatura": "graceSlash",
    "graceNoteSlashStemUp": "graceSlash",
    "graceNoteSlashStemDown": "graceSlash",
    "tupleBracket": "tupletBracket",
    "barlineSingle": "barline",
    "repeatOneBar": "repeat1Bar",
    "restSemibreve": "restWhole",
    "restMinim": "restHalf",
    "restCrotchet": "restQuarter",
    "restQuaver": "rest8th",
    "restSemiquaver": "rest16th",
    "restDemisemiquaver": "rest32nd",
    "tremoloMark": "tremolo",
    "singleNoteTremolo": "tremolo",
    "tremoloBeam": "multipleNoteTremolo",
    "arpeggiato": "arpeggio",
    "systemSeparator": "systemDivider",
    "breathMark": "breathMarkComma",
}

_LETTER = re.compile(r"letter_([A-Za-z])")
_NUMERAL = re.compile(r"numeral_(\d)")

CONTAINERS = frozenset(
    "staff staffLine staffSpace staffGrouping measureSeparator keySignature timeSignature repeat repeatLeft "
    "repeatRight volta voltaText tuplet dynamicsText tempoText otherText lyricsText interpretationText metadataText "
    "instrumentName rehearsalMark transpositionText figuredBassText figured_bass_text otherNumericSign barNumber "
    "bar_number measureNumber pageNumber ossia solitary_note solitary_chord beamed_group grace_note grace_chord "
    "grace_beamed_group tempo_text other_text lyrics_text instrument_name rehearsal_mark verseNumber".split()
)
"""Classes of objects composed of others, whose masks are not symbols."""

MASKLESS = frozenset({"staff", "staffSpace"})
"""Classes whose masks are not needed; they are most of the data of MUSCIMA++."""


@lru_cache(maxsize=4096)
def modern_name(class_name: str) -> str:
    """The name of a class in the spelling of this package, mostly that of SMuFL."""
    found = _MODERN.get(class_name)
    if found is not None:
        return found
    letter = _LETTER.fullmatch(class_name)
    if letter is not None:
        return f"character{'Small' if letter[1].islower() else 'Capital'}{letter[1].upper()}"
    numeral = _NUMERAL.fullmatch(class_name)
    return f"numeral{numeral[1]}" if numeral is not None else class_name
