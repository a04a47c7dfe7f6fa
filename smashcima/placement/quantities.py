"""Quantities of placement, with their names and meanings.

Lengths are in staff spaces of the staff in question; x points right and y down. An *offset* is added to the engraver's
value, a *ratio* multiplies it, a *size* or *distance* replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Meaning:
    """Type and description of a quantity."""

    form: Literal["offset", "ratio", "size", "distance"]
    text: str


def _offset(text: str) -> Meaning:
    return Meaning("offset", text)


def _ratio(text: str) -> Meaning:
    return Meaning("ratio", text)


def _size(text: str) -> Meaning:
    return Meaning("size", text)


def _distance(text: str) -> Meaning:
    return Meaning("distance", text)


QUANTITIES: dict[str, Meaning] = {
    # time
    "spacing": _offset("natural logarithm of the white space after each moment, relative to the engraver's"),
    "line_end": _offset("the same at the very end of a system, where room runs out, in addition"),
    "alignment": _offset("x of the events of one staff at a moment, relative to the moment on other staves"),
    "alignment_below": _offset("x of the content of each staff, relative to the staff above it"),
    "drift": _offset("y of all content of one staff, as slow drift"),
    # noteheads
    "head_x": _offset("x of a notehead relative to the others of its chord"),
    "head_y": _offset("y of a notehead in a space"),
    "head_y_line": _offset("y of a notehead on a line"),
    "head_width_black": _size("width of filled noteheads"),
    "head_height_black": _size("height of filled noteheads"),
    "head_width_open": _size("width of all other noteheads"),
    "head_height_open": _size("height of all other noteheads"),
    # ledger lines
    "ledger_first": _ratio("distance of the first ledger line from the staff"),
    "ledger_distance": _ratio("distance of further ledger lines from each other"),
    "ledger_y": _offset("y of a single ledger line"),
    "ledger_left": _offset("length of a ledger line beyond the noteheads on the left"),
    "ledger_right": _offset("length of a ledger line beyond the noteheads on the right"),
    "ledger_tilt": _offset("angle of a ledger line in degrees, positive if falling to the right"),
    # stems
    "stem_angle_up": _offset("tilt of upward stems to the right, in degrees"),
    "stem_angle_down": _offset("tilt of downward stems, in degrees, positive if the top leans right"),
    "stem_length_plain": _ratio("length beyond the farthest notehead of stems without flag or beam"),
    "stem_length_flagged": _ratio("length beyond the farthest notehead of stems with flags"),
    "stem_length_beamed": _ratio("length beyond the farthest notehead of all stems under one beam"),
    "stem_x_up": _offset("x of an upward stem relative to the edge of its notehead"),
    "stem_x_down": _offset("x of a downward stem relative to the edge of its notehead"),
    "stem_end_up": _distance("distance of the start of an upward stem above the centre of its notehead"),
    "stem_end_down": _distance("distance of the start of a downward stem below the centre of its notehead"),
    # beams and flags
    "beam_slope": _offset("slope of a beam (rise over run), positive if falling to the right"),
    "beam_follow": _offset("fraction of the slope from the first to the last notehead that is added"),
    "beam_thickness": _size("thickness of beams"),
    "beam_distance": _ratio("distance between adjacent beams"),
    "beam_parallel": _offset("angle of further beams relative to the first, in degrees"),
    "beam_start": _offset("x of the start of a beam relative to its first stem"),
    "beam_end": _offset("x of the end of a beam relative to its last stem"),
    "stem_past_outer": _offset("length of the first and last stem beyond the beam"),
    "stem_past_inner": _offset("length of the inner stems beyond the beam"),
    "flag_x": _offset("x of a flag relative to the end of its stem"),
    "flag_y": _offset("distance of a flag from the end of its stem, towards the notehead"),
    # beside heads
    "accidental_gap_sharp": _offset("white space between a sharp and its notehead"),
    "accidental_gap_flat": _offset("white space between a flat and its notehead"),
    "accidental_gap_natural": _offset("white space between any other accidental and its notehead"),
    "accidental_gap_room": _offset(
        "white space of an accidental added per natural logarithm of the available space before it"
    ),
    "accidental_y_sharp": _offset("y of a sharp"),
    "accidental_y_flat": _offset("y of a flat"),
    "accidental_y_natural": _offset("y of any other accidental"),
    "dot_gap": _offset("white space between a notehead or rest and its dot"),
    "dot_y": _offset("y of a dot"),
    "dot_off_line": _ratio("distance of the dot of a notehead on a line from that line"),
    "articulation_x": _offset("x of an articulation"),
    "articulation_gap": _offset("distance of an articulation from its note"),
    # rests
    "rest_x": _offset("x of a rest"),
    "rest_y": _offset("y of a quarter rest"),
    "rest_y_short": _offset("y of an eighth rest or a shorter one"),
    "rest_y_bar": _offset("y of a whole or half rest"),
    # curves
    "slur_start_x": _offset("x of the start of a slur"),
    "slur_start_y": _offset("distance of the start of a slur from its notes"),
    "slur_end_x": _offset("x of the end of a slur"),
    "slur_end_y": _offset("distance of the end of a slur from its notes"),
    "slur_height": _ratio("height of the arch of a slur"),
    "tie_start_x": _offset("x of the start of a tie"),
    "tie_end_x": _offset("x of the end of a tie"),
    "tie_y": _offset("distance of a tie from its notes"),
    "tie_height": _size(
        "height of the arch of a tie of four staff spaces, as a fraction of its length; longer ones are flatter"
    ),
    # barlines
    "barline_x": _offset("x of a barline"),
    "barline_angle": _offset("tilt of a barline to the right, in degrees"),
    "barline_top": _offset("length of a barline above the staves"),
    "barline_bottom": _offset("length of a barline below the staves"),
    "barline_after": _distance("white space between a barline and the next object"),
    "barline_before": _distance("white space between the last object of a measure and its barline"),
    # clefs and signatures
    "signature_after": _distance("white space between a clef or signature and the first note"),
    "clef_x": _offset("x of a clef"),
    "clef_y_g": _offset("y of a treble clef"),
    "clef_y_f": _offset("y of a bass clef"),
    "clef_y_c": _offset("y of any other clef"),
    "key_x": _offset("white space before a key signature"),
    "key_sign_gap": _offset("white space between the signs of a key signature"),
    "key_sign_y_sharp": _offset("y of a sharp in a key signature"),
    "key_sign_y_flat": _offset("y of a flat in a key signature"),
    "time_x": _offset("white space before a time signature"),
    "time_y": _offset("y of a time signature"),
    # words and signs
    "dynamic_x": _offset("x of a dynamic"),
    "dynamic_y": _distance("white space between the music and a dynamic above or below it"),
    "hairpin_y": _distance("white space between the music and a hairpin without an adjacent dynamic"),
    "hairpin_opening": _ratio("opening of a hairpin"),
    "hairpin_tilt": _offset("angle of a hairpin in degrees, positive if falling to the right"),
    "hairpin_end": _offset("x of each end of a hairpin"),
    "words_x": _offset("x of words above or below the music"),
    "words_y": _offset("y of words above or below the music"),
    "lyric_x": _offset("x of a syllable"),
    "lyric_y": _offset("y of a syllable relative to its line"),
    "lyric_line": _offset("y of a line of lyrics"),
    "sign_x": _offset("x of ornaments, fermatas, fingerings, tuplet numbers and other signs above notes"),
    "sign_y": _offset("y of ornaments, fermatas, fingerings, tuplet numbers and other signs above notes"),
}
"""All quantities, by name."""
