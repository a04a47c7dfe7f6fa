"""Things that writers keep off each other, however carelessly they place them."""

from __future__ import annotations

from itertools import combinations

import pytest

from smashcima.engraving import Box, Curve, Engraving, PrimitiveKind, Text
from smashcima.placement import Quantity
from tests.placement.test_near_the_music import SS, direction, hand, ink, music, note

BOTH_SIDES = [Quantity(0.0, spread=0.8), -1.0, 1.0]


def altered(pitch: str, alter: int, accidental: str, chord: bool = False) -> str:
    return (
        f"<note>{'<chord/>' if chord else ''}<pitch><step>{pitch[0]}</step><alter>{alter}</alter>"
        f"<octave>{pitch[1]}</octave></pitch><duration>8</duration><type>whole</type>"
        f"<accidental>{accidental}</accidental></note>"
    )


def overlap(
    a: tuple[float, float, float, float], b: tuple[float, float, float, float]
) -> tuple[float, float]:
    """Width and height, in staff spaces, of what two boxes have in common; negative where they are apart."""
    return (min(a[2], b[2]) - max(a[0], b[0])) / SS, (min(a[3], b[3]) - max(a[1], b[1])) / SS


def test_accidentals_of_a_chord_do_not_slide_into_each_other() -> None:
    written = music(
        altered("F4", 1, "sharp")
        + altered("A4", -1, "flat", chord=True)
        + altered("D5", 1, "sharp", chord=True)
    )
    after = hand(
        written,
        accidental_gap_sharp=-0.6, accidental_gap_flat=0.9, accidental_y_sharp=0.3, accidental_y_flat=-0.3,
    )  # fmt: skip
    boxes = ink(after, PrimitiveKind.ACCIDENTAL)
    assert len(boxes) == 3
    for a, b in combinations(boxes, 2):
        across, down = overlap(a, b)
        assert across < 0.1 or down < 0.2  # a sharp and a flat fit into each other so far


def test_two_accidentals_in_one_column_stay_at_the_heights_of_their_notes() -> None:
    written = music(altered("C4", 0, "natural") + altered("E5", 0, "natural", chord=True))
    before = sorted(ink(written[1], PrimitiveKind.ACCIDENTAL))
    assert overlap(*before)[0] > 0.7  # one over the other
    assert overlap(*before)[1] < 0
    wild = sorted(
        ink(hand(written, accidental_y_natural=Quantity(0.0, spread=2.0)), PrimitiveKind.ACCIDENTAL)
    )
    assert overlap(*wild)[1] < 0
    for old, new in zip(before, wild, strict=True):
        assert abs(new[1] - old[1]) <= 0.45 * SS + 1e-9


def opening(engraving: Engraving) -> tuple[float, float, float, float]:
    """Right end of the clef; left and right end of the key signature; left end of the time signature."""
    [clef] = ink(engraving, PrimitiveKind.CLEF)
    signs = ink(engraving, PrimitiveKind.KEY_ACCIDENTAL)
    times = ink(engraving, PrimitiveKind.TIME_SIGNATURE)
    assert len(signs) == 3
    return clef[2], min(s[0] for s in signs), max(s[2] for s in signs), min(t[0] for t in times)


THREE_FLATS = (
    "<attributes><divisions>2</divisions><key><fifths>-3</fifths></key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time></attributes>"
)


def test_clef_key_and_time_signature_stay_apart_and_as_far_as_the_writer_wants() -> None:
    written = music(THREE_FLATS + note("B4"))
    clef, left, right, time = opening(written[1])
    narrow = opening(hand(written, key_x=-9.0, time_x=-9.0))
    assert narrow[1] - narrow[0] == pytest.approx(min(0.1 * SS, left - clef), abs=1e-6)
    assert narrow[3] - narrow[2] == pytest.approx(min(0.1 * SS, time - right), abs=1e-6)
    usual = opening(hand(written, key_x=-0.3, time_x=-0.2))
    assert usual[1] - usual[0] == pytest.approx(left - clef - 0.3 * SS, abs=1e-6)
    assert usual[3] - usual[2] == pytest.approx(time - right - 0.2 * SS, abs=1e-6)


