"""The reading as a whole: ids, damaged files, the format."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smashcima.errors import MalformedSourceError, SmashcimaError
from smashcima.loading import load_score
from smashcima.loading.mro import read_document
from smashcima.mei import read_mei, write_mei
from smashcima.notations.mro import MroDocument, parse_mro
from tests.loading.mro.mro_text import (
    bar,
    beam,
    chord,
    file,
    first_bar,
    half,
    lyric_line,
    note,
    one_stave,
    page,
    quarter,
    stave,
    system,
    triplet,
    whole,
)
from tests.loading.mro.reading import reading
from tests.notations.mro.every_slot import EVERY_SLOT

FULL = file(
    page(
        system(
            stave(
                first_bar(
                    *[quarter(100 + 30 * n, n, extra=triplet() + " " + beam(0, 3, int(n > 0), int(n < 2)), of_note="accid Sharp") for n in range(3)],
                    chord(200, note(0), note(2), extra="accent True pause True trill True nflags 1"),
                    quarter(240, 0, extra="nflags 1"),
                    half(280, 0),
                    end=350,
                    keys=("key 1 centre 32,50",),
                ),
                bar(whole(400, 0), end=500, barline="ThinThick"),
                lyrics=(lyric_line((100, 0, "la")),),
                texts=('abot -20 c0 100 text$ "dolce"',),
                dynamics=("type Dyn_p c 100 r 90",),
            ),
            slurs=("leftpt 10,100 rightpt 10,200 radius -60",),
        )
    ),
    title="Tune",
)  # fmt: skip


def test_every_object_of_the_document_has_an_object_of_the_score():
    made = reading(FULL)
    kinds = {path: type(made.score.by_id(id)).__name__ for path, id in made.ids.items()}
    place = (0, 0, 0, 0)
    expected = {
        ("stave", 0, 0, 0): "Staff",
        ("bar", *place): "Measure",
        ("barline", 0, 0, 0, 1): "Measure",
        ("clef", *place, 0): "Clef",
        ("keysig", *place, 0): "KeySignature",
        ("timesig", *place): "TimeSignature",
        ("chord", *place, 0): "Note",
        ("note", *place, 0, 0): "Note",
        ("accid", *place, 0, 0): "Accidental",
        ("beam", *place, 1): "Beam",
        ("tuplet", *place, 2): "Tuplet",
        ("chord", *place, 3): "Chord",
        ("note", *place, 3, 1): "Note",
        ("accent", *place, 3): "Articulation",
        ("pause", *place, 3): "Fermata",
        ("trill", *place, 3): "Trill",
        ("slur", 0, 0, 0): "Slur",
        ("lyricelement", 0, 0, 0, 0, 0): "Syllable",
        ("text", 0, 0, 0, 0): "Direction",
        ("dynamic", 0, 0, 0, 0): "Dynamic",
    }
    assert {path: kinds[path] for path in expected} == expected
    assert made.score.title == "Tune"
    assert made.issues == ()


def test_the_score_is_written_and_read_as_mei():
    made = reading(FULL)
    mei = write_mei(made.score)
    again, issues = read_mei(mei)
    assert issues == []
    assert write_mei(again) == mei


def test_the_format_is_recognised_by_its_content():
    assert load_score(data=FULL).source is not None
    assert load_score(data=FULL.encode("latin-1")).score.title == "Tune"


def test_a_file_with_every_slot_is_read(tmp_path):
    path = tmp_path / "trout.mro"
    path.write_bytes(EVERY_SLOT)
    loaded = load_score(path)
    assert loaded.score.title == 'The "Trout"'
    assert [str(note.pitch) for note in loaded.score.notes()] == ["F#4", "Ab3"]


def test_a_document_without_bars_is_an_error():
    with pytest.raises(MalformedSourceError, match="has no bars"):
        read_document(MroDocument())


SLOW = settings(max_examples=80, deadline=None, suppress_health_check=list(HealthCheck))

TEXTS = [
    FULL,
    EVERY_SLOT.decode("latin-1"),
    one_stave(first_bar(half(100, 0), half(120, 0, up=False), end=200)),
]
NUMBERS = st.sampled_from(["0", "-1", "1", "7", "-999999999", "999999999", "99"])


@SLOW
@given(st.data())
def test_damaged_files_become_scores_or_errors(data):
    tokens = data.draw(st.sampled_from(TEXTS)).split()
    for _ in range(data.draw(st.integers(1, 8))):
        index = data.draw(st.integers(0, len(tokens) - 1))
        what = data.draw(st.sampled_from(["drop", "double", "number", "pair", "fraction", "truth", "cut"]))
        if what == "drop":
            del tokens[index]
        elif what == "double":
            tokens[index:index] = tokens[index : index + data.draw(st.integers(1, 30))]
        elif what == "number":
            tokens[index] = data.draw(NUMBERS)
        elif what == "pair":
            tokens[index] = f"{data.draw(NUMBERS)},{data.draw(NUMBERS)}"
        elif what == "fraction":
            tokens[index] = f"{data.draw(NUMBERS)}/{data.draw(NUMBERS)}"
        elif what == "truth":
            tokens[index] = data.draw(st.sampled_from(["True", "False"]))
        elif index > 5:
            del tokens[index:]
    text = " ".join(tokens)
    try:
        loaded = load_score(data=text, format="mro")
    except SmashcimaError:
        return
    write_mei(loaded.score)
    made = read_document(parse_mro(text)[0])
    assert all(made.score.by_id(id) is not None for id in made.ids.values())


def test_many_bars_with_different_counts_on_each_stave_are_read():
    staves = [
        stave(*[bar(whole(80 * n + 40, 0), end=80 * n + 80) for n in range(count)], top=100 + 136 * index)
        for index, count in enumerate((40, 39, 3, 0))
    ]
    document, _ = parse_mro(file(page(system(*staves))))
    assert len(read_document(document).score.measures) == 40
