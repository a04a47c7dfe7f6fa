"""Writing of scene files, and reading of untrusted ones."""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from smashcima._version import VERSION
from smashcima.errors import SceneFileError, SmashcimaError
from smashcima.files import write_file
from smashcima.scene.graph.copying import ConnectedObject
from smashcima.scene.graph.garbage import garbage_collection_paused
from smashcima.scene.graph.saving.array_pool import ArraySource
from smashcima.scene.graph.saving.decoder import Decoder
from smashcima.scene.graph.saving.encoder import Encoder

FORMAT = "smashcima scene"
FORMAT_VERSION = 1
"""Incremented by every change that prevents older versions of Smashcima from reading new files. Adding a field with a
default to a class does not require that."""

MAX_UNPACKED_BYTES = 1024**3
"""Default limit of the unpacked size of a file: some 300 pages."""

_MAX_TABLES_SHARE = 1 / 4
"""Largest share of text, which needs much more memory when read than arrays do."""

_FORMAT_FILE, _TABLES_FILE, _ARRAYS = "format.json", "scene.json", "arrays/"
_PICKLE = b"smashcima-scene-1\n"
"""First bytes of files in the pickle format of early versions of Smashcima."""

_COMPRESSION_LEVEL = 1
_TIME = (1980, 1, 1, 0, 0, 0)
"""Fixed modification time of archive members, so that a scene always gives the same bytes."""

_IMAGE = "For an image, use write_image(page, path)."
_SCORE = "For the music, use an exporter such as MusicXmlExporter().write(scene.score, path)."
_PAGE = "For this format, use an exporter, such as SvgExporter().write(page, path)."
_OTHER_FORMATS = {
    **dict.fromkeys((".png", ".jpg", ".jpeg", ".webp", ".tif", ".tiff", ".bmp", ".gif"), _IMAGE),
    **dict.fromkeys((".musicxml", ".mxl", ".mei", ".krn", ".mid", ".midi", ".abc", ".lmx", ".mscz"), _SCORE),
    **dict.fromkeys((".svg", ".pdf", ".html", ".json", ".xml", ".mung", ".txt", ".yaml"), _PAGE),
}
"""What to do instead of writing a scene file with the suffix of another format."""

_LONGEST_QUOTE = 600
"""Largest number of characters of an error about the content of a file."""

_DAMAGE = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError, MemoryError, LookupError, TypeError,
    ValueError, AttributeError, ArithmeticError,
)  # fmt: skip
"""Exceptions that reading a damaged or malicious file can raise."""


def save_scene_file(root: ConnectedObject, path: str | Path) -> None:
    """Writes an object with all connected objects.

    Raises:
        SceneFileError: an object has a value that scene files cannot hold, or the name is that of another format.
    """
    other = _OTHER_FORMATS.get(Path(path).suffix.lower())
    if other is not None:
        raise SceneFileError(
            f"{path} would be a scene file, which only Smashcima reads. {other} For a scene file, use another suffix, such "
            "as .scene."
        )
    with garbage_collection_paused():
        try:
            encoder = Encoder(root)
        except SceneFileError as error:
            raise SceneFileError(f"The scene cannot be saved. {error}.") from error
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=_COMPRESSION_LEVEL) as archive:
            about = {"format": FORMAT, "version": FORMAT_VERSION, "written_by": f"smashcima {VERSION}"}
            _write(archive, _FORMAT_FILE, json.dumps(about).encode())
            _write(archive, _TABLES_FILE, json.dumps(encoder.tables, separators=(",", ":")).encode())
            for name, array in encoder.arrays.items():
                _write(archive, f"{_ARRAYS}{name}.npy", _npy(array))
    write_file(path, buffer.getvalue())


def load_scene_file(path: str | Path, max_bytes: int = MAX_UNPACKED_BYTES) -> ConnectedObject:
    """Reads a file of `save_scene_file` and returns the saved object.

    Raises:
        SceneFileError: the file is not a scene file, has another version, is damaged, is larger than `max_bytes` when
            unpacked, or contains an unknown class.
    """
    data = Path(path).read_bytes()
    if data.startswith(_PICKLE):
        raise SceneFileError(
            f"{path} was saved by an early version of Smashcima as a pickle. Pickles can run code and are no longer read. Make "
            "the scene again from its score and seed, or load it with the version that saved it."
        )
    if not zipfile.is_zipfile(io.BytesIO(data)):
        raise SceneFileError(
            f"{path} is not a scene file, or is truncated: it is not a zip archive like those of `Scene.save`."
        )
    try:
        with garbage_collection_paused():
            return _read(data, max_bytes)
    except SceneFileError as error:
        raise SceneFileError(f"{path} cannot be read as a scene file: {_brief(error)}.") from error
    except (*_DAMAGE, SmashcimaError) as error:
        raise SceneFileError(
            f"{path} is a damaged scene file ({type(error).__name__}: {_brief(error)})."
        ) from error


def is_scene_file(path: str | Path) -> bool:
    """Whether a file starts like a scene file, including the pickle format that is no longer read."""
    with Path(path).open("rb") as file:
        if file.read(len(_PICKLE)) == _PICKLE:
            return True
        try:
            with zipfile.ZipFile(file) as archive:
                return _FORMAT_FILE in archive.namelist()
        except zipfile.BadZipFile:
            return False


def _read(data: bytes, max_bytes: int) -> ConnectedObject:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        _check_size(archive, max_bytes)
        _check_version(json.loads(archive.read(_FORMAT_FILE)))
        tables = json.loads(archive.read(_TABLES_FILE))
        arrays = {
            entry.filename.removeprefix(_ARRAYS).removesuffix(".npy"): np.load(
                io.BytesIO(archive.read(entry)), allow_pickle=False
            )
            for entry in archive.infolist()
            if entry.filename.startswith(_ARRAYS)
        }
    return Decoder(tables, ArraySource(arrays)).root


def _check_size(archive: zipfile.ZipFile, max_bytes: int) -> None:
    entries = archive.infolist()
    size = sum(entry.file_size for entry in entries)
    text = sum(entry.file_size for entry in entries if not entry.filename.startswith(_ARRAYS))
    if size > max_bytes or text > max_bytes * _MAX_TABLES_SHARE:
        raise SceneFileError(
            f"it has {size / 2**20:.1f} MiB when unpacked, of which {text / 2**20:.1f} MiB are text; the limit is "
            f"{max_bytes / 2**20:.1f} MiB, of which a quarter can be text; raise `max_bytes` if you trust the file"
        )


def _check_version(about: dict[str, Any]) -> None:
    if about["format"] != FORMAT:
        raise SceneFileError(f"its format is {about['format']!r}, not {FORMAT!r}")
    if about["version"] != FORMAT_VERSION:
        raise SceneFileError(
            f"it has version {about['version']!r} of the format and was written by {about['written_by']}; smashcima "
            f"{VERSION} reads version {FORMAT_VERSION}. Load it with the version that wrote it, or install a newer one"
        )


def _write(archive: zipfile.ZipFile, name: str, data: bytes) -> None:
    entry = zipfile.ZipInfo(name, _TIME)
    entry.compress_type = zipfile.ZIP_DEFLATED
    archive.writestr(entry, data, compresslevel=_COMPRESSION_LEVEL)


def _npy(array: NDArray[Any]) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, array, allow_pickle=False)
    return buffer.getvalue()


def _brief(error: Exception) -> str:
    """The text of an error, which may quote a file, shortened."""
    text = str(error)
    return text if len(text) <= _LONGEST_QUOTE else f"{text[:_LONGEST_QUOTE]} ..."
