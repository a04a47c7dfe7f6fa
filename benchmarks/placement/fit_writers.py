"""Fits placement styles to MUSCIMA++ and writes `smashcima/placement/muscima_writers.json`.

Run: `python benchmarks/placement/fit_writers.py [rounds] [writers]`; needs `../shared/data`, SciPy, and a few minutes.
`docs/placement.md` explains the method. The relation of quantities to features is fitted to two thirds of the writers, so
that every third writer is unknown to it; the published means and spreads are then moved to those of all writers.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np
from distances import Pages
from links import LINKS
from mixed_model import FloatArray, chosen_factors, factors
from page_statistics import Effects, statistics
from samples import Hands, parted, real_pages

from smashcima.placement import QUANTITIES, PlacementStyle, Population, measured_writers
from smashcima.placement.measured_writers import FITTED_FILE
from smashcima.placement.set_by_eye import LIMITS, SIZES

CALIBRATION = Path(__file__).parent / "calibration.json"
"""Result of the last fit and start of the next one; without it, the fit starts from the features."""

GAIN = 0.6
MOST_SPREAD_BETWEEN = 0.5
LEAST_RUN = 0.08
DECAYS = (0.3, 0.9)
LEAST_SPREAD = 0.3
"""Minimum share of the spread of a feature that is attributed to the writer instead of the music."""
MOST_SPREAD = 1.2
"""Maximum spread of a quantity relative to that of its feature."""
MOST_RESCALED = 1.5
MOST_NOISE = 0.5
"""Maximum variance of the noise of scores from which their skew is estimated."""
LEAST_FOR_LEAN = 15
LEAST_LEAN, MOST_LEAN = 0.12, 0.6
FARTHEST = 3.5
ABOUT: dict[str, Any] = {
    "what": "How writers place the signs of music: fitted statistics of distances, angles, lengths and sizes, in staff "
    "spaces and degrees. No image, outline or annotation is in here.",
    "measured": "MUSCIMA++ 2.0 (J. Hajic jr. and P. Pecina, http://hdl.handle.net/11372/LRT-2372), annotations of the "
    "development part, over CVC-MUSCIMA (A. Fornes, A. Dutta, A. Gordo, J. Llados)",
    "licence": "The data set is under CC BY-NC-SA 4.0. These are facts measured on it, under the licence of Smashcima.",
    "made_by": "python benchmarks/placement/fit_writers.py",
    "method": "docs/placement.md",
    "writers": "two rows for each, in the order of `quantities`: where the writer's mean, and the logarithm of the "
    "spread, lie among all writers, in standard deviations; shrunk by empirical Bayes",
}


@dataclass(frozen=True)
class Calibration:
    """Distribution of a quantity for which its feature matches that of real pages."""

    mean: float
    spread: float
    near: float
    """Correlation of neighbours."""
    decay: float
    """Decay of the correlation with distance."""
    scale: float
    """Change of the quantity per unit change of the feature."""


@dataclass(frozen=True)
class Measured:
    """Collection of real pages, with the effects of writers and pieces on each feature."""

    writers: list[str]
    pages: Pages
    effects: dict[str, Effects]

    @staticmethod
    def of(pages: Pages) -> Measured:
        """Measures some pages."""
        writers, pieces = (sorted({getattr(page, key) for page in pages}) for key in ("writer", "piece"))
        names = dict.fromkeys(link.feature for link in LINKS.values())
        found = statistics(pages, names)
        return Measured(
            writers, pages, {name: Effects(values, pages, writers, pieces) for name, values in found.items()}
        )

    def spread(self, feature: str) -> float:
        """Spread of one writer, within a page and between pages."""
        effects = self.effects[feature]
        return float(np.sqrt(np.exp(2 * effects.log_spread.middle) + effects.mean.page_variance))


def started(measured: Measured) -> dict[str, Calibration]:
    """Start of the fit: means that hardly move anything, and spreads derived from those of the features."""
    result = {}
    for name, link in LINKS.items():
        if link.feature in measured.effects:
            usual = measured.effects[link.feature].mean.middle
            mean = {"offset": 0.0, "ratio": 0.9}.get(QUANTITIES[name].form, usual * np.sign(link.scale))
            spread = 0.8 * abs(link.scale) * measured.spread(link.feature)
            result[name] = Calibration(
                mean if link.mean is None else link.mean,
                spread if link.spread is None else link.spread,
                0.0,
                float(np.clip(measured.effects[link.feature].statistics.decay, *DECAYS)),
                link.scale,
            )
    return result


def stepped(
    calibration: dict[str, Calibration], measured: Measured, styles: list[PlacementStyle], pages: Pages
) -> dict[str, Calibration]:
    """Moves all quantities by the difference between real and generated pages."""
    result = {}
    ours = statistics(pages, dict.fromkeys(link.feature for link in LINKS.values()))
    by_name = {style.name: style for style in styles}
    for name, old in calibration.items():
        link = LINKS[name]
        if link.feature not in ours:
            result[name] = old
            continue
        effects, our = measured.effects[link.feature], ours[link.feature]
        mean, spread, near = old.mean, old.spread, old.near
        # The sampled writers differ from the population; the known part of the difference is subtracted.
        chosen = [by_name[pages[page].writer].quantities[name] for page in our.page]
        weights = our.count / (our.count + 5)
        too_far = np.average([q.mean - old.mean if q else 0.0 for q in chosen], weights=weights)
        too_lively = np.average([q.spread**2 - old.spread**2 if q else 0.0 for q in chosen], weights=weights)
        if link.mean is None:
            # Both sides are pages of the same pieces, so that the means need no correction for the music.
            mean += GAIN * (old.scale * (effects.statistics.middle - our.middle) + too_far)
            # Where placement limits a quantity, going further would change nothing.
            mean = float(np.clip(mean, *LIMITS.get(name, (-np.inf, np.inf))))
        goal = measured.spread(link.feature)
        # The ink of the pen has variation of its own, so the spread of its sizes is not that of the style.
        if link.spread is None and name not in SIZES:
            variance = spread**2 + GAIN * (old.scale**2 * (goal**2 - our.spread**2) + too_lively)
            least = max(0.3 * spread, LEAST_SPREAD * abs(link.scale) * goal)
            spread = float(np.sqrt(max(variance, least**2)))
            # Where placement limits a quantity, larger spreads would not make up for what is cut off.
            spread = min(spread, MOST_SPREAD * abs(link.scale) * goal)
            share = min((old.scale * goal / spread) ** 2, 2.0)
            if effects.statistics.run > LEAST_RUN:
                near += GAIN * share * (effects.statistics.run - our.run)
        result[name] = Calibration(mean, spread, float(np.clip(near, 0, old.decay)), old.decay, old.scale)
    return result


def rescaled(
    calibration: dict[str, Calibration], styles: list[PlacementStyle], pages: Pages
) -> dict[str, Calibration]:
    """Updates the scales by regression of features on the means of the generating writers."""
    result = dict(calibration)
    means: dict[str, dict[str, list[float]]] = {}
    for page in pages:
        for feature, values in page.values.items():
            means.setdefault(feature, {}).setdefault(page.writer, []).extend(values)
    for name, old in calibration.items():
        link, points = LINKS[name], []
        for style in styles:
            values, quantity = means.get(link.feature, {}).get(style.name, []), style.quantities[name]
            if len(values) >= 3 and quantity is not None:
                points.append((quantity.mean, np.mean(values), len(values) / (len(values) + 10)))
        table = np.array(points).reshape(-1, 3)
        if link.mean is not None or len(table) < 12:
            continue
        x, y, weight = table.T
        x, y = x - np.average(x, weights=weight), y - np.average(y, weights=weight)
        power = weight @ x**2
        slope = weight @ (x * y) / max(power, 1e-12)
        error = np.sqrt(weight @ (y - slope * x) ** 2 / max(len(table) - 2, 1) / max(power, 1e-12))
        # The initial guess counts as a measurement with an error of a quarter.
        guess, guess_error = 1 / link.scale, 0.25 / abs(link.scale)
        both = (slope / error**2 + guess / guess_error**2) / (1 / error**2 + 1 / guess_error**2)
        both = np.sign(guess) * np.clip(
            both * np.sign(guess), abs(guess) / MOST_RESCALED, abs(guess) * MOST_RESCALED
        )
        result[name] = replace(old, scale=float(1 / both))
    return result


def moved(calibration: dict[str, Calibration], whole: Measured, part: Measured) -> dict[str, Calibration]:
    """Transfers a calibration to other pages without generating pages again."""
    result = {}
    for name, old in calibration.items():
        link = LINKS[name]
        if link.feature not in part.effects or link.feature not in whole.effects:
            result[name] = old
            continue
        a, b = whole.effects[link.feature], part.effects[link.feature]
        change = b.statistics.middle - a.statistics.middle
        mean = old.mean + (old.scale * change if link.mean is None else 0.0)
        spread = old.spread
        if link.spread is None:
            wider = old.scale**2 * (part.spread(link.feature) ** 2 - whole.spread(link.feature) ** 2)
            spread = float(np.sqrt(max(old.spread**2 + wider, (0.3 * old.spread) ** 2)))
        result[name] = replace(old, mean=mean, spread=spread)
    return result


def document(
    calibration: dict[str, Calibration], measured: Measured, shape: tuple[int, float] | None = None
) -> tuple[dict[str, Any], dict[str, float]]:
    """The published data, and the likelihood of held-out writers by the number of factors (unless `shape` sets it)."""
    names = [name for name in QUANTITIES if name in calibration]
    seen, noise, rows = [], [], {}
    for name in names:
        link, found = LINKS[name], calibration[name]
        effects = measured.effects[link.feature]
        mean, spread = effects.mean, effects.log_spread
        # Part of the spread of a feature is due to the music, so the quantity must vary more between writers.
        share = (found.scale * measured.spread(link.feature) / max(found.spread, 1e-9)) ** 2
        lively = np.sqrt(spread.writer_variance) * np.clip(share, 1.0, 2.0)
        skew = effects.statistics.skew * np.sign(found.scale)
        rows[name] = {
            "mean": found.mean,
            "between": 0.0 if link.mean is not None else abs(found.scale) * np.sqrt(mean.writer_variance),
            "spread": found.spread,
            "spread_between": 0.3 if link.spread is not None else min(lively, MOST_SPREAD_BETWEEN),
        }
        if found.near > 0.02:
            rows[name] |= {"run": found.decay, "share": found.near / found.decay}
        if link.spread is None and abs(skew) > 0.08:
            rows[name]["skew"] = float(np.clip(skew, -0.8, 0.8))
        for part, sign, known in (
            (mean, np.sign(found.scale), link.mean is None),
            (spread, 1.0, link.spread is None),
        ):
            seen.append(np.nan_to_num(sign * part.writer / np.sqrt(part.writer_variance)))
            noise.append(
                part.writer_noise / part.writer_variance if known else np.full(len(part.writer), np.inf)
            )
    y, errors = np.stack(seen, axis=1), np.stack(noise, axis=1)
    report: dict[str, float] = {}
    if shape is None:
        common, report = chosen_factors(y, errors)
    else:
        common = factors(y, errors, *shape)
    for row, name in enumerate(names):
        # Noteheads are drawn with the means of the ink, which are given in scores without skew.
        lean = (
            [0.0, 0.0] if name in SIZES else [leaning(y[:, k], errors[:, k]) for k in (2 * row, 2 * row + 1)]
        )
        if any(lean):
            rows[name]["lean"] = lean
        rows[name]["loadings"] = common.loadings[2 * row : 2 * row + 2].tolist()
    writers = {
        writer: common.expected(y[k], errors[k]).reshape(-1, 2).T.tolist()
        for k, writer in enumerate(measured.writers)
    }
    about = {**ABOUT, "pages": len(measured.pages)}
    count = common.loadings.shape[1]
    return {"about": about, "factors": count, "quantities": rows, "writers": writers}, report


def leaning(scores: FloatArray, noise: FloatArray) -> float:
    """The skew of writers as in `Population.leans`, shrunk towards 0 since they are few."""
    known = noise < MOST_NOISE
    if known.sum() < LEAST_FOR_LEAN:
        return 0.0
    rest = np.clip(scores[known] - scores[known].mean(), -FARTHEST, FARTHEST)
    skew = float(np.mean(rest**3) / np.mean(rest**2) ** 1.5)
    lean = skew / 3 * known.sum() / (known.sum() + LEAST_FOR_LEAN)
    return 0.0 if abs(lean) < LEAST_LEAN else float(np.clip(lean, -MOST_LEAN, MOST_LEAN))


def text_of(found: dict[str, Any]) -> str:
    """JSON with a line for each quantity and each writer."""

    def short(value: Any, digits: int = 4) -> Any:
        if isinstance(value, dict):
            return {key: short(v, 2 if key == "loadings" else digits) for key, v in value.items()}
        if isinstance(value, list):
            return [short(v, digits) for v in value]
        return value if isinstance(value, str | int) else float(f"{float(value):.{digits}g}") + 0.0

    def lines(values: dict[str, Any], digits: int) -> Iterable[str]:
        for name, value in values.items():
            yield f" {json.dumps(name)}: {json.dumps(short(value, digits), separators=(',', ':'))}"

    parts = [
        f'"about": {json.dumps(found["about"], indent=1)}',
        f'"factors": {found["factors"]}',
        '"quantities": {\n' + ",\n".join(lines(found["quantities"], 4)) + "\n}",
        '"writers": {\n' + ",\n".join(lines(found["writers"], 2)) + "\n}",
    ]
    return "{\n" + ",\n".join(parts) + "\n}\n"


def kept_calibration() -> dict[str, Calibration]:
    """Loads the calibration of the last fit."""
    found = json.loads(CALIBRATION.read_text(encoding="utf-8"))
    return {name: Calibration(*values) for name, values in found.items()}


def drawn(found: dict[str, Any], count: int, first_seed: int = 0) -> list[PlacementStyle]:
    """Draws writers of the population that is being fitted."""
    population = Population.from_json(text_of(found))
    return [
        PlacementStyle(f"{number}", 1.0, population.drawn(np.random.default_rng([7, first_seed + number])))
        for number in range(count)
    ]


def fitted(measured: Measured, hands: Hands, rounds: int, writers: int) -> dict[str, Calibration]:
    """Fits by the method of simulated moments: generated writers write engraved music and are measured like real ones."""
    calibration = started(measured)
    if CALIBRATION.exists():
        calibration |= {name: found for name, found in kept_calibration().items() if name in calibration}
    for number in range(rounds):
        styles = drawn(document(calibration, measured, (5, 20.0))[0], writers)
        pages = hands.written(styles)
        calibration = stepped(calibration, measured, styles, pages)
        if number:
            calibration = rescaled(calibration, styles, pages)
        sys.stdout.write(f"round {number + 1} done\n")
        sys.stdout.flush()
    return calibration


def main() -> None:
    """Fits, and writes the file."""
    given = [int(argument) for argument in sys.argv[1:3]]
    rounds, writers = (*given, *(5, 40)[len(given) :])
    real = real_pages()
    whole, part = Measured.of(real), Measured.of(parted(real)[0])
    calibration = fitted(part, Hands(), rounds, writers)
    found, report = document(moved(calibration, part, whole), whole)
    for name, score in report.items():
        sys.stdout.write(f"log-likelihood of a left-out writer, {name}: {score:.2f}\n")
    folder = Path(str(measured_writers.__file__)).parent
    (folder / FITTED_FILE).write_text(text_of(found), encoding="utf-8")
    (Path(__file__).parent / "calibration.json").write_text(
        json.dumps({name: [*map(float, vars(c).values())] for name, c in calibration.items()}, indent=1)
        + "\n"
    )


if __name__ == "__main__":
    main()
