"""How writers differ in where they put things: the numbers that styles are drawn from.

Made by `benchmarks/placement/fit_priors.py`: do not edit numbers that are marked *fitted* by hand.

Provenance: statistics (means and standard deviations, no shapes) of the 105 pages by 39 writers in the development
part of MUSCIMA++ 2.0 (J. Hajic jr. and P. Pecina, CC BY-NC-SA 4.0), in staff spaces and degrees. `between` is the
standard deviation of the writers' means, `spread` that within one hand. Numbers that are not marked were set by eye, and so
were all limits; where stems start is measured (0.44 from the middle of the head), but its spread from hand to hand was made
smaller, since part of it is that annotators ended stems at different sides of the edge of a head.
"""

from __future__ import annotations

from smashcima.synthesis.placement.quantity import Prior

PRIORS: dict[str, Prior] = {
    "spacing": Prior(0.0, 0.0, 0.25, 0.3, run=0.2, low=-1.2, high=1.2),
    "alignment": Prior(0.0, 0.0, 0.55, 0.3, run=0.2),
    "alignment_below": Prior(-0.2542, 0.1845, 0.0, 0.3),  # fitted to alignment
    "drift": Prior(0.0, 0.01, 0.02, 0.3, run=0.9, low=-0.2, high=0.2),
    "head_x": Prior(0.0, 0.3277, 0.09149, 0.3778),  # fitted to chord_head_dx
    "head_y": Prior(0.02574, 0.01948, 0.07502, 0.15, low=-0.26, high=0.26),  # fitted to head_y_in_space
    "head_width_black": Prior(
        0.725, 0.1487, 0.1128, 0.2107, low=0.4, high=1.5, size=True
    ),  # fitted to head_full_width
    "head_height_black": Prior(
        0.7451, 0.1155, 0.1052, 0.1762, low=0.5, high=1.4, size=True
    ),  # fitted to head_full_height
    "head_width_open": Prior(
        0.9738, 0.1469, 0.1401, 0.2481, low=0.6, high=1.7, size=True
    ),  # fitted to head_half_width
    "head_height_open": Prior(
        0.9566, 0.06968, 0.1141, 0.1986, low=0.6, high=1.4, size=True
    ),  # fitted to head_half_height
    "ledger_first": Prior(0.7569, 0.06024, 0.08, 0.2, low=0.6, high=1.3),  # fitted to ledger_first
    "ledger_distance": Prior(0.614, 0.1018, 0.1513, 0.2675, low=0.55, high=1.2),  # fitted to ledger_distance
    "ledger_y": Prior(0.0, 0.0, 0.02, 0.2, low=-0.15, high=0.15),
    "ledger_left": Prior(0.04885, 0.08995, 0.0669, 0.1767),  # fitted to ledger_left
    "ledger_right": Prior(0.08599, 0.1325, 0.1385, 0.158),  # fitted to ledger_right
    "ledger_tilt": Prior(-2.384, 1.539, 2.902, 0.2376),  # fitted to ledger_tilt
    "stem_angle_up": Prior(
        0.6867, 2.616, 3.681, 0.2468, run=0.3, low=-20, high=20
    ),  # fitted to stem_angle_up
    "stem_angle_down": Prior(
        0.04229, 2.387, 3.438, 0.2165, run=0.3, low=-20, high=20
    ),  # fitted to stem_angle_down
    "stem_length_plain": Prior(
        0.7873, 0.1185, 0.1323, 0.277, low=0.4, high=1.6
    ),  # fitted to stem_length_plain
    "stem_length_flagged": Prior(
        0.8043, 0.08936, 0.1235, 0.3225, low=0.4, high=1.6
    ),  # fitted to stem_length_flagged
    "stem_length_beamed": Prior(
        0.8016, 0.02701, 0.12, 0.3, low=0.4, high=1.6
    ),  # fitted to stem_length_beamed
    "stem_x_up": Prior(0.08151, 0.09842, 0.1408, 0.3164, low=-0.5, high=0.5),  # fitted to stem_head_x_up
    "stem_x_down": Prior(0.02882, 0.07293, 0.1067, 0.3137, low=-0.5, high=0.5),  # fitted to stem_head_x_down
    "stem_end_up": Prior(0.4, 0.13, 0.21, 0.44, low=-0.1, high=0.95),
    "stem_end_down": Prior(0.4, 0.13, 0.16, 0.33, low=-0.1, high=0.95),
    "beam_slope": Prior(0.0, 0.0101, 0.07808, 0.2981),  # fitted to beam_slope
    "beam_follow": Prior(0.4276, 0.2653, 0.1, 0.3, low=-0.3, high=0.8),  # fitted to beam_slope_to_heads
    "beam_thickness": Prior(
        0.1723, 0.05749, 0.02153, 0.309, low=0.12, high=0.7, size=True
    ),  # fitted to beam_thickness
    "beam_distance": Prior(0.7315, 0.03361, 0.1046, 0.296, low=0.45, high=1.6),  # fitted to beam_distance
    "beam_parallel": Prior(-0.5567, 1.248, 3.352, 0.3291),  # fitted to beam_parallel
    "beam_start": Prior(0.002727, 0.06018, 0.129, 0.3931),  # fitted to beam_left_end
    "beam_end": Prior(0.02988, 0.03931, 0.1758, 0.3133),  # fitted to beam_right_end
    "stem_past_outer": Prior(
        -0.043, 0.07086, 0.2034, 0.3825, low=-0.5, high=0.7
    ),  # fitted to stem_past_beam_outer
    "stem_past_inner": Prior(
        -0.1928, 0.124, 0.3011, 0.5, low=-0.5, high=0.6
    ),  # fitted to stem_past_beam_inner
    "flag_x": Prior(0.01525, 0.08341, 0.08024, 0.2506),  # fitted to flag_x_up
    "flag_y": Prior(-0.008889, 0.1679, 0.2239, 0.5),  # fitted to flag_y_up
    "accidental_gap_sharp": Prior(0.05595, 0.2286, 0.2, 0.3),  # fitted to accidental_gap_sharp
    "accidental_gap_flat": Prior(-0.07608, 0.04056, 0.2, 0.3),  # fitted to accidental_gap_flat
    "accidental_gap_natural": Prior(0.2147, 0.2093, 0.2, 0.3),  # fitted to accidental_gap_natural
    "accidental_y_sharp": Prior(-0.05926, 0.08206, 0.1428, 0.4073),  # fitted to accidental_y_sharp
    "accidental_y_flat": Prior(0.2403, 0.1159, 0.1313, 0.2491),  # fitted to accidental_y_flat
    "accidental_y_natural": Prior(0.2296, 0.08966, 0.1657, 0.3513),  # fitted to accidental_y_natural
    "dot_gap": Prior(0.2634, 0.1688, 0.1352, 0.2758),  # fitted to dot_gap
    "dot_y": Prior(0.1362, 0.06941, 3.339e-08, 0.2813),  # fitted to dot_y
    "articulation_x": Prior(-0.1128, 0.02452, 0.1741, 0.2323),  # fitted to staccato_x
    "articulation_gap": Prior(0.3187, 0.08241, 0.009219, 0.2896),  # fitted to staccato_gap
    "rest_x": Prior(0.0, 0.05, 0.15, 0.3),
    "rest_y": Prior(-0.01979, 0.1356, 0.1042, 0.3324),  # fitted to restQuarter_y
    "rest_y_bar": Prior(0.05, 0.04, 0.08, 0.3, low=-0.3, high=0.3),
    "slur_start_x": Prior(-0.03886, 0.3964, 0.4977, 0.3574),  # fitted to slur_start_x
    "slur_start_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_end_x": Prior(0.01774, 0.07244, 0.5408, 0.3826),  # fitted to slur_end_x
    "slur_end_y": Prior(-0.3, 0.15, 0.4, 0.3, low=-0.8),
    "slur_height": Prior(0.9028, 0.2274, 7.15e-08, 0.2312, low=0.4, high=2.5),  # fitted to slur_height
    "tie_start_x": Prior(0.142, 0.2172, 0.2829, 0.2322),  # fitted to tie_start_x
    "tie_end_x": Prior(0.07946, 0.2393, 0.378, 0.3111),  # fitted to tie_end_x
    "tie_y": Prior(0.1887, 0.4114, 0.203, 0.3542),  # fitted to tie_start_y
    "tie_height": Prior(0.9892, 0.09917, 7.15e-08, 0.3535, low=0.4, high=2.5),  # fitted to tie_height
    "barline_x": Prior(0.0, 0.02, 0.1, 0.3),
    "barline_angle": Prior(-0.08829, 3.603, 3.937, 0.2198, run=0.2),  # fitted to barline_angle
    "barline_top": Prior(0.03803, 0.07864, 0.1266, 0.2787),  # fitted to barline_top
    "barline_bottom": Prior(0.06418, 0.07026, 0.1961, 0.3289),  # fitted to barline_bottom
    "clef_x": Prior(-0.3696, 0.5892, 0.2, 0.3),  # fitted to clef_x
    "clef_y_g": Prior(0.1913, 0.2789, 0.1711, 0.3816),  # fitted to clef_y_gClef
    "clef_y_f": Prior(0.4849, 0.2823, 0.1222, 0.4273),  # fitted to clef_y_fClef
    "clef_y_c": Prior(0.0, 0.15, 0.25, 0.3),
    "key_x": Prior(-0.8549, 0.1726, 0.1908, 0.3566),  # fitted to clef_to_key
    "key_sign_gap": Prior(-0.002559, 0.5763, 0.15, 0.3),  # fitted to key_sign_gap
    "key_sign_y_sharp": Prior(0.06643, 0.09482, 0.1364, 0.3992),  # fitted to key_sign_y_sharp
    "key_sign_y_flat": Prior(0.09401, 0.1687, 0.1405, 0.3663),  # fitted to key_sign_y_flat
    "time_x": Prior(-0.15, 0.2, 0.3, 0.3),
    "time_y": Prior(0.0, 0.1, 0.15, 0.3),  # fitted to time_y
    "dynamic_x": Prior(0.0, 0.3, 0.5, 0.3),
    "dynamic_y": Prior(0.0, 0.2, 0.35, 0.3),
    "hairpin_opening": Prior(0.9545, 0.1144, 0.1358, 0.3329, low=0.4, high=1.8),  # fitted to hairpin_opening
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
