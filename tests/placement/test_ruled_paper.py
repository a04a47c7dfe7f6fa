"""Music on ruled paper: equal distances of staves, each with its music, and empty staves to the foot."""

from __future__ import annotations

from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, LayoutOptions, Margins, Primitive, PrimitiveKind
from smashcima.placement import OwnLayout, on_ruled_paper
from smashcima.scene.semantic import Score
from smashcima.scene.visual import StaffLine

TUNE = "X:1\nL:1/4\nM:4/4\nK:C\n" + "CDEF|G2A/B/c|" * 14 + "c4|]\n"
PIANO = (
    "X:1\nL:1/4\nM:4/4\nK:C\n%%score {1 2}\nV:1\n"
    + "CDEF|G2Ac|" * 16
    + "\nV:2 clef=bass\n"
    + "C,4|G,4|" * 16
    + "\n"
)
CLOSE = OwnLayout(1.0, 6.0, 2.0, justify=False, justify_vertically=False, staff_pitch_ss=9.0)
MARGINS = Margins(15.0, 15.0, 15.0, 15.0)


def on_paper(source: str, pitch_ss: float = 9.0) -> tuple[Engraving, Engraving, Score]:
    score = sc.load_score(data=source, format="abc").score
    before = engrave(score, CLOSE.applied(LayoutOptions()))
    return before, on_ruled_paper(before, score, pitch_ss, MARGINS), score


def staff_tops(engraving: Engraving, page: int) -> list[float]:
    """The top lines of the staves with music."""
    return [staff.line_ys[0] for system in engraving.pages[page].systems for staff in system.staves]


def line_ys(engraving: Engraving, page: int, with_music: bool) -> list[float]:
    """The heights of staff lines that belong to a system, or of those that do not."""
    found = {
        round(p.coordinates()[1], 3)
        for p in engraving.pages[page].primitives
        if p.kind is PrimitiveKind.STAFF_LINE and (p.place.system is not None) == with_music
    }
    return sorted(found)


