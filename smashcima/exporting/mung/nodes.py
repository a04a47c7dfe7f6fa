"""Nodes of a MuNG document, as values and as XML."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple
from xml.sax.saxutils import escape, quoteattr

from smashcima.exporting.annotation.run_lengths import RunLengths
from smashcima.exporting.kept_texts import KeptTexts

Data = dict[str, "str | int | float | list[int]"]

BETWEEN = ("</Top>\n    <Left>", "</Left>\n    <Width>", "</Width>\n    <Height>", "</Height>\n    <Mask>")
"""What is between the beginning of an element with its top, left, width, height and runs."""

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
    columns = NodeColumns(
        [node.class_name for node in nodes],
        [" ".join(map(str, node.inlinks)) for node in nodes],
        [" ".join(map(str, node.outlinks)) for node in nodes],
        ["\n".join(map(item_text, node.data, node.data.values())) for node in nodes],
    )
    return columns.texts([node.id for node in nodes], [node.mask for node in nodes])


class NodeColumns(NamedTuple):
    """What the elements of nodes say besides their masks, in columns: a page has a thousand nodes."""

    class_names: Sequence[str]
    inlinks: Sequence[str]
    outlinks: Sequence[str]
    items: Sequence[str]
    """The lines of the data items of each node."""

    def texts(self, ids: Iterable[int], masks: Iterable[RunLengths]) -> list[str]:
        """The elements of nodes with these masks, indented by two spaces."""
        top, left, width, height = BETWEEN
        return [
            f"{before}{mask.top}{top}{mask.left}{left}{mask.width}{width}{mask.height}{height}{_mask_text(mask)}{after}"
            for before, mask, after in zip(self.before_masks(ids), masks, self.after_masks(), strict=True)
        ]

    def before_masks(self, ids: Iterable[int]) -> list[str]:
        """The beginning of each element."""
        escaped = {name: _escaped(name) for name in set(self.class_names)}
        return [
            f"  <Node>\n    <Id>{id}</Id>\n    <ClassName>{escaped[name]}</ClassName>\n    <Top>"
            for id, name in zip(ids, self.class_names, strict=True)
        ]

    def after_masks(self) -> list[str]:
        """The end of each element."""
        return [
            f"</Mask>{f'{_INLINKS}{inlinks}</Inlinks>' if inlinks else ''}"
            f"{f'{_OUTLINKS}{outlinks}</Outlinks>' if outlinks else ''}"
            f"{f'{_DATA}{items}{_END_OF_DATA}' if items else ''}\n  </Node>"
            for inlinks, outlinks, items in zip(self.inlinks, self.outlinks, self.items, strict=True)
        ]


def to_document(nodes: Sequence[MungNode], dataset: str, document: str) -> str:
    """Returns a complete document in UTF-8."""
    return document_text(nodes_text(nodes), dataset, document)


def document_text(nodes: Iterable[str], dataset: str, document: str) -> str:
    """Returns a complete document of nodes as XML elements."""
    return "\n".join([document_head(dataset, document), *nodes, DOCUMENT_END])


def document_head(dataset: str, document: str) -> str:
    """The lines before the first node."""
    return (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<Nodes dataset={quoteattr(dataset)} document={quoteattr(document)}>"
    )


DOCUMENT_END = "</Nodes>\n"


def _mask_text(mask: RunLengths) -> str:
    """Run lengths of all pixels of the window as text: `0:10 1:3 ...`."""
    counts = mask.counts.tolist()
    rest = mask.width * mask.height - sum(counts)
    runs = [""] * len(counts)
    runs[::2] = map(_OUTSIDE, counts[::2])
    runs[1::2] = map(_INSIDE, counts[1::2])
    if rest:
        runs.append(f"0:{rest}")
    return " ".join(runs[1:] if counts[0] == 0 else runs)


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
