"""The files of a page: its image and labels, and those of its subdivisions."""

from __future__ import annotations

import json
from typing import Any

from smashcima.datasets.generation.image_spec import ImageSpec
from smashcima.datasets.generation.labels import Files, LabelContext
from smashcima.datasets.layouts.musicorpus.manifest import Manifest
from smashcima.datasets.layouts.musicorpus.objects import layout_document, objects_document
from smashcima.datasets.layouts.musicorpus.page_facts import page_facts
from smashcima.datasets.layouts.musicorpus.subdivisions import LEVELS, subdivisions_of
from smashcima.exporting.annotation import PageAnnotation, annotation_of
from smashcima.exporting.mung import MungExporter
from smashcima.exporting.mung.nodes import MungNode, to_document
from smashcima.exporting.musicxml import MusicXmlExporter
from smashcima.imaging import encode_image, to_gray
from smashcima.scene.semantic import Score

COCO = "coco-object-detection.json"
IDS = "mung-to-coco-ids-map.json"
LAYOUT = "layout.json"
FACTS = "metadata.json"
IMAGE_PARTS = "subdivisions.image.json"
COCO_PARTS = f"subdivisions.{COCO}"


def page_files(
    context: LabelContext, manifest: Manifest, spec: ImageSpec, margin_ss: float, clarity: str | None
) -> Files:
    """The files of a page, by suffix or by path in the folder of the page; the image itself is not among them."""
    key = context.file_name.rpartition(".")[0]
    (page,) = context.scene.pages
    nodes, files = _described(context.annotation, context.score, manifest, key, "")
    files[LAYOUT] = _json(layout_document(manifest, f"{key}/image.jpg", context.annotation))
    files[FACTS] = _json(page_facts(context, page, f"{manifest.folder}/{key}/image.jpg", clarity))
    ids = {node.data["smashcima_id"]: node.id for node in nodes}
    boxes: dict[str, dict[str, Any]] = {folder: {} for folder in LEVELS}
    links: dict[str, dict[str, Any]] = {folder: {} for folder in LEVELS}
    for part in subdivisions_of(context.image, page, context.scene.score, margin_ss):
        folder, name = part.folder, part.name
        left, top, right, bottom = part.crop.box
        boxes[folder][name] = {"bbox": [left, top, right - left, bottom - top]}
        pixels = part.crop.image.bitmap
        within = f"{folder}/{name}/"
        files[f"{within}image.jpg"] = encode_image(
            to_gray(pixels) if spec.gray else pixels, ".jpg", jpeg_quality=spec.quality
        )
        own, described = _described(annotation_of(part.crop.image), part.score, manifest, key, within)
        for suffix, content in described.items():
            files[within + TRANSCRIPTIONS.get(suffix, suffix)] = content
        links[folder][name] = {
            "page_to_local": {
                str(ids[said]): str(node.id) for node in own if (said := node.data["smashcima_id"]) in ids
            }
        }
    files[IMAGE_PARTS] = _json(boxes)
    files[COCO_PARTS] = _json(links)
    return files


TRANSCRIPTIONS = {
    suffix: f"transcription.{suffix}"
    for suffix in ("musicxml", "mung", "mei", "krn", "ly", "midi", "abc", "lmx")
}
"""Names of the files of transcriptions, by the suffixes of labels."""


def _described(
    annotation: PageAnnotation, score: Score, manifest: Manifest, key: str, within: str
) -> tuple[list[MungNode], dict[str, bytes]]:
    """The nodes of an image, and its MuNG, COCO and MusicXML."""
    image = annotation.image
    nodes = MungExporter().export(annotation)
    document = objects_document(manifest, f"{key}/{within}image.jpg", image.width, image.height, nodes)
    name = "_".join([key, *within.strip("/").split("/")]).rstrip("_")
    return nodes, {
        "mung": to_document(nodes, manifest.folder, name).encode(),
        COCO: _json(document),
        IDS: _json({"mung_to_coco": {str(node.id): node.id for node in nodes}}),
        "musicxml": MusicXmlExporter().export_string(score).encode(),
    }


def _json(data: Any) -> bytes:
    return (json.dumps(data, ensure_ascii=False, separators=(",", ":")) + "\n").encode()
