"""How writers differ in where they put things: the numbers that styles are drawn from.

Made by `benchmarks/placement/fit_priors.py`: do not edit numbers that are marked *fitted* by hand.

Provenance: statistics (means and standard deviations, no shapes) of the 105 pages by 39 writers in the development
part of MUSCIMA++ 2.0 (J. Hajic jr. and P. Pecina, CC BY-NC-SA 4.0), in staff spaces and degrees. `between` is the
standard deviation of the writers' means, `spread` that within one hand. Numbers that are not marked were set by eye.
"""

from __future__ import annotations

from smashcima.synthesis.placement.quantity import Prior

PRIORS: dict[str, Prior] = {
    "spacing": Prior(0.0, 0.0, 0.25, 0.3, run=0.2, low=-1.2, high=1.2),
    "alignment": Prior(-0.6054, 0.2773, 0.4, 0.3, run=0.2),  # fitted to alignment
    "drift": Prior(0.0, 0.01, 0.02, 0.3, run=0.9, low=-0.2, high=0.2),
    "head_x": Prior(0.0, 0.2431, 0.1152, 0.3778),  # fitted to chord_head_dx
    "head_y": Prior(0.02078, 0.01989, 0.07354, 0.15, low=-0.26, high=0.26),  # fitted to head_y_in_space
    "head_width_black": Prior(
        0.7209, 0.1414, 0.1134, 0.2107, low=0.4, high=1.5, size=True
    ),  # fitted to head_full_width
    "head_height_black": Prior(
        0.7631, 0.09819, 0.1155, 0.1762, low=0.5, high=1.4, size=True
    ),  # fitted to head_full_height
    "head_width_open": Prior(
        0.9663, 0.179, 0.1087, 0.2481, low=0.6, high=1.7, size=True
    ),  # fitted to head_half_width
    "head_height_open": Prior(
        0.9374, 0.1055, 0.1096, 0.1986, low=0.6, high=1.4, size=True
    ),  # fitted to head_half_height
    "ledger_first": Prior(0.7667, 0.06371, 0.08, 0.2, low=0.5, high=1.3),  # fitted to ledger_first
    "ledger_distance": Prior(
        0.6551, 0.06661, 0.1298, 0.2675, low=0.45, high=1.2
    ),  # fitted to ledger_distance
    "ledger_y": Prior(0.0, 0.0, 0.02, 0.2, low=-0.15, high=0.15),
    "ledger_left": Prior(0.07859, 0.1058, 0.0728, 0.1767),  # fitted to ledger_left
    "ledger_right": Prior(0.07723, 0.1082, 0.148, 0.158),  # fitted to ledger_right
    "ledger_tilt": Prior(-1.79, 1.902, 2.653, 0.2376),  # fitted to ledger_tilt
    "stem_angle_up": Prior(0.227, 2.941, 3.516, 0.2468, run=0.3, low=-20, high=20),  # fitted to stem_angle_up
    "stem_angle_down": Prior(
        0.8098, 2.584, 3.385, 0.2165, run=0.3, low=-20, high=20
    ),  # fitted to stem_angle_down
    "stem_length_plain": Prior(0.8, 0.1147, 0.1375, 0.277, low=0.4, high=1.6),  # fitted to stem_length_plain
    "stem_length_flagged": Prior(
        0.7833, 0.1122, 0.1151, 0.3225, low=0.4, high=1.6
    ),  # fitted to stem_length_flagged
    "stem_length_beamed": Prior(
        0.8418, 0.05665, 0.12, 0.3, low=0.4, high=1.6
    ),  # fitted to stem_length_beamed
    "stem_x_up": Prior(0.07027, 0.09566, 0.1299, 0.3164),  # fitted to stem_head_x_up
    "stem_x_down": Prior(0.01889, 0.06456, 0.115, 0.3137),  # fitted to stem_head_x_down
    "stem_end_up": Prior(0.3281, 0.2899, 0.2124, 0.4391),  # fitted to stem_head_y_up
    "stem_end_down": Prior(0.1777, 0.26, 0.1464, 0.327),  # fitted to stem_head_y_down
    "beam_slope": Prior(0.0, 0.0101, 0.1005, 0.2981),  # fitted to beam_slope
    "beam_follow": Prior(0.4102, 0.2661, 0.1, 0.3, low=-0.3, high=0.8),  # fitted to beam_slope_to_heads
    "beam_thickness": Prior(
        0.1576, 0.04831, 0.02092, 0.309, low=0.12, high=0.7, size=True
    ),  # fitted to beam_thickness
    "beam_distance": Prior(0.7711, 0.1141, 0.1191, 0.296, low=0.45, high=1.6),  # fitted to beam_distance
    "beam_parallel": Prior(-0.4338, 1.435, 3.207, 0.3291),  # fitted to beam_parallel
    "beam_start": Prior(0.03549, 0.07581, 0.1394, 0.3931),  # fitted to beam_left_end
    "beam_end": Prior(0.0377, 0.06705, 0.1664, 0.3133),  # fitted to beam_right_end
    "stem_past_outer": Prior(-0.08283, 0.07168, 0.1971, 0.4198),  # fitted to stem_past_beam_outer
    "stem_past_inner": Prior(-0.1473, 0.08371, 0.3303, 0.5),  # fitted to stem_past_beam_inner
    "flag_x": Prior(0.003436, 0.07273, 0.08013, 0.2506),  # fitted to flag_x_up
    "flag_y": Prior(0.03523, 0.2044, 0.2356, 0.5),  # fitted to flag_y_up
    "accidental_gap_sharp": Prior(0.03934, 0.1497, 0.2, 0.3),  # fitted to accidental_gap_sharp
    "accidental_gap_flat": Prior(-0.1367, 0.04056, 0.2, 0.3),  # fitted to accidental_gap_flat
    "accidental_gap_natural": Prior(0.1579, 0.1871, 0.2, 0.3),  # fitted to accidental_gap_natural
    "accidental_y_sharp": Prior(-0.03404, 0.06877, 0.1487, 0.4073),  # fitted to accidental_y_sharp
    "accidental_y_flat": Prior(0.1254, 0.2071, 0.1254, 0.2491),  # fitted to accidental_y_flat
    "accidental_y_natural": Prior(0.2334, 0.103, 0.1815, 0.3513),  # fitted to accidental_y_natural
    "dot_gap": Prior(0.2433, 0.1978, 0.03812, 0.2758),  # fitted to dot_gap
    "dot_y": Prior(0.1162, 0.07014, 3.419e-05, 0.2813),  # fitted to dot_y
    "articulation_x": Prior(-0.1054, 0.02452, 0.1547, 0.2323),  # fitted to staccato_x
    "articulation_gap": Prior(0.3084, 0.06958, 0.1693, 0.2896),  # fitted to staccato_gap
    "rest_x": Prior(0.0, 0.05, 0.15, 0.3),
    "rest_y": Prior(0.04772, 0.1053, 0.1241, 0.3324),  # fitted to restQuarter_y
    "rest_y_bar": Prior(0.05, 0.04, 0.08, 0.3, low=-0.3, high=0.3),
    "slur_start_x": Prior(0.1937, 0.3749, 0.4255, 0.3574),  # fitted to slur_start_x
    "slur_start_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_end_x": Prior(0.001773, 0.1492, 0.4601, 0.3826),  # fitted to slur_end_x
    "slur_end_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_height": Prior(0.7964, 0.2411, 7.323e-05, 0.2312, low=0.4, high=2.5),  # fitted to slur_height
    "tie_start_x": Prior(0.2092, 0.2727, 0.3012, 0.2322),  # fitted to tie_start_x
    "tie_end_x": Prior(0.1078, 0.136, 0.4085, 0.3111),  # fitted to tie_end_x
    "tie_y": Prior(0.08782, 0.3713, 0.2338, 0.3542),  # fitted to tie_start_y
    "tie_height": Prior(1.026, 0.07592, 7.323e-05, 0.3535, low=0.4, high=2.5),  # fitted to tie_height
    "barline_x": Prior(0.0, 0.02, 0.1, 0.3),
    "barline_angle": Prior(0.07303, 2.521, 2.759, 0.2198, run=0.2),  # fitted to barline_angle
    "barline_top": Prior(-0.0003075, 0.07183, 0.1046, 0.2787),  # fitted to barline_top
    "barline_bottom": Prior(0.1036, 0.07763, 0.1951, 0.3289),  # fitted to barline_bottom
    "clef_x": Prior(-0.3963, 0.465, 0.2, 0.3),  # fitted to clef_x
    "clef_y_g": Prior(0.2652, 0.2757, 0.1739, 0.3816),  # fitted to clef_y_gClef
    "clef_y_f": Prior(0.1635, 0.2704, 0.1296, 0.4273),  # fitted to clef_y_fClef
    "clef_y_c": Prior(0.0, 0.15, 0.25, 0.3),
    "key_x": Prior(-0.8687, 0.06293, 0.1497, 0.3566),  # fitted to clef_to_key
    "key_sign_gap": Prior(0.007626, 0.4691, 0.15, 0.3),  # fitted to key_sign_gap
    "key_sign_y_sharp": Prior(0.04114, 0.08905, 0.1256, 0.3992),  # fitted to key_sign_y_sharp
    "key_sign_y_flat": Prior(0.1863, 0.1765, 0.137, 0.3663),  # fitted to key_sign_y_flat
    "time_x": Prior(0.0, 0.2, 0.3, 0.3),
    "time_y": Prior(0.0, 0.1, 0.15, 0.3),  # fitted to time_y
    "dynamic_x": Prior(0.0, 0.3, 0.5, 0.3),
    "dynamic_y": Prior(0.0, 0.2, 0.35, 0.3),
    "hairpin_opening": Prior(0.9184, 0.09631, 0.1336, 0.3329, low=0.4, high=1.8),  # fitted to hairpin_opening
    "hairpin_tilt": Prior(0.0, 0.8, 2, 0.3),
    "hairpin_end": Prior(0.0, 0.2, 0.5, 0.3),
    "words_x": Prior(0.0, 0.3, 0.5, 0.3),
    "words_y": Prior(0.0, 0.2, 0.3, 0.3),
    "lyric_x": Prior(0.0, 0.1, 0.25, 0.3),
    "lyric_y": Prior(0.0, 0.0, 0.1, 0.3, run=0.6),
    "lyric_line": Prior(0.0, 0.15, 0.2, 0.3),
    "sign_x": Prior(0.0, 0.08, 0.2, 0.3),
    "sign_y": Prior(0.0, 0.1, 0.2, 0.3),
}
"""By the names of the quantities."""
