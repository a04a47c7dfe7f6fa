"""Hidden things of MusicXML files: in the score, marked as hidden."""

from __future__ import annotations

import pytest

from smashcima.loading import load_score
from smashcima.scene.semantic import (
    Accidental,
    Articulation,
    Clef,
    Direction,
    Dynamic,
    Fermata,
    Hairpin,
    Harmony,
    KeySignature,
    Note,
    Score,
    SemanticObject,
    Slur,
    Tempo,
    TimeSignature,
    Trill,
    Tuplet,
    Verse,
)
from tests.loading.musicxml.small_scores import backup, issues, note, score, voices

HIDDEN = 'print-object="no"'


def read(source: str) -> Score:
    return load_score(data=source).score


def hidden(found: Score, kind: type[SemanticObject]) -> list[bool]:
    return [each.is_hidden for each in found.descendants(kind)]


def direction(content: str) -> str:
    return f"<direction><direction-type>{content}</direction-type></direction>"


def test_hidden_notes_of_voices_and_chords_stay_in_the_score() -> None:
    source = score(
        note("C5", 8, "half")
        + note("E5", 8, "half", before="<chord/>", attributes=HIDDEN)
        + note("D5", 8, "half")
        + backup(16)
        + note("C4", 16, "whole", voice="2", attributes=HIDDEN)
    )
    assert voices(source) == ["C5E5@0+2:half D5@2+2:half", "C4@0+4:whole"]
    assert hidden(read(source), Note) == [False, True, False, True]
    assert issues(source) == []


def test_a_hidden_rest_is_a_space() -> None:
    source = score(note("C5", 8, "half") + note("R", 8, "half", attributes=HIDDEN))
    assert voices(source) == ["C5@0+2:half"]
    assert [event.tag for event in read(source).events()] == ["note", "space"]


def test_hidden_signatures_are_marked() -> None:
    source = (
        score(note("C5", 16, "whole"))
        .replace("<time>", f"<key {HIDDEN}><fifths>2</fifths></key><time {HIDDEN}>")
        .replace('<clef number="1">', f'<clef number="1" {HIDDEN}>')
    )
    found = read(source)
    assert [hidden(found, kind) for kind in (Clef, KeySignature, TimeSignature)] == [[True]] * 3


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (note("C5", 16, "whole", after=f"<lyric {HIDDEN}><syllabic>single</syllabic><text>la</text></lyric>"), Verse),
        (note("C5", 16, "whole", after=f"<accidental {HIDDEN}>natural</accidental>"), Accidental),
        (note("C5", 16, "whole", after=f"<notations {HIDDEN}><articulations><accent/></articulations></notations>"),
         Articulation),
        (note("C5", 16, "whole", after=f"<notations {HIDDEN}><ornaments><trill-mark/></ornaments></notations>"), Trill),
        (note("C5", 16, "whole", after=f"<notations><fermata {HIDDEN}/></notations>"), Fermata),
        (note("C5", 8, "half", after=f'<notations><slur type="start" {HIDDEN}/></notations>')
         + note("C5", 8, "half", after='<notations><slur type="stop"/></notations>'), Slur),
        (direction(f'<wedge type="crescendo" {HIDDEN}/>') + note("C5", 16, "whole")
         + direction('<wedge type="stop"/>'), Hairpin),
        (direction(f"<dynamics {HIDDEN}><f/></dynamics>") + note("C5", 16, "whole"), Dynamic),
        (direction(f"<words {HIDDEN}>dolce</words>") + note("C5", 16, "whole"), Direction),
        (direction(f"<metronome {HIDDEN}><beat-unit>quarter</beat-unit><per-minute>90</per-minute></metronome>")
         + note("C5", 16, "whole"), Tempo),
        (f"<harmony {HIDDEN}><root><root-step>C</root-step></root><kind>major</kind></harmony>"
         + note("C5", 16, "whole"), Harmony),
    ],
)  # fmt: skip
def test_hidden_signs_are_in_the_score_and_hidden(content: str, kind: type[SemanticObject]) -> None:
    source = score(content)
    assert hidden(read(source), kind) == [True]
    assert issues(source) == []


