"""What the environment may decide: where downloads are kept and come from, and how much an import may take.

| variable | meaning | default |
|---|---|---|
| `SMASHCIMA_CACHE` | directory for everything that is kept between runs | the user's cache directory |
| `MC_HOME` | the same, under its older name | |
| `MC_ASSETS_CACHE` | directory for asset bundles alone | `assets` in the above |
| `SMASHCIMA_IMPORT_TIMEOUT_S` | seconds that reading one source may take | 60 |
| `SMASHCIMA_IMPORT_MEMORY_MB` | MiB of memory that reading one source may take | 4096 |
| `SMASHCIMA_MAX_SOURCE_MB` | MiB that a source may have, unpacked | 128 |
| `SMASHCIMA_ASSETS_FROM` | files, or directories of files, to install asset bundles from, separated like `PATH` | |
| `SMASHCIMA_MIRRORS` | addresses of directories with files of asset bundles, separated by spaces or commas | |
| `SMASHCIMA_OFFLINE` | `1`: nothing is ever downloaded | `0` |
| `SMASHCIMA_CONNECT_TIMEOUT_S` | seconds until a server must answer | 10 |
| `SMASHCIMA_READ_TIMEOUT_S` | seconds that a download may pause | 30 |
| `SMASHCIMA_RETRY_WAIT_S` | seconds before a failed download is tried again; doubled each time | 1 |

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


def asset_sources() -> tuple[Path, ...]:
    """Files, and directories of files, that are looked at before anything is downloaded; absolute.

    Raises:
        SettingsError: `SMASHCIMA_ASSETS_FROM` names something that does not exist.
    """
    if not _is_set("SMASHCIMA_ASSETS_FROM"):
        return ()
    found = []
    for text in os.environ["SMASHCIMA_ASSETS_FROM"].split(os.pathsep):
        if text.strip():
            path = _path_from("SMASHCIMA_ASSETS_FROM", text.strip())
            if not path.exists():
                raise SettingsError(
                    f"SMASHCIMA_ASSETS_FROM names {text.strip()!r}, which does not exist. "
                    "Set it to a file, or to a directory of files, that assets are installed from, or unset it."
                )
            found.append(path)
    return tuple(found)


def mirrors() -> tuple[str, ...]:
    """Addresses of directories that are asked for the files of asset bundles, before the addresses of those files.

    Raises:
        SettingsError: `SMASHCIMA_MIRRORS` holds something that is not the address of a server.
    """
    found = tuple(os.environ.get("SMASHCIMA_MIRRORS", "").replace(",", " ").split())
    for address in found:
        if not address.startswith(("http://", "https://")):
            raise SettingsError(
                f"SMASHCIMA_MIRRORS holds {address!r}, which is not an address. "
                "Set it to addresses that begin with https:// or http://, or unset it."
            )
    return found


def is_offline() -> bool:
    """Whether nothing may be downloaded.

    Raises:
        SettingsError: `SMASHCIMA_OFFLINE` is neither yes nor no.
    """
    text = os.environ.get("SMASHCIMA_OFFLINE", "").strip().lower()
    if text in {"", "0", "false", "no", "off"}:
        return False
    if text in {"1", "true", "yes", "on"}:
        return True
    raise SettingsError(f"SMASHCIMA_OFFLINE is {text!r}. Set it to 1 or 0, or unset it.")


def connect_timeout_s() -> float:
    """Seconds within which a server must be found and answer.

    Raises:
        SettingsError: `SMASHCIMA_CONNECT_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_CONNECT_TIMEOUT_S", default=10.0)


def read_timeout_s() -> float:
    """Seconds that a download may go without a byte.

    Raises:
        SettingsError: `SMASHCIMA_READ_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_READ_TIMEOUT_S", default=30.0)


def retry_wait_s() -> float:
    """Seconds before a failed download is tried again; each further time it is twice as long.

    Raises:
        SettingsError: `SMASHCIMA_RETRY_WAIT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_RETRY_WAIT_S", default=1.0)


def _is_set(variable: str) -> bool:
    return bool(os.environ.get(variable, "").strip())


def _directory_from(variable: str) -> Path | None:
    if not _is_set(variable):
        return None
    text = os.environ[variable]
    directory = _path_from(variable, text)
    if directory.exists() and not directory.is_dir():
        raise SettingsError(
            f"{variable} is {text!r}, which exists and is not a directory. "
            f"Set it to a directory (it is made when needed), or unset it."
        )
    return directory


def _path_from(variable: str, text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:  # `~somebody` without such a user
        raise SettingsError(f"{variable} is {text!r}, and {error}. Set it to a path.") from error


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
