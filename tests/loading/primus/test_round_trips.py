"""Random incipits of the vocabulary of PrIMuS, read as scores and written again."""

from __future__ import annotations

from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from smashcima.exporting.primus import PrimusExporter
from smashcima.loading import load_score
from smashcima.loading.mashcima import score_of_annotation
from smashcima.loading.primus import agnostic_score, semantic_score
from smashcima.notations.mashcima import (
    parse_annotation_into_token_groups,
    stringify_token_groups_to_annotation,
)
from smashcima.notations.primus import (
    CLEFS,
    dot_position,
    parse_agnostic,
    parse_semantic,
    position_name,
    position_of,
    to_mashcima,
)
from smashcima.scene.semantic import Clef, ClefShape, Pitch, key_positions

RELAXED = settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))

Groups = dict[str, list[str]]


@pytest.fixture(scope="module")
def agnostic_words(shared_data: Path) -> list[str]:
    return _words(shared_data, "agnostic")


@pytest.fixture(scope="module")
def semantic_words(shared_data: Path) -> list[str]:
    return _words(shared_data, "semantic")


def _words(shared_data: Path, encoding: str) -> list[str]:
    path = shared_data / "primus" / "lists" / f"vocabulary_{encoding}.txt"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    return path.read_text().split()


def _grouped(words: list[str]) -> Groups:
    groups: Groups = defaultdict(list)
    for word in words:
        groups[word.split("-")[0].split(".")[0]].append(word)
    return groups


class AgnosticWalk:
    """A random walk through the vocabulary that keeps to the order of symbols in PrIMuS."""

    def __init__(self, data: st.DataObject, words: list[str]) -> None:
        self.draw = data.draw
        self.words = set(words)
        self.groups = _grouped(words)
        self.tokens: list[str] = []
        self.open_slurs = 0

    def chance(self) -> bool:
        return self.draw(st.booleans())

    def add(self, *tokens: str) -> None:
        assert self.words.issuperset(tokens), tokens
        self.tokens += tokens

    def incipit(self) -> list[str]:
        self.signatures()
        measures = self.draw(st.integers(1, 4))
        for number in range(measures):
            self.measure()
            if number + 1 < measures or self.chance():
                self.add("barline-L1")
                if self.chance() and number + 1 < measures:
                    self.signatures()
        return self.tokens

    def signatures(self) -> None:
        shape, line = self.draw(st.sampled_from(sorted(CLEFS, key=str)))
        self.add(f"clef.{shape.value}-L{line}")
        fifths = self.draw(st.integers(-7, 7))
        kind = "sharp" if fifths > 0 else "flat"
        names = [
            f"accidental.{kind}-{position_name(p)}"
            for p in key_positions(fifths, Clef(ClefShape(shape), line))
        ]
        if self.words.issuperset(names):
            self.add(*names)
        if self.chance():
            self.add(self.draw(st.sampled_from(self.groups["metersign"])))
        elif self.chance():
            for place in ("L4", "L2"):
                self.add(self.draw(st.sampled_from([d for d in self.groups["digit"] if d.endswith(place)])))

    def measure(self) -> None:
        if self.draw(st.integers(0, 4)) == 0:
            for digit in str(self.draw(st.integers(1, 199))):
                self.add(f"digit.{digit}-S5")
            self.add("multirest-L3")
            return
        for _ in range(self.draw(st.integers(1, 5))):
            kind = self.draw(st.sampled_from(["note", "note", "note", "rest", "gracenote", "beam", "beam"]))
            if kind == "rest":
                self.rest()
            elif kind == "beam":
                self.beam()
            else:
                self.note([word for word in self.groups[kind] if ".beamed" not in word])
        while self.open_slurs:
            self.note([word for word in self.groups["note"] if ".beamed" not in word], ends=self.open_slurs)

    def rest(self) -> None:
        if self.chance():
            self.add("fermata.above-S6")
        self.add(self.draw(st.sampled_from(self.groups["rest"])))
        self.add(*["dot-S3"] * self.draw(st.integers(0, 2)))

    def note(self, choices: list[str], ends: int | None = None) -> None:
        word = self.draw(st.sampled_from(choices))
        place = word[max(word.rfind("-L"), word.rfind("-S")) + 1 :]
        if ends is None:
            ends = self.draw(st.integers(0, self.open_slurs))
        if f"slur.end-{place}" in self.words:
            self.add(*[f"slur.end-{place}"] * ends)
            self.open_slurs -= ends
        if self.chance() and not word.startswith("grace"):
            self.add("fermata.above-S6")
        signs = [sign for sign in ("sharp", "flat", "natural") if f"accidental.{sign}-{place}" in self.words]
        if signs and self.chance():
            self.add(f"accidental.{self.draw(st.sampled_from(signs))}-{place}")
        self.add(word)
        dot = f"dot-{position_name(dot_position(position_of(place) or 0))}"
        if dot in self.words:
            self.add(*[dot] * self.draw(st.integers(0, 2)))
        if f"slur.start-{place}" in self.words and self.draw(st.integers(0, 3)) == 0:
            self.add(f"slur.start-{place}")
            self.open_slurs += 1

    def beam(self) -> None:
        inner = self.draw(st.integers(0, 3))
        for beam in ["Right", *["Both"] * inner, "Left"]:
            notes = [word for word in self.groups["note"] if f".beamed{beam}" in word]
            if beam == "Both":
                notes += [word for word in self.groups["gracenote"] if ".beamedBoth" in word]
            self.note(notes)


