"""Exporter of images to annotations of Pascal VOC."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.errors import Issue
from smashcima.exporting.annotation import AnnotationSource, annotation_of, labels_without_class
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.writing import write_text
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from lxml import etree


@dataclass(frozen=True)
class PascalVocExporter(ShortRepr):
    """Exports the boxes of an image in the XML of the Pascal VOC challenge (development kit of 2012).

    Coordinates are whole pixels counted from 1; `xmax` and `ymax` are the last pixels of the box. `truncated` is 1 for
    objects that lie partly outside of the image.
    """

    classes: ClassesField = ClassesField()
    """What `ClassSelection.of` accepts."""

    file_name: str = "page.png"
    """Name of the image file."""

    folder: str = "images"
    """Name of the folder of the image file."""

    def export(self, x: AnnotationSource) -> etree._Element:
        """Returns the element `annotation`. Objects without a class or a pixel are left out."""
        from lxml import etree

        annotation = annotation_of(x)
        image = annotation.image
        root = etree.Element("annotation")
        _add(root, "folder", self.folder)
        _add(root, "filename", self.file_name)
        _add(etree.SubElement(root, "source"), "database", "Smashcima")
        size = etree.SubElement(root, "size")
        for name, value in (("width", image.width), ("height", image.height), ("depth", 3)):
            _add(size, name, str(value))
        _add(root, "segmented", "0")
        cut = {region.id for region in image.regions if region.visible < 1}
        boxes = annotation.regions.pixel_boxes().tolist()
        for node, (left, top, right, bottom) in zip(annotation.nodes, boxes, strict=True):
            class_name = self.classes.class_of_node(node.sign, node.scene_object)
            if class_name is None or right <= left or bottom <= top:
                continue
            item = etree.SubElement(root, "object")
            for key, text in (
                ("name", class_name),
                ("pose", "Unspecified"),
                ("truncated", str(int(node.id in cut))),
                ("difficult", "0"),
            ):
                _add(item, key, text)
            box = etree.SubElement(item, "bndbox")
            corners = {"xmin": left + 1, "ymin": top + 1, "xmax": right, "ymax": bottom}
            for key, value in corners.items():
                _add(box, key, str(int(value)))
        return root

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the annotation as text."""
        from lxml import etree

        root = self.export(x)
        etree.indent(root)
        return str(etree.tostring(root, encoding="unicode")) + "\n"

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails. Name it like the image, with the suffix `.xml`."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)


def _add(parent: etree._Element, name: str, text: str) -> None:
    from lxml import etree

    etree.SubElement(parent, name).text = text
