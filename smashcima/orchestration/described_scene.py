"""The scene of a description."""

from __future__ import annotations

from typing import Any

from smashcima.composing import Conditions
from smashcima.composing.descriptions import Description, parse_description
from smashcima.composing.descriptions.metadata import metadata_of
from smashcima.orchestration.music_scene import MusicScene


class DescribedScene(MusicScene):
    """A score with its pages, the text that asked for it, and a caption of what came of it."""

    text: str = ""
    """The description."""

    caption: str = ""
    """What the pages show, in the pattern of MusicScore: what was asked for, and key, metre, instruments, tempo, number of
    measures, title and composer as composed."""

    @property
    def description(self) -> Description:
        """What was understood of the text, what was ignored, and which parts contradict each other."""
        return parse_description(self.text)

    @property
    def conditions(self) -> Conditions:
        """The conditions of the caption, all of them constants."""
        return parse_description(self.caption).conditions

    @property
    def metadata(self) -> dict[str, str]:
        """Facts about the piece in the fields of MusicScore, which are those of IMSLP."""
        return metadata_of(self.conditions)

    def to_data(self) -> dict[str, Any]:
        """Description, caption, metadata and issues, as JSON-compatible data."""
        return {
            **self.description.to_data(),
            "caption": self.caption,
            "metadata": self.metadata,
            "issues": [str(issue) for issue in self.issues],
            "seed": self.seed,
            "index": self.index,
        }
