"""What other programs write, in small files, with the right reading by hand."""

from __future__ import annotations

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import Note
from tests.loading.musicxml.small_scores import backup, forward, note, score, tuplet, voices

HIDDEN = 'print-object="no"'
FOUR = "".join(note(pitch, 4, "quarter") for pitch in ("C5", "D5", "E5", "F5"))
READ = "C5@0+1:quarter D5@1+1:quarter E5@2+1:quarter F5@3+1:quarter"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        pytest.param(
            score(FOUR + backup(16) + note("R", 8, "half", voice="2", attributes=HIDDEN)
                  + note("C4", 8, "half", voice="2")),
            [READ, "C4@2+2:half"], id="Sibelius: hidden rests fill a voice"),
        pytest.param(
            score(note("R", 12) + backup(12) + note("C4", 12, "half", voice="2", dots=1), time=(3, 4)),
            ["R@0+3", "C4@0+3:half."], id="Sibelius: a measure rest has no type"),
        pytest.param(
            score(note("C5", 8, "half") + backup(8) + forward(4) + note("E4", 4, "quarter", voice="2")
                  + note("D5", 8, "half")),
            ["C5@0+2:half D5@2+2:half", "E4@1+1:quarter"], id="Finale: a second voice begins and ends in the measure"),
        pytest.param(
            score(note("C5", 341, "eighth", ratio=(3, 2), after=tuplet(("start", 1)))
                  + note("D5", 341, "eighth", ratio=(3, 2))
                  + note("E5", 342, "eighth", ratio=(3, 2), after=tuplet(("stop", 1)))
                  + note("F5", 3072, "half", dots=1), divisions=1024),
            ["C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+3:half."], id="Finale: rounded durations"),
        pytest.param(
            score(FOUR + backup(16) + forward(8) + note("C4", 8, "half", voice="2") + backup(16)
                  + note("A3", 16, "whole", voice="5", staff=2), staves=2),
            [READ, "C4@2+2:half", "A3@0+4:whole"], id="Dorico: voices begin with a forward"),
        pytest.param(
            score(note("C5", 16, "whole", voice="1", staff=1) + backup(16)
                  + note("C4", 16, "whole", voice="5", staff=2), staves=2),
            ["C5@0+4:whole", "C4@0+4:whole"], id="MuseScore: voices 5 to 8 on the second staff"),
        pytest.param(
            score(note("C5", 4, "quarter") + note("C5", 2, "eighth", attributes=HIDDEN)
                  + note("D5", 2, "eighth", attributes=HIDDEN) + note("E5", 8, "half")),
            ["C5@0+1:quarter C5@1+1/2:eighth D5@3/2+1/2:eighth E5@2+2:half"], id="MuseScore: invisible notes"),
        pytest.param(
            score("".join(note(pitch, 4, "quarter", voice=None) for pitch in ("C5", "D5", "E5", "F5"))),
            [READ], id="capella: no voices"),
        pytest.param(
            score(note("C5", 2, "eighth", ratio=(3, 2)) + note("D5", 2, "eighth", ratio=(3, 2))
                  + note("E5", 2, "eighth", ratio=(3, 2)) + note("F5", 18, "half", dots=1), divisions=6),
            ["C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+3:half."], id="capella: no tuplet marks"),
        pytest.param(
            score(note("C5", 40320, "whole", voice="140161891251152") + backup(40320)
                  + note("C4", 40320, "whole", voice="140161891252496"), divisions=10080),
            ["C5@0+4:whole", "C4@0+4:whole"], id="music21: voices named by addresses"),
        pytest.param(
            score(note("C5", 25200, None or "") + note("D5", 15120, "quarter", dots=1), divisions=10080),
            ["C5@0+5/2:half D5@5/2+3/2:quarter."], id="music21: complex durations have no type"),
        pytest.param(
            score(note("R", 12, "whole"), note("C5", 12, "half", dots=1), time=(3, 4)),
            ["R@0+3", "C5@0+3:half."], id="Audiveris: a whole rest that fills a measure of three quarters"),
        pytest.param(
            score(note("R", 12, "whole") + backup(12) + note("C5", 12, "half", dots=1, voice="2"), time=(3, 4)),
            ["R@0+3", "C5@0+3:half."], id="Audiveris: the same beside another voice"),
        pytest.param(
            score(note("C4", 16, "whole") + note("E4", 8, "half", before="<chord/>") + backup(8)
                  + note("G4", 8, "half", voice="2")),
            ["C4@0+4:whole", "E4@0+2:half G4@2+2:half"], id="PhotoScore: chords of different durations"),
        pytest.param(
            score(note("C5", 0, "quarter") + note("D5", 4, "quarter") + note("E5", 8, "half")),
            ["C5@0+1:quarter D5@1+1:quarter E5@2+2:half"], id="PhotoScore: a duration of 0"),
        pytest.param(
            score(FOUR + note("G5", 4, "quarter")),
            [READ + " G5@4+1:quarter"], id="PhotoScore: a measure that is too long"),
    ],
)  # fmt: skip
def test_the_rhythm_of_files_of_other_programs(source: str, expected: list[str]) -> None:
    assert voices(source) == expected


def test_cue_notes_of_finale_are_small_and_take_their_time() -> None:
    source = score(note("C5", 8, "half", before="<cue/>") + note("D5", 8, "half"))
    assert voices(source) == ["C5@0+2:half D5@2+2:half"]
    first = next(load_score(data=source).score.descendants(Note))
    assert first.mei["cue"] == "true"
    assert not first.is_hidden


def test_a_file_of_latin_letters_that_calls_itself_utf_8_is_read() -> None:
    text = score(FOUR).replace("<part-name/>", "<part-name>Flöte</part-name>")
    data = ('<?xml version="1.0" encoding="UTF-8"?>' + text).encode("latin-1")
    loaded = load_score(data=data, format="musicxml")
    assert [part.name for part in loaded.score.parts] == ["Flöte"]
    assert [issue.element for issue in loaded.issues] == ["encoding"]