def test_only_the_hidden_one_of_several_signs_is_hidden() -> None:
    signs = f"<notations><articulations><staccato {HIDDEN}/><accent/></articulations></notations>"
    found = read(score(note("C5", 16, "whole", after=signs)))
    assert {a.kinds: a.is_hidden for a in found.descendants(Articulation)} == {
        ("stacc",): True,
        ("acc",): False,
    }
    words = direction(f"<words {HIDDEN}>dolce</words>") + direction("<words>cantabile</words>")
    found = read(score(words + note("C5", 16, "whole")))
    assert {d.text: d.is_hidden for d in found.descendants(Direction)} == {"dolce": True, "cantabile": False}


def test_visible_signs_beside_hidden_notations_are_kept() -> None:
    signs = (
        f"<notations {HIDDEN}><articulations><staccato/></articulations></notations>"
        "<notations><articulations><accent/></articulations></notations>"
    )
    found = read(score(note("C5", 16, "whole", after=signs)))
    assert {a.kinds: a.is_hidden for a in found.descendants(Articulation)} == {
        ("stacc",): True,
        ("acc",): False,
    }


def test_hidden_tuplets_stay_hidden() -> None:
    mark = f'<notations {HIDDEN}><tuplet type="{{}}"/>{{}}</notations>'
    accent = "<articulations><accent/></articulations>"
    source = score(
        note("C5", 2, "eighth", ratio=(3, 2), after=mark.format("start", accent))
        + note("D5", 2, "eighth", ratio=(3, 2))
        + note("E5", 2, "eighth", ratio=(3, 2), after=mark.format("stop", ""))
        + note("F5", 18, "half", dots=1),
        divisions=6,
    )
    found = read(source)
    (tuplet,) = found.descendants(Tuplet)
    assert tuplet.mei["num.visible"] == "false"
    assert hidden(found, Articulation) == [True]
    assert voices(source) == ["C5@0+1/3:eighth D5@1/3+1/3:eighth E5@2/3+1/3:eighth F5@1+3:half."]


def test_a_note_whose_dots_are_hidden_keeps_its_time() -> None:
    source = score(note("C5", 6, "quarter", dots=1, attributes='print-dot="no"') + note("D5", 10, "half"))
    assert voices(source)[0].split()[0] == "C5@0+3/2:quarter"


def test_noteheads_and_stems_that_are_none_are_hidden_alone() -> None:
    found = read(score(note("C5", 16, "half", after="<stem>none</stem><notehead>none</notehead>")))
    (headless,) = found.notes()
    assert not headless.is_hidden
    assert (headless.mei["head.visible"], headless.mei["stem.visible"]) == ("false", "false")


def test_lyrics_that_are_printed_without_their_note_are_named() -> None:
    lyric = "<lyric><syllabic>single</syllabic><text>la</text></lyric>"
    source = score(note("C5", 16, "whole", after=lyric, attributes=f'{HIDDEN} print-lyric="yes"'))
    assert issues(source) == [("lyric", "hidden with its lyrics, which the source prints")]


def test_what_cannot_be_hidden_is_named() -> None:
    ending = f'<barline location="left"><ending number="1" type="start" {HIDDEN}/></barline>'
    source = score(ending + note("C5", 16, "whole"))
    assert ("ending", "hidden in the source, but drawn: what became of it was not found") in issues(source)


def test_staves_are_hidden_until_they_are_shown() -> None:
    details = '<attributes><staff-details number="2" print-object="{}"/></attributes>'
    music = note("C5", 16, "whole", staff=1) + backup(16) + note("C4", 16, "whole", voice="5", staff=2)
    found = read(score(music, details.format("no") + music, music, details.format("yes") + music, staves=2))
    assert [[staff.is_hidden for staff in measure.staves] for measure in found.measures] == [
        [False, False],
        [False, True],
        [False, True],
        [False, False],
    ]
    whole = read(score(details.format("no") + music, music, staves=2))
    assert [staff.is_hidden for staff in whole.staves] == [False, True]
