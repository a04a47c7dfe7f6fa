"""Placement of what belongs to notes whose notehead another voice draws."""

from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, FilledPolygon, LayoutOptions, Line, PrimitiveKind, Symbol
from smashcima.loading import load_score
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.randomness import Stream

HIDDEN = """<note><pitch><step>A</step><alter>-1</alter><octave>4</octave></pitch><duration>1</duration><voice>1</voice>
<type>eighth</type><accidental>flat</accidental><stem>up</stem><notehead>none</notehead><beam number="1">begin</beam></note>"""
BEAMED = "".join(
    f"""<note><pitch><step>{step}</step><octave>5</octave></pitch><duration>1</duration><voice>1</voice>
<type>eighth</type><stem>up</stem><beam number="1">{part}</beam></note>"""
    for step, part in (("C", "continue"), ("E", "continue"), ("C", "end"))
)
SHARED = """<note><pitch><step>A</step><alter>-1</alter><octave>4</octave></pitch><duration>4</duration><voice>2</voice>
<type>half</type><stem>down</stem></note>"""
BAR = f"{HIDDEN}{BEAMED}<backup><duration>4</duration></backup>{SHARED}"
MUSIC = f"""<?xml version="1.0"?>
<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">
<measure number="1"><attributes><divisions>2</divisions><time><beats>2</beats><beat-type>4</beat-type></time>
<clef><sign>G</sign><line>2</line></clef></attributes>{BAR}</measure>
{"".join(f'<measure number="{number}">{BAR}</measure>' for number in range(2, 9))}</part></score-partwise>"""


def bars(engraving: Engraving) -> list[tuple[FilledPolygon, Line, Symbol, Symbol, float]]:
    """For each measure, its beam, the stem of the hidden notehead, the flat, the notehead of the other voice, and the staff
    space."""
    found = []
    for page in engraving.pages:
        space = page.systems[0].staves[0].staff_space
        marks = page.primitives
        beams = [
            mark for mark in marks if isinstance(mark, FilledPolygon) and mark.kind is PrimitiveKind.BEAM
        ]
        flats = [mark for mark in marks if mark.kind is PrimitiveKind.ACCIDENTAL]
        stems = [marks[marks.index(flat) - 1] for flat in flats]
        halves = [mark for mark in marks if isinstance(mark, Symbol) and mark.name == "noteheadHalf"]
        for beam, stem, flat, half in zip(beams, stems, flats, halves, strict=True):
            assert isinstance(stem, Line)
            assert isinstance(flat, Symbol)
            found.append((beam, stem, flat, half, space))
    assert len(found) == 8
    return found


@pytest.fixture(scope="module", params=range(6))
def pair(request: pytest.FixtureRequest) -> tuple[Engraving, Engraving]:
    """The music as printed and as written."""
    score = load_score(data=MUSIC, format=".musicxml").score
    engraving = engrave(score, LayoutOptions(music_font="Petaluma"))
    style = PlacementStyle.from_seed(request.param, amplitude=1.5)
    return engraving, place_by_hand(engraving, score, style, Stream.of_sample(request.param, 0))


def test_beams_start_at_the_stem_of_a_hidden_notehead(pair: tuple[Engraving, Engraving]):
    for beam, stem, _, _, space in bars(pair[1]):
        left = min(x for x, _ in beam.corners.tolist())
        assert abs(left - stem.end.x) < 0.75 * space


def test_the_stem_of_a_hidden_notehead_ends_at_its_beam(pair: tuple[Engraving, Engraving]):
    for beam, stem, _, _, space in bars(pair[1]):
        left = sorted(beam.corners.tolist())[:2]
        middle = sum(y for _, y in left) / 2
        assert abs(min(stem.start.y, stem.end.y) - middle) < 0.5 * space


def test_the_stem_of_a_hidden_notehead_moves_with_the_notehead_that_its_note_shares(
    pair: tuple[Engraving, Engraving],
):
    printed, written = bars(pair[0]), bars(pair[1])
    for (_, stem, _, half, space), (_, new_stem, _, new_half, _) in zip(printed, written, strict=True):
        gap, new_gap = (one.start.x - other.sides()[2] for one, other in ((stem, half), (new_stem, new_half)))
        assert abs(new_gap - gap) < 0.05 * space


def test_the_accidental_of_a_hidden_notehead_stays_before_the_notehead_that_its_note_shares(
    pair: tuple[Engraving, Engraving],
):
    for _, _, flat, half, space in bars(pair[1]):
        gap = half.sides()[0] - flat.sides()[2]
        assert -0.3 * space < gap < 1.5 * space
        assert abs(half.origin.y - flat.origin.y) < 0.6 * space
