"""Slices of scores: what they begin with, what they keep, and what their borders cut."""

from __future__ import annotations

from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from smashcima.engravers.verovio import engrave
from smashcima.errors import SettingsError
from smashcima.exporting import MusicXmlExporter
from smashcima.exporting.symbolic import score_layout
from smashcima.loading import load_score
from smashcima.scene.semantic import (
    HairpinForm,
    Note,
    PageBreak,
    Score,
    ScoreBuilder,
    Slur,
    Space,
    SystemBreak,
    Tie,
    chord,
    note,
    rest,
)
from smashcima.scene.semantic.score_layout import ScoreLayout
from smashcima.scene.semantic.slicing import Excerpt


def small_score() -> Score:
    """A grand staff of four measures in 2/4, one flat; from the third on in 3/4 under two sharps."""
    made = ScoreBuilder(title="Small", key=-1, time="2/4")
    made.add_part("Piano", "treble", "bass")
    upper: list[Note] = []
    for index in range(4):
        if index == 2:
            made.change(key=2, time="3/4", clefs={2: "treble"})
        measure = made.add_measure()
        notes = [note(pitch, "quarter") for pitch in (("C5", "D5", "E5") if index > 1 else ("C5", "D5"))]
        upper += notes
        made.add_voice(measure, 1, *notes)
        made.add_voice(measure, 2, rest())
    made.tie(upper[3], upper[4])
    made.slur(upper[0], upper[9])
    made.hairpin(HairpinForm.CRESCENDO, upper[2], upper[7])
    made.dynamic("p", upper[4])
    score = made.build()
    ids = [measure.id for measure in score.measures]
    score.layout = ScoreLayout.of([(0, ids[:2], [1, 2]), (0, ids[2:3], [1, 2]), (1, ids[3:], [1, 2])])
    return score


def timed(score: Score) -> list[tuple[str, str, Fraction, Fraction]]:
    before = score.excerpt.onset if score.excerpt is not None else Fraction(0)
    return [(n.id, str(n.pitch), n.onset + before, n.quarter_length) for n in score.notes()]


def test_a_slice_starts_with_clefs_keys_and_times_in_force():
    part = small_score().slice(measures=range(3, 4))
    definitions = [(s.clef.shape.value, s.key_signature, s.time_signature) for s in part.staves]
    first = part.measures[0].staves
    assert [shape for shape, _, _ in definitions] == ["G", "G"]
    assert [staff.key_signature.fifths for staff in first] == [2, 2]
    assert [(staff.time_signature.count, staff.time_signature.unit) for staff in first] == [
        ("3", 4),
        ("3", 4),
    ]


def test_what_is_in_force_but_not_drawn_is_marked():
    score = small_score()
    second, third = score.slice(system=1), score.slice(page=1)

    def hidden(part: Score) -> list[bool]:
        staff = part.measures[0].staves[0]
        return [
            s.mei.get("visible") == "false" for s in (staff.clef, staff.key_signature, staff.time_signature)
        ]

    assert hidden(second) == [False, False, False]  # key and time change right here
    assert hidden(third) == [False, False, True]  # a system repeats clef and key, but no time
    assert hidden(score.slice(measures=range(1, 2))) == [True, True, True]  # in the middle of a system


def test_warnings_at_the_end_of_a_system_are_listed():
    score = small_score()
    told = "drawn at the end of the system as a cautionary signature; it is in force after this slice"
    assert [str(issue) for issue in score.slice(system=0).excerpt.issues] == [
        f"measure 2: keySig: {told}",
        f"measure 2: meterSig: {told}",
    ]
    assert score.slice(system=1).excerpt.issues == ()
    assert score.slice(measures=range(1)).excerpt.issues == ()


def test_breaks_are_those_of_the_layout():
    score = small_score()
    assert [type(o) for o in score.slice().descendants() if isinstance(o, (SystemBreak, PageBreak))] == [
        SystemBreak,
        PageBreak,
    ]
    assert not list(score.slice(system=0).descendants(SystemBreak))
    assert [type(o) for o in score.slice(page=0).descendants(SystemBreak)] == [SystemBreak]


