"""Reader of Music Notation Graphs (MuNG): objects of a page with their masks and relations.

Supports both forms: `<CropObject>` with `<MLClassName>`, as in MUSCIMA++ 1.0, and `<Node>` with `<ClassName>`, as in
2.0 and current tools. Masks are run lengths `0:10 1:3 …` over the rows of the box. The runs of a whole page are decoded
in one vectorised step.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from smashcima.assets.glyphs.mung.node_scanner import scan_nodes
from smashcima.errors import CorruptAssetError

_CLASS_TAGS = ("ClassName", "MLClassName")
_MOST_PIXELS = 2**27
"""Maximum number of pixels of one box, about that of a page at 1200 DPI."""

_NO_MASK = (b"", b"None")
_MOST_DIGITS = 9
"""Maximum number of digits of a run in regular form, which fits into 32 bits."""

_FIELDS = ("Id", "Top", "Left", "Width", "Height")


@dataclass(slots=True, eq=False)
class MungObject:
    """One object of a page. Coordinates are in pixels of the page."""

    object_id: int
    class_name: str
    """Class name as in the file."""

    left: int
    top: int
    width: int
    height: int
    outlinks: list[int]
    """Ids of related objects, such as the stem of a notehead or the sharps of a key signature."""

    mask: NDArray[np.uint8] | None = field(default=None, repr=False)
    """Mask, (height, width), 1 = ink; `None` if the file has none, or it was not requested."""


def read_mung(xml: bytes, name: str, wants_mask: Callable[[str], bool] = lambda _: True) -> list[MungObject]:
    """Reads all objects of a page, in file order.

    Args:
        xml: content of a file.
        name: name of the file, for errors.
        wants_mask: returns whether to decode the masks of a class; most data of MUSCIMA++ are masks of staff lines and
            staff spaces.

    Raises:
        CorruptAssetError: the file is not valid MuNG.
    """
    objects: list[MungObject] = []
    runs: list[tuple[MungObject, bytes]] = []
    wanted: dict[str, bool] = {}
    for thing, text in _scanned(xml, name) or _parsed(xml, name):
        objects.append(thing)
        if text not in _NO_MASK:
            if thing.class_name not in wanted:
                wanted[thing.class_name] = wants_mask(thing.class_name)
            if wanted[thing.class_name]:
                runs.append((thing, text))
    _decode(runs, name)
    return objects


def _scanned(xml: bytes, name: str) -> list[tuple[MungObject, bytes]] | None:
    """The objects of a file in regular form and the runs of their masks, or `None` for other files."""
    nodes = scan_nodes(xml)
    if nodes is None:
        return None
    found = [(MungObject(*node[:-1]), node.mask.strip()) for node in nodes]
    for thing, _ in found:
        _check_size(thing, name)
    return found


def _parsed(xml: bytes, name: str) -> list[tuple[MungObject, bytes]]:
    """The objects of any file and the runs of their masks."""
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise CorruptAssetError(f"{name} is not a MuNG file: {error}.") from error
    found: list[tuple[MungObject, bytes]] = []
    for element in root.iter("CropObject", "Node"):
        fields = {str(child.tag): (child.text or "").strip() for child in element}
        found.append((_object(fields, name), fields.get("Mask", "").encode("ascii", "replace")))
    if not found and root.tag not in ("Nodes", "CropObjectList", "CropObjects"):
        raise CorruptAssetError(f"{name} is not a MuNG file: its root is <{root.tag}>, and it has no nodes.")
    return found


def _object(fields: dict[str, str], name: str) -> MungObject:
    class_name = next((fields[tag] for tag in _CLASS_TAGS if tag in fields), None)
    try:
        if class_name is None:
            raise KeyError("ClassName")
        number, top, left, width, height = (int(fields[key]) for key in _FIELDS)
        outlinks = [int(other) for other in fields.get("Outlinks", "").split()]
    except (KeyError, ValueError) as error:
        raise CorruptAssetError(
            f"{name} has a node {fields.get('Id', '')} with missing or invalid fields: {error}."
        ) from error
    thing = MungObject(number, class_name, left, top, width, height, outlinks)
    _check_size(thing, name)
    return thing


def _check_size(thing: MungObject, name: str) -> None:
    width, height = thing.width, thing.height
    if width < 1 or height < 1 or width * height > _MOST_PIXELS:
        raise CorruptAssetError(
            f"{name} has a node {thing.object_id} with the invalid size {width} × {height} px."
        )


def _decode(runs: list[tuple[MungObject, bytes]], name: str) -> None:
    """Decodes the masks of objects. Missing runs leave the rest of a mask empty; too many runs are an error."""
    if not runs:
        return
    counts = np.array([text.count(b":") for _, text in runs])
    joined = b" ".join(text for _, text in runs)
    if joined.translate(None, b"0123456789:").strip():
        raise CorruptAssetError(f"{name} has a mask that is no list of runs.")
    numbers = _regular_runs(joined)
    if numbers is None:
        listed = np.fromstring(joined.replace(b":", b" ").decode(), dtype=np.int64, sep=" ")
        numbers = listed[0::2], listed[1::2]
    values, lengths = numbers
    if len(values) != counts.sum() or len(lengths) != len(values) or not counts.all():
        raise CorruptAssetError(f"{name} has a mask that is no list of runs.")
    sizes = np.array([thing.width * thing.height for thing, _ in runs])
    totals = np.add.reduceat(np.minimum(lengths, _MOST_PIXELS), np.cumsum(counts) - counts)
    if (totals > sizes).any():
        number = runs[int(np.argmax(totals > sizes))][0].object_id
        raise CorruptAssetError(f"{name} has a node {number} whose mask is larger than its box.")
    pixels = np.repeat((values == 1).astype(np.uint8), lengths)
    end = 0
    for (thing, _), total, size in zip(runs, totals.tolist(), sizes.tolist(), strict=True):
        start, end = end, end + total
        found = pixels[start:end]
        if total < size:
            found = np.concatenate([found, np.zeros(size - total, np.uint8)])
        thing.mask = found.reshape(thing.height, thing.width)


def _regular_runs(text: bytes) -> tuple[NDArray[np.int64], NDArray[np.int64]] | None:
    """Values and lengths of runs such as `0:10 1:3`, or `None` if values have several digits or spaces are irregular.

    `text` consists of digits, colons and white space. Runs are read all at once, one decimal place after another.
    """
    if text.translate(None, b"0123456789: "):
        return None
    codes = np.frombuffer(text + b" ", np.uint8)
    colons = np.flatnonzero(codes == ord(":"))
    ends = np.flatnonzero(codes == ord(" "))
    if len(colons) == 0 or len(colons) != len(ends):
        return None
    digits = ends - colons - 1
    begins = np.concatenate([[0], ends[:-1] + 1])
    if digits.min() < 1 or digits.max() > _MOST_DIGITS or (colons - begins != 1).any():
        return None
    lengths = codes[ends - 1].astype(np.int64) - ord("0")
    for place in range(1, int(digits.max())):
        longer = np.flatnonzero(digits > place)
        lengths[longer] += (codes[ends[longer] - 1 - place].astype(np.int64) - ord("0")) * 10**place
    return codes[begins].astype(np.int64) - ord("0"), lengths