@pytest.mark.parametrize("source", [TUNE, PIANO])
def test_staves_have_one_distance_down_to_the_foot(source: str) -> None:
    _, ruled, _ = on_paper(source)
    tops = staff_tops(ruled, 0)
    space = ruled.pages[0].staff_space
    pitch = np.diff(tops)
    assert pitch == pytest.approx(np.full(len(tops) - 1, pitch[0]))
    assert pitch[0] >= 9.0 * space - 1e-9
    assert line_ys(ruled, 0, with_music=True)[::5] == pytest.approx(tops, abs=1e-3)
    empty = line_ys(ruled, len(ruled.pages) - 1, with_music=False)
    assert len(empty) >= 5
    assert len(empty) % 5 == 0
    last = staff_tops(ruled, len(ruled.pages) - 1)[-1]
    assert np.array(empty[::5]) == pytest.approx(
        last + pitch[0] * np.arange(1, len(empty) // 5 + 1), abs=1e-2
    )
    assert empty[-1] < ruled.pages[0].height - 5


def test_all_music_moves_with_its_staff() -> None:
    before, ruled, _ = on_paper(PIANO)

    def heights(engraving: Engraving) -> list[float]:
        staves = {(s.index, staff.number): staff.line_ys[0] for s in engraving.systems for staff in s.staves}
        kinds = (PrimitiveKind.NOTEHEAD, PrimitiveKind.STEM, PrimitiveKind.CLEF, PrimitiveKind.TIME_SIGNATURE)
        return [
            round(y - staves[p.place.system or 0, p.place.staff or 0], 6)
            for p in engraving.primitives(*kinds)
            for y in p.coordinates()[1::2]
        ]

    assert heights(ruled) == heights(before)
    assert [s.measures for s in ruled.systems] == [s.measures for s in before.systems]
    pages = {page.index: page.primitives for page in ruled.pages}
    assert all(p.place.page == index for index, own in pages.items() for p in own)
    assert {system.index: system.page for system in ruled.systems} == {
        system.index: page.index for page in ruled.pages for system in page.systems
    }


def test_barlines_and_braces_reach_from_the_first_staff_to_the_last() -> None:
    _, ruled, _ = on_paper(PIANO)
    for system in ruled.systems:
        top, bottom = system.staves[0].line_ys[0], system.staves[-1].line_ys[-1]
        own = [p for p in ruled.primitives() if p.place.system == system.index]
        strokes = [y for p in own if p.kind is PrimitiveKind.BARLINE for y in p.coordinates()[1::2]]
        assert (min(strokes), max(strokes)) == pytest.approx((top, bottom), abs=0.2)
        [brace] = [p for p in own if p.kind is PrimitiveKind.BRACE]
        assert _ends(brace) == pytest.approx((top, bottom), abs=0.2)


def _ends(primitive: Primitive) -> tuple[float, float]:
    ys = primitive.coordinates()[1::2]
    return min(ys), max(ys)


def test_an_arpeggio_through_two_staves_stays_whole(example_score: Path) -> None:
    score = sc.load_score(example_score).score
    before = engrave(score, CLOSE.applied(LayoutOptions()))
    ruled = on_ruled_paper(before, score, 13.0, MARGINS)
    assert np.ptp(np.diff(staff_tops(ruled, 0)[:3])) < 1e-6 < np.ptp(np.diff(staff_tops(before, 0)[:3]))
    gaps = []
    for engraving in (before, ruled):
        pieces = [p for p in engraving.primitives(PrimitiveKind.ARPEGGIO) if p.element == _tallest(before)]
        ends = sorted((p.sides()[1], p.sides()[3]) for p in pieces)
        gaps.append(max(below[0] - above[1] for above, below in pairwise(ends)))
    assert gaps[1] == pytest.approx(gaps[0], abs=0.2)


def _tallest(engraving: Engraving) -> str | None:
    """The arpeggio of most pieces."""
    return Counter(p.element for p in engraving.primitives(PrimitiveKind.ARPEGGIO)).most_common(1)[0][0]


def test_notes_across_staves_move_with_the_staff_in_which_they_are_written() -> None:
    data = (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>'
        '<part id="P1"><measure number="1"><attributes><divisions>1</divisions><staves>2</staves>'
        '<clef number="1"><sign>G</sign><line>2</line></clef><clef number="2"><sign>F</sign><line>4</line></clef>'
        "</attributes>"
        + "".join(
            f"<note><pitch><step>C</step><octave>{octave}</octave></pitch><duration>2</duration><voice>1</voice>"
            f"<type>half</type><staff>{staff}</staff></note>"
            for octave, staff in ((5, 1), (3, 2))
        )
        + "</measure></part></score-partwise>"
    )
    score = sc.load_score(data=data, format=".musicxml").score
    before = engrave(score, CLOSE.applied(LayoutOptions()))
    ruled = on_ruled_paper(before, score, 11.0, MARGINS)
    assert np.diff(staff_tops(ruled, 0)) == pytest.approx([11.0 * ruled.pages[0].staff_space])
    steps = []
    for engraving in (before, ruled):
        staves = {staff.number: staff.line_ys[0] for staff in engraving.pages[0].systems[0].staves}
        space = engraving.pages[0].staff_space
        heads = list(engraving.primitives(PrimitiveKind.NOTEHEAD))
        steps.append([(head.coordinates()[1] - staves[head.place.staff or 0]) / space for head in heads])
        for stem in engraving.primitives(PrimitiveKind.STEM):
            ends = np.array(stem.coordinates()[1::2])
            assert min(abs(ends - head.coordinates()[1]).min() for head in heads) < 0.5 * space
    assert steps[1] == pytest.approx(steps[0], abs=1e-6)


VOICE_AND_PIANO = (
    "X:1\nL:1/4\nM:4/4\nK:C\n%%score V {1 2}\nV:V\n"
    + "CDEF|G2Ac|" * 2
    + "\nw: "
    + "la " * 14
    + "\nw: "
    + "lo " * 14
    + "\nV:1\n"
    + "c'''DEF|G2Ac|" * 2
    + "\nV:2 clef=bass\n"
    + "C,4|G,4|" * 2
    + "\n"
)


def test_a_staff_stays_empty_where_the_music_needs_more_room_than_paper_has() -> None:
    _, ruled, _ = on_paper(VOICE_AND_PIANO.replace("c'''", "c'''''"))
    tops = staff_tops(ruled, 0)
    empty = np.array(line_ys(ruled, 0, with_music=False)[::5])
    pitch = np.diff(sorted([*tops, *empty.tolist()]))
    assert pitch == pytest.approx(np.full(len(pitch), pitch[0]), abs=1e-2)
    assert len(empty[(empty > tops[0]) & (empty < tops[1])]) == 1


def test_where_the_music_needs_more_room_the_paper_has_larger_distances() -> None:
    high = TUNE.replace("CDEF", "c'''DEF")
    (_, plain, _), (_, ruled, _) = on_paper(TUNE), on_paper(high)
    first, second = (np.diff(staff_tops(engraving, 0))[0] for engraving in (plain, ruled))
    assert first == pytest.approx(9.0 * plain.pages[0].staff_space)
    assert second > first


@pytest.mark.parametrize("source", [TUNE, PIANO])
def test_pages_on_ruled_paper_are_proven(source: str) -> None:
    scene = sc.BaseHandwrittenModel(hand="pen", own_layout=CLOSE, seed=3)(data=source, format="abc")
    assert not sc.verify(scene).disagreements
    lines = [region.scene_object for region in scene.compose_page(scene.pages[-1]).regions]
    lines = [line for line in lines if isinstance(line, StaffLine)]
    assert any(line.staff is None for line in lines)


def test_three_fifths_of_the_writers_use_ruled_paper() -> None:
    pitches = [OwnLayout.from_seed(seed).staff_pitch_ss for seed in range(400)]
    ruled = [pitch for pitch in pitches if pitch is not None]
    assert len(ruled) / len(pitches) == pytest.approx(0.6, abs=0.07)
    assert (min(ruled), max(ruled)) == pytest.approx((8.0, 12.0), abs=0.3)
