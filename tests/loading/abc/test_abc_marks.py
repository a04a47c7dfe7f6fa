from __future__ import annotations

import pytest

from smashcima.scene.semantic import (
    Articulation,
    ControlEvent,
    Direction,
    Dynamic,
    Fermata,
    Fingering,
    Hairpin,
    Harmony,
    Note,
    RehearsalMark,
    Score,
    Slur,
    Syllable,
    Tempo,
    Tie,
    Trill,
    Verse,
)
from tests.loading.abc.abc_scores import HEAD, issues_of, score_of


def ends(score: Score, kind: type[ControlEvent]) -> list[tuple[str, str]]:
    """The notes at which the marks of a kind start and end."""
    return [(_name(mark.start), _name(mark.end)) for mark in score.descendants(kind)]


def _name(event: object) -> str:
    return str(event.pitch) if isinstance(event, Note) else type(event).__name__


def test_ties_within_and_between_bars_and_in_chords():
    score = score_of("c-c d2-|d [ce]-[ce] [c-e][cf]|")
    assert [(str(t.start.pitch), str(t.end.pitch)) for t in score.descendants(Tie)] == [  # type: ignore[union-attr]
        ("C5", "C5"), ("D5", "D5"), ("C5", "C5"), ("E5", "E5"), ("C5", "C5"),
    ]  # fmt: skip


def test_a_tie_to_another_pitch_is_drawn_as_a_slur_and_named():
    assert ends(score_of("c-d z2|"), Slur) == [("C5", "D5")]
    assert issues_of("c-d z2|") == ["measure 1: tie: it leads to another pitch; drawn as a slur"]
    assert issues_of("c- z3|") == ["measure 1: tie: no note follows; not drawn"]


def test_slurs_nest_and_may_end_and_start_at_one_note():
    assert ends(score_of("(c (d e) f)|"), Slur) == [("D5", "E5"), ("C5", "F5")]
    assert ends(score_of("(c d (e) f)|"), Slur) == [("C5", "E5"), ("E5", "F5")]
    assert ends(score_of("({g}a2 b2)|"), Slur) == [("G5", "B5")]
    assert ends(score_of("(c4|d4)|"), Slur) == [("C5", "D5")]


def test_unbalanced_slurs_are_named():
    assert issues_of("(c4|") == ["measure 1: slur: 1 without an end; not drawn"]
    assert issues_of("c4)|") == ["measure 1: slur: it has an end without a start; not drawn"]


@pytest.mark.parametrize(
    ("music", "kind"),
    [
        (".c", "stacc"), ("Lc", "acc"), ("!>!c", "acc"), ("!tenuto!c", "ten"), ("uc", "upbow"), ("vc", "dnbow"),
        ("!wedge!c", "stacciss"), ("!open!c", "open"), ("!snap!c", "snap"), ("!+!c", "lhpizz"), (".[ce]", "stacc"),
    ],
)  # fmt: skip
def test_articulations(music: str, kind: str):
    (found,) = score_of(f"{music}4|").descendants(Articulation)
    assert found.kinds == (kind,)


@pytest.mark.parametrize(
    ("music", "tag", "attributes"),
    [
        ("Hc", "fermata", {"place": "above"}), ("!invertedfermata!c", "fermata", {"form": "inv"}), ("Tc", "trill", {}),
        ("Mc", "mordent", {"form": "lower"}), ("Pc", "mordent", {"form": "upper"}), ("!turn!c", "turn", {"form": "upper"}),
        ("!invertedturn!c", "turn", {"form": "lower"}), ("Oc", "repeatMark", {"function": "coda"}),
        ("Sc", "repeatMark", {"function": "segno"}), ("!D.C.!c", "repeatMark", {"function": "daCapo"}),
        ("!fine!c", "repeatMark", {"function": "fine"}), ("!breath!c", "breath", {}), ("~c", "ornam", {}),
        ("!mf!c", "dynam", {}), ("!3!c", "fing", {}), ("!arpeggio![ce]", "arpeg", {}), ("+trill+c", "trill", {}),
    ],
)  # fmt: skip
def test_decorations_are_marks(music: str, tag: str, attributes: dict[str, str]):
    score = score_of(f"{music}4|")
    (mark,) = score.marks()
    assert mark.tag == tag
    assert {name: getattr(mark, name) for name in attributes} == attributes
    assert mark.start is not None
    assert issues_of(f"{music}4|") == []


def test_hairpins_and_trill_lines_end_at_the_last_note_before_their_sign():
    score = score_of("!<(!c d!<)! !diminuendo(!e f!diminuendo)!|!trill(!c d2!trill)! e|")
    assert ends(score, Hairpin) == [("C5", "D5"), ("E5", "F5")]
    assert ends(score, Trill) == [("C5", "D5")]


def test_symbols_may_be_redefined():
    text = HEAD.replace("K:", 'U:T = !f!\nU: W = "^solo"\nU:H=!nil!\nK:') + "Tc Wd H e2|\n"
    score = score_of(text)
    assert [mark.text for mark in score.descendants(Dynamic)] == ["f"]
    assert [mark.text for mark in score.descendants(Direction)] == ["solo"]
    assert list(score.descendants(Fermata)) == []


def test_a_decoration_that_cannot_be_drawn_is_named():
    assert issues_of("!slide!c4|") == ["measure 1: decoration: !slide! is not drawn"]
    assert issues_of("!nonsense!c4|") == ["measure 1: decoration: !nonsense! is not drawn"]


