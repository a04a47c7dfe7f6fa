"""Nodes of a MuNG document, as values and as XML."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from xml.sax.saxutils import escape, quoteattr

import numpy as np

from smashcima.exporting.annotation.run_lengths import RunLengths
from smashcima.kernels import kernels_are_used

Data = dict[str, "str | int | float | list[int]"]


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
        return self.xml_with_mask(_mask_text(self.mask))

    def xml_with_mask(self, text: str) -> str:
        """Returns the node as an XML element with the given text of its mask."""
        left, top, width, height, _ = self.mask
        links = ""
        if self.inlinks:
            links = f"\n    <Inlinks>{' '.join(map(str, self.inlinks))}</Inlinks>"
        if self.outlinks:
            links += f"\n    <Outlinks>{' '.join(map(str, self.outlinks))}</Outlinks>"
        items = ""
        if self.data:
            lines = "\n".join([_item(key, value) for key, value in self.data.items()])
            items = f"\n    <Data>\n{lines}\n    </Data>"
        return (
            f"  <Node>\n    <Id>{self.id}</Id>\n    <ClassName>{_escaped(self.class_name)}</ClassName>\n"
            f"    <Top>{top}</Top>\n    <Left>{left}</Left>\n    <Width>{width}</Width>\n"
            f"    <Height>{height}</Height>\n    <Mask>{text}</Mask>{links}{items}\n  </Node>"
        )


def to_document(nodes: list[MungNode], dataset: str, document: str) -> str:
    """Returns a complete document in UTF-8."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<Nodes dataset={quoteattr(dataset)} document={quoteattr(document)}>\n"
    )
    masks = [node.mask for node in nodes]
    texts = _mask_texts_by_kernel(masks) if kernels_are_used() else map(_mask_text, masks)
    body = "".join([node.xml_with_mask(text) + "\n" for node, text in zip(nodes, texts, strict=True)])
    return f"{head}{body}</Nodes>\n"


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


def _mask_texts_by_kernel(masks: Sequence[RunLengths]) -> list[str]:
    """Run lengths of all masks as text, by a compiled kernel."""
    from smashcima.exporting.mung.text_kernels import BYTES_PER_RUN, write_runs

    if not masks:
        return []
    ends = np.cumsum([len(mask.counts) for mask in masks])
    sizes = np.array([mask.width * mask.height for mask in masks], np.int64)
    text = np.empty(BYTES_PER_RUN * (int(ends[-1]) + len(masks)), np.uint8)
    bounds = write_runs(np.concatenate([mask.counts for mask in masks]), ends, sizes, text).tolist()
    letters = text[: bounds[-1]].tobytes().decode("ascii")
    return [letters[begin : end - 1] for begin, end in pairwise([0, *bounds])]


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


def _item(key: str, value: str | int | float | list[int]) -> str:
    if isinstance(value, str):
        return f'      <DataItem key="{key}" type="str">{_escaped(value)}</DataItem>'
    if isinstance(value, list):
        numbers = " ".join(map(str, value))
        return f'      <DataItem key="{key}" type="list[int]">{numbers}</DataItem>'
    return f'      <DataItem key="{key}" type="{type(value).__name__}">{value}</DataItem>'


def _escaped(text: str) -> str:
    """A text for XML; most need no escaping."""
    return escape(text) if _NEEDS_ESCAPING(text) else text
