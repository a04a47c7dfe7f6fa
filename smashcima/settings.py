"""Settings from environment variables: cache directories, sources of data, and limits of imports.

| variable | meaning | default |
|---|---|---|
| `SMASHCIMA_CACHE` | directory for all files kept between runs | the user's cache directory |
| `MC_HOME` | older name of `SMASHCIMA_CACHE` | |
| `MC_ASSETS_CACHE` | directory for asset bundles only | `assets` in the cache directory |
| `SMASHCIMA_IMPORT_TIMEOUT_S` | time limit for reading one source, in seconds | 60 |
| `SMASHCIMA_IMPORT_MEMORY_MB` | memory limit for reading one source, in MiB | 4096 |
| `SMASHCIMA_MAX_SOURCE_MB` | maximum uncompressed size of a source, in MiB | 128 |
| `SMASHCIMA_ASSETS_FROM` | files, or directories of files, to install asset bundles from, separated as in `PATH` | |
| `SMASHCIMA_MIRRORS` | URLs of directories with files of asset bundles, separated by spaces or commas | |
| `SMASHCIMA_LAYOUT_CACHE_MB` | maximum size of the layouts that data sets keep in the cache directory, in MB; `0` for none | 1000 |
| `SMASHCIMA_IMPORT_CACHE_MB` | maximum size of the imported scores that data sets keep in the cache directory, in MB; `0` for none | 1000 |
| `SMASHCIMA_PRIMUS` | the PrIMuS corpus: its archive, or a directory with its content | |
| `SMASHCIMA_OFFLINE` | `1` disables all downloads | `0` |
| `SMASHCIMA_CONNECT_TIMEOUT_S` | seconds to wait for a server to respond | 10 |
| `SMASHCIMA_READ_TIMEOUT_S` | seconds a download may stall | 30 |
| `SMASHCIMA_KERNELS` | `on`: compiled kernels (the extra `fast`) from the first page; `off`: never; `auto`: in processes that draw many pages | `auto` |
| `SMASHCIMA_RETRY_WAIT_S` | seconds before retrying a failed download; doubled after each attempt | 1 |

Variables are read on each access, not when the library is imported, so a notebook or a test can set them at any time.
An empty variable counts as unset.
"""

from __future__ import annotations

import math
import os
from pathlib import Path

import platformdirs

from smashcima.errors import SettingsError

_BYTES_PER_MB = 1024 * 1024


def cache_dir() -> Path:
    """Absolute path of the directory for files kept between runs; not created by this function.

    Raises:
        SettingsError: the variable names an existing path that is not a directory.
    """
    for variable in ("SMASHCIMA_CACHE", "MC_HOME"):
        directory = _directory_from(variable)
        if directory is not None:
            return directory
    return platformdirs.user_cache_path("smashcima", appauthor=False)


def assets_cache_dir() -> Path:
    """Absolute path of the directory in which asset bundles are installed; not created by this function.

    `SMASHCIMA_CACHE` takes precedence over the older `MC_ASSETS_CACHE`.

    Raises:
        SettingsError: the variable names an existing path that is not a directory.
    """
    if not _is_set("SMASHCIMA_CACHE"):
        directory = _directory_from("MC_ASSETS_CACHE")
        if directory is not None:
            return directory
    return cache_dir() / "assets"


def import_timeout_s() -> float:
    """Time limit of an import worker for one source, in seconds; the worker is terminated after it.

    Raises:
        SettingsError: `SMASHCIMA_IMPORT_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_IMPORT_TIMEOUT_S", default=60.0)


def import_memory_bytes() -> int:
    """Memory limit of an import worker for one source, in bytes.

    Raises:
        SettingsError: `SMASHCIMA_IMPORT_MEMORY_MB` is not a positive number.
    """
    return int(_positive_number_from("SMASHCIMA_IMPORT_MEMORY_MB", default=4096.0) * _BYTES_PER_MB)


def max_source_bytes() -> int:
    """Maximum size of a source in bytes; for a compressed source, the uncompressed size.

    Full orchestral scores in MusicXML have tens of megabytes.

    Raises:
        SettingsError: `SMASHCIMA_MAX_SOURCE_MB` is not a positive number.
    """
    return int(_positive_number_from("SMASHCIMA_MAX_SOURCE_MB", default=128.0) * _BYTES_PER_MB)


def layout_cache_bytes() -> int:
    """Maximum size in bytes of the layouts in the cache directory; 0 if none are kept.

    Raises:
        SettingsError: `SMASHCIMA_LAYOUT_CACHE_MB` is neither 0 nor a positive number.
    """
    return _size_of_cache("SMASHCIMA_LAYOUT_CACHE_MB")


def import_cache_bytes() -> int:
    """Maximum size in bytes of the imported scores in the cache directory; 0 if none are kept.

    Raises:
        SettingsError: `SMASHCIMA_IMPORT_CACHE_MB` is neither 0 nor a positive number.
    """
    return _size_of_cache("SMASHCIMA_IMPORT_CACHE_MB")


def asset_sources() -> tuple[Path, ...]:
    """Absolute paths of files, and directories of files, to search before downloading.

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
                    "Set it to a file or directory to install assets from, or unset it."
                )
            found.append(path)
    return tuple(found)


