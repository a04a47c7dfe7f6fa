"""Reads data sets of every layout."""

from __future__ import annotations

import tarfile
import tempfile
import zlib
from collections.abc import Iterator
from pathlib import Path

from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.record import Record
from smashcima.datasets.layouts.layout import Layout
from smashcima.datasets.layouts.registry import check_layout, known_layouts, make_layout
from smashcima.datasets.storage import RemoteFolder, is_url
from smashcima.errors import ExportError, PlanError, RecipeError, SmashcimaError
from smashcima.orchestration.recipes.text_form import read_text

PLAN = "plan.yaml"


def load(path: str | Path) -> Iterator[Record]:
    """Reads the records of a data set, in the order of samples.

    The layout is that of `plan.yaml`, or else is recognised by its files, so that a data set can be read without its
    plan. Records are read one by one; a large data set does not have to fit into memory.

    A URL such as `s3://bucket/data` is read through fsspec (extra `smashcima[remote]`): the files are copied to a temporary folder,
    which is removed when the iterator ends.

    Raises:
        PlanError: there is no data set, or its layout is unknown.
        ExportError: while reading, if a file is missing, or was changed so that it cannot be read.
    """
    if isinstance(path, str) and is_url(path):
        return _read_remote(RemoteFolder(path))
    root = Path(path)
    return _read(layout_of(root), root)


def _read_remote(remote: RemoteFolder) -> Iterator[Record]:
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder)
        for name in remote.names():
            if not name.startswith("."):  # without the state of the run
                remote.fetch(name, root / name)
        yield from _read(layout_of(root), root)


def _read(layout: Layout, root: Path) -> Iterator[Record]:
    advice = "Make the data set again, or restore the file."
    try:
        yield from layout.read(root)
    except SmashcimaError:
        raise
    except OSError as error:
        name = error.filename or root
        raise ExportError(f"{name} cannot be read: {error.strerror or error}. {advice}") from error
    except (KeyError, tarfile.TarError, ValueError, zlib.error) as error:
        raise ExportError(f"{root} is damaged: {type(error).__name__}: {error}. {advice}") from error


def layout_of(path: str | Path) -> Layout:
    """The layout of a data set; raises `PlanError` if it is unknown."""
    root = Path(path)
    if not root.is_dir():
        raise PlanError(f"There is no folder {root}. Give the output folder of `smashcima generate`.")
    if (root / PLAN).is_file():
        return _planned(root / PLAN)
    for kind in known_layouts().values():
        layout = kind.find(root)
        if layout is not None:
            return layout
    raise PlanError(
        f"{root} has no {PLAN} and none of the layouts {', '.join(known_layouts())}. "
        "Give the output folder of `smashcima generate`."
    )


def _planned(path: Path) -> Layout:
    """The layout that a plan names; its other fields are not needed."""
    try:
        read = read_text(path.read_text(encoding="utf-8"), False, path.name)
    except (OSError, ValueError, RecipeError) as error:
        raise PlanError(f"The plan {path} cannot be read: {error}.") from error
    where = Where("", path.name, read.lines)
    fields = where.mapping(read.data)
    return make_layout(check_layout(fields.get("layout", "folders"), where.at("layout")))