def test_marks_that_a_border_cuts_stay_open():
    score = small_score()
    first, last = score.slice(page=0, measures=range(2)), score.slice(measures=range(2, 4))
    tie, slur = next(score.descendants(Tie)), next(score.descendants(Slur))
    hairpin = next(mark for mark in score.marks() if mark.tag == "hairpin")
    assert first.excerpt.going_on == last.excerpt.coming_in == {tie.id, slur.id, hairpin.id}
    assert first.excerpt.coming_in == last.excerpt.going_on == frozenset()
    begun, ended = next(first.descendants(Tie)), next(last.descendants(Tie))
    assert (begun.start.id, begun.end) == (tie.start.id, None)
    assert (ended.start, ended.end.id) == (None, tie.end.id)
    led = first.by_id(hairpin.id)
    assert (led.onset, led.quarter_length) == (2, 2)  # up to the border
    led = last.by_id(hairpin.id)
    assert (led.onset, led.quarter_length) == (0, 3)  # from the border


def test_a_slice_in_the_middle_of_a_slur_knows_of_it():
    part = small_score().slice(measures=range(1, 2))
    slur = next(part.descendants(Slur))
    assert slur.start is None
    assert slur.end is None
    assert slur.id in part.excerpt.coming_in & part.excerpt.going_on


def test_a_staff_keeps_its_own_marks_alone():
    score = small_score()
    upper, lower = score.slice(staff=1), score.slice(staff=2)
    assert [m.tag for m in upper.marks()] == ["slur", "tie", "hairpin", "dynam"]
    assert list(lower.marks()) == []
    assert [staff.n for staff in lower.staves] == ["2"]


def crossing_score() -> Score:
    """One voice that goes from the upper staff to the lower one."""
    made = ScoreBuilder(time="2/4")
    _, below = made.add_part("Piano", "treble", "bass")
    crossing = note("C3", "quarter")
    crossing.cross_staff = below
    made.add_voice(made.add_measure(), 1, note("C5", "quarter"), crossing)
    return made.build()


def test_a_note_counts_to_the_staff_on_which_it_is_drawn():
    score = crossing_score()
    upper, lower = score.slice(staff=1), score.slice(staff=2)
    assert [str(n.pitch) for n in upper.notes()] == ["C5"]
    assert [str(i) for i in upper.excerpt.issues] == [
        "measure 1: note: left out: it is drawn on staff 2, which is not in this slice"
    ]
    (found,) = lower.notes()
    assert (str(found.pitch), found.onset, found.staff.n, found.cross_staff) == ("C3", 1, "2", None)
    assert [type(e) for e in found.voice.events] == [Space, Note]


def test_the_score_is_not_changed():
    score = small_score()
    before = [(o.id, o.tag, len(o.children)) for o in score.descendants()]
    score.slice(page=1, staff=1)
    assert [(o.id, o.tag, len(o.children)) for o in score.descendants()] == before
    assert score.slice(measures=range(1, 2)).by_id(score.measures[1].id) is not score.measures[1]


def test_an_edited_slice_leaves_the_score_alone():
    score = small_score()
    part = score.slice(page=0)
    next(part.notes()).detach()
    assert len(list(score.notes())) == 10


@pytest.mark.parametrize(
    "wrong", [{"page": 2}, {"system": -1}, {"staff": 3}, {"page": 0, "system": 0}, {"measures": range(9, 10)}]
)
def test_what_is_not_there_is_an_error(wrong: dict[str, object]):
    with pytest.raises(SettingsError):
        small_score().slice(**wrong)


def test_without_a_layout_there_are_no_pages():
    score = small_score()
    score.layout = None
    with pytest.raises(SettingsError, match="no layout"):
        score.slice(page=0)
    with pytest.raises(SettingsError, match="no layout"):
        score.slices("system")
    assert timed(score.slice()) == timed(score)


def test_a_slice_of_a_slice_counts_from_the_whole_score():
    score = small_score()
    part = score.slice(page=0).slice(measures=range(1, 3))
    assert (part.excerpt.first_measure, part.excerpt.onset) == (1, 2)
    assert timed(part) == timed(score)[2:7]


