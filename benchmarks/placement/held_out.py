"""Accuracy of the fit for unseen writers and pages.

Run: `python benchmarks/placement/held_out.py [writers]` after `fit_writers.py`. Needs `../shared/data` and some minutes.

Writers: the population is fitted to two thirds of the writers, and generated writers are compared with them and the others.
Pages: each writer is fitted without their last page, and compared with it.
"""

from __future__ import annotations

import sys
from collections.abc import Callable

import numpy as np
from bench_hands import mean_distance
from bench_placement import THICKNESS
from distances import MeasuredPage, Pages, pooled, wasserstein
from fit_writers import Measured, document, drawn, kept_calibration, moved, text_of
from links import LINKS
from mixed_model import FloatArray
from samples import Hands, parted, real_pages

from smashcima.placement import PlacementStyle, Population

SHAPE = (20, 20.0)
"""Number of factors and ridge for the partial fits; they have little influence."""

LEAST_VALUES = 6


def unseen_writers(hands: Hands, real: Pages, writers: int) -> dict[str, float]:
    """Mean distances of features of writers drawn from a fit to two thirds of the real ones."""
    fitted, held = parted(real)
    part = Measured.of(fitted)
    ours = hands.written(drawn(document(kept_calibration(), part, SHAPE)[0], writers, 100))
    return {
        title: mean_distance(a, b)
        for title, a, b in (
            ("drawn, to the writers fitted to", ours, fitted),
            ("drawn, to other writers", ours, held),
            ("real writers to each other", fitted, held),
        )
    }


def split(real: Pages) -> tuple[Pages, Pages]:
    """Splits pages into all but the last page of each writer, and the last pages."""
    last = {page.writer: number for number, page in enumerate(real)}
    kept = [page for number, page in enumerate(real) if number not in last.values()]
    return kept, [real[number] for number in last.values()]


def calibrated(real: Pages) -> Measured:
    """The pages to which `calibration.json` belongs."""
    return Measured.of(parted(real)[0])


def unseen_means(kept: Pages, last: Pages) -> dict[str, float]:
    """Error of the predicted means of features on unseen pages.

    Root mean square over all features, in standard deviations between writers. The effect of the piece, estimated from
    other writers, is subtracted.
    """
    part = Measured.of(kept)
    fit = document(moved(kept_calibration(), calibrated([*kept, *last]), part), part, SHAPE)[0]
    population = Population.from_json(text_of(fit))
    pieces = sorted({page.piece for page in kept})
    rows = {name: row for row, name in enumerate(population.priors)}
    errors: dict[str, list[float]] = {
        title: [] for title in ("nothing", "own pages", "shrunk", "shrunk, jointly")
    }
    for name, link in LINKS.items():
        if link.mean is not None or link.feature not in part.effects or name not in fit["quantities"]:
            continue
        mean = part.effects[link.feature].mean
        unit = np.sqrt(mean.writer_variance)
        for page in last:
            values = page.values.get(link.feature, ())
            writer = part.writers.index(page.writer) if page.writer in part.writers else -1
            if len(values) < LEAST_VALUES or page.piece not in pieces or writer < 0:
                continue
            if not np.isfinite(mean.writer_noise[writer]):
                continue
            truth = (float(np.mean(values)) - mean.middle - mean.piece[pieces.index(page.piece)]) / unit
            seen = float(mean.writer[writer]) / unit
            share = 1 / (1 + mean.writer_noise[writer] / unit**2)
            joint = np.sign(link.scale) * population.writers[page.writer][rows[name], 0]
            for title, guess in zip(errors, (0.0, seen, share * seen, joint), strict=True):
                errors[title].append(float(np.clip(truth - guess, -4, 4)))
    return {title: float(np.sqrt(np.mean(np.square(values)))) for title, values in errors.items()}


def unseen_pages(hands: Hands, kept: Pages, last: Pages) -> dict[str, float]:
    """Mean distances of features between unseen pages and pages generated in the style of their writers."""
    part = Measured.of(kept)
    fit = document(moved(kept_calibration(), calibrated([*kept, *last]), part), part, SHAPE)[0]
    population = Population.from_json(text_of(fit))
    names = [page.writer for page in last if page.writer in population.writers]
    styles = [PlacementStyle(name, 1.0, population.of_writer(name)) for name in names]
    pages = {page.writer: page.piece for page in last}
    turned = dict(zip(names, [*names[1:], names[0]], strict=True))
    of_name = {style.name: style for style in styles}
    average = PlacementStyle("average", 1.0, population.average())

    def in_style(chosen: Callable[[str], PlacementStyle]) -> dict[str, dict[str, FloatArray]]:
        """The pieces of the last pages, by the real writer of each page, in other styles."""
        return _by_writer(
            [
                MeasuredPage(name, page.values, page.piece)
                for number, name in enumerate(names)
                for page in hands.of_piece(chosen(name), pages[name], number)
            ]
        )

    own = in_style(lambda name: of_name[name])
    another = in_style(lambda name: of_name[turned[name]])
    middle = in_style(lambda name: average)
    others = _by_writer(kept)
    spread = {name: values.std() for name, values in pooled([*kept, *last]).items()}

    def apart(given: Callable[[str], dict[str, FloatArray]]) -> float:
        found = []
        for page in last:
            ours = given(page.writer)
            found += [
                wasserstein(ours[name], np.array(values)) / spread[name]
                for name, values in page.values.items()
                if name in ours and name in spread and len(values) >= LEAST_VALUES and name not in THICKNESS
            ]
        return float(np.mean(found))

    return {
        "of the writer": apart(lambda name: own.get(name, {})),
        "of another writer": apart(lambda name: another.get(name, {})),
        "average": apart(lambda name: middle.get(name, {})),
        "the writer's other pages": apart(lambda name: others.get(name, {})),
        "another writer's pages": apart(lambda name: others.get(turned.get(name, ""), {})),
    }


def _by_writer(pages: Pages) -> dict[str, dict[str, FloatArray]]:
    found: dict[str, dict[str, list[float]]] = {}
    for page in pages:
        for name, values in page.values.items():
            found.setdefault(page.writer, {}).setdefault(name, []).extend(values)
    return {
        writer: {name: np.array(v) for name, v in values.items() if len(v) >= LEAST_VALUES}
        for writer, values in found.items()
    }


def main() -> None:
    """Prints the tables."""
    real, hands = real_pages(), Hands()
    kept, last = split(real)
    writers = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    tables: tuple[tuple[str, Callable[[], dict[str, float]]], ...] = (
        ("mean of a feature on an unseen page, root mean square error", lambda: unseen_means(kept, last)),
        ("distance of an unseen page", lambda: unseen_pages(hands, kept, last)),
        ("distance of unseen writers", lambda: unseen_writers(hands, real, writers)),
    )
    for title, made in tables:
        rows = "".join(f"  {name:32} {value:.3f}\n" for name, value in made().items())
        sys.stdout.write(f"{title}\n{rows}")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
