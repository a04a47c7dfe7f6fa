"""The collector rests while scenes are made, and is as it was afterwards."""

from __future__ import annotations

import gc

import pytest

from smashcima.scene.graph import garbage_collection_paused


def test_the_collector_rests_and_wakes_even_after_an_error() -> None:
    def fail() -> None:
        with garbage_collection_paused():
            assert not gc.isenabled()
            raise ValueError("boom")

    assert gc.isenabled()
    with pytest.raises(ValueError, match="boom"):
        fail()
    assert gc.isenabled()


def test_a_collector_that_was_off_stays_off() -> None:
    gc.disable()
    try:
        with garbage_collection_paused():
            pass
        assert not gc.isenabled()
    finally:
        gc.enable()
