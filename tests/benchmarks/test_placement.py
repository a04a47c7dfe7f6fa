"""The statistics behind the fit of placement, on numbers whose truth is known."""

from __future__ import annotations

import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

pytest.importorskip("scipy")
ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "benchmarks" / "placement"))

from distances import MeasuredPage, wasserstein  # noqa: E402
from mixed_model import Factors, crossed, factors  # noqa: E402
from notation_graph import GraphPage, Staff, Thing  # noqa: E402
from note_room import rooms_of  # noqa: E402
from page_statistics import statistics  # noqa: E402
from quantity_table import table  # noqa: E402

WRITERS, PIECES = 40, 20


def pages_of(rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:  # type: ignore[type-arg]
    """Writer and piece of 120 pages: three for each writer, six for each piece."""
    writer = np.repeat(np.arange(WRITERS), 3)
    return writer, rng.permutation(np.arange(len(writer)) % PIECES)


def test_what_is_the_pieces_is_not_taken_for_the_writers() -> None:
    rng = np.random.default_rng(3)
    writer, piece = pages_of(rng)
    of_writer, of_piece = rng.normal(0, 1.0, WRITERS), rng.normal(0, 2.0, PIECES)
    noise = rng.uniform(0.01, 0.2, len(writer))
    y = 5.0 + of_writer[writer] + of_piece[piece] + rng.normal(0, np.sqrt(noise))
    found = crossed(y, noise, writer, piece, (WRITERS, PIECES))
    assert found.middle == pytest.approx(5.0 + of_piece.mean() + of_writer.mean(), abs=0.3)
    assert found.writer_variance == pytest.approx(1.0, rel=0.5)
    assert found.piece_variance == pytest.approx(4.0, rel=0.6)
    assert found.page_variance < 0.15
    assert np.corrcoef(found.writer, of_writer)[0, 1] > 0.95
    assert np.corrcoef(found.piece, of_piece)[0, 1] > 0.97


def test_a_writer_of_whom_nothing_was_seen_has_infinite_noise() -> None:
    y = np.array([1.0, 1.2, 0.8, 1.1, 2.0, 2.2, 1.9, 2.1])
    writer = np.array([0, 0, 0, 0, 2, 2, 2, 2])
    found = crossed(y, np.full(8, 0.01), writer, np.arange(8) % 4, (3, 4))
    assert np.isinf(found.writer_noise[1])
    assert found.writer[2] - found.writer[0] == pytest.approx(1.025, abs=0.02)


def test_common_factors_are_found_in_noisy_numbers_with_gaps() -> None:
    rng = np.random.default_rng(5)
    loadings = np.array([0.9, 0.8, -0.8, 0.0, 0.0, 0.7])
    truth = rng.standard_normal((150, 1)) * loadings + rng.standard_normal((150, 6)) * np.sqrt(
        1 - loadings**2
    )
    noise = np.full((150, 6), 0.1)
    noise[rng.random((150, 6)) < 0.2] = np.inf
    y = truth + rng.standard_normal((150, 6)) * np.sqrt(0.1)
    y[np.isinf(noise)] = 0.0
    found = factors(y, noise, 1, ridge=1.0)

    def likelihood(model: Factors) -> float:
        return sum(model.log_likelihood(row, errors) for row, errors in zip(y, noise, strict=True))

    # Nearly as likely as the truth, and far more likely than that nothing goes together.
    assert likelihood(found) > likelihood(Factors(loadings[:, None])) - 5
    assert likelihood(found) > likelihood(Factors(np.zeros((6, 0)))) + 30
    assert np.sign(found.loadings[[0, 1, 2, 5], 0]).tolist() in ([1, 1, -1, 1], [-1, -1, 1, -1])


def test_what_was_not_seen_of_a_writer_is_guessed_from_what_goes_with_it() -> None:
    model = Factors(np.array([[0.8], [0.8], [0.0]]))
    guess = model.expected(np.array([2.0, 0.0, 0.0]), np.array([0.0, np.inf, np.inf]))
    assert guess == pytest.approx([2.0, 0.8 * 0.8 * 2.0, 0.0])


def test_noisy_numbers_are_shrunk_towards_the_middle() -> None:
    model = Factors(np.zeros((1, 0)))
    assert model.expected(np.array([2.0]), np.array([1.0])) == pytest.approx([1.0])


def made_pages(rng: np.random.Generator, run: float, skew: float) -> list[MeasuredPage]:
    pages = []
    for number in range(30):
        z = np.empty(200)
        z[0] = rng.standard_normal()
        for k in range(1, 200):
            z[k] = run * z[k - 1] + np.sqrt(1 - run**2) * rng.standard_normal()
        values = (np.exp(skew * z) - 1) / skew if skew else z
        pages.append(MeasuredPage(f"{number % 10}", {"x": (number % 3 + 0.5 * values).tolist()}, "1"))
    return pages


def test_run_and_decay_are_those_of_a_chain_whatever_the_middle_of_its_pages() -> None:
    found = statistics(made_pages(np.random.default_rng(2), 0.6, 0.0), ["x"])["x"]
    assert found.run == pytest.approx(0.6, abs=0.04)
    assert found.decay == pytest.approx(0.6, abs=0.05)
    assert found.spread == pytest.approx(0.5, rel=0.05)


def test_skew_is_that_of_a_log_normal_distribution() -> None:
    skewed = statistics(made_pages(np.random.default_rng(2), 0.0, 0.5), ["x"])["x"]
    even = statistics(made_pages(np.random.default_rng(2), 0.0, 0.0), ["x"])["x"]
    assert skewed.skew == pytest.approx(0.5, abs=0.06)
    assert even.skew == pytest.approx(0.0, abs=0.06)


def test_the_distance_of_a_shifted_sample_is_the_shift() -> None:
    values = np.random.default_rng(0).standard_normal(500)
    assert wasserstein(values, values + 0.7) == pytest.approx(0.7)


def test_the_documentation_has_the_table_of_the_quantities_that_the_code_makes() -> None:
    assert table() in (ROOT / "docs" / "placement.md").read_text(encoding="utf-8")


def test_every_link_is_to_a_quantity_and_is_measured() -> None:
    from features import measure
    from links import LINKS

    from smashcima.placement import QUANTITIES

    assert set(LINKS) <= set(QUANTITIES)
    source = Path(str(sys.modules["features"].__file__)).read_text(encoding="utf-8")
    assert measure(SimpleNamespace(all=lambda *_: [], staves=[], sort=lambda: None)) == {}  # type: ignore[arg-type]
    for link in LINKS.values():
        stem = link.feature.split("_")[0]
        assert stem in source


def test_the_room_of_a_note_leads_to_the_next_moment_or_barline() -> None:
    lines = np.array([[0.0, 10, 20, 30, 40]] * 2)
    staff = Staff(np.array([0.0, 500.0]), lines, 0.0, 500.0)
    things = [
        Thing("noteheadHalf", 95, 15, np.ones((10, 10), np.uint8)),
        Thing("noteheadFull", 95, 35, np.ones((10, 10), np.uint8)),  # a quarter note of the same moment
        Thing("restQuarter", 145, 5, np.ones((30, 10), np.uint8)),
        Thing("barline", 169, 0, np.ones((40, 2), np.uint8)),
        Thing("noteheadWhole", 195, 15, np.ones((10, 10), np.uint8)),
    ]
    for thing in things:
        if thing.name != "barline":
            thing.staff = staff
    assert rooms_of(GraphPage("01", "page", [staff], things)) == {"quarter": [5.0], "quarter |": [2.0]}
