"""Key points: ends of lines and curves, centres of noteheads."""

from __future__ import annotations

import numpy as np

from smashcima.exporting.annotation.node import Node
from smashcima.imaging import ImageLayer, Region
from smashcima.scene.visual import LineGlyph, Notehead, VisualObject


def key_points_of(node: Node, region: Region, image: ImageLayer) -> list[tuple[float, float]]:
    """Returns the key points of a node in pixels: start and end of a line or curve, the centre of a notehead,
    or none.
    """
    thing = node.scene_object
    if not node.is_ink or not isinstance(thing, VisualObject):
        return []
    if isinstance(thing, Notehead):
        left, top, right, bottom = region.bbox
        return [((left + right) / 2, (top + bottom) / 2)]
    glyph = thing.glyph
    if not isinstance(glyph, LineGlyph) or glyph.start_point is None or glyph.end_point is None:
        return []
    if image.space is None:
        return []
    ends = [point.in_space(image.space) for point in (glyph.start_point, glyph.end_point)]
    (x0, y0), (x1, y1) = image.locate(np.array([(end.x, end.y) for end in ends])).tolist()
    return [(x0, y0), (x1, y1)]


def key_point_names(class_name: str) -> list[str]:
    """Returns the names of the key points of a class: `middle` for noteheads, otherwise `start` and `end`, if
    any.
    """
    return ["middle"] if class_name.lower().startswith(("notehead", "grace-notehead")) else ["start", "end"]
