"""Slurs over the music between their ends, and between two staves."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Curve, Engraving, FilledPolygon, LayoutOptions, PrimitiveKind
from smashcima.loading import load_score
from smashcima.placement import place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score
from tests.placement.test_near_the_music import SS, STILL, hand, music, note

SLURRED = '<notations><slur type="{}" number="1" placement="above"/></notations>'
BEAMED = '<stem>up</stem><beam number="1">{}</beam>{}'


def middle_line(engraving: Engraving) -> np.ndarray:  # type: ignore[type-arg]
    """Points of the middle line of the only slur, (33, 2)."""
    [slur] = engraving.primitives(PrimitiveKind.SLUR)
    assert isinstance(slur, Curve)
    t = np.linspace(0, 1, 33)[:, None]
    there, back = slur.outer[0], slur.inner[0][::-1]
    a, b, c, d = ((there[k] + back[k]) / 2 for k in range(4))
    result: np.ndarray = a * (1 - t) ** 3 + 3 * b * t * (1 - t) ** 2 + 3 * c * t**2 * (1 - t) + d * t**3  # type: ignore[type-arg]
    return result


@pytest.mark.parametrize("pitches", [("E4", "F4", "G4", "A4"), ("A4", "G4", "F4", "E4"), ("F4",) * 4])
def test_a_slur_is_bowed_over_the_beam_of_its_notes(pitches: tuple[str, ...]) -> None:
    parts = ("begin", "continue", "continue", "end")
    slurs = (SLURRED.format("start"), "", "", SLURRED.format("stop"))
    written = music(
        "".join(
            note(pitch, "eighth", 1, BEAMED.format(part, slur))
            for pitch, part, slur in zip(pitches, parts, slurs, strict=True)
        )
    )
    after = hand(
        written, slur_start_y=-0.5, slur_end_y=-0.5, slur_height=0.4, beam_slope=-0.2, stem_length_beamed=1.4
    )
    [beam] = after.primitives(PrimitiveKind.BEAM)
    assert isinstance(beam, FilledPolygon)
    left, right = beam.points[0], beam.points[1]  # of its upper side
    line = middle_line(after)
    over = line[(line[:, 0] > left[0]) & (line[:, 0] < right[0])]
    assert len(over) > 10
    upper = left[1] + (over[:, 0] - left[0]) * (right[1] - left[1]) / (right[0] - left[0])
    assert (upper - over[:, 1]).min() > 0.25 * SS


def two_staves() -> tuple[Score, Engraving]:
    """A slur from the upper to the lower staff, between two notes close to each other."""
    high = "<note><pitch><step>G</step><octave>4</octave></pitch><duration>1</duration><type>eighth</type>{}<staff>1</staff>{}</note>"
    low = high.replace("<octave>4", "<octave>3").replace("<staff>1", "<staff>2")
    stem = "<stem>down</stem>"
    text = (
        '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>'
        '<part id="P1"><measure number="1"><attributes><divisions>2</divisions><time><beats>1</beats>'
        "<beat-type>4</beat-type></time><staves>2</staves><clef number='1'><sign>G</sign><line>2</line></clef>"
        "<clef number='2'><sign>F</sign><line>4</line></clef></attributes>"
        + high.format(stem, SLURRED.format("start"))
        + low.format("<stem>up</stem>", SLURRED.format("stop"))
        + "</measure></part></score-partwise>"
    )
    score = load_score(data=text, format=".musicxml").score
    return score, engrave(score, LayoutOptions(music_font="Petaluma"))


def with_slur_raised(engraving: Engraving, rise: float) -> Engraving:
    """The engraving with its slur as tall as Verovio draws some that have to pass over other voices."""
    [page] = engraving.pages
    primitives = list(page.primitives)
    [at] = [i for i, p in enumerate(primitives) if p.kind is PrimitiveKind.SLUR]
    points = np.array(primitives[at].points)
    points[[1, 2, 5, 6], 1] -= rise
    primitives[at] = primitives[at].with_points(points)
    return replace(engraving, pages=(replace(page, primitives=tuple(primitives)),))


def test_a_steep_slur_between_two_staves_is_no_spike() -> None:
    score, engraved = two_staves()
    tall = with_slur_raised(engraved, 8 * SS)
    heights = []
    for engraving in (tall, place_by_hand(tall, score, STILL, Stream(1))):
        line = middle_line(engraving)
        start, end = line[0], line[-1]
        assert end[1] - start[1] > 3 * SS
        chord = start[1] + (line[:, 0] - start[0]) * (end[1] - start[1]) / (end[0] - start[0])
        heights.append(np.abs(line[:, 1] - chord).max() / np.hypot(*(end - start)))
    printed, written = heights
    assert printed > 0.9
    assert 0.3 < written < 0.5
