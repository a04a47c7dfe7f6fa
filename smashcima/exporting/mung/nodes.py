"""Nodes of a MuNG document, as values and as XML."""

from __future__ import annotations

from dataclasses import dataclass, field
from xml.sax.saxutils import escape, quoteattr

from smashcima.exporting.annotation.run_lengths import RunLengths

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
        mask = self.mask
        lines = [
            "  <Node>",
            f"    <Id>{self.id}</Id>",
            f"    <ClassName>{escape(self.class_name)}</ClassName>",
            f"    <Top>{mask.top}</Top>",
            f"    <Left>{mask.left}</Left>",
            f"    <Width>{mask.width}</Width>",
            f"    <Height>{mask.height}</Height>",
            f"    <Mask>{_mask_text(mask)}</Mask>",
        ]
        if self.inlinks:
            lines.append(f"    <Inlinks>{' '.join(map(str, self.inlinks))}</Inlinks>")
        if self.outlinks:
            lines.append(f"    <Outlinks>{' '.join(map(str, self.outlinks))}</Outlinks>")
        if self.data:
            lines.append("    <Data>")
            lines.extend(_item(key, value) for key, value in self.data.items())
            lines.append("    </Data>")
        lines.append("  </Node>")
        return "\n".join(lines)


def to_document(nodes: list[MungNode], dataset: str, document: str) -> str:
    """Returns a complete document in UTF-8."""
    head = (
        '<?xml version="1.0" encoding="utf-8"?>\n'
        f"<Nodes dataset={quoteattr(dataset)} document={quoteattr(document)}>\n"
    )
    body = "".join(node.to_xml() + "\n" for node in nodes)
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


class _Runs(dict[int, str]):
    """Text of a run by its length; cached, since a page has a hundred thousand runs."""

    def __init__(self, value: int) -> None:
        self.value = value

    def __missing__(self, count: int) -> str:
        text = f"{self.value}:{count}"
        if len(self) < _MOST_RUNS:
            self[count] = text
        return text


_MOST_RUNS = 2**14
_OUTSIDE = _Runs(0).__getitem__
_INSIDE = _Runs(1).__getitem__


def _item(key: str, value: str | int | float | list[int]) -> str:
    if isinstance(value, list):
        kind, text = "list[int]", " ".join(map(str, value))
    else:
        kind, text = type(value).__name__, escape(str(value))
    return f'      <DataItem key="{key}" type="{kind}">{text}</DataItem>'
