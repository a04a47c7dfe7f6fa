"""Old import paths of packages that have moved: importing one loads the new package and warns."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

MOVED_PACKAGES = {
    "smashcima.engraving.importing": "smashcima.engravers.verovio.importing",
    "smashcima.engraving.layout": "smashcima.engravers.verovio",
    "smashcima.engraving.mei": "smashcima.mei",
    "smashcima.exporting.compositing": "smashcima.imaging",
    "smashcima.exporting.postprocessing": "smashcima.imaging.filters",
    "smashcima.synthesis.placement": "smashcima.placement",
}
"""New paths by old ones. Modules inside a package move with it."""


class _MovedPackageFinder(MetaPathFinder, Loader):
    """Finds modules by their old paths."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        return ModuleSpec(fullname, self) if new_path(fullname) is not None else None

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        new = new_path(spec.name)
        assert new is not None
        warnings.warn(f"{spec.name} has moved to {new}.", DeprecationWarning, stacklevel=2)
        return importlib.import_module(new)

    def exec_module(self, module: ModuleType) -> None:
        """Does nothing: the module has been executed under its new name."""


def new_path(path: str) -> str | None:
    """The path that a moved package has now; `None` if nothing has moved from there."""
    return MOVED_PACKAGES.get(path)


def install_finder() -> None:
    """Makes the old paths importable; repeated calls have no effect."""
    if not any(isinstance(finder, _MovedPackageFinder) for finder in sys.meta_path):
        sys.meta_path.append(_MovedPackageFinder())
