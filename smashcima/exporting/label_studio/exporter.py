"""Exporter of images to tasks of Label Studio."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from xml.sax.saxutils import quoteattr

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import AnnotationSource, annotation_of, labels_without_class
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.writing import write_text
from smashcima.short_repr import ShortRepr

Task = dict[str, Any]

_KINDS = ("annotations", "predictions")
_COLORS = ("#d1495b", "#00798c", "#b8860b", "#30638e", "#5b8e36", "#7d4f9e", "#c1552c", "#46535e")


@dataclass(frozen=True)
class LabelStudioExporter(ShortRepr):
    """Exports the boxes of an image, with their relations, as a task of Label Studio.

    Import the file into a project with the configuration of `labeling_config`. Boxes are percentages of the size of
    the image. The id of a box is that of the object in every format.
    """

    classes: ClassesField = ClassesField()
    """What `ClassSelection.of` accepts."""

    image_url: str = "page.png"
    """Where Label Studio finds the image: a URL, or `/data/local-files/?d=images/page.png` for files that it serves."""

    kind: str = "annotations"
    """`annotations`, which people correct, or `predictions`, from which they start."""

    relations: bool = True
    """Whether to export the links of MuNG, such as from a notehead to its stem."""

    def __post_init__(self) -> None:
        if self.kind not in _KINDS:
            raise ExportError(f"There is no kind {self.kind!r} of results; choose from {', '.join(_KINDS)}.")

    def export(self, x: AnnotationSource) -> Task:
        """Returns the task. Objects without a class or a pixel are left out."""
        annotation = annotation_of(x)
        image = annotation.image
        results: list[Task] = []
        ids: dict[int, str] = {}
        for index, (left, top, right, bottom) in enumerate(annotation.regions.pixel_boxes().tolist()):
            node = annotation.nodes[index]
            name = self.classes.class_of_node(node.sign, node.scene_object)
            if name is None or right <= left or bottom <= top:
                continue
            ids[index] = node.id
            across, down = 100 / image.width, 100 / image.height
            value = {
                "x": left * across,
                "y": top * down,
                "width": (right - left) * across,
                "height": (bottom - top) * down,
                "rotation": 0,
                "rectanglelabels": [name],
            }
            results.append(
                {
                    "id": node.id,
                    "type": "rectanglelabels",
                    "from_name": "label",
                    "to_name": "image",
                    "original_width": image.width,
                    "original_height": image.height,
                    "image_rotation": 0,
                    "value": value,
                }
            )
        for start, end in annotation.syntax.tolist() if self.relations else ():
            if start in ids and end in ids:
                results.append(
                    {"type": "relation", "from_id": ids[start], "to_id": ids[end], "direction": "right"}
                )
        return {"data": {"image": self.image_url}, self.kind: [{"result": results}]}

    def export_string(self, x: AnnotationSource) -> str:
        """Returns a list with the task as JSON, as Label Studio imports it."""
        return json.dumps([self.export(x)], ensure_ascii=False) + "\n"

    def labeling_config(self) -> str:
        """Returns the configuration of a project for these classes."""
        labels = "\n".join(
            f'    <Label value={quoteattr(name)} background="{_COLORS[number % len(_COLORS)]}"/>'
            for number, name in enumerate(self.classes.classes)
        )
        return (
            '<View>\n  <Image name="image" value="$image" zoom="true"/>\n'
            f'  <RectangleLabels name="label" toName="image">\n{labels}\n  </RectangleLabels>\n</View>\n'
        )

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)
