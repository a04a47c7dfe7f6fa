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
    BETWEEN,
    DOCUMENT_END,
    Data,
    MungNode,
    NodeColumns,
    document_head,
    document_text,
    escaped,
    fact_items,
)
from smashcima.exporting.text_columns import TextColumn, text_of
from smashcima.exporting.writing import write_text
from smashcima.kernels import kernels_are_used
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
        for number, index in enumerate(chosen.nodes.tolist()):
            mask = chosen.mask(number)
            data: Data = {**annotation.facts[index], "smashcima_id": annotation.table.ids[index]}
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
            name = self.document or _name_of(annotation)
            if kernels_are_used():
                return _document_by_kernel(self._prepared(annotation, chosen), chosen, self.dataset, name)
            columns = self._columns(annotation, chosen)
            masks = map(chosen.mask, range(len(chosen.nodes)))
            return document_text(columns.texts(range(len(chosen.nodes)), masks), self.dataset, name)

    def _prepared(self, annotation: PageAnnotation, chosen: _Chosen) -> _Prepared:
        """The texts around the masks, which are mostly the same for all images of a page."""
        key = ("mung", self.precedence, chosen.nodes.tobytes())
        return annotation.kept(key, self.classes, lambda: _prepared(self._columns(annotation, chosen)))

    def _columns(self, annotation: PageAnnotation, chosen: _Chosen) -> NodeColumns:
        count = len(chosen.nodes)
        inlinks, outlinks = (_joined(*each, count) for each in chosen.links(annotation.syntax))
        items = _fact_items(annotation, chosen.nodes.tolist())
        for key, each in zip(_PRECEDENCE, self._precedence_links(chosen, annotation), strict=False):
            for number, text in enumerate(_joined(*each, count)):
                if text:
                    items[number] += f'\n      <DataItem key="{key}" type="list[int]">{text}</DataItem>'
        return NodeColumns(chosen.names, inlinks, outlinks, items)

    def _chosen(self, annotation: PageAnnotation) -> _Chosen:
        """The nodes that have a class and cover a pixel."""
        names = annotation.class_names(self.classes)
        width, height = annotation.image.width, annotation.image.height
        outlines, has_mask = annotation.regions.outlines, annotation.table.has_mask
        has_class = np.array([name is not None for name in names], np.bool_)
        wanted = np.flatnonzero(has_class & (has_mask | (np.diff(outlines.shape_rings) > 0)))
        # The place of each node in both tables of masks: those of ink, of all nodes, and then those of areas.
        is_area = ~has_mask[wanted]
        places = wanted.copy()
        places[is_area] = len(names) + np.arange(np.count_nonzero(is_area))
        first = outlines.shape_rings[wanted[is_area]]
        bounds = zip(
            outlines.ring_starts[first].tolist(), outlines.ring_starts[first + 1].tolist(), strict=True
        )
        rings = [outlines.points[begin:end] for begin, end in bounds]
        tables = annotation.row_runs, filled_table(rings, width, height)
        is_there = np.concatenate([table.sizes > 0 for table in tables])[places]
        nodes = wanted[is_there]
        numbers = np.full(len(names), -1, np.intp)
        numbers[nodes] = np.arange(len(nodes))
        return _Chosen(
            nodes, [str(names[index]) for index in nodes.tolist()], places[is_there], tables, numbers
        )

    def _precedence_links(self, chosen: _Chosen, annotation: PageAnnotation) -> Iterable[_Pairs]:
        return chosen.links(annotation.precedence) if self.precedence else ()

    def write(self, x: AnnotationSource, path: str | Path) -> None:
        """Writes the document to a file; raises an `ExportError` if that fails."""
        write_text(self.export_string(x), path)

    def omissions(self, x: AnnotationSource) -> list[Issue]:
        """Lists the labels in the image that have no class."""
        return labels_without_class(annotation_of(x), self.classes)


def _name_of(annotation: PageAnnotation) -> str:
    return annotation.table.ids[0] if len(annotation) else "page"


_Pairs = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Numbers of nodes, and of the nodes that are linked to them."""


class _Prepared(NamedTuple):
    """The texts before and after the place and runs of each node, of which the latter end with the line."""

    before: TextColumn
    after: TextColumn


def _prepared(columns: NodeColumns) -> _Prepared:
    ends = [f"{text}\n" for text in columns.after_masks()]
    return _Prepared(TextColumn.of(columns.before_masks(range(len(ends)))), TextColumn.of(ends))


def _document_by_kernel(prepared: _Prepared, chosen: _Chosen, dataset: str, name: str) -> str:
    """The document of nodes, put together by a compiled kernel."""
    from smashcima.exporting.mung.text_kernels import BYTES_PER_NODE, BYTES_PER_RUN, write_nodes

    before, after = prepared
    first, second = chosen.tables
    ends = np.concatenate([first.ends, second.ends])[chosen.places]
    begins = ends - np.concatenate([first.sizes, second.sizes])[chosen.places]
    room = len(before.content) + len(after.content) + BYTES_PER_NODE * len(ends)
    text = np.empty(room + BYTES_PER_RUN * int((ends - begins).sum()), np.uint8)
    used = write_nodes(
        *before,
        *TextColumn.of(BETWEEN),
        *after,
        np.concatenate([first.windows, second.windows])[chosen.places],
        first.counts,
        second.counts,
        (chosen.places >= len(first)).astype(np.int64),
        begins,
        ends,
        text,
    )
    return "".join([document_head(dataset, name), "\n", text_of(text[:used]), DOCUMENT_END])


class _Chosen(NamedTuple):
    """The nodes of a document."""

    nodes: NDArray[np.intp]
    """Their indices in the annotation; their ids in the document are the places in this list."""

    names: list[str]
    places: NDArray[np.intp]
    """The place of the mask of each node in the tables, of which the second follows the first."""

    tables: tuple[RunTable, RunTable]
    numbers: NDArray[np.intp]
    """The id of each node of the annotation; -1 if it is not in the document."""

    def mask(self, number: int) -> RunLengths:
        """The mask of a node of the document."""
        first, second = self.tables
        place = int(self.places[number])
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
    facts, all_ids = annotation.fact_texts(nodes, fact_items), annotation.table.ids
    ids = escaped([all_ids[index] for index in nodes])
    return [
        f'{text}\n      <DataItem key="smashcima_id" type="str">{id}</DataItem>'
        if text
        else f'      <DataItem key="smashcima_id" type="str">{id}</DataItem>'
        for text, id in zip(facts, ids, strict=True)
    ]
