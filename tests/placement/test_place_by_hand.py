"""Whole pages, written out."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import fields
from itertools import pairwise

import numpy as np
import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import (
    Curve,
    Engraving,
    FilledPolygon,
    LayoutOptions,
    Line,
    Primitive,
    PrimitiveKind,
    Symbol,
)
from smashcima.loading import load_score
from smashcima.placement import QUANTITIES, PlacementStyle, Quantity, font_symbol_box, place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Arpeggio, Note, Score

Written = tuple[Score, Engraving]
MUSIC_OF_RESTS = """<?xml version="1.0"?>
<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">
<measure number="1"><attributes><divisions>2</divisions><time><beats>2</beats><beat-type>4</beat-type></time>
<clef><sign>G</sign><line>2</line></clef></attributes><note><rest/><duration>3</duration><type>quarter</type><dot/></note>
<note><rest/><duration>1</duration><type>eighth</type></note></measure></part></score-partwise>"""
STILL = PlacementStyle().changed(**dict.fromkeys(QUANTITIES))


def hand(written: Written, style: PlacementStyle, seed: int = 1) -> Engraving:
    score, engraving = written
    return place_by_hand(engraving, score, style, Stream(seed))


def values(primitive: Primitive) -> list[object]:
    return [
        value.tolist() if isinstance(value := getattr(primitive, field.name), np.ndarray) else value
        for field in fields(primitive)
    ]


def everything(engraving: Engraving) -> list[list[object]]:
    return [values(primitive) for primitive in engraving.primitives()]


def of_kind(engraving: Engraving, kind: PrimitiveKind) -> list[Primitive]:
    found = list(engraving.primitives(kind))
    assert found, f"the test music has no {kind.value}"
    return found


def test_amplitude_zero_is_the_engraving_itself(written: Written) -> None:
    assert hand(written, PlacementStyle.from_seed(5, amplitude=0.0)) is written[1]


def test_a_style_in_which_everything_is_the_engravers_way_changes_no_coordinate(example: Written) -> None:
    before, after = example[1], hand(example, STILL)
    for old, new in zip(before.primitives(), after.primitives(), strict=True):
        for a, b in zip(values(old), values(new), strict=True):
            if isinstance(a, list):
                assert np.allclose(np.array(a, dtype=float), np.array(b, dtype=float), atol=1e-6)
        old_box, new_box = old.bounds(), new.bounds()
        assert old_box.left == pytest.approx(new_box.left, abs=1e-6)
        assert old_box.bottom == pytest.approx(new_box.bottom, abs=1e-6)


def test_a_slight_amplitude_moves_things_only_slightly(written: Written) -> None:
    after = hand(written, PlacementStyle.from_seed(5, amplitude=0.001))
    for old, new in zip(written[1].primitives(), after.primitives(), strict=True):
        assert old.bounds().center.distance_to(new.bounds().center) < 0.05


def test_equal_draws_give_equal_pages(example: Written) -> None:
    style = PlacementStyle.from_seed(5)
    assert everything(hand(example, style, 3)) == everything(hand(example, style, 3))
    assert everything(hand(example, style, 3)) != everything(hand(example, style, 4))


@pytest.mark.parametrize("seed", range(5))
def test_primitives_keep_number_order_kind_and_element(example: Written, seed: int) -> None:
    after = hand(example, PlacementStyle.from_seed(seed), seed)
    before = [(p.kind, p.element, p.place, type(p)) for p in example[1].primitives()]
    assert [(p.kind, p.element, p.place, type(p)) for p in after.primitives()] == before


@pytest.mark.parametrize("amplitude", [1.0, 3.0])
@pytest.mark.parametrize("seed", range(5))
def test_nothing_leaves_the_page(example: Written, seed: int, amplitude: float) -> None:
    for page in hand(example, PlacementStyle.from_seed(seed, amplitude=amplitude), seed).pages:
        for primitive in page.primitives:
            box = primitive.bounds()
            assert box.left >= 0
            assert box.top >= 0
            assert box.right <= page.width
            assert box.bottom <= page.height


@pytest.mark.parametrize("seed", range(8))
def test_notes_of_a_staff_keep_their_order_in_time(example: Written, seed: int) -> None:
    _, engraving = example
    after = hand(example, PlacementStyle.from_seed(seed), seed)
    columns: dict[tuple[int | None, int | None], list[tuple[float, float]]] = defaultdict(list)
    for old, new in zip(engraving.primitives(), after.primitives(), strict=True):
        if old.kind is PrimitiveKind.NOTEHEAD and isinstance(old, Symbol) and isinstance(new, Symbol):
            columns[old.place.system, old.place.staff].append((old.origin.x, new.bounds().center.x))
    assert len(columns) > 3
    for column in columns.values():
        column.sort()
        for (x0, new0), (x1, new1) in pairwise(column):
            if x1 - x0 > 3.5:
                assert new0 < new1


@pytest.mark.parametrize("seed", range(8))
def test_measures_stay_in_order_and_fill_their_system(example: Written, seed: int) -> None:
    after = hand(example, PlacementStyle.from_seed(seed), seed)
    for old, new in zip(example[1].systems, after.systems, strict=True):
        assert old.staves == new.staves
        edges = [edge for measure in new.measures for edge in (measure.left, measure.right)]
        assert edges == sorted(edges)
        assert edges[0] == pytest.approx(old.measures[0].left, abs=0.3)
        assert edges[-1] == pytest.approx(old.measures[-1].right, abs=0.6)


@pytest.mark.parametrize("seed", range(8))
def test_barlines_stand_where_their_measures_end(example: Written, seed: int) -> None:
    after = hand(example, PlacementStyle.from_seed(seed), seed)
    edges = {measure.index: (measure.left, measure.right) for measure in after.measures}
    space = after.systems[0].staves[0].staff_space
    for bar in of_kind(after, PrimitiveKind.BARLINE):
        assert isinstance(bar, Line)
        assert bar.place.measure is not None
        middle = (bar.start.x + bar.end.x) / 2
        assert min(abs(middle - edge) for edge in edges[bar.place.measure]) < 3 * space


@pytest.mark.parametrize("seed", range(8))
def test_stems_start_at_their_heads(written: Written, seed: int) -> None:
    score, _ = written
    after = hand(written, PlacementStyle.from_seed(seed), seed)
    heads = of_kind(after, PrimitiveKind.NOTEHEAD)
    checked = 0
    for stem in of_kind(after, PrimitiveKind.STEM):
        assert isinstance(stem, Line)
        assert stem.element is not None
        owner = score.by_id(stem.element)
        assert owner is not None
        ids = {owner.id, *(child.id for child in owner.objects())}
        boxes = [head.bounds() for head in heads if head.element in ids]
        space = 1.75
        assert min(abs(stem.start.x - side) for box in boxes for side in (box.left, box.right)) < 0.8 * space
        assert min(abs(stem.start.y - box.center.y) for box in boxes) < 1.8 * space
        checked += 1
    assert checked == 7


def test_heads_stay_on_their_line_or_space(example: Written) -> None:
    staves = {(s.index, staff.number): staff for s in example[1].systems for staff in s.staves}
    after = hand(example, PlacementStyle.from_seed(2, amplitude=3.0))
    for old, new in zip(example[1].primitives(), after.primitives(), strict=True):
        if old.kind is PrimitiveKind.NOTEHEAD and isinstance(old, Symbol) and isinstance(new, Symbol):
            assert old.place.system is not None
            assert old.place.staff is not None
            staff = staves[old.place.system, old.place.staff]
            if staff.line_ys[0] <= old.origin.y <= staff.line_ys[-1]:
                assert abs(new.origin.y - old.origin.y) < 0.32 * staff.staff_space


def test_stems_end_on_their_beam(written: Written) -> None:
    before = next(b for b in written[1].primitives(PrimitiveKind.BEAM) if isinstance(b, FilledPolygon))
    slope = (before.points[1, 1] - before.points[0, 1]) / (before.points[1, 0] - before.points[0, 0])
    after = hand(written, STILL.changed(beam_slope=0.05, stem_angle_up=6.0, stem_length_beamed=0.8))
    beam = max(
        (b for b in of_kind(after, PrimitiveKind.BEAM) if isinstance(b, FilledPolygon)),
        key=lambda b: np.ptp(b.points[:, 0]),
    )
    (x0, y0), (x1, y1) = (beam.points[0] + beam.points[3]) / 2, (beam.points[1] + beam.points[2]) / 2
    tips = [s.end for s in of_kind(after, PrimitiveKind.STEM) if isinstance(s, Line)]
    on_beam = [
        t
        for t in tips
        if x0 - 0.3 <= t.x <= x1 + 0.3 and abs(y0 + (y1 - y0) * (t.x - x0) / (x1 - x0) - t.y) < 0.9
    ]
    assert len(on_beam) == 3
    assert (y1 - y0) / (x1 - x0) == pytest.approx(slope + 0.05, abs=0.02)


def test_beams_stay_upright_bars_from_left_to_right(example: Written) -> None:
    after = hand(example, PlacementStyle.from_seed(4))
    for beam in of_kind(after, PrimitiveKind.BEAM):
        assert isinstance(beam, FilledPolygon)
        p = beam.points
        assert p[0, 0] == p[3, 0] < p[1, 0] == p[2, 0]
        assert p[3, 1] - p[0, 1] == pytest.approx(p[2, 1] - p[1, 1])


def test_lean_and_direction_of_stems_are_as_asked(written: Written) -> None:
    after = hand(written, STILL.changed(stem_angle_up=5.0, stem_angle_down=5.0))
    for stem in of_kind(after, PrimitiveKind.STEM):
        assert isinstance(stem, Line)
        top, bottom = sorted((stem.start, stem.end), key=lambda point: point.y)
        angle = np.degrees(np.arctan2(top.x - bottom.x, bottom.y - top.y))
        assert angle == pytest.approx(5.0, abs=0.6)


def test_slurs_go_with_the_notes_that_they_join(written: Written) -> None:
    after = hand(written, STILL.changed(head_y=0.05, head_y_line=0.05))
    moved = 0
    for old, new in zip(
        written[1].primitives(PrimitiveKind.TIE), after.primitives(PrimitiveKind.TIE), strict=True
    ):
        assert isinstance(old, Curve)
        assert isinstance(new, Curve)
        assert new.outer[0, 0, 1] - old.outer[0, 0, 1] == pytest.approx(0.05 * 1.75, abs=1e-6)
        moved += 1
    assert moved == 1


def test_accidentals_dots_and_ledger_lines_go_with_their_head(written: Written) -> None:
    after = hand(written, STILL.changed(alignment=0.0, head_y=0.04, head_y_line=0.04))
    pairs = list(zip(written[1].primitives(), after.primitives(), strict=True))
    shifts = {
        kind: [new.bounds().center.y - old.bounds().center.y for old, new in pairs if old.kind is kind]
        for kind in (PrimitiveKind.ACCIDENTAL, PrimitiveKind.AUGMENTATION_DOT)
    }
    assert shifts[PrimitiveKind.ACCIDENTAL] == [pytest.approx(0.07)]
    assert shifts[PrimitiveKind.AUGMENTATION_DOT] == [pytest.approx(0.07)]


LARGE = {"offset": 0.5, "ratio": 1.5, "size": 1.3, "distance": 0.05}
ABSENT = {
    "hairpin_opening", "hairpin_tilt", "hairpin_end", "hairpin_y", "clef_y_f", "clef_y_c", "key_sign_y_flat", "accidental_gap_sharp",
    "accidental_gap_flat", "accidental_y_sharp", "accidental_y_flat", "words_x", "words_y", "sign_x", "sign_y",
    "rest_y_bar", "rest_y_short", "alignment", "alignment_below", "beam_parallel", "beam_distance", "stem_past_inner",
}  # fmt: skip
"""Quantities of things that the two measures do not have."""


@pytest.mark.parametrize("name", [name for name in QUANTITIES if name not in ABSENT])
def test_every_quantity_can_be_set_and_moves_something(written: Written, name: str) -> None:
    spread = Quantity(0.0, 0.4) if name == "spacing" else LARGE[QUANTITIES[name].form]
    after = hand(written, STILL.changed(**{name: spread}))
    assert everything(after) != everything(hand(written, STILL))


def test_changing_one_quantity_leaves_all_other_draws_alone(written: Written) -> None:
    style = PlacementStyle.from_seed(3)
    a, b = hand(written, style), hand(written, style.changed(clef_x=None))
    different = [
        old.kind
        for old, new in zip(a.primitives(), b.primitives(), strict=True)
        if values(old) != values(new)
    ]
    assert PrimitiveKind.CLEF in different
    assert PrimitiveKind.STEM not in different


def test_stems_meet_heads_of_the_size_that_the_pen_says(written: Written) -> None:
    def narrow(name: str, font: str) -> tuple[float, float, float, float]:
        left, top, right, bottom = font_symbol_box(name, font)
        return (0.2, top, 0.8, bottom) if name.startswith("notehead") else (left, top, right, bottom)

    score, engraving = written
    style = PlacementStyle().changed(
        **{q: None for q in QUANTITIES if q.startswith(("head_", "stem_"))}, alignment=None
    )
    for boxes in (narrow, font_symbol_box):
        after = place_by_hand(engraving, score, style, Stream(1), boxes)
        stem = next(s for s in after.primitives(PrimitiveKind.STEM))
        head = next(h for h in after.primitives(PrimitiveKind.NOTEHEAD) if h.element == stem.element)
        assert isinstance(stem, Line)
        assert isinstance(head, Symbol)
        right = head.origin.x + boxes(head.name, head.font)[2] * head.scale_x
        if boxes is font_symbol_box:
            assert abs(stem.start.x - right) < 0.3


def test_rows_of_lyrics_do_not_run_into_each_other(example: Written) -> None:
    after = hand(example, PlacementStyle.from_seed(6))
    rows: dict[tuple[int | None, int | None, float], list[tuple[float, float]]] = defaultdict(list)
    for old, new in zip(
        example[1].primitives(PrimitiveKind.LYRIC), after.primitives(PrimitiveKind.LYRIC), strict=True
    ):
        box, before = new.bounds(), old.bounds()
        rows[old.place.system, old.place.staff, round(before.bottom)].append((before.left, box.left))
    for row in rows.values():
        row.sort()
        assert [left for _, left in row] == sorted(left for _, left in row)


def test_verses_come_hardly_nearer_to_each_other(example: Written) -> None:
    compared = 0
    for seed in range(8):
        after = hand(example, PlacementStyle.from_seed(seed).changed(lyric_y=None), seed)
        rows: dict[tuple[int | None, float], list[float]] = defaultdict(list)
        for old, new in zip(
            example[1].primitives(PrimitiveKind.LYRIC), after.primitives(PrimitiveKind.LYRIC), strict=True
        ):
            engraved = round(old.runs[0].origin.y, 1)
            rows[old.place.system, engraved].append(new.runs[0].origin.y)
        heights = sorted((system, engraved, float(np.mean(ys))) for (system, engraved), ys in rows.items())
        for (system, engraved, y), (same, lower, below) in pairwise(heights):
            if system == same and lower - engraved < 8:
                assert below - y >= (lower - engraved) - 0.11 * 1.75 - 0.05
                compared += 1
    assert compared > 30


def test_a_page_of_rests_can_be_written() -> None:
    score = load_score(data=MUSIC_OF_RESTS, format=".musicxml").score
    engraving = engrave(score, LayoutOptions(music_font="Petaluma"))
    after = place_by_hand(engraving, score, PlacementStyle.from_seed(1), Stream(1))
    rests = [p.bounds() for p in after.primitives(PrimitiveKind.REST)]
    dots = [p.bounds() for p in after.primitives(PrimitiveKind.AUGMENTATION_DOT)]
    assert len(rests) == 2
    assert len(dots) == 1
    assert dots[0].left > rests[0].center.x


def test_an_arpeggio_stays_left_of_its_chord(example: Written) -> None:
    for seed in range(4):
        after = hand(example, PlacementStyle.from_seed(seed), seed)
        waves = of_kind(after, PrimitiveKind.ARPEGGIO)
        assert waves
        for wave in waves:
            assert wave.element is not None
            arpeggio = example[0].by_id(wave.element)
            assert isinstance(arpeggio, Arpeggio)
            notes = {note.id for event in arpeggio.events for note in (event, *event.descendants(Note))}
            heads = [h for h in of_kind(after, PrimitiveKind.NOTEHEAD) if h.element in notes]
            assert heads
            assert wave.bounds().right < min(head.bounds().left for head in heads)


HIGH_NOTES = "X:1\nL:1/16\nM:4/4\nK:C\nc''d''e''f'' c''d''e''f'' c''d''e''f'' c''d''e''f''|\n"
"""Notes far above the staff, so close to each other that their ledger lines meet."""


def test_ledger_lines_that_meet_have_the_same_distances() -> None:
    score = load_score(data=HIGH_NOTES, format="abc").score
    written = score, engrave(score, LayoutOptions())
    # A style in which the distances of ledger lines differ much from note to note, and nothing else changes.
    style = STILL.changed(ledger_first=Quantity(0.9, 0.3), ledger_distance=Quantity(0.9, 0.3))
    heights = defaultdict(set)
    for old, new in zip(
        written[1].primitives(PrimitiveKind.LEDGER_LINE),
        hand(written, style).primitives(PrimitiveKind.LEDGER_LINE),
        strict=True,
    ):
        assert isinstance(old, Line)
        assert isinstance(new, Line)
        heights[round(old.start.y, 3)].add(round(new.start.y, 3))
    assert len(heights) >= 4
    assert all(len(found) == 1 for found in heights.values())
    assert any(found != {height} for height, found in heights.items())
