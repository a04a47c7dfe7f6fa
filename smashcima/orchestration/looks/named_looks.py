"""The looks that come with Smashcima, and the choice of one by its name or file."""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path

from smashcima.errors import SettingsError, described
from smashcima.imaging.filters import ResolutionLoss, Uniform
from smashcima.orchestration.looks.look import Look
from smashcima.orchestration.recipes.names import closest
from smashcima.orchestration.recipes.text_form import SUFFIXES

_ALL = (
    Look("clean", {"paper": "solid"}, "White paper without any degradation."),
    Look(
        "manuscript",
        {"hand": "pen", "paper": "cream-manuscript", "postprocessing": "old-manuscript", "strength": 0.5},
        "The generated pen on cream paper, with the traces of some decades: the first page of the README.",
    ),
    Look(
        "old-manuscript",
        {
            "hand": "quill",
            "own_layout": True,
            "paper": "laid-18th-century",
            "postprocessing": "old-manuscript",
        },
        "A quill on laid paper, with faded ink, stains and the music of the back, on a copy stand.",
    ),
    Look(
        "scan", {"paper": "white-office", "postprocessing": "scan"}, "Office paper under a flatbed scanner."
    ),
    Look(
        "photo", {"paper": "ivory-music", "postprocessing": "photo"}, "Music paper in front of a telephone."
    ),
    Look(
        "photocopy",
        {"paper": "white-office", "postprocessing": "photocopy"},
        "A grey copy with dark edges, scanned.",
    ),
    Look(
        "bitonal",
        {"paper": "white-office", "postprocessing": "bitonal"},
        "A scan in black and white, like most sheet music on the web.",
    ),
    Look(
        "fax",
        {
            "paper": "white-office",
            "postprocessing": [ResolutionLoss(dpi=Uniform(90, 115)), "bitonal"],
        },
        "A telefax: black and white, in low resolution.",
    ),
    Look(
        "photo-closeup",
        {"paper": "white-office", "postprocessing": "photo-closeup"},
        "A few systems in front of a telephone that is held close.",
    ),
    Look(
        "photo-book",
        {"paper": "ivory-music", "postprocessing": "photo-book"},
        "An open book in front of a telephone.",
    ),
    Look("screenshot", {"paper": "solid", "postprocessing": "screenshot"}, "A page on a screen."),
    Look(
        "scan-grey",
        {"paper": "white-office", "postprocessing": "scan-grey"},
        "A grey scan with clipped paper.",
    ),
    Look(
        "scan-bitonal-poor",
        {"paper": "white-office", "postprocessing": "scan-bitonal-poor"},
        "A poor scan in black and white: broken lines and filled heads.",
    ),
    Look(
        "microfilm",
        {"paper": "ivory-music", "postprocessing": "microfilm"},
        "A page on microfilm, digitised.",
    ),
)

LOOKS: Mapping[str, Look] = {look.name: look for look in _ALL}
"""All looks by name."""

NO_LOOK = Look("none")
"""Leaves everything open."""


def find_look(choice: str | os.PathLike[str] | Look | None) -> Look:
    """The look of a name, the one in a file, or the given one; `NO_LOOK` for `None`.

    Raises:
        SettingsError: there is no look of this name.
        RecipeError: the file cannot be read or is not a look.
    """
    if choice is None:
        return NO_LOOK
    if isinstance(choice, Look):
        return choice
    if isinstance(choice, str) and choice in LOOKS:
        return LOOKS[choice]
    if isinstance(choice, os.PathLike) or (
        isinstance(choice, str) and Path(choice).suffix.lower() in SUFFIXES
    ):
        return Look.load(Path(choice))
    near = closest(choice, LOOKS) if isinstance(choice, str) else ""
    raise SettingsError(
        f"There is no look {described(choice)}{near}; available: {', '.join(LOOKS)}, or a file (look.yaml)."
    )
