"""The traceback of an error of a model shows the caller's line and the cause, without dependency injection."""

from __future__ import annotations

import traceback

import pytest

import smashcima as sc
from smashcima.errors import SettingsError


class OutOfPaper(sc.BaseHandwrittenModel):
    def register_services(self) -> None:
        super().register_services()
        self.container.factory(sc.PaperSynthesizer, self.make_paper)

    def make_paper(self) -> sc.PaperSynthesizer:
        raise SettingsError("No paper is left.") from OSError("empty tray")


def test_the_traceback_of_a_service_leaves_out_the_container() -> None:
    with pytest.raises(SettingsError, match="No paper is left") as caught:
        OutOfPaper(hand="pen")
    frames = traceback.extract_tb(caught.value.__traceback__)
    assert frames[0].name == "test_the_traceback_of_a_service_leaves_out_the_container"
    assert frames[-1].name == "make_paper"
    assert not any("punq" in frame.filename or "container" in frame.filename for frame in frames)
    assert isinstance(caught.value.__cause__, OSError)
