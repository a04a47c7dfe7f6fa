"""Fast reading of annotation files in the regular form that MUSCIMA++ and the package `mung` write.

The fields of a node are found by one regular expression, without a tree of elements. A file that does not consist of
such nodes only, for example with comments, entities or other fields, is left to the XML parser.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_HEAD = re.compile(
    rb'\s*(?:<\?xml version="1\.0" encoding="(?:utf|UTF)-8"\?>\s*)?'
    rb"(?:<CropObjectList(?: [^<>]*[^<>/])?>\s*<CropObjects>|<Nodes(?: [^<>]*[^<>/])?>)\s*"
)
_NODE = re.compile(
    rb'(<(CropObject|Node)(?: xml:id="[^"<]*")?>\s*'
    rb"<Id>(\d+)</Id>\s*<(ClassName|MLClassName)>([!-%'-;=?-~]+)</\4>\s*"
    rb"<Top>(\d+)</Top>\s*<Left>(\d+)</Left>\s*<Width>(\d+)</Width>\s*<Height>(\d+)</Height>\s*"
    rb"(?:<Mask>([^<]*)</Mask>\s*)?(?:<Inlinks>[^<]*</Inlinks>\s*)?(?:<Outlinks>([\d ]*)</Outlinks>\s*)?"
    rb"</\2>\s*)"
)
_TAILS = (b"</CropObjects></CropObjectList>", b"</Nodes>")


class ScannedNode(NamedTuple):
    """The fields of one node as in the file."""

    object_id: int
    class_name: str
    left: int
    top: int
    width: int
    height: int
    outlinks: list[int]
    mask: bytes
    """Text of the mask; empty if there is none."""


def scan_nodes(xml: bytes) -> list[ScannedNode] | None:
    """The nodes of a file in file order, or `None` if the file has any other content."""
    head = _HEAD.match(xml)
    if head is None or b"&" in xml:
        return None
    found = _NODE.findall(xml, head.end())
    behind = head.end() + sum(len(node[0]) for node in found)
    # The lengths of all nodes add up only if nothing is between them.
    if not found or b"".join(xml[behind:].split()) not in _TAILS:
        return None
    names = {name: name.decode() for name in {node[4] for node in found}}
    return [
        ScannedNode(
            int(number),
            names[name],
            int(left),
            int(top),
            int(width),
            int(height),
            list(map(int, links.split())),
            mask,
        )
        for _, _, number, _, name, top, left, width, height, mask, links in found
    ]
