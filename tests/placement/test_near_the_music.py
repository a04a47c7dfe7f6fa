"""Things whose place is the writer's, whatever the engraver's was: dynamics, hairpins, dots, ties, what follows barlines."""

from __future__ import annotations

import numpy as np
import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Curve, Engraving, LayoutOptions, PrimitiveKind, Symbol
from smashcima.loading import load_score
from smashcima.placement import QUANTITIES, PlacementStyle, Quantity, font_symbol_box, place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score

STILL = PlacementStyle().changed(**dict.fromkeys(QUANTITIES))
SS = 1.75


def music(*measures: str) -> tuple[Score, Engraving]:
    """Measures of 4/4 in the treble clef, and their engraving."""
    attributes = (
        "<attributes><divisions>2</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
        "<clef><sign>G</sign><line>2</line></clef></attributes>"
    )
    body = "".join(
        f'<measure number="{number}">{attributes if number == 1 else ""}{content}</measure>'
        for number, content in enumerate(measures, 1)
    )
    text = (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>'
        f'<part id="P1">{body}</part></score-partwise>'
    )
    score = load_score(data=text, format=".musicxml").score
    return score, engrave(score, LayoutOptions(music_font="Petaluma"))


def note(pitch: str = "B4", kind: str = "whole", length: int = 8, more: str = "") -> str:
    dot = "<dot/>" if length % 2 or length == 6 else ""
    return (
        f"<note><pitch><step>{pitch[0]}</step><octave>{pitch[1]}</octave></pitch><duration>{length}</duration>"
        f"<type>{kind}</type>{dot}{more}</note>"
    )


def direction(content: str) -> str:
    return f'<direction placement="below"><direction-type>{content}</direction-type></direction>'


def hand(written: tuple[Score, Engraving], **quantities: Quantity | float) -> Engraving:
    return place_by_hand(written[1], written[0], STILL.changed(**quantities), Stream(1))


def ink(engraving: Engraving, kind: PrimitiveKind) -> list[tuple[float, float, float, float]]:
    """Left, top, right, bottom of the symbols of a kind, in mm."""
    found = []
    for symbol in engraving.primitives(kind):
        assert isinstance(symbol, Symbol)
        left, top, right, bottom = font_symbol_box(symbol.name, symbol.font)
        x, y, sx, sy = symbol.origin.x, symbol.origin.y, symbol.scale_x, symbol.scale_y
        found.append((x + left * sx, y + top * sy, x + right * sx, y + bottom * sy))
    return found


def bottom_line(engraving: Engraving) -> float:
    return engraving.pages[0].systems[0].staves[0].line_ys[-1]


@pytest.mark.parametrize("gap", [0.5, 2.0])
def test_a_dynamic_stands_as_far_under_the_staff_as_the_writer_puts_it(gap: float) -> None:
    written = music(direction("<dynamics><f/></dynamics>") + note("B4"))
    after = hand(written, dynamic_y=gap)
    [(_, top, _, _)] = ink(after, PrimitiveKind.DYNAMIC)
    assert top - bottom_line(after) == pytest.approx(gap * SS, abs=1e-6)


def test_a_dynamic_stands_under_low_notes_and_not_in_them() -> None:
    written = music(direction("<dynamics><f/></dynamics>") + note("G3"))
    after = hand(written, dynamic_y=0.5)
    [(left, top, right, _)] = ink(after, PrimitiveKind.DYNAMIC)
    [(head_left, _, head_right, head_bottom)] = ink(after, PrimitiveKind.NOTEHEAD)
    assert left < head_right
    assert head_left < right
    assert top - head_bottom == pytest.approx(0.5 * SS, abs=1e-6)


def test_a_dynamic_keeps_off_the_staff_however_careless_the_writer() -> None:
    after = hand(music(direction("<dynamics><f/></dynamics>") + note("B4")), dynamic_y=-3.0)
    [(_, top, _, _)] = ink(after, PrimitiveKind.DYNAMIC)
    assert top - bottom_line(after) > 0.04 * SS


def test_a_hairpin_beside_a_dynamic_goes_along_with_it() -> None:
    written = music(
        direction("<dynamics><p/></dynamics>")
        + direction('<wedge type="crescendo"/>')
        + note("B4", "half", 4)
        + note("B4", "half", 4)
        + direction('<wedge type="stop"/>')
    )
    after = hand(written, dynamic_y=1.9, hairpin_y=0.0)
    shifts = [
        new.bounds().center.y - old.bounds().center.y
        for kind in (PrimitiveKind.DYNAMIC, PrimitiveKind.HAIRPIN)
        for old, new in zip(written[1].primitives(kind), after.primitives(kind), strict=True)
    ]
    assert len(shifts) == 2
    assert shifts[0] == pytest.approx(shifts[1])
    assert abs(shifts[0]) > 0.1


def test_two_dynamics_in_a_row_do_not_run_into_each_other() -> None:
    written = music(
        direction("<dynamics><fz/></dynamics>") + direction("<dynamics><p/></dynamics>") + note("B4")
    )
    before = ink(written[1], PrimitiveKind.DYNAMIC)
    assert len(before) >= 2
    for seed in range(5):
        style = STILL.changed(dynamic_x=Quantity(0.0, 2.0))
        after = ink(place_by_hand(written[1], written[0], style, Stream(seed)), PrimitiveKind.DYNAMIC)
        gaps = [np.diff(np.array(found)[:, 0]) for found in (before, after)]
        assert gaps[0] == pytest.approx(gaps[1])


