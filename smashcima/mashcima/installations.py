"""The record of the asset bundles that this package has installed, so that it removes no others."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from smashcima import settings
from smashcima.assets.bundles import AssetRepository, InstalledBundle
from smashcima.assets.bundles.manifest import MANIFEST_NAME
from smashcima.files import write_file


def own_directory() -> Path:
    """The directory for files of this package that are kept between runs."""
    return settings.cache_dir() / "mashcima"


def _record_path() -> Path:
    return own_directory() / "installed.json"


@contextmanager
def recorded(assets: AssetRepository) -> Iterator[None]:
    """Records the bundles that are installed inside the context."""
    before = {_stamp(each) for each in assets.list()}
    try:
        yield
    finally:
        new = {_stamp(each) for each in assets.list()} - before
        if new:
            path = _record_path()
            path.parent.mkdir(parents=True, exist_ok=True)
            write_file(path, (json.dumps(sorted(new | _recorded()), indent=1) + "\n").encode())


def installed_here(assets: AssetRepository) -> tuple[InstalledBundle, ...]:
    """The installed bundles that are recorded, and have not been installed again by others since."""
    known = _recorded()
    return tuple(each for each in assets.list() if _stamp(each) in known)


def _stamp(bundle: InstalledBundle) -> tuple[str, int]:
    """Identifies one installation of a bundle."""
    try:
        return str(bundle.directory), (bundle.directory / MANIFEST_NAME).stat().st_mtime_ns
    except OSError:
        return str(bundle.directory), 0


def _recorded() -> set[tuple[str, int]]:
    try:
        data = json.loads(_record_path().read_text(encoding="utf-8"))
        return {(str(directory), int(time)) for directory, time in data}
    except (OSError, ValueError, TypeError):
        return set()
