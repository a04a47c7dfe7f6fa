"""Merging of COCO documents."""

from __future__ import annotations

from collections.abc import Iterable

from smashcima.errors import ExportError
from smashcima.exporting.coco.exporter import Document


def merged_coco(documents: Iterable[Document]) -> Document:
    """Merges the documents of several pages; renumbers images and annotations from 1.

    Raises an `ExportError` if the documents have different categories.
    """
    result: Document | None = None
    for document in documents:
        if result is None:
            result = {**document, "images": [], "annotations": []}
        elif document["categories"] != result["categories"]:
            raise ExportError(
                "COCO documents with different categories cannot be merged. Use the same `classes` for all exporters."
            )
        new_ids = {}
        for image in document["images"]:
            new_ids[image["id"]] = len(result["images"]) + 1
            result["images"].append({**image, "id": new_ids[image["id"]]})
        for annotation in document["annotations"]:
            number = len(result["annotations"]) + 1
            result["annotations"].append(
                {**annotation, "id": number, "image_id": new_ids[annotation["image_id"]]}
            )
    if result is None:
        raise ExportError("There is no COCO document to merge.")
    return result
