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

from smashcima.errors import CorruptAssetError

_CLASS_TAGS = ("ClassName", "MLClassName")
_MOST_PIXELS = 2**27
"""Maximum number of pixels of one box, about that of a page at 1200 DPI."""

_NO_DIGITS = dict.fromkeys(map(ord, "0123456789:"))
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
    from lxml import etree

    try:
        root = etree.fromstring(xml, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    except etree.XMLSyntaxError as error:
        raise CorruptAssetError(f"{name} is not a MuNG file: {error}.") from error
    objects: list[MungObject] = []
    runs: list[tuple[MungObject, str]] = []
    for element in root.iter("CropObject", "Node"):
        fields = {str(child.tag): (child.text or "").strip() for child in element}
        thing = _object(fields, name)
        objects.append(thing)
        text = fields.get("Mask", "")
        if text and text != "None" and wants_mask(thing.class_name):
            runs.append((thing, text))
    if not objects and root.tag not in ("Nodes", "CropObjectList", "CropObjects"):
        raise CorruptAssetError(f"{name} is not a MuNG file: its root is <{root.tag}>, and it has no nodes.")
    _decode(runs, name)
    return objects


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
    if width < 1 or height < 1 or width * height > _MOST_PIXELS:
        raise CorruptAssetError(f"{name} has a node {number} with the invalid size {width} × {height} px.")
    return MungObject(number, class_name, left, top, width, height, outlinks)


def _decode(runs: list[tuple[MungObject, str]], name: str) -> None:
    """Decodes the masks of objects. Missing runs leave the rest of a mask empty; too many runs are an error."""
    if not runs:
        return
    counts = np.array([text.count(":") for _, text in runs])
    joined = " ".join(text for _, text in runs)
    if joined.translate(_NO_DIGITS).strip():
        raise CorruptAssetError(f"{name} has a mask that is no list of runs.")
    # Parsing numbers this way is six times as fast as splitting the text.
    numbers = np.fromstring(joined.replace(":", " "), dtype=np.int64, sep=" ")
    if len(numbers) != 2 * counts.sum() or not counts.all():
        raise CorruptAssetError(f"{name} has a mask that is no list of runs.")
    values, lengths = numbers[0::2], numbers[1::2]
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
