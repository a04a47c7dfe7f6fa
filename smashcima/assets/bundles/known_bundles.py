"""Lookup of bundles by name: those of Smashcima, and those offered by other packages."""

from __future__ import annotations

import difflib
import importlib
from typing import TYPE_CHECKING

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.errors import AssetError

if TYPE_CHECKING:
    from importlib.metadata import EntryPoint

ENTRY_POINTS = "smashcima.bundles"
"""Entry point group by which packages offer bundles: `MyBundle = "my_package.assets:MyBundle"`."""

_OURS = {
    "MuscimaPP": "smashcima.assets.bundles.muscima_pp:MuscimaPP",
    "MuscimaPPGlyphs": "smashcima.assets.muscima:MuscimaPPGlyphs",
    "MzkPaperPatches": "smashcima.assets.paper:MzkPaperPatches",
}


def bundle_names() -> tuple[str, ...]:
    """Names of all bundles that can be installed by name, those of Smashcima first; imports nothing."""
    theirs = sorted(point.name for point in _entry_points())
    return tuple(dict.fromkeys((*_OURS, *theirs)))


def bundle_by_name(name: str) -> type[AssetBundle]:
    """The class of a bundle by its case-insensitive name.

    Raises:
        AssetError: there is no bundle of that name, or it cannot be imported.
    """
    names = bundle_names()
    known = {each.lower(): each for each in names}
    exact = known.get(name.lower())
    if exact is None:
        closest = difflib.get_close_matches(name.lower(), known, n=1, cutoff=0.4)
        hint = f" Closest: {known[closest[0]]}." if closest else ""
        raise AssetError(f"There is no asset bundle {name!r}. Known bundles: {', '.join(names)}.{hint}")
    try:
        found = _load(exact)
    except (ImportError, AttributeError) as error:
        raise AssetError(f"The asset bundle {exact} cannot be imported: {error}") from error
    if not (isinstance(found, type) and issubclass(found, AssetBundle)):
        raise AssetError(
            f"The entry point of the asset bundle {exact} is {found!r}, not a subclass of AssetBundle."
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
