"""What a command needs, checked before it begins: packages of extras, and sheets that can be drawn."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from smashcima.errors import ExportError, SettingsError
from smashcima.extras import need

if TYPE_CHECKING:
    from smashcima.orchestration import ScoreModel

_EXTRAS = {"lmx": ("lmx", "linearized-musicxml")}
"""Module and package that a format of the music needs, by the name of the format, which is that of the extra."""


def check_extras(formats: Iterable[str]) -> None:
    """Raises a `SettingsError` if a format needs a package that is not installed."""
    for name in formats:
        if name in _EXTRAS:
            module, package = _EXTRAS[name]
            need(module, name, f"The format {name} needs", package)


def check_sheet(model: ScoreModel) -> None:
    """Raises a `SettingsError` if images of whole sheets would be too large at the resolution of a model."""
    from smashcima.engraving import Breaks
    from smashcima.geometry import Rectangle
    from smashcima.imaging import PixelGrid

    if model.layout.breaks is Breaks.NONE:
        return  # the width of the sheet follows from the score
    size = model.layout.page_size
    try:
        PixelGrid.over(Rectangle(0, 0, size.width, size.height), model.dpi)
    except ExportError as error:
        raise SettingsError(
            str(error).replace("or render a smaller view box", "or choose a smaller --page")
        ) from error
