"""JSON labels: COCO, DeepScores and alignment."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from pathlib import Path, PurePosixPath
from typing import Any

from smashcima.errors import ExportError
from smashcima.exporting.overlay.overlay_marks import Marks, Rings
from smashcima.exporting.overlay.reading.mark_list import MarkList, ring_of
from smashcima.exporting.overlay.reading.run_lengths import rings_of_columns, uncompressed

Found = tuple[Marks, tuple[int, int] | None]
"""Marks, with the width and height of their image if the format states them."""

Document = dict[str, Any]


def json_reader(document: object) -> tuple[str, Callable[[Document, str, bool], Found]] | None:
    """Detects the format of a JSON document; returns its name and reader, or `None`."""
    if not isinstance(document, dict):
        return None
    if document.get("format") == "smashcima-alignment":
        return "alignment", read_alignment
    annotations = document.get("annotations")
    if isinstance(annotations, dict) and "categories" in document:
        return "DeepScores", read_deepscores
    if isinstance(annotations, list) and "categories" in document:
        return "COCO", read_coco
    return None


def read_coco(document: Document, image_name: str, outlines: bool) -> Found:
    """Reads the annotations of the image with the given file name, or of the only image."""
    image = _image(document["images"], image_name, "file_name")
    names = {category["id"]: str(category["name"]) for category in document["categories"]}
    found = MarkList()
    for each in document["annotations"]:
        if image is not None and each["image_id"] != image["id"]:
            continue
        left, top, width, height = each["bbox"]
        rings = _coco_rings(each) if outlines else ()
        name = names.get(each["category_id"], f"category {each['category_id']}")
        found.add(name, (left, top, left + width, top + height), rings)
    return found.marks(), _size(image)


def _coco_rings(annotation: Document) -> Rings:
    segmentation = annotation.get("segmentation") or []
    if isinstance(segmentation, list):
        rings = tuple(ring_of(polygon) for polygon in segmentation)
        return rings or ((ring_of(annotation["obb"]),) if "obb" in annotation else ())
    counts = segmentation["counts"]
    if isinstance(counts, str):
        counts = uncompressed(counts)
    rows, columns = segmentation["size"]
    left, top, width, height = annotation["bbox"]
    # Masks of MusiCorpus have the size of the box, others that of the picture.
    is_of_box = (rows, columns) == (height, width) and (left, top) != (0, 0)
    return rings_of_columns(counts, rows, left, top) if is_of_box else rings_of_columns(counts, rows)


def read_deepscores(document: Document, image_name: str, outlines: bool) -> Found:
    """Reads the annotations of the image with the given file name, or of the only image, with their first
    categories.
    """
    image = _image(document["images"], image_name, "filename")
    names = {str(id): str(category["name"]) for id, category in document["categories"].items()}
    found = MarkList()
    for each in document["annotations"].values():
        if image is not None and str(each["img_id"]) != str(image["id"]):
            continue
        category = next((str(id) for id in each["cat_id"] if id is not None), "")
        rings = (ring_of(each["o_bbox"]),) if outlines and "o_bbox" in each else ()
        found.add(names.get(category, f"category {category}"), each["a_bbox"], rings)
    return found.marks(), _size(image)


def read_alignment(document: Document, image_name: str, outlines: bool) -> Found:
    """Reads all objects in the image."""
    found = MarkList()
    for each in document["objects"]:
        if each["bbox"] is None:
            continue
        rings = each.get("outline", ()) if outlines else ()
        found.add(each["label"], each["bbox"], tuple(ring_of(ring["points"]) for ring in rings))
    return found.marks(), _size(document["image"])


def _image(images: Iterable[Document], name: str, key: str) -> Document | None:
    """Entry of an image by file name without folder and suffix, or the only entry."""
    known = list(images)
    if len(known) <= 1:
        return known[0] if known else None
    for same in (lambda a, b: a == b, lambda a, b: Path(a).stem == Path(b).stem):
        matches = [image for image in known if same(PurePosixPath(str(image[key])).name, name)]
        if len(matches) == 1:
            return matches[0]
    some = ", ".join(str(image[key]) for image in known[:5])
    raise ExportError(
        f"The labels are those of {len(known)} images, and none of them is {name}; available: {some}"
        f"{', ...' if len(known) > 5 else ''}."
    )


def _size(image: Document | None) -> tuple[int, int] | None:
    if image is None or "width" not in image or "height" not in image:
        return None
    return int(image["width"]), int(image["height"])
