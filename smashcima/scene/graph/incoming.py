"""The reverse direction of edges: which objects lead to an object.

Each object has a value `_incoming`, unless nothing has ever led to it. Most objects are the target of one edge, such as
`children`. A pair of the name of that edge and its source takes a quarter of the memory of a dictionary, of which a score has
600 a page. With more edges, it is a dictionary of the sources by the name of the edge.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from smashcima.scene.graph.attributes import attributes_of

Sources = dict[Any, None] | tuple[Any, ...]
"""Objects in the order in which they were linked. A tuple of a single one takes a fifth of the memory of a dictionary."""

Incoming = tuple[str, Any] | dict[str, Sources]
"""The name of the only edge and its source, or the sources by the name of the edge."""


class UnmadeSources(dict[Any, Any]):
    """Sources of which some are made when someone asks for any of them.

    The keys are the sources and, in their places, the objects that make the others. The value of such an object is its source
    once that has been made, else `None`.
    """

    __slots__ = ()

    def made(self) -> dict[Any, None]:
        """All sources, in order; makes those that are missing."""
        raise NotImplementedError

    def discard(self, source: Any) -> None:
        """Removes a source if it is among these."""
        if source in self:
            del self[source]
            return
        for key, value in self.items():
            if value is source:
                del self[key]
                return


def sources_of(objects: Sequence[Any]) -> Sources:
    """The sources in their order, without duplicates."""
    return tuple(objects) if len(objects) == 1 else dict.fromkeys(objects)


def incoming_of(found: Iterable[tuple[str, Sequence[Any]]]) -> Incoming:
    """The value for edges of some names, given with their sources."""
    pairs = list(found)
    if len(pairs) == 1 and len(pairs[0][1]) == 1:
        return pairs[0][0], pairs[0][1][0]
    return {name: sources_of(sources) for name, sources in pairs}


def sources_in(incoming: Incoming | None, name: str) -> Sources:
    """The sources of the edge of a name; none for an object to which nothing leads."""
    if incoming is None:
        return ()
    if isinstance(incoming, tuple):
        return (incoming[1],) if incoming[0] == name else ()
    sources = incoming.get(name, ())
    if isinstance(sources, UnmadeSources):
        sources = incoming[name] = sources.made()
    return sources


def by_name(incoming: Incoming | None) -> Iterable[tuple[str, Sources]]:
    """The names of all edges with their sources, of which there may be none."""
    if incoming is None:
        return ()
    if isinstance(incoming, tuple):
        return ((incoming[0], (incoming[1],)),)
    for name, sources in incoming.items():
        if isinstance(sources, UnmadeSources):
            incoming[name] = sources.made()
    return incoming.items()


def add_source(target: Any, name: str, source: Any) -> None:
    """Adds the source of an edge to a target; adding it again has no effect."""
    values = attributes_of(target)
    incoming: Incoming | None = values.get("_incoming")
    if incoming is None:
        values["_incoming"] = (name, source)
        return
    if isinstance(incoming, tuple):
        if incoming[0] == name and incoming[1] is source:
            return
        incoming = _opened(values, incoming)
    sources = incoming.get(name)
    if not sources:
        incoming[name] = (source,)
    elif isinstance(sources, dict):
        sources[source] = None
    elif source not in sources:
        incoming[name] = {sources[0]: None, source: None}


def many_sources(target: Any, name: str) -> dict[Any, None]:
    """The sources of an edge of a target as a dictionary, to which the caller adds more."""
    values = attributes_of(target)
    incoming: Incoming | None = values.get("_incoming")
    if not isinstance(incoming, dict):
        incoming = _opened(values, incoming)
    sources = incoming.get(name)
    if not isinstance(sources, dict):
        sources = incoming[name] = dict.fromkeys(sources or ())
    return sources


def remove_source(target: Any, name: str, source: Any) -> None:
    """Makes a target forget the source of an edge, if it has it."""
    values = attributes_of(target)
    incoming: Incoming | None = values.get("_incoming")
    if incoming is None:
        return
    if isinstance(incoming, tuple):
        if incoming[0] == name and incoming[1] is source:
            values["_incoming"] = {name: ()}  # the order of names stays if it is linked again
        return
    sources = incoming.get(name)
    if isinstance(sources, UnmadeSources):
        sources.discard(source)
    elif isinstance(sources, dict):
        sources.pop(source, None)
    elif sources and source in sources:
        incoming[name] = ()


def _opened(values: dict[str, Any], incoming: tuple[str, Any] | None) -> dict[str, Sources]:
    """The dictionary that takes the place of a pair or of nothing."""
    made: dict[str, Sources] = {} if incoming is None else {incoming[0]: (incoming[1],)}
    values["_incoming"] = made
    return made
