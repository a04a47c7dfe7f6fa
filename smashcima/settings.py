"""What the environment may decide: where downloads are kept, and how much an import may take.

| variable | meaning | default |
|---|---|---|
| `SMASHCIMA_CACHE` | directory for everything that is kept between runs | the user's cache directory |
| `MC_HOME` | the same, under its older name | |
| `MC_ASSETS_CACHE` | directory for asset bundles alone | `assets` in the above |
| `SMASHCIMA_IMPORT_TIMEOUT_S` | seconds that reading one source may take | 60 |
| `SMASHCIMA_IMPORT_MEMORY_MB` | MiB of memory that reading one source may take | 4096 |
| `SMASHCIMA_MAX_SOURCE_MB` | MiB that a source may have, unpacked | 128 |

Variables are read when a value is asked for, not when the library is imported, so that a notebook or a test may set
them at any time. An empty variable counts as absent.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import platformdirs

from smashcima.errors import SettingsError

_BYTES_PER_MB = 1024 * 1024


def cache_dir() -> Path:
    """Directory for what is kept between runs, absolute; it is not created here.

    Raises:
        SettingsError: the variable names something that exists and is no directory.
    """
    for variable in ("SMASHCIMA_CACHE", "MC_HOME"):
        directory = _directory_from(variable)
        if directory is not None:
            return directory
    return platformdirs.user_cache_path("smashcima", appauthor=False)


def assets_cache_dir() -> Path:
    """Directory in which asset bundles are installed, absolute; it is not created here.

    `SMASHCIMA_CACHE` goes before the older `MC_ASSETS_CACHE`.

    Raises:
        SettingsError: the variable names something that exists and is no directory.
    """
    if not _is_set("SMASHCIMA_CACHE"):
        directory = _directory_from("MC_ASSETS_CACHE")
        if directory is not None:
            return directory
    return cache_dir() / "assets"


def import_timeout_s() -> float:
    """Seconds that an import worker may spend on one source before it is ended.

    Raises:
        SettingsError: `SMASHCIMA_IMPORT_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_IMPORT_TIMEOUT_S", default=60.0)


def import_memory_bytes() -> int:
    """Bytes of memory that an import worker may use on one source.

    Raises:
        SettingsError: `SMASHCIMA_IMPORT_MEMORY_MB` is not a positive number.
    """
    return int(_positive_number_from("SMASHCIMA_IMPORT_MEMORY_MB", default=4096.0) * _BYTES_PER_MB)


def max_source_bytes() -> int:
    """Largest size in bytes of a source that is read at all; of a compressed one, when unpacked.

    Full orchestral scores in MusicXML have some tens of megabytes.

    Raises:
        SettingsError: `SMASHCIMA_MAX_SOURCE_MB` is not a positive number.
    """
    return int(_positive_number_from("SMASHCIMA_MAX_SOURCE_MB", default=128.0) * _BYTES_PER_MB)


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable, "").strip())


def _directory_from(variable: str) -> Path | None:
    if not _is_set(variable):
        return None
    text = os.environ[variable]
    try:
        directory = Path(text).expanduser().absolute()
    except RuntimeError as error:  # `~somebody` without such a user
        raise SettingsError(
            f"{variable} is {text!r}, and {error}. Set it to the path of a directory."
        ) from error
    if directory.exists() and not directory.is_dir():
        raise SettingsError(
            f"{variable} is {text!r}, which exists and is not a directory. "
            f"Set it to a directory (it is made when needed), or unset it."
        )
    return directory


def _positive_number_from(variable: str, default: float) -> float:
    if not _is_set(variable):
        return default
    text = os.environ[variable]
    try:
        number = float(text)
    except ValueError:
        number = math.nan
    if not (math.isfinite(number) and number > 0):
        raise SettingsError(
            f"{variable} is {text!r}, which is not a positive number. "
            f"Set it to a number such as {default:g} (the default), or unset it."
        )
    return number
