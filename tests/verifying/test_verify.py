"""What a proof says about pages and scores."""

from __future__ import annotations

import copy
from pathlib import Path

import pytest

import smashcima as sc
from smashcima.geometry import Transform
from smashcima.scene.semantic import ScoreBuilder, note
from smashcima.scene.visual import AccidentalMark, ClefMark, Notehead, VisualObject
from smashcima.verifying import KINDS

ROOT = Path(__file__).resolve().parent.parent.parent


def song(*notes: str, key: int = 0) -> sc.MusicScene:
    """A printed page with quarter notes in one measure."""
    builder = ScoreBuilder(key=key, time=f"{len(notes)}/4")
    builder.add_part("", "treble")
    builder.add_voice(builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in notes))
    score = builder.build()
    score.show_accidentals()
    return sc.EngravedModel(seed=0)(score=score)


def heads(scene: sc.MusicScene) -> list[Notehead]:
    return Notehead.many_of(scene.pages[0], "page")


def test_a_clean_page_has_no_issue_and_counts_what_was_proven() -> None:
    result = sc.verify(song("G4", "A4", "F#5", "B4"))
    assert result.is_proven
    assert result.issues == ()
    assert result.checked["pitches"] == 4
    assert result.checked["durations"] == 4
    assert result.checked["accidentals"] == 1
    assert result.checked["clefs"] == 1
    assert result.checked["time signatures"] == 1
    assert result.checked["voices that fill their measure"] == 1
    assert result.unproven == {}


def test_a_moved_head_is_named_with_both_pitches_and_the_reason() -> None:
    scene = song("G4", "A4", "F5", "B4")
    space = heads(scene)[2].glyph.space
    step = scene.pages[0].systems[0].staves[0].staff_space / 2
    space.transform = space.transform.then(Transform(f=-step))
    [issue] = sc.verify(scene).issues
    assert issue.where == "measure 1, staff 1"
    assert issue.element == "note"
    assert issue.what == "drawn as G5 (1 step above the staff, treble clef, no accidental), the score says F5"


def test_a_pitch_that_the_page_does_not_show_is_found() -> None:
    scene = song("G4", "A4", "F5", "B4", key=1)
    assert [str(found.issue) for found in sc.verify(scene).disagreements] == []
    changed = next(scene.score.notes())
    changed.pitch = sc.scene.semantic.Pitch.parse("G#4")
    changed.sounding_pitch = changed.pitch
    [issue] = sc.verify(scene).issues
    assert issue.what == "drawn as G4 (line 2, treble clef, no accidental), the score says G#4"


def test_an_accidental_holds_until_the_barline_and_a_tie_carries_it_over() -> None:
    scene = sc.EngravedModel(seed=0)(
        data="""<score-partwise><part-list><score-part id="P1"><part-name/></score-part></part-list><part id="P1">
        <measure number="1"><attributes><divisions>1</divisions><time><beats>2</beats><beat-type>4</beat-type></time>
        <clef><sign>G</sign><line>2</line></clef></attributes>
        <note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><type>quarter</type>
        <accidental>sharp</accidental></note>
        <note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration><tie type="start"/>
        <type>quarter</type><notations><tied type="start"/></notations></note></measure>
        <measure number="2"><note><pitch><step>F</step><alter>1</alter><octave>4</octave></pitch><duration>1</duration>
        <tie type="stop"/><type>quarter</type><notations><tied type="stop"/></notations></note>
        <note><pitch><step>F</step><octave>4</octave></pitch><duration>1</duration><type>quarter</type></note></measure>
        </part></score-partwise>""",
        format="musicxml",
    )
    result = sc.verify(scene)
    assert result.issues == ()
    assert result.checked["pitches"] == 4


def test_what_the_score_hides_must_not_be_drawn() -> None:
    scene = song("G4", "A4")
    next(scene.score.notes()).mei["visible"] = "false"
    result = sc.verify(scene)
    assert set(result.by_kind()) == {"hidden"}
    assert "the score hides it" in result.issues[0].what


def test_a_missing_and_a_surplus_object_are_told_apart() -> None:
    scene = song("G4", "C#5")
    [sign] = AccidentalMark.many_of(scene.pages[0], "page")
    sign.page = None
    sign.semantic = None
    sign.glyph.space.parent_space = None
    result = sc.verify(scene)
    assert result.by_kind()["missing"] == 1
    assert result.by_kind()["pitch"] == 1
    assert "the score has an accidental (s) at C#5" in " ".join(map(str, result.issues))


def test_ink_without_a_label_is_found() -> None:
    scene = song("G4")
    ink = heads(scene)[0].glyph
    copied = sc.AffineSpace(scene.pages[0].space, ink.space.transform)
    sc.Glyph(copied, ink.region, [], [sc.InkPath(copied, ink.paths[0].contours)])
    assert [issue.what for issue in sc.verify(scene).issues] == [
        "ink is drawn that belongs to no labelled object"
    ]


def test_a_page_alone_is_proven_too() -> None:
    scene = sc.EngravedModel(seed=0)(ROOT / "assets" / "example" / "example.musicxml", pages=[1])
    result = sc.verify(scene)
    assert result.issues == ()
    assert result.unproven["object of a page that was not made"] > 0


def test_a_proof_changes_nothing(printed: sc.MusicScene) -> None:
    before = printed.render(printed.pages[0]).tobytes()
    sc.verify(printed)
    assert printed.render(printed.pages[0]).tobytes() == before


def test_a_copied_scene_has_the_same_proof(printed: sc.MusicScene) -> None:
    assert sc.verify(copy.deepcopy(printed)) == sc.verify(printed)


def test_the_issues_have_the_documented_kinds(printed: sc.MusicScene) -> None:
    scene = copy.deepcopy(printed)
    for clef in ClefMark.many_of(scene.pages[0], "page"):
        clef.glyph.space.parent_space = None
        clef.page = None
    found = sc.verify(scene)
    assert found.by_kind().keys() <= set(KINDS)
    assert "clef" in found.by_kind()


def test_single_staves_are_proven() -> None:
    scene = sc.StaffModel(seed=1)("clef.G-2 timeSignature.4/4 q0 q1 q2 q3 |")
    assert [str(issue) for issue in sc.verify(scene).issues] == []


@pytest.mark.parametrize("seed", range(12))
def test_pages_by_many_pens_are_read_as_their_scores(seed: int) -> None:
    scene = sc.BaseHandwrittenModel(seed=seed, hand="pen")(ROOT / "tests" / "short_song.musicxml")
    assert [str(issue) for issue in sc.verify(scene).issues] == []


@pytest.mark.parametrize("folder", ["lieder", "musicxml"])
def test_third_party_pages_agree_with_their_scores(shared_data: Path, folder: str) -> None:
    """A sample; `benchmarks/completeness.py` proves all files, and `docs/completeness.md` has the result."""
    files = sorted((shared_data / folder).glob("*.*xl" if folder == "lieder" else "smashcima*.musicxml"))[:3]
    for path in files:
        scene = sc.EngravedModel(seed=0)(path)
        assert [str(issue) for issue in sc.verify(scene).issues] == [], path.name


def test_every_drawn_object_is_looked_at(printed: sc.MusicScene) -> None:
    drawn = sum(len(VisualObject.many_of(page, "page")) for page in printed.pages)
    assert sc.verify(printed).checked["labels"] == drawn
