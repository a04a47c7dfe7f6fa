"""Answers of the playground as JSON-serializable data."""

from __future__ import annotations

from collections import Counter
from typing import Any, get_args

from smashcima.engraving import MusicFont
from smashcima.exporting import PRESETS
from smashcima.exporting.html import color_of, largest_first, linked_objects, objects_of
from smashcima.loading import known_formats
from smashcima.synthesis.paper import PaperStyle
from smashcima.synthesis.pen import PenWriter
from smashcima.web.code import python_code
from smashcima.web.downloads import DOWNLOADS, name_of, stem_of
from smashcima.web.drawing import DrawnPage, has_muscima
from smashcima.web.options import DPI, MAX_TEXT, Hand, PageOptions
from smashcima.web.scores import EXAMPLES, STAFF_EXAMPLES, ScoreFile

Answer = dict[str, Any]

_MOST_ISSUES = 200

_WRITERS_OF_MUSCIMA = tuple(f"W-{number:02d}" for number in range(1, 51))


def menu(max_bytes: int) -> Answer:
    """Returns the choices of all menus, and limits; `max_bytes` is the maximum size of an uploaded file."""
    return {
        "examples": [{"name": each.name, "title": each.title} for each in EXAMPLES],
        "staves": [{"title": title, "text": text} for title, text in STAFF_EXAMPLES],
        "hands": {hand: hand != "muscima" or has_muscima() for hand in get_args(Hand)},
        "writers": {"pen": list(PenWriter.preset_names()), "muscima": list(_WRITERS_OF_MUSCIMA)},
        "papers": ["solid", *PaperStyle.preset_names(), "any"],
        "degradations": list(PRESETS),
        "fonts": [font.value for font in MusicFont],
        "dpi": list(DPI),
        "maxText": MAX_TEXT,
        "maxBytes": max_bytes,
        "suffixes": sorted({suffix for each in known_formats() for suffix in each.suffixes}),
        "downloads": [
            {"kind": kind, "title": each.title, "suffix": each.suffix}
            for kind, each in DOWNLOADS.items()
            if each.title
        ],
        "defaults": {name: getattr(PageOptions(), name) for name in PageOptions.__dataclass_fields__},
    }


def told_score(file: ScoreFile) -> Answer:
    """Returns what is shown of an uploaded score."""
    return {
        "id": file.id,
        "name": file.file_name,
        "scores": [name or f"number {number}" for number, name in enumerate(file.names, start=1)],
        "issues": [str(issue) for issue in file.issues[:_MOST_ISSUES]],
    }


def told_page(drawn: DrawnPage) -> Answer:
    """Returns a page with its objects in drawing order, their links, the code and the recipe."""
    objects = objects_of(drawn.annotation)
    drawn_in_order = [objects[index] for index in largest_first(drawn.annotation)]
    visible = [each for each in drawn_in_order if each.path]
    counts = Counter(each.label for each in visible)
    kinds = {each.label: _layer_of(each.is_ink, each.is_group) for each in visible}
    return {
        "id": drawn.options.id,
        "name": stem_of(drawn),
        "scoreName": name_of(drawn, "score"),
        "width": drawn.image.width,
        "height": drawn.image.height,
        "page": drawn.page.index,
        "pageCount": drawn.page_count,
        "objects": [
            {
                "id": each.id,
                "label": each.label,
                "layer": _layer_of(each.is_ink, each.is_group),
                "path": each.path,
                "title": each.title,
                "details": each.details,
            }
            for each in visible
        ],
        "order": [each.id for each in objects if each.path],
        "links": linked_objects(drawn.annotation),
        "classes": [
            {"label": label, "count": count, "layer": kinds[label], "color": color_of(label)}
            for label, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        ],
        "styles": drawn.scene.styles,
        "issues": [str(issue) for issue in drawn.issues[:_MOST_ISSUES]],
        "issueCount": len(drawn.issues),
        "code": python_code(drawn),
        "recipe": drawn.recipe,
    }


def _layer_of(is_ink: bool, is_group: bool) -> str:
    if is_ink:
        return "symbols"
    return "groups" if is_group else "areas"
