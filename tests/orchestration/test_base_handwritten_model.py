"""The handwritten model: who writes, how alike two pages of one writer are, and what can be chosen."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

import smashcima as sc
from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.errors import SettingsError
from smashcima.placement import PlacementStyle
from smashcima.scene.visual import VisualObject
from smashcima.synthesis.pen import PenWriter

EXAMPLE = Path(__file__).parents[2] / "assets" / "example" / "example.musicxml"
SONG = Path(__file__).parents[1] / "short_song.musicxml"

ONE_NOTE = """<score-partwise version="4.0"><part-list><score-part id="P1"><part-name/></score-part></part-list>
<part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign><line>2</line></clef></attributes>
<note><pitch><step>A</step><octave>4</octave></pitch><duration>4</duration><type>whole</type></note></measure></part>
</score-partwise>"""


@pytest.fixture(scope="module")
def long_score() -> sc.Score:
    return sc.load_score(EXAMPLE).score


@pytest.fixture(scope="module")
def score() -> sc.Score:
    return sc.load_score(SONG).score


@pytest.fixture(scope="module")
def note() -> sc.Score:
    """A score of one note, for what does not depend on the music."""
    return sc.load_score(data=ONE_NOTE, format=".musicxml").score


def heads_of(scene: sc.MusicScene) -> list[sc.Notehead]:
    return [head for head in scene.find(sc.Notehead) if head.label == "smufl::noteheadBlack"]


def test_another_writer_writes_each_sample_unless_one_is_chosen(note: sc.Score) -> None:
    model = sc.BaseHandwrittenModel(seed=1, dpi=50)
    assert len({model(note).styles["writer"] for _ in range(3)}) == 3
    chosen = sc.BaseHandwrittenModel(seed=1, dpi=50, writer=1234)
    assert len({chosen(note).styles["writer"] for _ in range(3)}) == 1


@pytest.mark.parametrize("writer", ["neat", "average", "hasty", "calligraphic", 7, PenWriter.from_seed(7)])
def test_a_writer_is_chosen_by_name_seed_or_value(note: sc.Score, writer: str | int | PenWriter) -> None:
    scene = sc.BaseHandwrittenModel(seed=0, dpi=40, writer=writer)(note)
    expected = writer if isinstance(writer, str) else "seed 7"
    assert scene.styles["writer"].startswith(expected)


def test_a_writer_of_nobody_is_refused() -> None:
    with pytest.raises(SettingsError, match="sloppy"):
        sc.BaseHandwrittenModel(writer="sloppy")
    with pytest.raises(SettingsError, match="placement"):
        sc.BaseHandwrittenModel(placement=-1)


def test_no_two_noteheads_are_alike(long_score: sc.Score) -> None:
    heads = heads_of(sc.BaseHandwrittenModel(seed=0, writer="average")(long_score))
    outlines = {head.glyph.region.contours.rings[0].tobytes() for head in heads}
    assert len(heads) > 200
    assert len(outlines) > 0.9 * len(heads)


def test_placement_zero_leaves_everything_where_the_engraver_put_it(score: sc.Score) -> None:
    model = sc.BaseHandwrittenModel(seed=0, writer="neat", placement=0)
    scene = model(score)
    engraved = list(engrave(scene.score, model.layout).primitives(PrimitiveKind.NOTEHEAD))
    heads = [drawn for drawn in scene.find(VisualObject) if drawn.kind == "notehead"]
    assert sorted(repr(head.primitive) for head in heads) == sorted(map(repr, engraved))


def test_placement_moves_things_and_can_be_chosen(score: sc.Score) -> None:
    def positions(placement: PlacementStyle | float | None) -> np.ndarray:  # type: ignore[type-arg]
        scene = sc.BaseHandwrittenModel(seed=0, writer="average", placement=placement)(score)
        return np.array([(h.primitive.origin.x, h.primitive.origin.y) for h in scene.find(sc.Notehead)])  # type: ignore[attr-defined]

    still, own, chosen = positions(0), positions(None), positions(PlacementStyle.from_seed(3))
    assert still.shape == own.shape == chosen.shape
    assert 0.01 < np.abs(own - still).mean() < 3
    assert not np.allclose(own, chosen)


def test_everything_that_is_engraved_is_inked(score: sc.Score) -> None:
    model = sc.BaseHandwrittenModel(seed=2, dpi=50)
    scene = model(score)
    kinds = [k for k in PrimitiveKind if k is not PrimitiveKind.STAFF_LINE]
    engraved = list(engrave(scene.score, model.layout).primitives(*kinds))
    drawn = [d for d in scene.find(VisualObject) if d.kind != "staff_line"]
    assert len(drawn) == len(engraved)
    assert all(d.glyph.paths or d.glyph.sprites for d in drawn)
    assert scene.issues == ()
