"""The option `paper` of models."""

from __future__ import annotations

import os
import warnings
from dataclasses import dataclass
from typing import Any

import numpy as np

from smashcima.orchestration.container import Container
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.interfaces import PaperSynthesizer
from smashcima.synthesis.paper import (
    PICTURE_SUFFIXES,
    PaperChoice,
    PaperStyleDomain,
    PicturePaperSynthesizer,
    ProceduralPaperSynthesizer,
    SolidColorPaperSynthesizer,
    resolve_papers,
)


@dataclass(frozen=True)
class PaperOption(ShortRepr):
    """The paper of a model: the synthesizer that draws it, and the styles to choose from."""

    shown: str
    """The option, for messages."""

    synthesizer: type[PaperSynthesizer]
    choice: PaperChoice = None
    """The styles of `ProceduralPaperSynthesizer`."""

    picture: PicturePaperSynthesizer | None = None

    @staticmethod
    def of(paper: Any) -> PaperOption:
        """The paper of an option.

        Raises:
            SettingsError: there is no such paper, or a picture cannot be read.
        """
        if isinstance(paper, np.ndarray):
            return _pictured("an array", paper)
        if isinstance(paper, os.PathLike) or (
            isinstance(paper, str) and paper.lower().endswith(PICTURE_SUFFIXES)
        ):
            return _pictured(repr(os.fspath(paper)), paper)
        if isinstance(paper, str) and paper == "solid":
            return PaperOption("'solid'", SolidColorPaperSynthesizer)
        if isinstance(paper, str) and paper == "any":
            paper = None
        if paper is not None:
            resolve_papers(paper)  # rejects unknown names before anything is built
        return PaperOption(repr(paper or "any"), ProceduralPaperSynthesizer, paper)

    def register(self, container: Container) -> None:
        """Registers the synthesizer."""
        if self.picture is not None:
            container.instance(PicturePaperSynthesizer, self.picture)
            container.interface(PaperSynthesizer, PicturePaperSynthesizer)
            return
        if self.synthesizer is ProceduralPaperSynthesizer:
            container.type(PaperStyleDomain)
        container.interface(PaperSynthesizer, self.synthesizer, register_impl=True)

    def warn_if_unused(self, used: PaperSynthesizer) -> None:
        """Warns if the option was given, and another synthesizer is registered."""
        if self.synthesizer is not SolidColorPaperSynthesizer and not isinstance(used, self.synthesizer):
            warnings.warn(
                f"The option paper={self.shown} has no effect, since {type(used).__name__} is registered as the "
                "PaperSynthesizer of the model.",
                stacklevel=3,
            )


def _pictured(shown: str, picture: Any) -> PaperOption:
    return PaperOption(shown, PicturePaperSynthesizer, picture=PicturePaperSynthesizer(picture))
