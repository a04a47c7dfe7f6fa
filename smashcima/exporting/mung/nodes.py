"""Nodes of a MuNG document, as values and as XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from smashcima.exporting.annotation.run_lengths import RunLengths, RunTable
from smashcima.exporting.kept_texts import KeptTexts
from smashcima.kernels import kernels_are_used

Data = dict[str, "str | int | float | list[int]"]

_INLINKS, _OUTLINKS = "\n    <Inlinks>", "\n    <Outlinks>"
_DATA, _END_OF_DATA = "\n    <Data>\n", "\n    </Data>"


@dataclass(frozen=True, slots=True, eq=False)
class MungNode:
    """Node of a MuNG document."""

    id: int
    class_name: str
    mask: RunLengths
    """Mask as run lengths, row by row, with its window in the image."""

    inlinks: tuple[int, ...] = ()
    outlinks: tuple[int, ...] = ()
    """Ids of linked nodes."""

    data: Data = field(default_factory=dict)

    def to_xml(self) -> str:
        """Returns the node as an XML element, indented by two spaces."""
        return nodes_text([self])[0]


def nodes_text(nodes: Sequence[MungNode]) -> list[str]:
    """The nodes as XML elements, indented by two spaces."""
    return NodeColumns(
        [node.id for node in nodes],
        [node.class_name for node in nodes],
        [list(node.mask[:4]) for node in nodes],
        mask_texts(RunTable.of([node.mask for node in nodes])),
        [" ".join(map(str, node.inlinks)) for node in nodes],
        [" ".join(map(str, node.outlinks)) for node in nodes],
        ["\n".join(map(item_text, node.data, node.data.values())) for node in nodes],
    ).texts()


class NodeColumns(NamedTuple):
    """What the elements of nodes say, in columns: a page has a thousand nodes."""

    ids: Sequence[int]
    class_names: Sequence[str]
    windows: Sequence[Sequence[int]]
    """Left, top, width and height of each mask."""

    masks: Sequence[str]
    inlinks: Sequence[str]
    outlinks: Sequence[str]
    items: Sequence[str]
    """The lines of the data items of each node."""

    def texts(self) -> list[str]:
        """The elements, indented by two spaces."""
        escaped = {name: _escaped(name) for name in set(self.class_names)}
        return [
            f"  <Node>\n    <Id>{id}</Id>\n    <ClassName>{escaped[name]}</ClassName>\n"
            f"    <Top>{top}</Top>\n    <Left>{left}</Left>\n    <Width>{width}</Width>\n"
            f"    <Height>{height}</Height>\n    <Mask>{mask}</Mask>"
            f"{f'{_INLINKS}{inlinks}</Inlinks>' if inlinks else ''}"
            f"{f'{_OUTLINKS}{outlinks}</Outlinks>' if outlinks else ''}"
            f"{f'{_DATA}{items}{_END_OF_DATA}' if items else ''}\n  </Node>"
            for id, name, (left, top, width, height), mask, inlinks, outlinks, items in zip(
                self.ids,
                self.class_names,
                self.windows,
                self.masks,
                self.inlinks,
                self.outlinks,
                self.items,
                strict=True,
            )
        ]


def to_document(nodes: Sequence[MungNode], dataset: str, document: str) -> str:
    """Returns a complete document in UTF-8."""
    return document_text(nodes_text(nodes), dataset, document)


def document_text(nodes: Iterable[str], dataset: str, document: str) -> str:
    """Returns a complete document of nodes as XML elements."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<Nodes dataset={quoteattr(dataset)} document={quoteattr(document)}>"
    )
    return "\n".join([head, *nodes, "</Nodes>\n"])


def mask_texts(masks: RunTable) -> list[str]:
    """Run lengths of all pixels of the windows as text: `0:10 1:3 ...`; empty for masks without a pixel."""
    return _mask_texts_by_kernel(masks) if kernels_are_used() else [_mask_text(each) for each in masks]


def _mask_text(mask: RunLengths | None) -> str:
    if mask is None:
        return ""
    counts = mask.counts.tolist()
    rest = mask.width * mask.height - sum(counts)
    runs = [""] * len(counts)
    runs[::2] = map(_OUTSIDE, counts[::2])
    runs[1::2] = map(_INSIDE, counts[1::2])
    if rest:
        runs.append(f"0:{rest}")
    return " ".join(runs[1:] if counts[0] == 0 else runs)


def _mask_texts_by_kernel(masks: RunTable) -> list[str]:
    from smashcima.exporting.mung.text_kernels import BYTES_PER_RUN, write_runs

    sizes = np.where(masks.sizes > 0, masks.windows[:, 2] * masks.windows[:, 3], 0)
    text = np.empty(BYTES_PER_RUN * (len(masks.counts) + len(masks)), np.uint8)
    bounds = write_runs(masks.counts, masks.ends, sizes, text).tolist()
    letters = text[: bounds[-1] if bounds else 0].tobytes().decode("ascii")
    return [letters[begin : end - 1] if end > begin else "" for begin, end in pairwise([0, *bounds])]


class _Runs(dict[int, str]):
    """Text of a run by its length; cached, since a page has a hundred thousand runs."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __missing__(self, count: int) -> str:
        text = f"{self.value}:{count}"
        if len(self) < _MOST_RUNS:
            self[count] = text
        return text


_NEEDS_ESCAPING = re.compile("[&<>]").search
_MOST_RUNS = 2**14
_OUTSIDE = _Runs(0).__getitem__
_INSIDE = _Runs(1).__getitem__


def fact_items(facts: Mapping[str, str | int | float]) -> str:
    """The lines of facts as data items."""
    return _ITEMS.joined(facts, "\n")


def item_text(key: str, value: str | int | float | list[int]) -> str:
    """The line of a data item."""
    if isinstance(value, list):
        return f'      <DataItem key="{key}" type="list[int]">{" ".join(map(str, value))}</DataItem>'
    return _ITEMS[key, value, type(value)]


def _item(key: str, value: str | int | float) -> str:
    return f'      <DataItem key="{key}" type="{type(value).__name__}">{_escaped(str(value))}</DataItem>'


_ITEMS = KeptTexts(_item)


def _escaped(text: str) -> str:
    """A text for XML; most need no escaping."""
    return escape(text) if _NEEDS_ESCAPING(text) else text


def escaped(texts: Sequence[str]) -> Sequence[str]:
    """Texts for XML; most need no escaping."""
    return [escape(text) for text in texts] if _NEEDS_ESCAPING("".join(texts)) else texts
