"""Labels of images in data sets, by name."""

from __future__ import annotations

import json
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from smashcima.errors import ExportError
from smashcima.exporting.annotation import PageAnnotation, annotation_of

if TYPE_CHECKING:
    from smashcima.imaging import ImageLayer
    from smashcima.orchestration import MusicScene
    from smashcima.scene.graph import SceneObject
    from smashcima.scene.semantic import Score

Files = Mapping[str, bytes]
"""Content by suffix without a leading dot."""


@dataclass(frozen=True)
class LabelContext:
    """One image, for which labels are written."""

    image: ImageLayer
    file_name: str
    """Name of the image file."""

    scene: MusicScene
    score: Score
    """The music that the image shows: a page, system, staff or measure."""

    cropped: SceneObject | None = None
    """What the image shows, if it is a crop: a system, staff, measure or symbol; `None` for whole pages."""

    @cached_property
    def annotation(self) -> PageAnnotation:
        """The annotation of the image, shared by all formats."""
        return annotation_of(self.image)

    def numbers_of_objects(self) -> dict[str, int]:
        """Numbers of objects in the image by label, in alphabetical order; empty if no format has needed the annotation."""
        if "annotation" not in vars(self):
            return {}
        return dict(sorted(Counter(node.sign.label for node in self.annotation.nodes).items()))


Labeller = Callable[[LabelContext], Files]


def _coco(context: LabelContext) -> Files:
    from smashcima.exporting.coco import CocoExporter

    return {"coco.json": _text(CocoExporter(file_name=context.file_name).export_string(context.annotation))}


def _mung(context: LabelContext) -> Files:
    from smashcima.exporting.mung import MungExporter

    stem = context.file_name.rpartition(".")[0]
    return {"mung": _text(MungExporter(document=stem).export_string(context.annotation))}


def _yolo(context: LabelContext) -> Files:
    from smashcima.exporting.yolo import YoloExporter

    return {"txt": _text(YoloExporter().export_string(context.annotation))}


def _deepscores(context: LabelContext) -> Files:
    from smashcima.exporting.deepscores import DeepScoresExporter

    exporter = DeepScoresExporter(file_name=context.file_name)
    return {"deepscores.json": _text(exporter.export_string(context.annotation))}


def _masks(context: LabelContext) -> Files:
    from smashcima.exporting.masks import MaskExporter

    masks = ("semantic", "instance", "staff_lines")
    return {f"{mask}.png": _written(MaskExporter(mask), context, ".png") for mask in masks}


def _pagexml(context: LabelContext) -> Files:
    from smashcima.exporting.pagexml import PageXmlExporter

    return {"xml": _text(PageXmlExporter(file_name=context.file_name).export_string(context.image))}


def _alignment(context: LabelContext) -> Files:
    from smashcima.exporting.alignment import AlignmentExporter

    exporter = AlignmentExporter(file_name=context.file_name, record=context.scene.record)
    return {"alignment.json": _text(exporter.export_string(context.annotation))}


def _musicxml(context: LabelContext) -> Files:
    from smashcima.exporting.musicxml import MusicXmlExporter

    return {"musicxml": _text(MusicXmlExporter().export_string(context.score))}


def _mei(context: LabelContext) -> Files:
    from smashcima.exporting.mei import MeiExporter

    return {"mei": _text(MeiExporter().export_string(context.score))}


def _humdrum(context: LabelContext) -> Files:
    from smashcima.exporting.humdrum import HumdrumExporter

    return {"krn": _text(HumdrumExporter("kern").export_string(context.score))}


def _lmx(context: LabelContext) -> Files:
    from smashcima.exporting.lmx import LmxExporter

    return {"lmx": _text(str(LmxExporter().export_string(context.score)))}


def _primus(encoding: str) -> Labeller:
    def write(context: LabelContext) -> Files:
        from smashcima.exporting.primus import PrimusExporter

        return {encoding: _text(PrimusExporter(encoding).export_string(context.score))}

    return write


def _mashcima(context: LabelContext) -> Files:
    from smashcima.exporting.mashcima import MashcimaExporter
    from smashcima.orchestration import StaffScene

    if isinstance(context.scene, StaffScene) and context.scene.annotation:
        return {"mashcima": _text(context.scene.annotation)}
    return {"mashcima": _text(MashcimaExporter(extensions=True).export_string(context.score))}


def _record(context: LabelContext) -> Files:
    return {"record.json": _text(json.dumps(context.scene.record, ensure_ascii=False, indent=1) + "\n")}


LABELS: dict[str, Labeller] = {
    "coco": _coco,
    "mung": _mung,
    "yolo": _yolo,
    "deepscores": _deepscores,
    "masks": _masks,
    "pagexml": _pagexml,
    "alignment": _alignment,
    "musicxml": _musicxml,
    "mei": _mei,
    "humdrum": _humdrum,
    "lmx": _lmx,
    "agnostic": _primus("agnostic"),
    "semantic": _primus("semantic"),
    "mashcima": _mashcima,
    "record": _record,
}
"""All labels, by their names in plans."""

SUFFIXES: dict[str, tuple[str, ...]] = {
    **{name: (name,) for name in ("mung", "musicxml", "mei", "lmx", "agnostic", "semantic", "mashcima")},
    "coco": ("coco.json",),
    "yolo": ("txt",),
    "deepscores": ("deepscores.json",),
    "masks": ("semantic.png", "instance.png", "staff_lines.png"),
    "pagexml": ("xml",),
    "alignment": ("alignment.json",),
    "humdrum": ("krn",),
    "record": ("record.json",),
}
"""Suffixes of the files of each label."""


def write_labels(names: tuple[str, ...], context: LabelContext) -> tuple[Files, dict[str, str]]:
    """The files of an image, and the reasons why labels could not be written, by name."""
    files: dict[str, bytes] = {}
    failed: dict[str, str] = {}
    for name in names:
        # Single-voice encodings cannot express most staves; the image still has its other labels.
        with _noted(failed, name):
            files.update(LABELS[name](context))
    return files, failed


@contextmanager
def _noted(failed: dict[str, str], name: str) -> Iterator[None]:
    try:
        yield
    except ExportError as error:
        failed[name] = str(error)


def _written(exporter: Any, context: LabelContext, suffix: str) -> bytes:
    """The file that an exporter writes."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"label{suffix}"
        exporter.write(context.annotation, path)
        return path.read_bytes()


def _text(text: str) -> bytes:
    return text.encode()
