"""Compiled kernels: when they take over from NumPy.

The slowest loops over pixels and runs have two roads with equal results: NumPy, which is always there, and kernels that
numba compiles (the extra `fast`). Loading numba and compiled kernels takes 0.8 s and 120 MB of a process, and compiling
them once on a machine 4 s more; they save nearly a tenth of a second on a page. So by default a process changes over after some pages,
and one that makes few pages never loads numba.
"""

from __future__ import annotations

import importlib.util
from functools import cache

from smashcima.errors import SettingsError
from smashcima.settings import kernel_setting

_PIXELS_BEFORE = 150_000_000
"""Number of pixels that are drawn, as of 16 pages at 300 dpi or 500 staves, after which loading the kernels pays off if a
process draws as many again. Pages that are drawn at the resolution of a coarser scan and enlarged have fewer."""


class _Pixels:
    drawn = 0
    """Number of pixels of the images that this process has drawn."""


def count_pixels(number: int) -> None:
    """Counts the pixels of an image that this process draws."""
    _Pixels.drawn += number


def kernels_are_used() -> bool:
    """Whether kernels do the work, rather than NumPy; see `SMASHCIMA_KERNELS` in `smashcima.settings`.

    Raises:
        SettingsError: the variable has an unknown value, or is `on` and numba is not installed.
    """
    setting = kernel_setting()
    if setting == "on" and not _numba_is_installed():
        raise SettingsError('SMASHCIMA_KERNELS is on, which needs numba: pip install "smashcima[fast]".')
    return setting == "on" or (
        setting == "auto" and _Pixels.drawn >= _PIXELS_BEFORE and _numba_is_installed()
    )


@cache
def _numba_is_installed() -> bool:
    return importlib.util.find_spec("numba") is not None
