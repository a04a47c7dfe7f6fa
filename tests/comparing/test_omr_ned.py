"""OMR-NED by musicdiff, and a clear error where it is not installed."""

from __future__ import annotations

import sys

import pytest

from smashcima.comparing import omr_ned
from smashcima.errors import ExportError
from smashcima.scene.semantic import Score, ScoreBuilder, note


def melody(last: str) -> Score:
    builder = ScoreBuilder(time="4/4")
    builder.add_part("", "treble")
    for pitches in (("C4", "D4", "E4", "F4"), ("G4", "F4", "E4", last)):
        builder.add_voice(builder.add_measure(), 1, *(note(pitch, "quarter") for pitch in pitches))
    return builder.build()


def test_a_wrong_pitch_is_a_note_to_delete_and_one_to_insert() -> None:
    pytest.importorskip("musicdiff")
    found = omr_ned(melody("D4"), melody("A4"))
    assert found.edit_distance == 4  # musicdiff counts two symbols for a quarter note
    assert found.symbols == found.result_symbols
    assert found.normalized == found.edit_distance / (2 * found.symbols)
    assert list(found.kinds) == ["note"]
    assert "-(Note) D4" in found.text
    assert "+(Note) A4" in found.text
    assert found.to_dict()["omr_ned"] == found.normalized


def test_equal_scores_have_no_distance() -> None:
    pytest.importorskip("musicdiff")
    found = omr_ned(melody("D4"), melody("D4"))
    assert (found.edit_distance, found.normalized, found.text) == (0, 0, "")


def test_without_musicdiff_the_error_says_how_to_install_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "musicdiff", None)
    monkeypatch.delitem(sys.modules, "musicdiff.annotation", raising=False)
    with pytest.raises(ExportError, match=r"pip install 'smashcima\[compare\]'"):
        omr_ned(melody("D4"), melody("D4"))
