"""The quantities of placement: their names, what they say, and their unit.

Lengths are staff spaces of the staff in question; x grows to the right and y down. An *offset* is added to what the
engraver did, a *ratio* multiplies it, a *size* or *distance* replaces it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a quantity is."""

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
    "alignment": _offset(
        "x of what sounds at one moment, staff by staff, against the moment on other staves"
    ),
    "alignment_below": _offset("x of what each staff bears, against the staff above it"),
    "drift": _offset("y of all that one staff bears, wandering slowly"),
    # noteheads
    "head_x": _offset("x of a notehead against the others of its chord"),
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
    "ledger_left": _offset("how far a ledger line reaches beyond the heads on the left"),
    "ledger_right": _offset("the same on the right"),
    "ledger_tilt": _offset("angle of a ledger line in degrees, falling to the right"),
    # stems
    "stem_angle_up": _offset("how far stems that go up lean to the right, in degrees"),
    "stem_angle_down": _offset("how far stems that go down lean, their top to the right, in degrees"),
    "stem_length_plain": _ratio("length beyond the farthest head, of stems without flag or beam"),
    "stem_length_flagged": _ratio("the same, of stems with flags"),
    "stem_length_beamed": _ratio("the same, of all stems under one beam"),
    "stem_x_up": _offset("x of a stem that goes up, where it meets the edge of its head"),
    "stem_x_down": _offset("the same, of a stem that goes down"),
    "stem_end_up": _distance("how far above the middle of its head a stem that goes up starts"),
    "stem_end_down": _distance("how far below the middle of its head a stem that goes down starts"),
    # beams and flags
    "beam_slope": _offset("slope of a beam, rise to run; falling to the right"),
    "beam_follow": _offset("how much of the slope from the first head to the last one is added"),
    "beam_thickness": _size("thickness of beams"),
    "beam_distance": _ratio("distance of neighbouring beams"),
    "beam_parallel": _offset("angle of further beams against the first, in degrees"),
    "beam_start": _offset("x where a beam starts against its first stem"),
    "beam_end": _offset("x where a beam ends against its last stem"),
    "stem_past_outer": _offset("how far the first and last stem reach beyond the beam"),
    "stem_past_inner": _offset("the same, of the stems between them"),
    "flag_x": _offset("x of a flag against the end of its stem"),
    "flag_y": _offset("how far a flag is away from the end of its stem, towards the head"),
    # beside heads
    "accidental_gap_sharp": _offset("white space between a sharp and its head"),
    "accidental_gap_flat": _offset("white space between a flat and its head"),
    "accidental_gap_natural": _offset("white space between any other accidental and its head"),
    "accidental_gap_room": _offset(
        "white space that it gets for each time that the room before it is e times as large"
    ),
    "accidental_y_sharp": _offset("y of a sharp"),
    "accidental_y_flat": _offset("y of a flat"),
    "accidental_y_natural": _offset("y of any other accidental"),
    "dot_gap": _offset("white space between a head or rest and its dot"),
    "dot_y": _offset("y of a dot"),
    "dot_off_line": _ratio("how far the dot of a head on a line is away from that line"),
    "articulation_x": _offset("x of an articulation"),
    "articulation_gap": _offset("distance of an articulation from its note"),
    # rests
    "rest_x": _offset("x of a rest"),
    "rest_y": _offset("y of a quarter rest"),
    "rest_y_short": _offset("y of an eighth rest or a shorter one"),
    "rest_y_bar": _offset("y of a whole or half rest"),
    # curves
    "slur_start_x": _offset("x where a slur starts"),
    "slur_start_y": _offset("how far away from its notes a slur starts"),
    "slur_end_x": _offset("x where a slur ends"),
    "slur_end_y": _offset("how far away from its notes a slur ends"),
    "slur_height": _ratio("height of the arch of a slur"),
    "tie_start_x": _offset("x where a tie starts"),
    "tie_end_x": _offset("x where a tie ends"),
    "tie_y": _offset("how far away from its notes a tie is"),
    "tie_height": _size("height of the arch of a tie, as part of its length"),
    # barlines
    "barline_x": _offset("x of a barline"),
    "barline_angle": _offset("how far a barline leans to the right, in degrees"),
    "barline_top": _offset("how far a barline reaches above the staves"),
    "barline_bottom": _offset("how far it reaches below them"),
    "barline_after": _distance("white space between a barline and what comes next"),
    # clefs and signatures
    "signature_after": _distance("white space between clef or signature and the first note"),
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
    "dynamic_y": _distance("white space between the music and a dynamic over or under it"),
    "hairpin_y": _distance("the same, of a hairpin that no dynamic stands beside"),
    "hairpin_opening": _ratio("opening of a hairpin"),
    "hairpin_tilt": _offset("angle of a hairpin in degrees, falling to the right"),
    "hairpin_end": _offset("x of each end of a hairpin"),
    "words_x": _offset("x of words over or under the music"),
    "words_y": _offset("y of words over or under the music"),
    "lyric_x": _offset("x of a syllable"),
    "lyric_y": _offset("y of a syllable against its line"),
    "lyric_line": _offset("y of a line of lyrics"),
    "sign_x": _offset("x of ornaments, fermatas, fingerings, tuplet numbers and other signs over notes"),
    "sign_y": _offset("y of the same"),
}
"""All quantities by name."""
