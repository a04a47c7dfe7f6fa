"""The bundles that there are by name: ours, and those that other packages offer."""

from __future__ import annotations

import difflib
import importlib
from typing import TYPE_CHECKING

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.errors import AssetError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "smashcima.bundles"
"""The group of entry points by which a package offers bundles: `MyBundle = "my_package.assets:MyBundle"`."""

_OURS = {
    "MuscimaPP": "smashcima.assets.bundles.muscima_pp:MuscimaPP",
    "MuscimaPPGlyphs": "smashcima.assets.muscima:MuscimaPPGlyphs",
    "MzkPaperPatches": "smashcima.assets.paper:MzkPaperPatches",
}


def bundle_names() -> tuple[str, ...]:
    """The names of all bundles that can be installed by name, ours first. Nothing is imported for it."""
    theirs = sorted(point.name for point in _entry_points())
    return tuple(dict.fromkeys((*_OURS, *theirs)))


def bundle_by_name(name: str) -> type[AssetBundle]:
    """The class of a bundle; capitals do not matter.

    Raises:
        AssetError: there is none of that name, or it cannot be imported.
    """
    names = bundle_names()
    known = {each.lower(): each for each in names}
    exact = known.get(name.lower())
    if exact is None:
        closest = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.4)
        hint = f" Closest: {known[closest[0]]}." if closest else ""
        raise AssetError(f"There is no asset bundle {name!r}. There are: {', '.join(names)}.{hint}")
    try:
        found = _load(exact)
    except (ImportError, AttributeError) as error:
        raise AssetError(f"The asset bundle {exact} cannot be imported: {error}") from error
    if not (isinstance(found, type) and issubclass(found, AssetBundle)):
        raise AssetError(
            f"What is offered as the asset bundle {exact} is {found!r}, not a subclass of AssetBundle."
        )
    return found


def _load(name: str) -> object:
    if name in _OURS:
        module, _, attribute = _OURS[name].partition(":")
        return getattr(importlib.import_module(module), attribute)
    (point, *_) = (point for point in _entry_points() if point.name == name)
    return point.load()


def _entry_points() -> tuple[EntryPoint, ...]:
    from importlib.metadata import entry_points

    return tuple(entry_points(group=ENTRY_POINTS))
