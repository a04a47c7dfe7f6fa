"""Masks of real symbols, read from the annotations of MUSCIMA++ 2.0 and cached in the temporary directory.

The data are licensed under CC BY-NC-SA; the only copy is in the temporary folder of this benchmark.
"""

from __future__ import annotations

import pickle
import re
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

DATA = Path(__file__).resolve().parents[3] / "shared" / "data" / "muscima" / "MUSCIMA-pp_v2.0_dev.zip"
CACHE = Path(tempfile.gettempdir()) / "smashcima-realism" / "muscima-2.0.pickle"

_NODE = re.compile(
    rb"<ClassName>(\w+)</ClassName>\s*<Top>(\d+)</Top>\s*<Left>(\d+)</Left>\s*"
    rb"<Width>(\d+)</Width>\s*<Height>(\d+)</Height>\s*<Mask>([^<]*)</Mask>"
)
_WRITER = re.compile(r"W-(\d+)_N-(\d+)")
_LINES_OF_A_STAFF = 5


@dataclass(frozen=True, slots=True)
class RealMask:
    """Symbol of a writer."""

    name: str
    """Class of MUSCIMA++."""
    writer: int
    page: int
    staff_space_px: float
    top_px: int
    left_px: int
    mask: NDArray[np.bool_]
    """(height_px, width_px)"""


def read_masks(archive: Path = DATA) -> list[RealMask]:
    """All symbols except lines, staves and texts, in the order of the archive; cached."""
    if CACHE.exists():
        return list(pickle.loads(CACHE.read_bytes()))
    masks: list[RealMask] = []
    with zipfile.ZipFile(archive) as pages:
        for path in sorted(pages.namelist()):
            if path.endswith("ideal.xml"):
                masks.extend(_masks_of_page(pages.read(path), path))
    CACHE.parent.mkdir(parents=True, exist_ok=True)
    CACHE.write_bytes(pickle.dumps(masks))
    return masks


def _masks_of_page(xml: bytes, path: str) -> list[RealMask]:
    found = _WRITER.search(path)
    if found is None:
        raise ValueError(f"{path} does not say who wrote it")
    writer, page = int(found[1]), int(found[2])
    nodes = [
        (name.decode(), int(top), int(left), int(width), int(height), runs)
        for name, top, left, width, height, runs in _NODE.findall(xml)
    ]
    lines = sorted(top + height / 2 for name, top, _, _, height, _ in nodes if name == "staffLine")
    gaps = np.diff(lines)
    staff_space = float(np.median(np.sort(gaps)[: len(lines) * (_LINES_OF_A_STAFF - 1) // _LINES_OF_A_STAFF]))
    skipped = {"staffLine", "staffSpace", "staff", "stem", "beam", "slur", "legerLine", "barline"}
    return [
        RealMask(name, writer, page, staff_space, top, left, _decode(runs, height, width))
        for name, top, left, width, height, runs in nodes
        if name not in skipped and runs
    ]


def _decode(runs: bytes, height: int, width: int) -> NDArray[np.bool_]:
    """Run lengths `value:count value:count ...`, row by row."""
    pairs = [run.split(b":") for run in runs.split()]
    values = np.array([pair[0] == b"1" for pair in pairs])
    counts = np.array([int(pair[1]) for pair in pairs])
    return np.repeat(values, counts).reshape(height, width)
