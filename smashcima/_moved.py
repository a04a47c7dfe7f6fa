"""Old import paths of packages that have moved; importing one loads the new package and issues a warning."""

from __future__ import annotations

import importlib
import sys
import warnings
from collections.abc import Sequence
from importlib.machinery import ModuleSpec
from types import ModuleType

MOVED_PACKAGES = {
    "smashcima.engraving.importing": "smashcima.engravers.verovio.importing",
    "smashcima.engraving.mei": "smashcima.mei",
    "smashcima.exporting.compositing": "smashcima.imaging",
    "smashcima.exporting.postprocessing": "smashcima.imaging.filters",
    "smashcima.synthesis.placement": "smashcima.placement",
}
"""New paths by old path."""

SPLIT_PACKAGES = {
    "smashcima.engraving.layout": ("smashcima.engraving", "smashcima.engravers.verovio"),
}
"""Packages whose names have moved to several packages."""


class _MovedPackageFinder:
    """Finds packages by their old import paths.

    A finder and loader by its methods: the base classes in `importlib.abc` would double the time of `import smashcima`.
    """

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        known = fullname in MOVED_PACKAGES or fullname in SPLIT_PACKAGES
        return ModuleSpec(fullname, self) if known else None  # type: ignore[arg-type]

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        new = SPLIT_PACKAGES.get(spec.name) or (MOVED_PACKAGES[spec.name],)
        warnings.warn(f"{spec.name} has moved to {' and '.join(new)}.", DeprecationWarning, stacklevel=2)
        # A separate module, since the import system overwrites the `__spec__` of the returned module.
        module = ModuleType(spec.name)
        module.__dict__["_packages"] = [importlib.import_module(name) for name in new]
        return module

    def exec_module(self, module: ModuleType) -> None:
        """Gives the module the public names of the new packages."""
        for package in module.__dict__["_packages"]:
            module.__dict__.update({name: getattr(package, name) for name in package.__all__})


def install_finder() -> None:
    """Makes the old import paths available; repeated calls have no effect."""
    if not any(isinstance(finder, _MovedPackageFinder) for finder in sys.meta_path):
        sys.meta_path.append(_MovedPackageFinder())
