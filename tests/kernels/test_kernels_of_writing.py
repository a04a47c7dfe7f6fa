"""Compiled kernels of random numbers, strokes and letters give the same results as NumPy."""

import numpy as np
import pytest

from smashcima import kernels
from smashcima.geometry import Contours
from smashcima.randomness import Stream, first_normals, first_uniforms, generators
from smashcima.randomness.seed_words import seed_words
from smashcima.synthesis.glyph.skeletons import forms_of
from smashcima.synthesis.notation.barline_strokes import _bands
from smashcima.synthesis.notation.dynamic_letters import letter_areas
from smashcima.synthesis.pen import LineStrokes, Nib, PenWriter, SkeletonStroke, outline_points
from smashcima.synthesis.pen.centre_line import centre_line, centre_lines
from smashcima.synthesis.pen.form import _new_forms
from smashcima.synthesis.pen.outline import plan_ribbons
from smashcima.synthesis.pen.plan import Wanted, plan_writing
from smashcima.synthesis.text.letter_ink import VARIATIONS
from smashcima.synthesis.text.letter_placing import Manner, placed_letters
from smashcima.synthesis.text.pen_text_style import PenTextStyle


@pytest.mark.parametrize("length", [1, 3, 4, 5, 16])
def test_seeds_of_generators_are_the_same(both, rng, length):
    entropy = rng.integers(0, 2**32, (7, length), dtype=np.uint32)
    arrays, compiled = both(lambda: seed_words(entropy))
    np.testing.assert_array_equal(arrays, compiled)
    expected = [np.random.SeedSequence(row).generate_state(4, np.uint64) for row in entropy]
    np.testing.assert_array_equal(compiled, expected)


def test_streams_that_are_seeded_together_draw_the_same(both):
    streams = [Stream(seed).child("page", seed, "glyphs") for seed in (0, 5, 2**40, 2**64 - 1)]
    arrays, compiled = both(lambda: [made.random() for made in generators(streams)])
    assert arrays == compiled == [stream.generator().random() for stream in streams]


def test_streams_start_with_the_same_numbers(both, rng):
    streams = [
        Stream(int(rng.integers(2**63)) >> int(rng.integers(63)), int(number % 3)).child("habit", number)
        for number in range(300)
    ]
    streams += [Stream(0), Stream(2**64 - 1, 2**64 - 1)]
    counts = rng.integers(0, 200, len(streams)).tolist()
    by = kernels.kernels_are_used
    arrays, compiled = both(
        lambda: first_normals(streams, counts, by()).tobytes() + first_uniforms(streams, by()).tobytes()
    )
    assert arrays == compiled
    expected = [
        stream.generator().standard_normal(count) for stream, count in zip(streams, counts, strict=True)
    ]
    np.testing.assert_array_equal(first_normals(streams, counts, True), np.concatenate(expected))


def test_strokes_have_the_same_centre_lines(both, rng):
    def stroke() -> SkeletonStroke:
        count = int(rng.integers(1, 8))
        return SkeletonStroke(
            tuple(map(tuple, rng.normal(0, 1.5, (count, 2)).tolist())),
            tuple(rng.uniform(0.5, 1.5, count).tolist()),
            frozenset(rng.integers(0, count, 3).tolist()),
            closed=bool(rng.random() < 0.3),
            filled=bool(rng.random() < 0.2),
        )

    strokes = [stroke() for _ in range(60)]
    loops = np.linspace(0, 14, 30)
    strokes.append(SkeletonStroke(tuple(zip(np.cos(loops).tolist(), np.sin(loops).tolist(), strict=True))))
    strokes.append(SkeletonStroke(((0.0, 0.0), (0.0, 0.0), (1.0, 0.0), (1.0, 0.0))))
    for roundness in (0.0, 0.4, 1.0):
        wanted = [(stroke, 1.8, roundness) for stroke in strokes]
        arrays, compiled = both(lambda wanted=wanted: centre_lines(wanted))
        for one, other in zip(arrays, compiled, strict=True):
            assert one.points.tobytes() == other.points.tobytes()
            assert one.widths.tobytes() == other.widths.tobytes()
            assert (one.pieces, one.cuts, one.filled, one.closed, one.dot) == (
                other.pieces,
                other.cuts,
                other.filled,
                other.closed,
                other.dot,
            )
        assert any(line.cuts for line in arrays)
        assert (max(len(line.pieces) for line in arrays) > 1) == (roundness == 0)


def test_symbols_have_the_same_forms(both):
    names = (
        "gClef",
        "fClef",
        "noteheadBlack",
        "noteheadHalf",
        "accidentalSharp",
        "dynamicForte",
        "fermataAbove",
    )
    wanted = [(form.strokes, 1.7, 0.4) for name in names for form in forms_of(name).forms]
    arrays, compiled = both(lambda: _new_forms(wanted))
    assert len(arrays) > len(names)
    for one, other in zip(arrays, compiled, strict=True):
        assert (one.center, one.size, one.has_dots) == (other.center, other.size, other.has_dots)
        assert one.ribbons.spans == other.ribbons.spans
        for name in ("before", "after", "cap_at", "cap_turn", "order", "ring_starts", "is_area"):
            assert getattr(one.ribbons, name).tobytes() == getattr(other.ribbons, name).tobytes(), name
        for name in ("part", "masks", "bends", "swells"):
            assert getattr(one, name).tobytes() == getattr(other, name).tobytes(), name


