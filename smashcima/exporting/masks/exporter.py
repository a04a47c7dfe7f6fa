"""Exporter of images to masks."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    PageAnnotation,
    annotation_of,
    labels_without_class,
)
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.writing import write_bytes
from smashcima.imaging import Masks
from smashcima.short_repr import ShortRepr

MASKS: dict[str, str] = {
    "semantic": "the number of the class whose ink is on top; 0 = no ink of any class",
    "instance": "the number of the object whose ink is on top; 0 = no ink",
    "staff_lines": "255 = staff line, also where other ink crosses it",
    "ink": "255 = any ink",
    "class": "255 = ink of the class `class_name`, hidden or not",
}
"""Types of masks, with the meaning of their pixel values."""


@dataclass(frozen=True)
class MaskExporter(OmittedMethod, ShortRepr):
    """Exports the classes or objects of pixels as a one-channel image of the same size.

    A pixel belongs to an object if the object covers at least half of it.
    """

    mask: str = "semantic"
    """One of `MASKS`."""

    classes: ClassesField = ClassesField()
    """Selection of classes, or the name of a vocabulary, for `semantic` and `class`."""

    class_name: str | None = None
    """Name of the class, for `class`."""

    def __post_init__(self) -> None:
        if self.mask not in MASKS:
            raise ExportError(f"There is no mask {self.mask!r}; available: {', '.join(MASKS)}.")
        if (self.mask == "class") != (self.class_name is not None):
            raise ExportError(
                'class_name must be set for the mask "class", and only for it: '
                '`MaskExporter("class", class_name=...)`.'
            )
        if self.class_name is not None and self.class_name not in self.classes.classes:
            raise ExportError(f"There is no class {self.class_name!r} among the classes of this export.")

    def export(self, x: AnnotationSource) -> NDArray[np.uint8] | NDArray[np.uint16]:
        """Returns the mask, (height_px, width_px), as uint8, or uint16 if the numbers require it."""
        annotation = annotation_of(x)
        if self.mask in ("semantic", "class"):
            return self._by_class(annotation)
        masks = annotation.masks()
        if self.mask == "instance":
            numbers = masks.instance_map
            if numbers.dtype == np.uint32:
                raise ExportError(f"{len(annotation)} objects are too many for an image of 16 bits.")
            return np.asarray(numbers, dtype=np.uint16)
        chosen = masks.staff_line_mask if self.mask == "staff_lines" else masks.ink_mask
        return np.where(chosen, 255, 0).astype(np.uint8)

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the mask as a lossless image: PNG or TIFF."""
        if Path(path).suffix.lower() not in (".png", ".tif", ".tiff"):
            raise ExportError(f"{path}: masks must be written as PNG or TIFF, which are lossless.")
        write_bytes(_encoded(self.export(x), Path(path).suffix), path)

    def table(self, x: AnnotationSource) -> dict[int, str]:
        """Returns the meaning of the numbers of the mask: classes, or the ids of objects."""
        if self.mask == "semantic":
            return dict(enumerate(self.classes.classes, 1))
        if self.mask == "instance":
            annotation = annotation_of(x)
            return {number: node.id for number, node in enumerate(annotation.nodes, 1) if node.is_ink}
        return {255: self.class_name or self.mask}

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels without a class; empty for masks that do not distinguish classes."""
        if self.mask not in ("semantic", "class"):
            return []
        return labels_without_class(annotation_of(x), self.classes)

    def _by_class(self, annotation: PageAnnotation) -> NDArray[np.uint8] | NDArray[np.uint16]:
        names = {
            index: name
            for index, node in enumerate(annotation.nodes)
            if node.is_ink and (name := self.classes.class_of_node(node.sign, node.scene_object)) is not None
        }
        width, height = annotation.image.width, annotation.image.height
        if self.mask == "semantic":
            # Objects without a class do not hide others.
            known = annotation.regions.chosen(np.array(list(names), np.intp))
            named = replace(known, labels=tuple(names.values()))
            numbers = {name: number for number, name in self.table(annotation).items()}
            return Masks(named, width, height).semantic_map(numbers)
        result = np.zeros((height, width), np.uint8)
        wanted = [index for index, name in names.items() if name == self.class_name]
        of_class = annotation.regions.chosen(np.array(wanted, np.intp))
        for left, top, pixels in Masks(of_class, width, height).full_masks():
            rows, columns = pixels.shape
            result[top : top + rows, left : left + columns][pixels] = 255
        return result


def _encoded(mask: NDArray[np.uint8] | NDArray[np.uint16], suffix: str) -> bytes:
    import cv2

    ok, data = cv2.imencode(suffix.lower(), mask)
    if not ok:
        raise ExportError(f"A mask of shape {mask.shape} cannot be written as {suffix}.")
    return bytes(data.tobytes())
