from __future__ import annotations

from collections.abc import Callable

import pytest

ATTRIBUTES = (
    "<attributes><divisions>1</divisions><key><fifths>0</fifths></key>"
    "<time><beats>4</beats><beat-type>4</beat-type></time><clef><sign>G</sign><line>2</line></clef></attributes>"
)

NOTE = (
    "<note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration>"
    "<voice>1</voice><type>whole</type></note>"
)


@pytest.fixture
def musicxml() -> Callable[..., str]:
    """Makes MusicXML of one part; each argument is the content of a measure."""

    def make(*measures: str, attributes: str = ATTRIBUTES) -> str:
        contents = list(measures or [NOTE])
        contents[0] = attributes + contents[0]
        body = "".join(f'<measure number="{n}">{content}</measure>' for n, content in enumerate(contents, 1))
        return (
            '<score-partwise version="4.0"><part-list><score-part id="P1"><part-name>Flute</part-name>'
            f'</score-part></part-list><part id="P1">{body}</part></score-partwise>'
        )

    return make
