"""Parts of MusicXML files that do not agree with the part list, or with each other."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import Note

NOTE = (
    "<note><pitch><step>{}</step><octave>4</octave></pitch><duration>4</duration><voice>1</voice>"
    "<type>whole</type></note>"
)
ATTRIBUTES = (
    "<attributes><divisions>1</divisions><time><beats>4</beats><beat-type>4</beat-type></time>"
    "<clef><sign>G</sign><line>2</line></clef></attributes>"
)


def part(identity: str | None, steps: str, numbers: Sequence[object] | None = None) -> str:
    """A part with a whole note in each measure."""
    measures = "".join(
        f'<measure number="{number}">{ATTRIBUTES if step == steps[0] else ""}{NOTE.format(step)}</measure>'
        for step, number in zip(steps, numbers or range(1, len(steps) + 1), strict=True)
    )
    named = "" if identity is None else f' id="{identity}"'
    return f"<part{named}>{measures}</part>"


def score(listed: Sequence[str] | None, *parts: str) -> str:
    entries = "".join(
        f'<score-part id="{identity}"><part-name>{identity}</part-name></score-part>'
        for identity in listed or ()
    )
    part_list = "" if listed is None else f"<part-list>{entries}</part-list>"
    return f'<score-partwise version="4.0">{part_list}{"".join(parts)}</score-partwise>'


def read(source: str) -> tuple[list[str], list[str]]:
    """The notes of each staff, `-` for an empty measure, and the issues."""
    loaded = load_score(data=source)
    staves = []
    for staff in loaded.score.staves:
        contents = [measure.staff(staff) for measure in loaded.score.measures]
        notes = [[] if holder is None else list(holder.descendants(Note)) for holder in contents]
        staves.append(
            "".join(found[0].pitch.step.name if found and found[0].pitch else "-" for found in notes)
        )
    return staves, [f"{issue.where}: {issue.what}" for issue in loaded.issues]


@pytest.mark.parametrize(
    ("source", "staves", "issue"),
    [
        (score(None, part("P1", "CD"), part("P2", "FG")), ["CD", "FG"],
         "score: lists no part; the 2 parts are read in their order"),
        (score([], part("P1", "CD")), ["CD"], "score: lists no part; the 1 parts are read in their order"),
        (score(["P1"], part(None, "CD")), ["CD"], "P1: a part without an id; read as the part P1"),
        (score(["P1", "P2"], part("P1", "CD"), part("P1", "FG")), ["CD", "FG"],
         "P2: a second part with the id 'P1'; read as the part P2"),
        (score(["P1"], part("P1", "CD"), part("P1", "FG")), ["CD", "FG"],
         "P2: a second part with the id 'P1'; read as the part P2"),
        (score(["P1"], part("P1", "CD"), part("X", "FG")), ["CD", "FG"],
         "X: a part with the id 'X', which is not in the part list; added to it"),
        (score(["P1", "P2"], part("P1", "CD"), part("X", "FG")), ["CD", "FG"],
         "P2: a part with the id 'X', which is not in the part list; read as the part P2"),
        (score(["P1", "P2"], part("P1", "CD"), part("P2", "")), ["CD"], "P2: a part without measures, left out"),
        (score(["P1", "P2"], part("P1", "CD")), ["CD"], "P2: listed, but there is no such part; left out"),
        (score(["P1", "P2"], part("P1", "CDE"), part("P2", "FG")), ["CDE", "FG-"],
         "P2: 1 of 3 measures are missing in this part; read as empty"),
        (score(["P1", "P2"], part("P1", "CDEF", [1, 2, 1, 2]), part("P2", "FGAB", [1, 2, 3, 4])),
         ["CDEF", "FGAB"],
         "P2: its measure numbers are not those of the other parts; measures are matched by order"),
    ],
)  # fmt: skip
def test_parts_are_read_with_an_issue_that_says_what_was_assumed(
    source: str, staves: list[str], issue: str
) -> None:
    assert read(source) == (staves, [issue])


def test_parts_follow_the_part_list() -> None:
    assert read(score(["P1", "P2"], part("P2", "CD"), part("P1", "FG"))) == (["FG", "CD"], [])


def test_repeated_measure_numbers_are_no_flaw() -> None:
    source = score(["P1", "P2"], part("P1", "CDEF", [1, 2, 2, 3]), part("P2", "FGAB", [1, 2, 2, 3]))
    assert read(source) == (["CDEF", "FGAB"], [])


def test_measures_missing_in_the_middle_of_a_part_are_found_by_their_numbers() -> None:
    staves, issues = read(score(["P1", "P2"], part("P1", "CDE"), part("P2", "FG", [1, 3])))
    assert staves == ["CDE", "F-G"]
    assert issues == ["P2: 1 of 3 measures are missing in this part; read as empty"]