@pytest.mark.parametrize(("way", "expected"), [(0.5, -0.25), (1.0, -0.5)])
def test_the_dot_of_a_head_on_a_line_goes_part_of_the_way_into_the_space(way: float, expected: float) -> None:
    after = hand(music(note("B4", "half", 6)), dot_off_line=way)
    [dot] = after.primitives(PrimitiveKind.AUGMENTATION_DOT)
    [head] = after.primitives(PrimitiveKind.NOTEHEAD)
    assert dot.bounds().center.y - head.bounds().center.y == pytest.approx(expected * SS, abs=0.02 * SS)


def test_the_dot_of_a_head_in_a_space_stays_in_it() -> None:
    after = hand(music(note("A4", "half", 6)), dot_off_line=0.1)
    [dot] = after.primitives(PrimitiveKind.AUGMENTATION_DOT)
    [head] = after.primitives(PrimitiveKind.NOTEHEAD)
    assert dot.bounds().center.y == pytest.approx(head.bounds().center.y, abs=0.02 * SS)


def test_a_tie_is_as_high_for_its_length_as_the_writer_makes_it() -> None:
    tied = '<tie type="{0}"/>', '<notations><tied type="{0}"/></notations>'
    start, stop = ("".join(part.format(way) for part in tied) for way in ("start", "stop"))
    after = hand(music(note("A4", more=start), note("A4", more=stop)), tie_height=0.2)
    [tie] = after.primitives(PrimitiveKind.TIE)
    assert isinstance(tie, Curve)
    assert (len(tie.outer), len(tie.inner)) == (1, 1)
    first, last = tie.outer[0, 0], tie.outer[-1, -1]
    middles = [[1 / 8, 3 / 8, 3 / 8, 1 / 8] @ side[0] for side in (tie.outer, tie.inner)]
    heights = [abs(middle[1] - (first + last)[1] / 2) for middle in middles]
    length = (last - first)[0] / 1.8  # in staff spaces
    # A tie of four spaces is 0.8 high, one of a quarter of that length half as high.
    assert max(heights) / 1.8 == pytest.approx(0.8 * (length / 4) ** 0.5, abs=0.1)
    assert max(heights) - min(heights) == pytest.approx(0.75 * 0.47, abs=0.02)  # as thick as before, in mm


@pytest.mark.parametrize("gap", [1.0, 2.5])
def test_what_comes_after_a_barline_stands_as_far_behind_it_as_the_writer_puts_it(gap: float) -> None:
    measure = "".join(note("B4", "quarter", 2) for _ in range(4))
    after = hand(music(measure, measure, measure), barline_after=gap)
    heads = sorted(left for left, _, _, _ in ink(after, PrimitiveKind.NOTEHEAD))
    bars = sorted(bar.bounds().right for bar in after.primitives(PrimitiveKind.BARLINE))
    gaps = [min(left for left in heads if left > bar) - bar for bar in bars if bar < max(heads)]
    assert len(gaps) >= 2
    assert gaps[-2:] == [pytest.approx(gap * SS, rel=0.12)] * 2


def test_heads_on_lines_and_in_spaces_miss_their_place_each_in_its_own_way() -> None:
    written = music(note("B4", "half", 4) + note("A4", "half", 4))
    after = hand(written, head_y=0.1, head_y_line=-0.05)
    shifts = [
        new.bounds().center.y - old.bounds().center.y
        for old, new in zip(
            written[1].primitives(PrimitiveKind.NOTEHEAD),
            after.primitives(PrimitiveKind.NOTEHEAD),
            strict=True,
        )
    ]
    assert shifts == [pytest.approx(-0.05 * SS), pytest.approx(0.1 * SS)]


def test_stems_of_a_beam_lean_more_alike_than_others() -> None:
    beams = [
        f'<beam number="1">{"begin" if k == 0 else "end" if k == 3 else "continue"}</beam>' for k in range(4)
    ]
    beamed = "".join(note("B4", "eighth", 1, beams[k % 4]) for k in range(8)).replace("<dot/>", "")
    plain = "".join(note("B4", "quarter", 2) for _ in range(4))
    correlations = []
    for measure in (beamed, plain):
        written, pairs = music(measure, measure), []
        for seed in range(60):
            style = STILL.changed(stem_angle_up=Quantity(0.0, 4.0), stem_angle_down=Quantity(0.0, 4.0))
            page = place_by_hand(written[1], written[0], style, Stream(seed))
            leans = []
            for stem in page.primitives(PrimitiveKind.STEM):
                top, bottom = sorted((stem.start, stem.end), key=lambda p: p.y)  # type: ignore[union-attr]
                leans.append((top.x - bottom.x) / (bottom.y - top.y))
            pairs += [leans[k : k + 2] for k in range(0, len(leans) - 1, 2)]
        correlations.append(np.corrcoef(np.array(pairs).T)[0, 1])
    assert correlations[0] > 0.3
    assert abs(correlations[1]) < 0.2
