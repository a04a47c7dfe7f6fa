"""Exporter of images to MuNG documents."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    PageAnnotation,
    annotation_of,
    labels_without_class,
)
from smashcima.exporting.annotation.run_lengths import RunLengths, filled_rows
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.mung.nodes import Data, MungNode, to_document
from smashcima.exporting.writing import write_text
from smashcima.scene.graph import garbage_collection_paused
from smashcima.short_repr import ShortRepr

_PRECEDENCE = ("precedence_inlinks", "precedence_outlinks")


@dataclass(frozen=True)
class MungExporter(OmittedMethod, ShortRepr):
    """Exports the ground truth of an image as a Music Notation Graph, version 2.

    Links have the directions of MUSCIMA++. Data items contain precedence, pitch, duration, onset and text,
    the `smashcima_id`, which is the same in every format, and `source_element`, the id of the element of the
    score.
    """

    classes: ClassesField = ClassesField("mung")
    """Selection of classes, or the name of a vocabulary. `ClassSelection("muscimapp2")` chooses those of MUSCIMA++ 2.0."""

    dataset: str = "Smashcima"
    document: str | None = None
    """Name of the document; by default, that of the page."""

    precedence: bool = True
    """Whether to include precedence links, the temporal order in each voice."""

    def export(self, x: AnnotationSource) -> list[MungNode]:
        """Returns the nodes: staves and other areas first, then symbols, groups and staff spaces.

        Objects without a class in the vocabulary, or without a pixel in the image, have no node.
        """
        annotation = annotation_of(x)
        names = self.classes.classes_of_nodes(annotation.nodes)
        masks = _masks(annotation, [index for index, name in enumerate(names) if name is not None])
        ids = {index: number for number, index in enumerate(masks)}
        outlinks = _numbered(annotation.targets(annotation.syntax), ids)
        inlinks = _numbered(annotation.sources(annotation.syntax), ids)
        data = self._data(annotation, ids)
        return [
            MungNode(ids[index], str(names[index]), mask, inlinks[index], outlinks[index], data[index])
            for index, mask in masks.items()
        ]

    def _data(self, annotation: PageAnnotation, ids: dict[int, int]) -> list[Data]:
        """The data items of each node."""
        data: list[Data] = [
            {**facts, "smashcima_id": node.id}
            for facts, node in zip(annotation.facts, annotation.nodes, strict=True)
        ]
        if self.precedence:
            links = annotation.precedence
            for key, linked in zip(
                _PRECEDENCE, (annotation.sources(links), annotation.targets(links)), strict=True
            ):
                for own, numbers in zip(data, _numbered(linked, ids), strict=True):
                    if numbers:
                        own[key] = list(numbers)
        return data

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text."""
        with garbage_collection_paused():
            annotation = annotation_of(x)
            return to_document(self.export(annotation), self.dataset, self.document or _name_of(annotation))

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)


def _name_of(annotation: PageAnnotation) -> str:
    return annotation.nodes[0].id if annotation.nodes else "page"


def _numbered(links: list[list[int]], ids: dict[int, int]) -> list[tuple[int, ...]]:
    """Links of nodes as ids in the document, without those to nodes that are not in it."""
    return [tuple([ids[other] for other in linked if other in ids]) if linked else () for linked in links]


def _masks(annotation: PageAnnotation, wanted: list[int]) -> dict[int, RunLengths]:
    """Masks of the nodes that cover a pixel, in order."""
    width, height = annotation.image.width, annotation.image.height
    nodes, runs = annotation.nodes, annotation.row_runs
    found: dict[int, RunLengths] = {}
    for index in wanted:
        if nodes[index].is_ink or nodes[index].members:
            mask = runs[index]
        else:
            rings = annotation.regions.outlines.rings(index)
            mask = filled_rows(rings[0], width, height) if rings else None
        if mask is not None:
            found[index] = mask
    return found