@RELAXED
@given(data=st.data())
def test_agnostic_incipits_come_back(data: st.DataObject, agnostic_words: list[str]):
    tokens = AgnosticWalk(data, agnostic_words).incipit()
    score, issues = agnostic_score(parse_agnostic(" ".join(tokens)))
    assert issues == []
    assert list(PrimusExporter("agnostic").export(score)) == tokens


@RELAXED
@given(data=st.data())
def test_complete_mashcima_annotations_say_the_same(data: st.DataObject, agnostic_words: list[str]):
    tokens = AgnosticWalk(data, agnostic_words).incipit()
    annotation = to_mashcima(" ".join(tokens), complete=True)
    assert annotation is not None
    groups, warnings = parse_annotation_into_token_groups(annotation)
    assert warnings == []
    assert stringify_token_groups_to_annotation(groups) == annotation
    score, issues = score_of_annotation(annotation)
    assert issues == []
    assert list(PrimusExporter("agnostic").export(score)) == tokens
    same, _ = agnostic_score(parse_agnostic(" ".join(tokens)))
    assert [note.pitch for note in score.notes()] == [note.pitch for note in same.notes()]


@RELAXED
@given(data=st.data())
def test_no_agnostic_token_is_lost_in_silence(data: st.DataObject, agnostic_words: list[str]):
    tokens = data.draw(st.lists(st.sampled_from(agnostic_words), min_size=1, max_size=12))
    score, issues = agnostic_score(parse_agnostic(" ".join(tokens)))
    exporter = PrimusExporter("agnostic")
    if not issues and not exporter.omissions(score):
        assert sorted(exporter.export(score)) == sorted(tokens)


def _semantic_incipit(data: st.DataObject, words: list[str]) -> list[str]:
    groups = _grouped(words)
    tokens = []
    for measure in range(data.draw(st.integers(1, 4))):
        kinds = ["clef", "keySignature", "timeSignature"]
        tokens += [
            data.draw(st.sampled_from(groups[kind]))
            for kind in kinds
            if not measure or data.draw(st.booleans())
        ]
        if data.draw(st.integers(0, 4)) == 0:
            tokens.append(data.draw(st.sampled_from(groups["multirest"])))
        else:
            for _ in range(data.draw(st.integers(1, 6))):
                kind = data.draw(st.sampled_from(["note", "note", "note", "rest", "gracenote", "tie"]))
                if kind == "tie":
                    note = data.draw(st.sampled_from(groups["note"]))
                    pitch = note.partition("_")[0]
                    tokens += [
                        note,
                        "tie",
                        data.draw(st.sampled_from([w for w in groups["note"] if w.startswith(f"{pitch}_")])),
                    ]
                else:
                    tokens.append(data.draw(st.sampled_from(groups[kind])))
        tokens.append("barline")
    return tokens if data.draw(st.booleans()) else tokens[:-1]


@RELAXED
@given(data=st.data())
def test_semantic_incipits_come_back(data: st.DataObject, semantic_words: list[str]):
    tokens = _semantic_incipit(data, semantic_words)
    score, issues = semantic_score(parse_semantic(" ".join(tokens)))
    assert issues == []
    assert list(PrimusExporter("semantic").export(score)) == tokens


@RELAXED
@given(data=st.data())
def test_no_semantic_token_is_lost_in_silence(data: st.DataObject, semantic_words: list[str]):
    tokens = data.draw(
        st.lists(st.sampled_from([*semantic_words, *["tie", "barline"] * 200]), min_size=1, max_size=12)
    )
    score, issues = semantic_score(parse_semantic(" ".join(tokens)))
    exporter = PrimusExporter("semantic")
    if not issues and not exporter.omissions(score):
        assert sorted(exporter.export(score)) == sorted(tokens)


@pytest.mark.parametrize("encoding", ["agnostic", "semantic"])
def test_incipits_written_from_mei_come_back(shared_data: Path, encoding: str):
    paths = sorted((shared_data / "primus").glob("0*/*.mei"))
    if not paths:
        pytest.skip(f"the test data lacks {shared_data / 'primus'}")
    exporter, semantic = PrimusExporter(encoding, "highest"), PrimusExporter("semantic", "highest")
    for path in paths:
        score = load_score(path).score
        text = exporter.export_string(score)
        loaded = load_score(data=text, format=encoding)
        assert loaded.issues == (), path.name
        assert exporter.export_string(loaded.score) == text
        assert semantic.export_string(loaded.score) == semantic.export_string(score)


@pytest.mark.parametrize("encoding", ["agnostic", "semantic"])
def test_the_encoded_incipit_of_the_data_comes_back(shared_data: Path, encoding: str):
    path = shared_data / "primus" / "000051652-1_2_1" / f"000051652-1_2_1.{encoding}"
    if not path.is_file():
        pytest.skip(f"the test data lacks {path}")
    loaded = load_score(path)
    assert loaded.issues == ()
    assert PrimusExporter(encoding).export_string(loaded.score) == path.read_text().strip()
    assert [str(note.pitch) for note in loaded.score.notes()] == [
        "Bb4", "Bb4", "G4", "Eb5", "D5", "C5", "C5",
    ]  # fmt: skip
    assert Pitch.parse("Bb4") == next(iter(loaded.score.notes())).pitch
