"""The reverse direction of edges: which objects lead to an object.

Each object has a dictionary `_incoming` of its sources by the name of the edge, unless nothing has ever led to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

Sources = dict[Any, None] | tuple[Any, ...]
"""Objects in the order in which they were linked. Most targets have one source by each name: a tuple of it takes a fifth of
the memory of a dictionary, of which a page would have 10,000."""

Incoming = dict[str, Sources]


def sources_of(objects: Sequence[Any]) -> Sources:
    """The sources in their order, without duplicates."""
    return tuple(objects) if len(objects) == 1 else dict.fromkeys(objects)


def add_source(incoming: Incoming, name: str, source: Any) -> None:
    """Adds the source of an edge; adding it again has no effect."""
    sources = incoming.get(name)
    if not sources:
        incoming[name] = (source,)
    elif type(sources) is dict:
        sources[source] = None
    elif source not in sources:
        incoming[name] = {sources[0]: None, source: None}


def many_sources(incoming: Incoming, name: str) -> dict[Any, None]:
    """The sources of an edge as a dictionary, to which the caller adds more."""
    sources = incoming.get(name)
    if type(sources) is not dict:
        sources = incoming[name] = dict.fromkeys(sources or ())
    return sources


def remove_source(target: object, name: str, source: Any) -> None:
    """Makes a target forget the source of an edge, if it has it."""
    incoming: Incoming = target.__dict__.get("_incoming", {})
    sources = incoming.get(name)
    if type(sources) is dict:
        sources.pop(source, None)
    elif sources and source in sources:
        incoming[name] = ()
