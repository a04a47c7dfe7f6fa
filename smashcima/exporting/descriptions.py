"""Readable names of objects on a page."""

from __future__ import annotations

from smashcima.engraving import Text
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Measure, Note
from smashcima.scene.visual import (
    Glyph,
    GrandStaff,
    GrandStaffMeasure,
    Page,
    SpannerMark,
    StaffMeasure,
    System,
    SystemMeasure,
    SystemStaff,
    VisualObject,
)


def describe(scene_object: SceneObject) -> str:
    """Returns a short name: `page 1`, `system 3`, `staff 2`, `measure 12`, `notehead C5 m.12`, `lyric "lieb-"
    m.4`, `slur (2 of 3) m.5`.
    """
    name = type(scene_object).__name__
    match scene_object:
        case VisualObject():
            name = _describe_drawn(scene_object)
        case Page():
            name = f"page {scene_object.index + 1}"
        case System():
            name = f"system {scene_object.index + 1}"
        case SystemStaff():
            name = f"staff {scene_object.number}"
        case SystemMeasure():
            name = f"measure {measure_number(scene_object)}"
        case StaffMeasure() | GrandStaffMeasure():
            name = f"measure {measure_number(scene_object.system_measure)}"
        case GrandStaff():
            name = f"grand staff of staves {', '.join(str(staff.number) for staff in scene_object.staves)}"
        case Glyph():
            name = scene_object.label.name
    return name


def measure_number(measure: SystemMeasure) -> str:
    """Returns the printed number of a measure, or its index in the score if it has none."""
    if isinstance(measure.semantic, Measure) and measure.semantic.n:
        return measure.semantic.n
    return str(measure.index + 1)


def _describe_drawn(drawn: VisualObject) -> str:
    words = [drawn.kind.replace("_", " ")]
    if isinstance(drawn.semantic, Note) and drawn.semantic.pitch is not None:
        words.append(str(drawn.semantic.pitch))
    elif isinstance(drawn.semantic, Note) and drawn.semantic.position is not None:
        words.append(f"at staff position {drawn.semantic.position}")
    elif isinstance(drawn.primitive, Text):
        words.append(f'"{drawn.primitive.content}"')
    else:
        label = drawn.label.name
        if label.lower() != drawn.kind.replace("_", ""):
            words.append(label)
    if isinstance(drawn, SpannerMark) and (count := drawn.piece_count) > 1:
        words.append(f"({drawn.piece_number} of {count})")
    if drawn.measure is not None:
        words.append(f"m.{measure_number(drawn.measure)}")
    return " ".join(words)
