"""Numbers of symbols against a target."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_CLASS = re.compile(rb"<ClassName>([^<]+)</ClassName>")

_AREAS = frozenset(
    {
        "staff",
        "staffLine",
        "staffSpace",
        "staffGrouping",
        "systemSeparator",
        "measureSeparator",
        "unclassified",
    }
)
_TEXTS = re.compile("character|numeral|.*Text$|otherText|lyricsText")


def is_symbol(name: str) -> bool:
    """Whether a class is a symbol of the music, not an area or a part of a text."""
    return name not in _AREAS and _TEXTS.match(name) is None


def muscima_counts(archive: Path) -> Counter[str]:
    """The symbols of all pages of MUSCIMA++ 2.0, by class, from the archive of its annotations."""
    counts: Counter[str] = Counter()
    with zipfile.ZipFile(archive) as packed:
        for name in sorted(packed.namelist()):
            if name.endswith(".xml"):
                counts.update(found.decode() for found in _CLASS.findall(packed.read(name)))
    return counts


def divergence(counts: Mapping[str, int], target: Mapping[str, float]) -> float:
    """The Jensen–Shannon divergence of two distributions in bits: 0 if they are equal, 1 if they share no symbol."""
    names = sorted(filter(is_symbol, set(counts) | set(target)))
    shares = []
    for table in (counts, target):
        values = np.array([float(table.get(name, 0)) for name in names])
        if values.sum() == 0:
            raise ValueError("there are no symbols to compare")
        shares.append(values / values.sum())
    middle = (shares[0] + shares[1]) / 2
    return sum(_entropy_to(share, middle) for share in shares) / 2


def ratios(counts: Mapping[str, int], target: Mapping[str, float], least: float) -> dict[str, float]:
    """Share of each symbol divided by its share in the target, for symbols with at least a share of it in the target."""
    own = sum(count for name, count in counts.items() if is_symbol(name))
    wanted = sum(count for name, count in target.items() if is_symbol(name))
    return {
        name: counts.get(name, 0) / own * wanted / count
        for name, count in sorted(target.items())
        if is_symbol(name) and count >= least * wanted
    }


def _entropy_to(share: NDArray[np.float64], middle: NDArray[np.float64]) -> float:
    is_there = share > 0
    return float((share[is_there] * np.log2(share[is_there] / middle[is_there])).sum())
