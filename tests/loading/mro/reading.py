"""Functions that read MRO text in tests."""

import smashcima as sc
from smashcima.loading import load_score
from smashcima.loading.mro import MroReading, read_document
from smashcima.notations.mro import parse_mro
from smashcima.scene.semantic import Measure, Voice


def load(text: str) -> sc.Score:
    """The score of a text without flaws."""
    loaded = load_score(data=text, format="mro")
    assert loaded.issues == ()
    return loaded.score


def issues(text: str) -> list[str]:
    return [str(issue) for issue in load_score(data=text, format="mro").issues]


def reading(text: str) -> MroReading:
    document, found = parse_mro(text)
    assert found == []
    return read_document(document)


def pitches(part: sc.Score | Measure | Voice) -> list[str]:
    return [str(note.pitch) for note in part.descendants(sc.Note)]


def onsets(part: sc.Score | Measure | Voice) -> list[object]:
    return [note.onset_in_measure for note in part.descendants(sc.Note)]
