"""Primitives of one staff, made from staff positions and x coordinates, without an engraver."""

from smashcima.engraving.drafting.barlines import draw_barline, draw_barline_between
from smashcima.engraving.drafting.beams import BeamStem, beam_level_count, draw_beam
from smashcima.engraving.drafting.braces import draw_brace, draw_system_start
from smashcima.engraving.drafting.curves import curve_between, draw_arc, draw_curve
from smashcima.engraving.drafting.dynamics import draw_dynamic, draw_hairpin
from smashcima.engraving.drafting.notes import (
    draw_accidental,
    draw_dots,
    draw_flag,
    draw_grace_slash,
    draw_ledger_lines,
    draw_ledger_lines_of_chord,
    draw_multi_rest,
    draw_notehead,
    draw_rest,
    draw_stem,
)
from smashcima.engraving.drafting.signatures import draw_clef, draw_key, draw_time
from smashcima.engraving.drafting.staff_draft import StaffDraft
from smashcima.engraving.drafting.symbol_names import (
    ACCIDENTALS,
    articulation_name,
    clef_name,
    digit_names,
    flag_name,
    notehead_name,
    rest_name,
)

__all__ = [
    "ACCIDENTALS",
    "BeamStem",
    "StaffDraft",
    "articulation_name",
    "beam_level_count",
    "clef_name",
    "curve_between",
    "digit_names",
    "draw_accidental",
    "draw_arc",
    "draw_barline",
    "draw_barline_between",
    "draw_beam",
    "draw_brace",
    "draw_clef",
    "draw_curve",
    "draw_dots",
    "draw_dynamic",
    "draw_flag",
    "draw_grace_slash",
    "draw_hairpin",
    "draw_key",
    "draw_ledger_lines",
    "draw_ledger_lines_of_chord",
    "draw_multi_rest",
    "draw_notehead",
    "draw_rest",
    "draw_stem",
    "draw_system_start",
    "draw_time",
    "flag_name",
    "notehead_name",
    "rest_name",
]
