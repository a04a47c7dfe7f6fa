"""Exporter of images to MuNG documents."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import Issue
from smashcima.exporting.annotation import (
    AnnotationSource,
    PageAnnotation,
    annotation_of,
    labels_without_class,
)
from smashcima.exporting.annotation.page_annotation import Links
from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable, filled_table
from smashcima.exporting.classes import ClassesField
from smashcima.exporting.former_names import OmittedMethod
from smashcima.exporting.mung.nodes import (
    Data,
    MungNode,
    NodeColumns,
    document_text,
    escaped,
    fact_items,
    mask_texts,
)
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
        chosen = self._chosen(annotation)
        links = [_grouped(*each, len(chosen.nodes)) for each in chosen.links(annotation.syntax)]
        precedence = [
            _grouped(*each, len(chosen.nodes)) for each in self._precedence_links(chosen, annotation)
        ]
        nodes = []
        for number, index in enumerate(chosen.nodes):
            mask = chosen.mask(number)
            data: Data = {**annotation.facts[index], "smashcima_id": annotation.nodes[index].id}
            for key, linked in zip(_PRECEDENCE, precedence, strict=False):
                if linked[number]:
                    data[key] = linked[number]
            inlinks, outlinks = (tuple(linked[number]) for linked in links)
            nodes.append(MungNode(number, chosen.names[number], mask, inlinks, outlinks, data))
        return nodes

    def export_string(self, x: AnnotationSource) -> str:
        """Returns the document as text."""
        with garbage_collection_paused():
            annotation = annotation_of(x)
            chosen = self._chosen(annotation)
            count = len(chosen.nodes)
            inlinks, outlinks = (_joined(*each, count) for each in chosen.links(annotation.syntax))
            items = _fact_items(annotation, chosen.nodes)
            for key, each in zip(_PRECEDENCE, self._precedence_links(chosen, annotation), strict=False):
                for number, text in enumerate(_joined(*each, count)):
                    if text:
                        items[number] += f'\n      <DataItem key="{key}" type="list[int]">{text}</DataItem>'
            masks = [text for table in chosen.tables for text in mask_texts(table)]
            columns = NodeColumns(
                range(count),
                chosen.names,
                np.concatenate([table.windows for table in chosen.tables])[chosen.places].tolist(),
                [masks[place] for place in chosen.places],
                inlinks,
                outlinks,
                items,
            )
            return document_text(columns.texts(), self.dataset, self.document or _name_of(annotation))

    def _chosen(self, annotation: PageAnnotation) -> _Chosen:
        """The nodes that have a class and cover a pixel."""
        names = self.classes.classes_of_nodes(annotation.nodes)
        width, height = annotation.image.width, annotation.image.height
        outlines, nodes = annotation.regions.outlines, annotation.nodes
        # The place of each node in both tables of masks: those of ink, of all nodes, and then those of areas.
        places: list[int] = []
        wanted: list[int] = []
        rings: list[NDArray[np.float64]] = []
        for index, name in enumerate(names):
            if name is None:
                continue
            if nodes[index].is_ink or nodes[index].members:
                places.append(index)
            elif found := outlines.rings(index):
                places.append(len(nodes) + len(rings))
                rings.append(found[0])
            else:
                continue
            wanted.append(index)
        tables = annotation.row_runs, filled_table(rings, width, height)
        is_there = np.concatenate([table.sizes > 0 for table in tables]).tolist()
        kept = [index for index, place in zip(wanted, places, strict=True) if is_there[place]]
        numbers = np.full(len(nodes), -1, np.intp)
        numbers[kept] = np.arange(len(kept))
        there = [place for place in places if is_there[place]]
        return _Chosen(kept, [str(names[index]) for index in kept], there, tables, numbers)

    def _precedence_links(self, chosen: _Chosen, annotation: PageAnnotation) -> Iterable[_Pairs]:
        return chosen.links(annotation.precedence) if self.precedence else ()

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)


def _name_of(annotation: PageAnnotation) -> str:
    return annotation.nodes[0].id if annotation.nodes else "page"


_Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Numbers of nodes, and of the nodes that are linked to them."""


class _Chosen(NamedTuple):
    """The nodes of a document."""

    nodes: list[int]
    """Their indices in the annotation; their ids in the document are the places in this list."""

    names: list[str]
    places: list[int]
    """The place of the mask of each node in the tables, of which the second follows the first."""

    tables: tuple[RunTable, RunTable]
    numbers: NDArray[np.intp]
    """The id of each node of the annotation; -1 if it is not in the document."""

    def mask(self, number: int) -> RunLengths:
        """The mask of a node of the document."""
        first, second = self.tables
        place = self.places[number]
        mask = first[place] if place < len(first) else second[place - len(first)]
        assert mask is not None
        return mask

    def links(self, links: Links) -> tuple[_Pairs, _Pairs]:
        """The ids of the sources and of the targets of each node, for links of the annotation."""
        sources, targets = self.numbers[links].T
        there = (sources >= 0) & (targets >= 0)
        sources, targets = sources[there], targets[there]
        return (targets, sources), (sources, targets)


def _grouped(keys: NDArray[np.intp], values: NDArray[np.intp], count: int) -> list[list[int]]:
    """The values of each key below `count`, in their order, which is ascending as links are sorted."""
    order = np.argsort(keys, kind="stable")
    bounds = np.searchsorted(keys[order], np.arange(count + 1)).tolist()
    ordered = values[order].tolist()
    return [ordered[begin:end] for begin, end in pairwise(bounds)]


def _joined(keys: NDArray[np.intp], values: NDArray[np.intp], count: int) -> list[str]:
    """The values of each key as text."""
    if (keys[1:] < keys[:-1]).any():
        order = np.argsort(keys, kind="stable")
        keys, values = keys[order], values[order]
    texts = list(map(str, values.tolist()))
    starts = np.flatnonzero(np.diff(keys, prepend=-1))
    result = [""] * count
    bounds = pairwise([*starts.tolist(), len(texts)])
    for key, (begin, end) in zip(keys[starts].tolist(), bounds, strict=True):
        result[key] = texts[begin] if end == begin + 1 else " ".join(texts[begin:end])
    return result


def _fact_items(annotation: PageAnnotation, nodes: Sequence[int]) -> list[str]:
    """The lines of the data items of nodes, without links."""
    facts, all_nodes = annotation.fact_texts(nodes, fact_items), annotation.nodes
    ids = escaped([all_nodes[index].id for index in nodes])
    return [
        f'{text}\n      <DataItem key="smashcima_id" type="str">{id}</DataItem>'
        if text
        else f'      <DataItem key="smashcima_id" type="str">{id}</DataItem>'
        for text, id in zip(facts, ids, strict=True)
    ]
