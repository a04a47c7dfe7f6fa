"""Exporter of images to YOLO label files."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    annotation_of,
    labels_without_class,
    labels_without_number,
)
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.writing import write_text
from smashcima.exporting.yolo.outline import one_outline
from smashcima.short_repr import ShortRepr

_TASKS = ("detect", "segment", "obb")


@dataclass(frozen=True)
class YoloExporter(OmittedMethod, ShortRepr):
    """Exports the ground truth of an image as the lines of a YOLO label file.

    A line contains the class number, from 0, and coordinates from 0 to 1 as fractions of the width and height
    of the image: centre, width and height of the box (`detect`), the points of the outline (`segment`), or
    the four corners of the smallest rotated rectangle (`obb`).
    """

    classes: ClassesField = ClassesField()
    """Selection of classes, or the name of a vocabulary. The number of a class is its position in `classes.classes`, from 0. Labels
    without a number are left out, and listed by `omissions`."""

    task: Literal["detect", "segment", "obb"] = "detect"

    def __post_init__(self) -> None:
        if self.task not in _TASKS:
            raise ExportError(f"There is no YOLO task {self.task!r}; available: {', '.join(_TASKS)}.")

    def export(self, x: AnnotationSource) -> list[tuple[int, NDArray[np.float64]]]:
        """Returns the class number and coordinates of each object. Objects without a number or area are left
        out.

        Raises:
            ExportError: the function `split` of the selection returned a class that is not in its `add`.
        """
        annotation = annotation_of(x)
        regions, image = annotation.regions, annotation.image
        size = np.array((image.width, image.height), np.float64)
        numbers = {name: number for number, name in enumerate(self.classes.classes)}
        boxes = regions.pixel_boxes()
        oriented = regions.oriented_boxes() if self.task == "obb" else None
        lines = []
        for index, node in enumerate(annotation.nodes):
            name = self.classes.class_of_node(node.sign, node.scene_object)
            left, top, right, bottom = boxes[index].tolist()
            if name is None or right <= left or bottom <= top:
                continue
            if name not in numbers:
                if self.classes.split is None:
                    continue  # a label of the user
                raise ExportError(
                    f"The class {name!r} was created by `split` and has no number, which YOLO needs in advance. "
                    f"Name it in the selection: `add=[{name!r}, ...]`."
                )
            if oriented is not None:
                values = oriented[index] / size
            elif self.task == "segment":
                values = one_outline(regions[index].rings) / size
            else:
                low, high = np.array([(left, top), (right, bottom)]) / size
                values = np.concatenate([(low + high) / 2, high - low])
            lines.append((numbers[name], np.clip(values, 0, 1).ravel()))
        return lines

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the label file as text, with six decimals per number."""
        return "".join(
            f"{number} {' '.join(f'{value:.6f}' for value in values.tolist())}\n"
            for number, values in self.export(x)
        )

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the label file. Name it like the image, with the suffix `.txt`."""
        write_text(self.export_string(x), path)

    def data_yaml(
        self,
        train: str = "images/train",
        val: str = "images/val",
        path: str | None = None,
        test: str | None = None,
    ) -> str:
        """Returns the content of `data.yaml`: the paths of the images and the names of the classes.

        The paths are relative to `path`, and without it, to the folder of the file. A relative `path` is taken relative
        to the working directory or a directory in the settings of the trainer.
        """
        # JSON strings are valid YAML strings.
        names = "".join(
            f"  {number}: {json.dumps(name)}\n" for number, name in enumerate(self.classes.classes)
        )
        places = {"path": path, "train": train, "val": val, "test": test}
        head = "".join(f"{key}: {json.dumps(place)}\n" for key, place in places.items() if place is not None)
        return f"{head}nc: {len(self.classes.classes)}\nnames:\n{names}"

    def write_data_yaml(self, file: str | Path, **places: str) -> None:
        """Writes `data.yaml`; `places` are the arguments of `data_yaml`."""
        write_text(self.data_yaml(**places), file)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class, or a class without a number."""
        annotation = annotation_of(x)
        return labels_without_class(annotation, self.classes) + labels_without_number(
            annotation, self.classes
        )