@pytest.mark.parametrize("wild", BOTH_SIDES)
def test_signatures_never_run_into_the_first_note(wild: Quantity | float) -> None:
    written = music(THREE_FLATS + note("B4"))
    after = hand(written, clef_x=wild, key_x=wild, time_x=wild)
    [head] = ink(after, PrimitiveKind.NOTEHEAD)
    assert max(t[2] for t in ink(after, PrimitiveKind.TIME_SIGNATURE)) < head[0] - 0.24 * SS


def test_a_slur_does_not_end_in_a_head() -> None:
    slurred = '<notations><slur type="{}" number="1" placement="above"/></notations>'
    written = music(
        note("A5", "half", 4, slurred.format("start")) + note("A5", "half", 4, slurred.format("stop"))
    )
    after = hand(written, slur_start_y=-0.5, slur_end_y=-0.5)
    [slur] = after.primitives(PrimitiveKind.SLUR)
    assert isinstance(slur, Curve)
    first, last = ink(after, PrimitiveKind.NOTEHEAD)
    (x0, y0), (x1, y1) = slur.outer[0, 0], slur.outer[-1, -1]
    assert first[0] < x0 < first[2]
    assert last[0] < x1 < last[2]
    assert y0 < first[1]
    assert y1 < last[1]


def test_a_hairpin_ends_before_the_dynamic_that_it_leads_to() -> None:
    written = music(
        direction('<wedge type="crescendo"/>')
        + note("B4", "half", 4)
        + direction('<wedge type="stop"/>')
        + direction("<dynamics><ff/></dynamics>")
        + note("B4", "half", 4)
    )
    after = hand(written, hairpin_end=2.0, dynamic_x=-2.0)
    [hairpin] = after.primitives(PrimitiveKind.HAIRPIN)
    letters = ink(after, PrimitiveKind.DYNAMIC)
    end = max(x for x, _ in hairpin.points.tolist())  # type: ignore[attr-defined]
    assert end == pytest.approx(min(box[0] for box in letters) - 0.25 * SS, abs=0.1 * SS)


def test_a_hyphen_stays_between_its_syllables() -> None:
    def sung(pitch: str, syllabic: str, text: str) -> str:
        lyric = f"<lyric><syllabic>{syllabic}</syllabic><text>{text}</text></lyric>"
        return note(pitch, "half", 4, lyric)

    written = music(sung("B4", "begin", "Wan") + sung("B4", "end", "drung"))
    for seed_x in (-1.5, 1.5):
        after = hand(written, lyric_x=Quantity(seed_x, spread=0.8))
        first, last = after.primitives(PrimitiveKind.LYRIC)
        hyphens = after.primitives(PrimitiveKind.LYRIC_HYPHEN)
        assert hyphens
        assert isinstance(first, Text)
        assert isinstance(last, Text)
        assert first.runs[0].origin is not None
        assert last.runs[0].origin is not None
        right = first.runs[0].origin.x + sum(run.width for run in first.runs)
        for hyphen in hyphens:
            assert isinstance(hyphen, Box)
            assert right < hyphen.rectangle.left
            assert hyphen.rectangle.right < last.runs[0].origin.x


def test_words_over_a_staff_do_not_come_down_on_its_lines() -> None:
    words = '<direction placement="above"><direction-type><words>dolce</words></direction-type></direction>'
    written = music(words + note("B4"))
    after = hand(written, words_y=3.0)
    [text] = after.primitives(PrimitiveKind.DIRECTION)
    assert isinstance(text, Text)
    assert text.runs[0].origin is not None
    top_line = after.pages[0].systems[0].staves[0].line_ys[0]
    assert text.runs[0].origin.y < top_line - 0.4 * SS
