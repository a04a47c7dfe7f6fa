"""Measured feature for each placement quantity."""

from __future__ import annotations

from typing import NamedTuple


class Shown(NamedTuple):
    """Relation of a quantity to a feature."""

    feature: str
    scale: float = 1.0
    """Initial guess of the change of the quantity per unit change of the feature; the fit improves it."""
    mean: float | None = None
    """Mean, if set by eye; otherwise it is fitted."""
    spread: float | None = None
    """Spread within a writer, if set by eye; otherwise it is fitted."""


LINKS: dict[str, Shown] = {
    "spacing": Shown("spacing_in_beam", mean=0.0),
    "alignment": Shown("alignment", mean=0.0),
    "alignment_below": Shown("alignment", spread=0.0),
    "head_x": Shown("chord_head_dx", mean=0.0),
    "head_y": Shown("head_y_in_space"),
    "head_y_line": Shown("head_y_on_line"),
    "head_width_black": Shown("head_full_width"),
    "head_height_black": Shown("head_full_height"),
    "head_width_open": Shown("head_half_width"),
    "head_height_open": Shown("head_half_height"),
    "ledger_first": Shown("ledger_first", spread=0.08),
    "ledger_distance": Shown("ledger_distance", spread=0.1),
    "ledger_left": Shown("ledger_left"),
    "ledger_right": Shown("ledger_right"),
    "ledger_tilt": Shown("ledger_tilt"),
    "stem_angle_up": Shown("stem_angle_up"),
    "stem_angle_down": Shown("stem_angle_down"),
    "stem_length_plain": Shown("stem_length_plain", 0.3),
    "stem_length_flagged": Shown("stem_length_flagged", 0.3),
    "stem_length_beamed": Shown("stem_length_beamed", 0.25, spread=0.12),
    "stem_x_up": Shown("stem_head_x_up"),
    "stem_x_down": Shown("stem_head_x_down"),
    "stem_end_up": Shown("stem_head_y_up", -1.0),
    "stem_end_down": Shown("stem_head_y_down"),
    "beam_slope": Shown("beam_slope", mean=0.0),
    "beam_follow": Shown("beam_slope_to_heads", spread=0.1),
    "beam_thickness": Shown("beam_thickness"),
    "beam_distance": Shown("beam_distance", 1.33),
    "beam_parallel": Shown("beam_parallel"),
    "beam_start": Shown("beam_left_end"),
    "beam_end": Shown("beam_right_end"),
    "stem_past_outer": Shown("stem_past_beam_outer", spread=0.18),
    "stem_past_inner": Shown("stem_past_beam_inner", spread=0.25),
    "flag_x": Shown("flag_x_up"),
    "flag_y": Shown("flag_y_up"),
    "accidental_gap_sharp": Shown("accidental_alone_gap_sharp"),
    "accidental_gap_flat": Shown("accidental_alone_gap_flat"),
    "accidental_gap_natural": Shown("accidental_alone_gap_natural"),
    "accidental_y_sharp": Shown("accidental_y_sharp"),
    "accidental_y_flat": Shown("accidental_y_flat"),
    "accidental_y_natural": Shown("accidental_y_natural"),
    "dot_gap": Shown("dot_gap"),
    "dot_y": Shown("dot_y_space"),
    "dot_off_line": Shown("dot_y_line", -2.0, spread=0.2),
    "articulation_x": Shown("staccato_x"),
    "articulation_gap": Shown("staccato_gap"),
    "rest_y": Shown("restQuarter_y"),
    "rest_y_short": Shown("rest8th_y"),
    "slur_start_x": Shown("slur_start_x"),
    "slur_start_y": Shown("slur_start_gap"),
    "slur_end_x": Shown("slur_end_x"),
    "slur_end_y": Shown("slur_end_gap"),
    "slur_height": Shown("slur_height", 4.0),
    "tie_start_x": Shown("tie_start_x"),
    "tie_end_x": Shown("tie_end_x"),
    "tie_y": Shown("tie_start_y"),
    "tie_height": Shown("tie_height"),
    "barline_angle": Shown("barline_angle"),
    "barline_top": Shown("barline_top"),
    "barline_bottom": Shown("barline_bottom"),
    "barline_before": Shown("barline_to_last"),
    "barline_after": Shown("barline_to_next"),
    "signature_after": Shown("signature_to_note"),
    "clef_y_g": Shown("clef_y_gClef"),
    "clef_y_f": Shown("clef_y_fClef"),
    "key_x": Shown("clef_to_key"),
    "key_sign_gap": Shown("key_sign_gap", spread=0.15),
    "key_sign_y_sharp": Shown("key_sign_y_sharp"),
    "key_sign_y_flat": Shown("key_sign_y_flat"),
    "time_x": Shown("key_to_time"),
    "time_y": Shown("time_y"),
    "dynamic_x": Shown("dynamic_x", spread=0.35),
    "dynamic_y": Shown("dynamic_gap"),
    "hairpin_y": Shown("hairpin_gap"),
    "hairpin_opening": Shown("hairpin_opening", 0.6),
}
"""Links by quantity. Quantities without a feature are set by eye: see `set_by_eye.py` of the library."""

REACH: dict[str, tuple[float, float]] = {
    "stem_head_x_up": (-0.45, 0.35),
    "stem_head_x_down": (-0.45, 0.35),
    "stem_head_y_up": (-0.66, 0.45),
    "stem_head_y_down": (-0.45, 0.66),
}
"""Range of features that placement reaches. Values beyond count as its ends, on real pages, too: otherwise, stems that start
far from their noteheads, which placement limits, would make all others start further away."""
