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
    "alignment": Prior(0.0, 0.0, 0.55, 0.3, run=0.2),  # fitted to alignment
    "alignment_below": Prior(-0.12, 0.12, 0.0, 0.3),
    "drift": Prior(0.0, 0.01, 0.02, 0.3, run=0.9, low=-0.2, high=0.2),
    "head_x": Prior(0.0, 0.2959, 0.07946, 0.3778),  # fitted to chord_head_dx
    "head_y": Prior(0.02709, 0.01724, 0.07149, 0.15, low=-0.26, high=0.26),  # fitted to head_y_in_space
    "head_width_black": Prior(
        0.747, 0.1347, 0.1142, 0.2107, low=0.4, high=1.5, size=True
    ),  # fitted to head_full_width
    "head_height_black": Prior(
        0.7635, 0.09778, 0.1163, 0.1762, low=0.5, high=1.4, size=True
    ),  # fitted to head_full_height
    "head_width_open": Prior(
        0.9686, 0.1919, 0.1088, 0.2481, low=0.6, high=1.7, size=True
    ),  # fitted to head_half_width
    "head_height_open": Prior(
        0.912, 0.08217, 0.1153, 0.1986, low=0.6, high=1.4, size=True
    ),  # fitted to head_half_height
    "ledger_first": Prior(0.7614, 0.04324, 0.08, 0.2, low=0.6, high=1.3),  # fitted to ledger_first
    "ledger_distance": Prior(
        0.6248, 0.08416, 0.1498, 0.2675, low=0.55, high=1.2
    ),  # fitted to ledger_distance
    "ledger_y": Prior(0.0, 0.0, 0.02, 0.2, low=-0.15, high=0.15),
    "ledger_left": Prior(0.0748, 0.09812, 0.03938, 0.1767),  # fitted to ledger_left
    "ledger_right": Prior(0.05431, 0.1151, 0.1394, 0.158),  # fitted to ledger_right
    "ledger_tilt": Prior(-1.72, 1.602, 2.686, 0.2376),  # fitted to ledger_tilt
    "stem_angle_up": Prior(
        -0.3978, 2.751, 3.669, 0.2468, run=0.3, low=-20, high=20
    ),  # fitted to stem_angle_up
    "stem_angle_down": Prior(
        0.7608, 2.668, 3.418, 0.2165, run=0.3, low=-20, high=20
    ),  # fitted to stem_angle_down
    "stem_length_plain": Prior(
        0.7838, 0.0924, 0.1435, 0.277, low=0.4, high=1.6
    ),  # fitted to stem_length_plain
    "stem_length_flagged": Prior(
        0.785, 0.1112, 0.1171, 0.3225, low=0.4, high=1.6
    ),  # fitted to stem_length_flagged
    "stem_length_beamed": Prior(
        0.8122, 0.02701, 0.12, 0.3, low=0.4, high=1.6
    ),  # fitted to stem_length_beamed
    "stem_x_up": Prior(0.08153, 0.1007, 0.1316, 0.3164),  # fitted to stem_head_x_up
    "stem_x_down": Prior(0.02275, 0.06752, 0.1177, 0.3137),  # fitted to stem_head_x_down
    "stem_end_up": Prior(0.3312, 0.315, 0.2089, 0.4391),  # fitted to stem_head_y_up
    "stem_end_down": Prior(0.1882, 0.2628, 0.1431, 0.327),  # fitted to stem_head_y_down
    "beam_slope": Prior(0.0, 0.0101, 0.1076, 0.2981),  # fitted to beam_slope
    "beam_follow": Prior(0.4575, 0.2797, 0.1, 0.3, low=-0.3, high=0.8),  # fitted to beam_slope_to_heads
    "beam_thickness": Prior(
        0.1577, 0.05099, 0.02187, 0.309, low=0.12, high=0.7, size=True
    ),  # fitted to beam_thickness
    "beam_distance": Prior(0.7488, 0.03361, 0.1035, 0.296, low=0.45, high=1.6),  # fitted to beam_distance
    "beam_parallel": Prior(-0.4174, 1.672, 2.781, 0.3291),  # fitted to beam_parallel
    "beam_start": Prior(0.0354, 0.06936, 0.1401, 0.3931),  # fitted to beam_left_end
    "beam_end": Prior(0.02776, 0.06685, 0.1716, 0.3133),  # fitted to beam_right_end
    "stem_past_outer": Prior(-0.09038, 0.0721, 0.2218, 0.4198),  # fitted to stem_past_beam_outer
    "stem_past_inner": Prior(-0.147, 0.06682, 0.3111, 0.5),  # fitted to stem_past_beam_inner
    "flag_x": Prior(-0.01541, 0.07583, 0.08423, 0.2506),  # fitted to flag_x_up
    "flag_y": Prior(0.03032, 0.1882, 0.2257, 0.5),  # fitted to flag_y_up
    "accidental_gap_sharp": Prior(0.0737, 0.2031, 0.2, 0.3),  # fitted to accidental_gap_sharp
    "accidental_gap_flat": Prior(-0.1279, 0.04056, 0.2, 0.3),  # fitted to accidental_gap_flat
    "accidental_gap_natural": Prior(0.2118, 0.2286, 0.2, 0.3),  # fitted to accidental_gap_natural
    "accidental_y_sharp": Prior(-0.01453, 0.07229, 0.1428, 0.4073),  # fitted to accidental_y_sharp
    "accidental_y_flat": Prior(0.1307, 0.2049, 0.1252, 0.2491),  # fitted to accidental_y_flat
    "accidental_y_natural": Prior(0.2143, 0.09305, 0.1687, 0.3513),  # fitted to accidental_y_natural
    "dot_gap": Prior(0.2472, 0.1724, 0.1156, 0.2758),  # fitted to dot_gap
    "dot_y": Prior(0.1262, 0.08102, 5.342e-07, 0.2813),  # fitted to dot_y
    "articulation_x": Prior(-0.1035, 0.02452, 0.1495, 0.2323),  # fitted to staccato_x
    "articulation_gap": Prior(0.2903, 0.08769, 0.1475, 0.2896),  # fitted to staccato_gap
    "rest_x": Prior(0.0, 0.05, 0.15, 0.3),
    "rest_y": Prior(0.008113, 0.09778, 0.1069, 0.3324),  # fitted to restQuarter_y
    "rest_y_bar": Prior(0.05, 0.04, 0.08, 0.3, low=-0.3, high=0.3),
    "slur_start_x": Prior(0.2017, 0.4125, 0.4654, 0.3574),  # fitted to slur_start_x
    "slur_start_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_end_x": Prior(0.01565, 0.07244, 0.407, 0.3826),  # fitted to slur_end_x
    "slur_end_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_height": Prior(0.8574, 0.3001, 1.144e-06, 0.2312, low=0.4, high=2.5),  # fitted to slur_height
    "tie_start_x": Prior(0.2081, 0.215, 0.2923, 0.2322),  # fitted to tie_start_x
    "tie_end_x": Prior(0.1276, 0.1893, 0.405, 0.3111),  # fitted to tie_end_x
    "tie_y": Prior(0.09042, 0.3837, 0.2295, 0.3542),  # fitted to tie_start_y
    "tie_height": Prior(0.9983, 0.1341, 1.144e-06, 0.3535, low=0.4, high=2.5),  # fitted to tie_height
    "barline_x": Prior(0.0, 0.02, 0.1, 0.3),
    "barline_angle": Prior(0.2212, 3.191, 3.537, 0.2198, run=0.2),  # fitted to barline_angle
    "barline_top": Prior(-0.01314, 0.0799, 0.1095, 0.2787),  # fitted to barline_top
    "barline_bottom": Prior(0.1048, 0.07997, 0.1921, 0.3289),  # fitted to barline_bottom
    "clef_x": Prior(-0.3642, 0.4857, 0.2, 0.3),  # fitted to clef_x
    "clef_y_g": Prior(0.2838, 0.3145, 0.1908, 0.3816),  # fitted to clef_y_gClef
    "clef_y_f": Prior(0.3744, 0.1293, 0.09357, 0.4273),  # fitted to clef_y_fClef
    "clef_y_c": Prior(0.0, 0.15, 0.25, 0.3),
    "key_x": Prior(-0.8704, 0.06293, 0.1762, 0.3566),  # fitted to clef_to_key
    "key_sign_gap": Prior(-0.02975, 0.512, 0.15, 0.3),  # fitted to key_sign_gap
    "key_sign_y_sharp": Prior(0.03337, 0.08937, 0.1299, 0.3992),  # fitted to key_sign_y_sharp
    "key_sign_y_flat": Prior(0.1839, 0.1862, 0.03087, 0.3663),  # fitted to key_sign_y_flat
    "time_x": Prior(-0.15, 0.2, 0.3, 0.3),
    "time_y": Prior(0.0, 0.1, 0.15, 0.3),  # fitted to time_y
    "dynamic_x": Prior(0.0, 0.3, 0.5, 0.3),
    "dynamic_y": Prior(0.0, 0.2, 0.35, 0.3),
    "hairpin_opening": Prior(0.9443, 0.07023, 0.1093, 0.3329, low=0.4, high=1.8),  # fitted to hairpin_opening
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
