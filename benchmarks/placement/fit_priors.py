"""Makes the numbers of `smashcima/synthesis/placement/priors.py` from MUSCIMA++: the method of simulated moments.

Run: `python benchmarks/placement/fit_priors.py [rounds] [writers] [scores]`, then `ruff format` the file that it writes.

Each quantity of placement shows itself in one measured feature. In every round our writers write out engraved music,
the features are measured on it as on the pages of MUSCIMA++, and mean, spread in one hand and spread from hand to
hand of each quantity are moved by the difference. What no feature shows keeps what a person set.
"""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import numpy as np
from distances import Spread, spreads
from samples import Scores, real_pages

from smashcima.synthesis.placement import PRIORS, Prior
from smashcima.synthesis.placement import priors as priors_module


class Shown(NamedTuple):
    """The feature by which a quantity shows itself."""

    feature: str
    scale: float = 1.0
    """The quantity changes by this where the feature changes by 1."""
    mean: bool = True
    spread: bool = True


FEATURES: dict[str, Shown] = {
    "alignment_below": Shown("alignment", spread=False),
    "head_x": Shown("chord_head_dx", mean=False),
    "head_y": Shown("head_y_in_space"),
    "head_width_black": Shown("head_full_width"),
    "head_height_black": Shown("head_full_height"),
    "head_width_open": Shown("head_half_width"),
    "head_height_open": Shown("head_half_height"),
    "ledger_first": Shown("ledger_first", spread=False),
    "ledger_distance": Shown("ledger_distance"),
    "ledger_left": Shown("ledger_left"),
    "ledger_right": Shown("ledger_right"),
    "ledger_tilt": Shown("ledger_tilt"),
    "stem_angle_up": Shown("stem_angle_up"),
    "stem_angle_down": Shown("stem_angle_down"),
    "stem_length_plain": Shown("stem_length_plain", 0.3),
    "stem_length_flagged": Shown("stem_length_flagged", 0.3),
    "stem_length_beamed": Shown("stem_length_beamed", 0.25, spread=False),
    "stem_x_up": Shown("stem_head_x_up"),
    "stem_x_down": Shown("stem_head_x_down"),
    "beam_slope": Shown("beam_slope", mean=False),
    "beam_follow": Shown("beam_slope_to_heads", spread=False),
    "beam_thickness": Shown("beam_thickness"),
    "beam_distance": Shown("beam_distance", 1.33),
    "beam_parallel": Shown("beam_parallel"),
    "beam_start": Shown("beam_left_end"),
    "beam_end": Shown("beam_right_end"),
    "stem_past_outer": Shown("stem_past_beam_outer"),
    "stem_past_inner": Shown("stem_past_beam_inner"),
    "flag_x": Shown("flag_x_up"),
    "flag_y": Shown("flag_y_up"),
    "accidental_gap_sharp": Shown("accidental_gap_sharp", spread=False),
    "accidental_gap_flat": Shown("accidental_gap_flat", spread=False),
    "accidental_gap_natural": Shown("accidental_gap_natural", spread=False),
    "accidental_y_sharp": Shown("accidental_y_sharp"),
    "accidental_y_flat": Shown("accidental_y_flat"),
    "accidental_y_natural": Shown("accidental_y_natural"),
    "dot_gap": Shown("dot_gap"),
    "dot_y": Shown("dot_y"),
    "articulation_x": Shown("staccato_x"),
    "articulation_gap": Shown("staccato_gap"),
    "rest_y": Shown("restQuarter_y"),
    "slur_start_x": Shown("slur_start_x"),
    "slur_end_x": Shown("slur_end_x"),
    "slur_height": Shown("slur_height", 4.0),
    "tie_start_x": Shown("tie_start_x"),
    "tie_end_x": Shown("tie_end_x"),
    "tie_y": Shown("tie_start_y"),
    "tie_height": Shown("tie_height", 5.0),
    "barline_angle": Shown("barline_angle"),
    "barline_top": Shown("barline_top"),
    "barline_bottom": Shown("barline_bottom"),
    "clef_x": Shown("clef_x", spread=False),
    "clef_y_g": Shown("clef_y_gClef"),
    "clef_y_f": Shown("clef_y_fClef"),
    "key_x": Shown("clef_to_key"),
    "key_sign_gap": Shown("key_sign_gap", spread=False),
    "key_sign_y_sharp": Shown("key_sign_y_sharp"),
    "key_sign_y_flat": Shown("key_sign_y_flat"),
    "time_y": Shown("time_y"),
    "hairpin_opening": Shown("hairpin_opening", 0.6),
}