def primus_path() -> Path | None:
    """Absolute path of the PrIMuS corpus; `None` if the variable is not set.

    Raises:
        SettingsError: `SMASHCIMA_PRIMUS` names something that does not exist.
    """
    if not _is_set("SMASHCIMA_PRIMUS"):
        return None
    text = os.environ["SMASHCIMA_PRIMUS"].strip()
    path = _path_from("SMASHCIMA_PRIMUS", text)
    if not path.exists():
        raise SettingsError(
            f"SMASHCIMA_PRIMUS names {text!r}, which does not exist. "
            "Set it to the archive of PrIMuS or a directory with its content, or unset it."
        )
    return path


def mirrors() -> tuple[str, ...]:
    """URLs of directories that are tried before the URLs stated by an asset bundle.

    Raises:
        SettingsError: `SMASHCIMA_MIRRORS` holds something other than HTTP(S) URLs.
    """
    found = tuple(os.environ.get("SMASHCIMA_MIRRORS", "").replace(",", " ").split())
    for address in found:
        if not address.startswith(("http://", "https://")):
            raise SettingsError(
                f"SMASHCIMA_MIRRORS holds {address!r}, which is not a URL. "
                "Set it to URLs that begin with https:// or http://, or unset it."
            )
    return found


def is_offline() -> bool:
    """Whether downloads are disabled.

    Raises:
        SettingsError: `SMASHCIMA_OFFLINE` is not a boolean value such as `1` or `0`.
    """
    text = os.environ.get("SMASHCIMA_OFFLINE", "").strip().lower()
    if text in {"", "0", "false", "no", "off"}:
        return False
    if text in {"1", "true", "yes", "on"}:
        return True
    raise SettingsError(f"SMASHCIMA_OFFLINE is {text!r}. Set it to 1 or 0, or unset it.")


def connect_timeout_s() -> float:
    """Time limit for connecting to a server, in seconds.

    Raises:
        SettingsError: `SMASHCIMA_CONNECT_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_CONNECT_TIMEOUT_S", default=10.0)


def read_timeout_s() -> float:
    """Time limit between two received pieces of a download, in seconds.

    Raises:
        SettingsError: `SMASHCIMA_READ_TIMEOUT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_READ_TIMEOUT_S", default=30.0)


def retry_wait_s() -> float:
    """Seconds before a failed download is retried; doubled after each attempt.

    Raises:
        SettingsError: `SMASHCIMA_RETRY_WAIT_S` is not a positive number.
    """
    return _positive_number_from("SMASHCIMA_RETRY_WAIT_S", default=1.0)


def kernel_setting() -> str:
    """When compiled kernels do the work: `on`, `off` or `auto`.

    Raises:
        SettingsError: `SMASHCIMA_KERNELS` has another value.
    """
    text = os.environ.get("SMASHCIMA_KERNELS", "").strip().lower() or "auto"
    if text not in {"on", "off", "auto"}:
        raise SettingsError(f"SMASHCIMA_KERNELS is {text!r}. Set it to on, off or auto, or unset it.")
    return text


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
            f"Set it to a directory (created when needed), or unset it."
        )
    return directory


def _path_from(variable: str, text: str) -> Path:
    try:
        return Path(text).expanduser().absolute()
    except RuntimeError as error:  # `~name` of an unknown user
        raise SettingsError(f"{variable} is {text!r}, and {error}. Set it to a path.") from error


def _size_of_cache(variable: str) -> int:
    if os.environ.get(variable, "").strip() == "0":
        return 0
    return int(_positive_number_from(variable, default=1000.0) * 1_000_000)


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
