from __future__ import annotations

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.engraving import PrimitiveKind
from smashcima.loading import load_score
from smashcima.scene.semantic import Pedal, PedalAction

_SCORE = (
    '<score-partwise><part-list><score-part id="P1"><part-name>Piano</part-name></score-part></part-list>'
    '<part id="P1"><measure number="1"><attributes><divisions>1</divisions></attributes>{}</measure></part></score-partwise>'
)
_NOTE = (
    "<note><pitch><step>C</step><octave>4</octave></pitch><duration>1</duration><voice>1</voice>"
    "<type>quarter</type></note>"
)
_PEDAL = "<direction><direction-type><pedal type='{}' {}/></direction-type></direction>"


def loaded(*pedals: tuple[str, str]):
    """A score with these pedal marks (type and other attributes), each before a note."""
    music = "".join(_PEDAL.format(*pedal) + _NOTE for pedal in pedals)
    return load_score(data=_SCORE.format(music), format=".musicxml").score


def undrawn(score) -> list[str]:
    return [issue.what for issue in engrave(score).issues if "not drawn" in issue.what]


def test_a_line_that_breaks_off_and_goes_on_is_released_and_pressed():
    line = "line='yes' sign='no'"
    score = loaded(("start", line), ("discontinue", line), ("resume", line), ("stop", line))
    assert [pedal.action for pedal in score.descendants(Pedal)] == [
        PedalAction.DOWN,
        PedalAction.UP,
        PedalAction.DOWN,
        PedalAction.UP,
    ]
    assert undrawn(score) == []
    assert len({p.element for p in engrave(score).primitives(PrimitiveKind.PEDAL)}) == 2  # two lines


def test_a_mark_with_neither_line_nor_sign_is_not_printed():
    score = loaded(("start", "line='no' sign='yes'"), ("discontinue", "line='no' sign='no'"))
    assert [pedal.action for pedal in score.descendants(Pedal)] == [PedalAction.DOWN, None]
    assert undrawn(score) == []
    assert len({p.element for p in engrave(score).primitives(PrimitiveKind.PEDAL)}) == 1


@pytest.mark.parametrize("attributes", ["line='yes'", "line='no' sign='yes'"])
def test_a_change_of_pedal_is_a_bounce(attributes: str):
    score = loaded(("start", attributes), ("change", attributes), ("stop", attributes))
    assert [pedal.action for pedal in score.descendants(Pedal)][1] is PedalAction.BOUNCE
    assert undrawn(score) == []