def stepped(prior: Prior, shown: Shown, ours: Spread, real: Spread, gain: float = 0.8) -> Prior:
    """A prior moved by the difference of the moments."""
    scale = abs(shown.scale)
    if shown.mean:
        prior = replace(prior, mean=prior.mean + gain * shown.scale * (real.mean - ours.mean))
    if shown.spread:
        variance = prior.spread**2 + gain * scale**2 * (real.within**2 - ours.within**2)
        prior = replace(prior, spread=float(np.sqrt(max(variance, (0.25 * prior.spread) ** 2))))
        lively = float(np.clip(real.within_between, 0.15, 0.5))
        prior = replace(prior, spread_between=lively)
    variance = prior.between**2 + gain * scale**2 * (real.between**2 - ours.between**2)
    least = 0.3 * scale * real.between
    return replace(prior, between=float(np.sqrt(max(variance, least**2))))


def table(priors: dict[str, Prior], note: str) -> str:
    """The module of the priors."""
    lines = [
        '"""How writers differ in where they put things: the numbers that styles are drawn from.',
        "",
        "Made by `benchmarks/placement/fit_priors.py`: do not edit numbers that are marked *fitted* by hand.",
        "",
        *note.splitlines(),
        '"""',
        "",
        "from __future__ import annotations",
        "",
        "from smashcima.synthesis.placement.quantity import Prior",
        "",
        "PRIORS: dict[str, Prior] = {",
    ]
    for name, prior in priors.items():
        numbers = ", ".join(
            f"{value:.4g}" if value else "0.0"
            for value in (prior.mean, prior.between, prior.spread, prior.spread_between)
        )
        more = "".join(
            f", {key}={getattr(prior, key):g}"
            for key, plain in (("run", 0.0), ("skew", 0.0), ("low", -np.inf), ("high", np.inf))
            if getattr(prior, key) != plain
        )
        more += ", size=True" if prior.size else ""
        fitted = f"  # fitted to {FEATURES[name].feature}" if name in FEATURES else ""
        lines.append(f'    "{name}": Prior({numbers}{more}),{fitted}')
    lines += ["}", '"""By the names of the quantities."""', ""]
    return "\n".join(lines)


NOTE = """Provenance: statistics (means and standard deviations, no shapes) of the 105 pages by 39 writers in the development
part of MUSCIMA++ 2.0 (J. Hajic jr. and P. Pecina, CC BY-NC-SA 4.0), in staff spaces and degrees. `between` is the
standard deviation of the writers' means, `spread` that within one hand. Numbers that are not marked were set by eye, and so
were all limits; where stems start is measured (0.44 from the middle of the head), but its spread from hand to hand was made
smaller, since part of it is that annotators ended stems at different sides of the edge of a head."""


def main() -> None:
    """Fits, and writes the table."""
    given = [int(argument) for argument in sys.argv[1:4]]
    rounds, writers, count = (*given, *(3, 20, 16)[len(given) :])
    real, scores = spreads(real_pages()), Scores(count)
    for number in range(rounds):
        ours = spreads(scores.written(writers))
        for name, shown in FEATURES.items():
            if shown.feature in ours and shown.feature in real:
                PRIORS[name] = stepped(PRIORS[name], shown, ours[shown.feature], real[shown.feature])
        sys.stdout.write(f"round {number + 1} done\n")
    Path(str(priors_module.__file__)).write_text(table(PRIORS, NOTE))


if __name__ == "__main__":
    main()
