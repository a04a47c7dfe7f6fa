"""The handwriting of a repository: real writers where they are available, otherwise the pen."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Literal

from smashcima.assets.bundles import AssetRepository, MuscimaPP
from smashcima.assets.glyphs import GlyphStore, glyphs_from_mung
from smashcima.assets.muscima import MuscimaPPGlyphs
from smashcima.errors import SettingsError
from smashcima.mashcima.config import Config
from smashcima.mashcima.installations import own_directory, recorded
from smashcima.mashcima.warning import warn

_ANNOTATIONS = frozenset({".xml", ".mung"})
_WITH_STAFFS = "cropobjects_withstaff"
"""Folder of MUSCIMA++ 1.0 with the annotations that include staves."""

_NEAT = "01"
"""Writer of MUSCIMA++ with the neatest hand."""

_told: set[str] = set()
"""Reasons of which a warning was issued; one is enough."""


@dataclass(frozen=True, slots=True)
class Handwriting:
    """Options of a model for the handwriting of a repository, and the symbols of real writers."""

    hand: Literal["pen", "muscima"] | GlyphStore
    store: GlyphStore | None = None
    only_writers: tuple[str, ...] | None = None
    skip_writers: tuple[str, ...] = ()
    pen_writer: str | int | None = None
    """The writer of the pen; `None` for a new one in each image."""

    def model_options(self) -> dict[str, Any]:
        """The options of `BaseHandwrittenModel`."""
        if self.hand == "pen":
            return {"hand": "pen", "writer": self.pen_writer}
        return {"hand": self.hand, "only_writers": self.only_writers, "exclude_writers": self.skip_writers}


def find_handwriting(
    documents: Sequence[str | Path] | None,
    take: Sequence[str] | None,
    skip: Sequence[str],
    config: Config,
) -> Handwriting:
    """The handwriting of some documents and writers.

    Without MUSCIMA++, this is the pen, and one warning says why.

    Args:
        documents: names of pages of MUSCIMA++, or paths of MuNG files; `None` for all pages.
        take: numbers of writers; `None` for all.
        skip: numbers of writers that are not used.
        config: the sources of the data sets.

    Raises:
        SettingsError: a document does not exist.
        AssetError: MUSCIMA++ in the place that `config` names cannot be read.
    """
    only = None if take is None else tuple(f"W-{number}" for number in take)
    without = tuple(f"W-{number}" for number in skip)
    files = [Path(each) for each in documents or () if Path(each).suffix.lower() in _ANNOTATIONS]
    if files:
        if len(files) < len(documents or ()):
            raise SettingsError(
                "documents must be either names of pages of MUSCIMA++ or paths of MuNG files."
            )
        store = glyphs_from_mung(files)
        return Handwriting(store, store, only, _known(without, store))
    found = _muscima(config)
    if isinstance(found, str):
        if found not in _told:
            _told.add(found)
            warn(f"The pen writes instead of the writers of MUSCIMA++: {found}")
        return Handwriting("pen", pen_writer=_pen_writer(take))
    store, is_bundle = found
    if documents is not None:
        store, is_bundle = store.of_documents(map(str, documents)), False
    return Handwriting("muscima" if is_bundle else store, store, only, _known(without, store))


def _pen_writer(take: Sequence[str] | None) -> str | int | None:
    """The writer of the pen who takes the place of a single writer; `None` for several writers."""
    if take is None or len(take) != 1:
        return None
    return "neat" if take[0] == _NEAT else int(take[0])


def _known(writers: tuple[str, ...], store: GlyphStore) -> tuple[str, ...]:
    """Those of the writers to skip that the store has."""
    return tuple(name for name in writers if name in store.writers)


def _muscima(config: Config) -> tuple[GlyphStore, bool] | str:
    """The symbols of MUSCIMA++, and whether they are those of the bundle; or why there are none."""
    path = config.muscima_pp_path
    if path is None:
        assets = AssetRepository.default()
        if not config.download:
            problem = assets.problem(MuscimaPPGlyphs)
            if problem is not None:
                return f"MuscimaPPGlyphs is not installed: {problem}."
        with recorded(assets):
            attempt = assets.try_resolve(MuscimaPPGlyphs)
        return attempt.reason if attempt.bundle is None else (attempt.bundle.store, True)
    if path.is_dir():
        annotations = _annotations_in(path)
        if annotations:
            return _cached_store(annotations), False
        path = _archive_in(path)
    assets = AssetRepository(local_sources=[path.absolute()])
    with recorded(assets):
        return assets.resolve_bundle(MuscimaPPGlyphs).store, True


def _annotations_in(folder: Path) -> list[Path]:
    """The annotations in a folder: those with staves, if the folder has others as well."""
    found = sorted(each for each in folder.rglob("*") if each.suffix.lower() in _ANNOTATIONS)
    with_staffs = [each for each in found if each.parent.name == _WITH_STAFFS]
    return with_staffs or found


def _archive_in(folder: Path) -> Path:
    """The archive of MUSCIMA++ in a folder; raises a `SettingsError` if there is none."""
    names = (MuscimaPP.file.file_name, *MuscimaPP.file.other_names)
    for name in names:
        if (folder / name).exists():
            return folder / name
    raise SettingsError(
        f"muscima_pp_path is {str(folder)!r}, a folder that contains neither annotations (.xml) nor an archive of "
        f"MUSCIMA++ ({' or '.join(names)})."
    )


def _cached_store(annotations: Sequence[Path]) -> GlyphStore:
    """The store of unpacked annotations, which is written at first use."""
    digest = hashlib.sha256()
    for path in annotations:
        state = path.stat()
        digest.update(f"{path.absolute()} {state.st_size} {state.st_mtime_ns}\n".encode())
    path = own_directory() / f"{digest.hexdigest()[:16]}.glyphs"
    if path.exists():
        return GlyphStore.open(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    return glyphs_from_mung(annotations, path=path)
