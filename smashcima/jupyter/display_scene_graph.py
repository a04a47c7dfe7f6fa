"""The graph around scene objects, as a drawing."""

from __future__ import annotations

import html
from dataclasses import dataclass

from smashcima.errors import WrongTypeError, described
from smashcima.jupyter.showing import displayed
from smashcima.scene.graph import Scene, SceneObject

MOST_OBJECTS = 60
"""Most objects in a drawing: those nearest to its centre."""

_MOST_SOURCES = 8
"""Most edges to an object that are followed backwards; hundreds of glyphs lie in the space of a page."""

_BOX = (190, 34)
_STEP = (260, 46)
_LONGEST = 26
"""Most characters of the text in a box."""


@dataclass(frozen=True)
class GraphDrawing:
    """A drawing that notebooks show."""

    svg: str

    def _repr_svg_(self) -> str:
        return self.svg

    def __repr__(self) -> str:
        return f"GraphDrawing({len(self.svg)} characters of SVG)"


def display_scene_graph(scene: Scene) -> GraphDrawing | None:
    """Displays the objects nearest to a scene, with their edges; in a script, returns the drawing."""
    if not isinstance(scene, Scene):
        raise WrongTypeError(f"display_scene_graph needs a scene, not {described(scene)}.")
    return display_scene_object_graph(scene, discard_object_inlinks=False)


def display_scene_object_graph(
    scene_object: SceneObject, recurse_via_inlinks: bool = True, discard_object_inlinks: bool = True
) -> GraphDrawing | None:
    """Displays the objects around an object, with their edges; in a script, returns the drawing.

    Args:
        scene_object: the object at the left.
        recurse_via_inlinks: whether to follow edges backwards, too.
        discard_object_inlinks: whether to leave out the edges that lead to the object itself.
    """
    if not isinstance(scene_object, SceneObject):
        raise WrongTypeError(
            f"Only the graph around a scene object can be drawn, not {described(scene_object)}."
        )
    columns: dict[SceneObject, int] = {scene_object: 0}
    edges: dict[tuple[SceneObject, SceneObject, str], None] = {}
    queue = [scene_object]
    for current in queue:
        found = [(current, target, name) for name, target in _targets(current)]
        if recurse_via_inlinks and not (current is scene_object and discard_object_inlinks):
            found += [(source, current, name) for name, source in _sources(current)[:_MOST_SOURCES]]
        for source, target, name in found:
            neighbour = target if source is current else source
            if neighbour not in columns:
                if len(columns) >= MOST_OBJECTS:
                    continue
                columns[neighbour] = columns[current] + 1
                queue.append(neighbour)
            edges[(source, target, name)] = None
    return displayed(GraphDrawing(_drawn(columns, list(edges))))


def _targets(scene_object: SceneObject) -> list[tuple[str, SceneObject]]:
    found = []
    for name in type(scene_object).edges():
        value = getattr(scene_object, name, None)
        items = (
            [value] if isinstance(value, SceneObject) else value if isinstance(value, list | tuple) else []
        )
        found += [(name, item) for item in items if isinstance(item, SceneObject)]
    return found


def _sources(scene_object: SceneObject) -> list[tuple[str, SceneObject]]:
    return [(name, source) for name in scene_object.incoming_edges() for source in scene_object.sources(name)]


def _drawn(columns: dict[SceneObject, int], edges: list[tuple[SceneObject, SceneObject, str]]) -> str:
    """The SVG: a column for each distance from the first object."""
    rows: dict[int, int] = {}
    places: dict[SceneObject, tuple[int, int]] = {}
    for thing, column in columns.items():
        row = rows.get(column, 0)
        rows[column] = row + 1
        places[thing] = (10 + column * _STEP[0], 10 + row * _STEP[1])
    width = 20 + _BOX[0] + max(columns.values()) * _STEP[0]
    height = 20 + max(rows.values()) * _STEP[1]
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" font-family="sans-serif" '
    )
    parts = [f'{head}font-size="12"><rect width="{width}" height="{height}" fill="white"/>']
    for source, target, name in edges:
        (x1, y1), (x2, y2) = places[source], places[target]
        middle = _BOX[1] / 2
        start, end = (x1 + _BOX[0], x2) if x1 < x2 else (x1, x2 + _BOX[0]) if x1 > x2 else (x1 + _BOX[0],) * 2
        parts.append(
            f'<path d="M{start} {y1 + middle} L{end} {y2 + middle}" stroke="#888" fill="none"><title>'
            f"{html.escape(type(source).__name__)}.{html.escape(name)}</title></path>"
        )
    for thing, (x, y) in places.items():
        name, text = type(thing).__name__, html.escape(repr(thing))
        short = name if len(name) <= _LONGEST else f"{name[: _LONGEST - 1]}…"
        parts.append(
            f'<g><title>{text}</title><rect x="{x}" y="{y}" width="{_BOX[0]}" height="{_BOX[1]}" rx="5" fill="#eef3fb" '
            f'stroke="#456"/><text x="{x + 8}" y="{y + 21}">{html.escape(short)}</text></g>'
        )
    return "".join(parts) + "</svg>"
