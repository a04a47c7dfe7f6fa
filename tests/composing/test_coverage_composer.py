"""Coverage music contains the wanted signs in the wanted numbers, counted in the engraving."""

from __future__ import annotations

from collections import Counter

import pytest

from smashcima.composing import SIGNS, Conditions, CoverageComposer
from smashcima.engravers.verovio import VerovioEngraver
from smashcima.engraving import LayoutOptions, Symbol
from smashcima.errors import SettingsError
from smashcima.mei import write_mei
from smashcima.scene.semantic import Articulation, Note, Score

INEXACT = ("timeSig", "gClef", "fClef", "augmentationDot")
"""Signs that occur more often than wanted: digits come in pairs, and clefs are repeated at the start of systems. Dots are
no symbols of the engraving."""


def drawn(score: Score) -> Counter[str]:
    engraving = VerovioEngraver().engrave(score, LayoutOptions())
    assert engraving.issues == ()
    return Counter(
        primitive.name
        for page in engraving.pages
        for primitive in page.primitives
        if isinstance(primitive, Symbol)
    )


def test_every_sign_occurs_as_often_as_wanted():
    made = CoverageComposer(times=8).composition(rng=3)
    assert made.issues == ()
    assert made.score.update() == []
    found = drawn(made.score)
    for name in SIGNS:
        if not name.startswith(INEXACT):
            most = 14 if name.startswith("flag") else 8  # flags fill measures
            assert 8 <= found[name] <= most, name
        elif name != "augmentationDot":
            assert found[name] >= 8, name


def test_measures_are_full():
    score = CoverageComposer(times=3).compose(rng=1)
    for measure in score.measures:
        time = measure.staves[0].time_signature
        assert time is not None
        assert measure.voices[0].quarter_length == time.quarter_length


def test_pairs_occur_too():
    composer = CoverageComposer(
        ("flag8thUp", "noteheadHalf", "articAccentAbove", "accidentalFlat"), times=1, pairs=2
    )
    made = composer.composition(rng=1)
    assert made.issues == ()
    positions = Counter(note.position for note in made.score.notes() if note.accidental is not None)
    assert all(positions[position] >= 2 for position in range(-6, 7))
    accented = Counter(
        str(note.duration)
        for note in made.score.notes()
        if any(isinstance(x, Articulation) for x in note.children)
    )
    assert accented["eighth"] >= 2
    assert accented["half"] >= 2


def test_what_does_not_fit_is_named():
    made = CoverageComposer(times=5).composition(Conditions(measures=3, metre="2/4", key="D major"), 1)
    assert len(made.score.measures) == 3
    assert {issue.element for issue in made.issues} >= {"noteheadWhole", "timeSig7"}


def test_the_same_seed_gives_the_same_score():
    first, second, other = (write_mei(CoverageComposer(times=1).compose(rng=rng)) for rng in (5, 5, 6))
    assert first == second
    assert first != other
    assert any(isinstance(each, Note) for each in CoverageComposer(times=1).compose(rng=5).notes())


def test_unknown_signs_are_refused():
    with pytest.raises(SettingsError, match="did you mean 'accidentalSharp'"):
        CoverageComposer(("accidentalSharpp",))
    with pytest.raises(SettingsError, match="times must be"):
        CoverageComposer(times=-1)