def test_chords_of_which_a_part_crosses_are_divided():
    made = ScoreBuilder(time="2/4")
    _, below = made.add_part("Piano", "treble", "bass")
    both = chord(["C3", "C5"], "half")
    made.add_voice(made.add_measure(), 1, both)
    both.notes[0].cross_staff = below
    score = made.build()
    assert [str(n.pitch) for n in score.slice(staff=1).notes()] == ["C5"]
    assert [str(n.pitch) for n in score.slice(staff=2).notes()] == ["C3"]


def laid_out(path: Path) -> Score:
    score = load_score(path).score
    score.layout = score_layout(engrave(score))
    return score


def test_slices_put_together_give_the_whole_score(tutorial_score: Path):
    score = laid_out(tutorial_score)
    whole = timed(score)
    assert len(whole) == 367
    assert [found for part in score.slices("page") for found in timed(part)] == whole
    assert [found for part in score.slices("system") for found in timed(part)] == whole
    on_staves = Counter(n for part in score.slices("staff") for n in timed(part))
    assert on_staves == Counter(whole)
    assert sum(len(timed(part)) for part in score.slices("grand staff")) == sum(
        1 for n in score.notes() if n.staff.n in ("2", "3")
    )


@pytest.mark.slow
def test_pages_of_many_songs_put_together_give_the_songs(lieder_paths: list[Path]):
    pages = 0
    for path in lieder_paths[::10]:
        score = laid_out(path)
        parts = score.slices("page")
        assert [found for part in parts for found in timed(part)] == timed(score), path.name
        pages += len(parts)
    assert pages > 8


def test_slices_show_every_kind_of_edit_since_the_last_one() -> None:
    score = load_score(data="X:1\nL:1/4\nK:C\nCDEF|GABc|cBAG|\n", format="abc").score

    def second() -> Score:
        return score.slice(measures=range(1, 2))

    first_note = next(second().notes())
    assert (first_note.onset, first_note.pitch.step.value) == (0, "g")
    notes = list(score.notes())
    notes[4].pitch = notes[0].pitch  # a field
    assert next(second().notes()).pitch == notes[0].pitch
    notes[0].mei["numbase"], notes[0].mei["num"] = "1", "2"  # MEI attributes
    onset = second().excerpt.onset
    assert onset == Fraction(7, 2)
    notes[1].detach()  # the tree
    assert second().excerpt.onset == onset - 1
    score.measures[0].detach()
    assert next(second().notes()).pitch.step.value == "c"


def test_an_edit_of_another_score_leaves_the_index_of_slices_valid(monkeypatch: pytest.MonkeyPatch) -> None:
    tune = "X:1\nL:1/4\nK:C\nCDEF|GABc|\n"
    one, other = (load_score(data=tune, format="abc").score for _ in range(2))
    one.slice()
    updates: list[Score] = []
    plain = Score.update
    monkeypatch.setattr(Score, "update", lambda score: updates.append(score) or plain(score))
    next(other.notes()).mei["type"] = "mine"
    one.slice(measures=range(1))
    assert one not in updates
    next(one.notes()).mei["type"] = "mine"
    one.slice(measures=range(1))
    assert one in updates


def test_attributes_given_as_a_dictionary_are_watched_too() -> None:
    score = load_score(data="X:1\nL:1/4\nK:C\nCDEF|GABc|\n", format="abc").score
    note = next(score.notes())
    note.mei = {}
    assert score.slice(measures=range(1, 2)).excerpt.onset == 4
    note.mei.update(num="2", numbase="1")
    assert score.slice(measures=range(1, 2)).excerpt.onset == Fraction(7, 2)


def test_an_excerpt_is_shown_in_one_line_that_is_the_same_in_every_process() -> None:
    excerpt = Excerpt(4, 8, Fraction(12), ("1", "2"), coming_in=frozenset({"slur-1", "tie-3"}))
    assert repr(excerpt) == (
        "Excerpt(first_measure=4, measure_count=8, onset=12, staves=('1', '2'), coming_in=2 items)"
    )


def test_an_edited_slice_is_exported_as_edited() -> None:
    part = small_score().slice(measures=range(2))
    before = MusicXmlExporter().export_string(part)
    note = next(note for note in part.notes() if note.duration is not None)
    note.detach()
    after = MusicXmlExporter().export_string(part)
    assert f'id="{note.id}"' in before
    assert f'id="{note.id}"' not in after