def test_strokes_have_the_same_outlines(both, rng):
    strokes = (
        SkeletonStroke(((0.0, 0.0), (1.0, 2.0), (2.5, 1.0), (1.0, 0.5)), corners=frozenset({2})),
        SkeletonStroke(((0.0, 0.0), (1.0, -0.5), (0.5, 0.5)), filled=True),
        SkeletonStroke(((3.0, 0.0),)),
    )
    lines = [centre_line(stroke, 1.8, 0.3) for stroke in strokes]
    plan = plan_ribbons(lines)
    mean = np.concatenate([line.points for line in lines])
    shifts = rng.normal(0, 0.2, (9, len(mean), 2)).view(np.complex128)[:, :, 0]
    centres = mean + shifts
    centres[4, 2] = centres[4, 1]  # samples that coincide have no direction
    centres[5] = centres[5, 0]
    halves = rng.uniform(0.05, 0.6, centres.shape)
    for nib in (None, Nib(0.5, 0.1, 40.0, 0.3)):
        arrays, compiled = both(lambda nib=nib: outline_points(centres, halves, plan, nib))
        assert arrays.tobytes() == compiled.tobytes()


@pytest.mark.parametrize("seed", range(6))
def test_writers_have_the_same_plans(both, seed):
    strokes = (
        SkeletonStroke(((0.0, 0.0), (1.0, 2.0), (2.5, 1.0), (1.0, 0.5)), corners=frozenset({2})),
        SkeletonStroke(((0.0, 0.0), (1.0, -0.5), (0.5, 0.5)), filled=True),
        SkeletonStroke(((3.0, 0.0),)),
    )
    wanted = [Wanted(strokes, 1.8), Wanted(strokes[:1], 2.5, 0.8, 0.0), Wanted(strokes[2:], 1.0)]
    arrays, compiled = both(lambda: plan_writing(wanted, PenWriter.from_seed(seed)))
    for one, other in zip(arrays, compiled, strict=True):
        assert one.moves.tobytes() == other.moves.tobytes()
        assert one.swells.tobytes() == other.swells.tobytes()
        assert one.centres.tobytes() == other.centres.tobytes()


def test_barlines_have_the_same_pieces(both, rng):
    for count in (3, 8, 40):
        ring = rng.normal(0, 9, (count, 2)).round(int(rng.integers(0, 3)))
        heights = sorted(np.round(rng.normal(0, 8, 5)).tolist())
        tops, bottoms = [-np.inf, *heights, 3.0, 90.0], [*heights, np.inf, 3.0, 99.0]
        arrays, compiled = both(lambda ring=ring, ends=(tops, bottoms): _bands(Contours((ring,)), *ends))
        assert any(part.is_empty for part in arrays)
        for one, other in zip(arrays, compiled, strict=True):
            assert [part.tobytes() for part in one.rings] == [part.tobytes() for part in other.rings]


@pytest.mark.parametrize("word", ["mf", "pp", "sfz", "fff"])
def test_letters_have_the_same_areas(both, rng, word):
    rings = [
        rng.normal((number % len(word) * 1.2, 0.0), rng.uniform(0.1, 0.8), (int(rng.integers(3, 30)), 2))
        for number in range(8)
    ]
    arrays, compiled = both(lambda: letter_areas(Contours(tuple(rings)), word))
    assert len(arrays) == len(word)
    for one, other in zip(arrays, compiled, strict=True):
        assert [ring.tobytes() for ring in one.rings] == [ring.tobytes() for ring in other.rings]


@pytest.mark.parametrize("seed", range(6))
def test_straight_strokes_have_the_same_rings(both, seed):
    deltas = [0j, 0.4 + 0.1j, -3j, 7 + 2j, -20 + 1j, 60 - 5j, 300j] * 12

    def rings():
        strokes = LineStrokes(PenWriter.from_seed(seed), "stem", 1.6, 2.2)
        draws = np.random.default_rng(seed)
        return [strokes.take(delta, 0.3, draws, 0.1).tobytes() for delta in deltas]

    arrays, compiled = both(rings)
    assert arrays == compiled
    assert len(set(arrays)) == len(deltas)


def test_letters_are_placed_alike(rng: np.random.Generator) -> None:
    pytest.importorskip("numba", reason='numba is not installed: pip install "smashcima[fast]"')
    from smashcima.synthesis.text.text_kernels import place_letters

    count = 40
    measures = np.column_stack(
        [rng.normal(3.0, 2.0, (count, 5)), rng.uniform(1.0, 9.0, count), rng.normal(size=(count, 2))]
    )
    measures = np.column_stack([measures, rng.permutation(np.arange(count) % 3)])
    draws = 2 * rng.standard_normal(5 * count + 4)
    manner = Manner(PenTextStyle.of(PenWriter.from_seed(int(rng.integers(1000))))).numbers
    for scale in (1.0, 0.9):
        frame = np.array((7.0, 11.0, 4.0, 0.9, 0.95, scale))
        results = []
        for place in (placed_letters, place_letters):
            matrices, renderings = np.empty((count, 6)), np.zeros(count, np.int64)
            place(measures, draws.copy(), manner, frame, VARIATIONS, matrices, renderings)
            results.append((matrices, renderings))
        assert np.array_equal(results[0][0], results[1][0])
        assert np.array_equal(results[0][1], results[1][1])
        assert set(results[0][1].tolist()) > {0, VARIATIONS - 1}
