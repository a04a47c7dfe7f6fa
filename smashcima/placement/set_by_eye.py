"""Values set by eye: priors of quantities not measured on real pages, and limits of all quantities."""

from __future__ import annotations

from smashcima.placement.quantity import Prior

SIZES = frozenset(
    {"head_width_black", "head_height_black", "head_width_open", "head_height_open", "beam_thickness"}
)
"""Quantities that are sizes of ink rather than positions; not applied to ink with its own size."""

LIMITS: dict[str, tuple[float, float]] = {
    "spacing": (-1.2, 1.2),
    "line_end": (-0.6, 0.3),
    "drift": (-0.2, 0.2),
    "head_y_line": (-0.26, 0.26),
    "head_y": (-0.26, 0.26),
    "head_width_black": (0.4, 1.5),
    "head_height_black": (0.5, 1.4),
    "head_width_open": (0.6, 1.7),
    "head_height_open": (0.6, 1.4),
    "ledger_first": (0.6, 1.3),
    "ledger_distance": (0.55, 1.2),
    "ledger_y": (-0.15, 0.15),
    "stem_angle_up": (-20, 20),
    "stem_angle_down": (-20, 20),
    "stem_length_plain": (0.4, 1.6),
    "stem_length_flagged": (0.4, 1.6),
    "stem_length_beamed": (0.4, 1.6),
    "stem_x_up": (-0.5, 0.5),
    "stem_x_down": (-0.5, 0.5),
    "stem_end_up": (-0.3, 0.9),
    "stem_end_down": (-0.3, 0.9),
    "beam_follow": (-0.3, 0.8),
    "beam_thickness": (0.12, 0.7),
    "beam_distance": (0.45, 1.6),
    "stem_past_outer": (-0.25, 0.7),
    "stem_past_inner": (-0.25, 0.6),
    "dot_off_line": (-0.6, 1.5),
    "rest_y_bar": (-0.3, 0.3),
    "slur_start_y": (-0.5, 2.5),
    "slur_end_y": (-0.5, 2.5),
    "slur_height": (0.4, 2.5),
    "tie_height": (0.04, 0.5),
    "barline_after": (0.4, 4),
    "barline_before": (0.3, 6),
    "signature_after": (0.6, 5),
    "dynamic_y": (-0.4, 4),
    "hairpin_y": (-0.4, 4),
    "hairpin_opening": (0.4, 1.8),
}
"""Limits of drawn values, by quantity, which keep pages readable."""

SET_BY_EYE: dict[str, Prior] = {
    "line_end": Prior(-0.3, 0.1, 0.2, 0.3, low=-0.6, high=0.3),
    "drift": Prior(0, 0, 0.027, 0.3, run=0.7, low=-0.2, high=0.2),
    "ledger_y": Prior(0, 0, 0.02, 0.2, low=-0.15, high=0.15),
    "accidental_gap_room": Prior(0.05, 0, 0, 0),
    "rest_x": Prior(0, 0.05, 0.15, 0.3),
    "rest_y_bar": Prior(0.05, 0.04, 0.08, 0.3, low=-0.3, high=0.3),
    "barline_x": Prior(0, 0.02, 0.1, 0.3),
    "clef_x": Prior(-0.35, 0.4, 0.2, 0.3),
    "clef_y_c": Prior(0, 0.15, 0.25, 0.3),
    "hairpin_tilt": Prior(0, 0.8, 2, 0.3),
    "hairpin_end": Prior(0, 0.2, 0.5, 0.3),
    "words_x": Prior(0, 0.3, 0.5, 0.3),
    "words_y": Prior(0, 0.2, 0.3, 0.3),
    "lyric_x": Prior(0, 0.1, 0.25, 0.3),
    "lyric_y": Prior(0, 0, 0.1, 0.3, run=0.6),
    "lyric_line": Prior(0, 0.15, 0.2, 0.3),
    "sign_x": Prior(0, 0.08, 0.2, 0.3),
    "sign_y": Prior(0, 0.1, 0.2, 0.3),
}
"""Priors: mean, standard deviation between writers, spread within a writer, and the variation of that spread.

Notes under beams are 16 ± 3 % closer in the last twelfth of a line than before, 5 ± 2 % in the twelfth before that, and not
closer elsewhere; the white space between them shrinks by twice as much. The drift of heights is measured: noteheads 1, 2, 4 and 8 places apart have correlations of 0.09, 0.06, 0.03 and 0, and
noteheads of one chord of 0.07 (`benchmarks/placement/page_correlations.py`). The growth of accidental gaps with the
space before them is measured as well (correlation 0.19)."""