def test_fingerings_of_the_notes_of_a_chord():
    marks = list(score_of("[!1!C!3!E!5!G]4|").descendants(Fingering))
    assert [(mark.text, _name(mark.start)) for mark in marks] == [("1", "C4"), ("3", "E4"), ("5", "G4")]


def test_chord_symbols_and_annotations():
    score = score_of('"Am7"c "F#m/C#"d "Bb"e "^high"f|"_low"c "@any"d2 "C\\u266f"e|')
    assert [mark.text for mark in score.descendants(Harmony)] == ["Am7", "F♯m/C♯", "B♭", "C♯"]
    assert [(mark.text, mark.place) for mark in score.descendants(Direction)] == [
        ("high", "above"), ("low", "below"), ("any", "above"),
    ]  # fmt: skip


def test_a_mark_at_a_barline_stands_at_the_end_of_its_bar():
    score = score_of('c4"^Fine"|d4 !fermata!|]')
    fine, fermata = score.marks()
    assert (fine.start, fine.beat, fermata.beat) == (None, 5, 5)


def test_a_spacer_carries_marks_at_its_time():
    score = score_of('c2 "Am" !p! y d2|')
    assert [(mark.tag, mark.beat) for mark in score.marks()] == [("harm", 3), ("dynam", 3)]


def test_tempos():
    assert [t.text for t in score_of(HEAD.replace("K:", 'Q:"Slow"\nK:') + "c4|").descendants(Tempo)] == [
        "Slow"
    ]
    (tempo,) = score_of(HEAD.replace("K:", 'Q:"Allegro" 3/8=80\nK:') + "c4|").descendants(Tempo)
    assert (tempo.bpm, tempo.mei["mm"], tempo.mei["mm.unit"], tempo.mei["mm.dots"]) == (120, "80", "4", "1")
    (old,) = score_of(HEAD.replace("K:", "Q:120\nK:") + "c4|").descendants(Tempo)
    assert (old.bpm, old.mei["mm.unit"]) == (120, "4")
    assert issues_of(HEAD.replace("K:", "Q:fast\nK:") + "c4|") == [
        "Q field: 'fast' is not a tempo; not drawn"
    ]


def test_parts_inside_the_tune_are_rehearsal_marks():
    score = score_of("c4|\nP:B\nd4|[P:C]e4|")
    assert [(mark.text, _name(mark.start)) for mark in score.descendants(RehearsalMark)] == [
        ("B", "D5"),
        ("C", "E5"),
    ]


# -- lyrics: chapter 5 -------------------------------------------------------------------------------------------


def sung(score: Score, verse: str = "1") -> str:
    """The syllables of a verse, `-` or `_` behind those with a hyphen or extender, `.` for notes without one."""
    words = []
    for note in score.notes():
        found = [s for v in note.children_of(Verse) if v.n == verse for s in v.children_of(Syllable)]
        signs = {"d": "-", "u": "_"}
        words.append(
            "+".join(s.text + signs.get(s.connector.value if s.connector else "", "") for s in found) or "."
        )
    return " ".join(words)


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("one two three four", "one two three four . . . ."),
        ("syll-a-ble", "syll- a- ble . . . . ."),
        ("syll-a--ble", "syll- a- . ble . . . ."),
        ("syll-a -ble", "syll- a- . ble . . . ."),
        ("time__ goes", "time_ . . goes . . . ."),
        ("of~the~day x", "of the day x . . . . . ."),
        ("one * two", "one . two . . . . ."),
        ("one | two", "one . . . two . . ."),
        ("one two three four | five", "one two three four five . . ."),
        ("a\\-b c", "a-b c . . . . . ."),
        ("1.~Three blind", "1. Three blind . . . . . ."),
        ("1. Three blind", "1. Three blind . . . . . ."),
        ("", ". . . . . . . ."),
    ],
)
def test_lyrics_are_aligned(line: str, expected: str):
    assert sung(score_of(f"CDEF|GABc|\nw:{line}\n")) == expected


def test_rests_and_grace_notes_have_no_syllables():
    assert sung(score_of("C z {g}D E|\nw:one two three\n")) == "one . two three"


def test_adjacent_lines_are_verses_and_a_plus_continues_one():
    score = score_of("CDEF|\nw:a b\n+:c d\nw:e f\n")
    assert (sung(score), sung(score, "2")) == ("a b c d", "e f . .")


def test_lyrics_belong_to_the_line_above_or_after_earlier_lyrics_by_version():
    music = "CDEF|\nGABc|\nw:one two three four\n"
    assert sung(score_of(music)) == ". . . . one two three four"
    assert sung(score_of("%abc-2.1\n" + HEAD + music)) == "one two three four . . . ."


def test_lyrics_below_the_tune_reach_back_to_its_start():
    assert sung(score_of("CDEF|\nGABc|\nw:a b c d e f g h\n")) == "a b c d e f g h"


def test_positions_in_words_cross_lines():
    score = score_of("CD\nw:hal-le-\nEF|\nw:lu-ja\n")
    positions = [s.word_position.value for s in score.descendants(Syllable) if s.word_position]
    assert positions == ["i", "m", "m", "t"]


def test_syllables_without_notes_are_named():
    assert issues_of("CDEF|\nw:a b c d e f\n") == ["measure 2: lyric syllable: 2 more than notes; not drawn"]


def test_symbol_lines_are_aligned_like_lyrics():
    score = score_of('CDEF|\ns:"Am" * !f! !>!\n')
    assert [(mark.tag, _name(mark.start)) for mark in score.marks()] == [("harm", "C4"), ("dynam", "E4")]
    (accent,) = score.descendants(Articulation)
    assert accent.kinds == ("acc",)
