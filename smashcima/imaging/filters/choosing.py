"""What a model takes as its postprocessing."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any, TypeAlias

from smashcima.errors import WrongTypeError, described
from smashcima.imaging.compositing.postprocessor import NullPostprocessor, Postprocessor
from smashcima.imaging.filters.filter import Filter
from smashcima.imaging.filters.pixel_function import PixelFunction
from smashcima.imaging.filters.stack import FilterStack

OnePostprocessing: TypeAlias = Postprocessor | str | Callable[..., Any]
PostprocessingChoice: TypeAlias = OnePostprocessing | Sequence[OnePostprocessing]
"""A `Postprocessor`; the name of a preset; a function from pixels to pixels, as for `PixelFunction`; or several of these,
which are applied in order."""

_KINDS = "the name of a preset, a filter, a function from pixels to pixels, or a list of these"


def chosen_postprocessor(choice: PostprocessingChoice) -> Postprocessor:
    """The postprocessor of a choice; a `Postprocessor` is returned as it is.

    Raises:
        SettingsError: the choice is none, or a preset does not exist.
    """
    if isinstance(choice, Postprocessor):
        return choice
    if isinstance(choice, str):
        from smashcima.imaging.filters.presets import preset  # needs all filters

        return preset(choice)
    if isinstance(choice, type):
        raise WrongTypeError(f"postprocessing needs an object, not {described(choice)}: {choice.__name__}().")
    if callable(choice):
        return PixelFunction(choice)
    if isinstance(choice, Sequence):
        return FilterStack(_distinct([_filter_of(each) for each in choice]), name="postprocessing")
    raise WrongTypeError(f"postprocessing must be {_KINDS}, not {described(choice)}.")


def _filter_of(choice: OnePostprocessing) -> Filter:
    found = chosen_postprocessor(choice)
    if isinstance(found, NullPostprocessor):
        return FilterStack()
    if not isinstance(found, Filter):
        raise WrongTypeError(f"A list for postprocessing may hold filters, but not {described(found)}.")
    return found


def _distinct(filters: list[Filter]) -> list[Filter]:
    """Gives functions and presets that have the same name numbers; names of other filters are left to the user."""
    seen: Counter[str] = Counter()
    for each in filters:
        seen[each.name] += 1
        if seen[each.name] > 1 and isinstance(each, PixelFunction | FilterStack):
            each.name = f"{each.name}-{seen[each.name]}"
    return filters
