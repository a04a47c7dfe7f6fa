"""Exporter of images to an HTML page."""

from __future__ import annotations

import base64
import html
import json
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from importlib import resources
from pathlib import Path

from smashcima.errors import ExportError, Issue
from smashcima.exporting.annotation import AnnotationSource, PageAnnotation, annotation_of
from smashcima.exporting.html.objects import largest_first, linked_objects, objects_of
from smashcima.exporting.html.shapes import color_of
from smashcima.exporting.writing import write_text
from smashcima.imaging import ImageLayer, encode_image
from smashcima.scene.graph import Scene
from smashcima.scene.visual import Page
from smashcima.short_repr import ShortRepr

_MEDIA = {".png": "image/png", ".jpg": "image/jpeg", ".webp": "image/webp"}


@dataclass(frozen=True, slots=True)
class HtmlExporter(ShortRepr):
    """Exports images with all their objects as one self-contained HTML page.

    The page shows the details of the object under the pointer, such as pitch and measure, and highlights
    linked objects. A click selects an object. Classes can be shown and hidden, and objects can be searched by
    id, label and text. The URL `page.html#p1-notehead-12` refers to an object.
    """

    title: str = "Smashcima"
    image_format: str = ".jpg"
    """Format of the embedded images: `.jpg`, `.png` or `.webp`."""

    hidden: frozenset[str] = frozenset({"staffSpace", "measureSeparator"})
    """Labels of classes that are hidden initially, in addition to all areas."""

    def __post_init__(self) -> None:
        if self.image_format not in _MEDIA:
            raise ExportError(
                f"HTML pages cannot embed pictures as {self.image_format!r}; available: {', '.join(_MEDIA)}."
            )

    def export(self, x: AnnotationSource | Iterable[AnnotationSource]) -> str:
        """Returns the page as text. Several images are placed below each other; an iterable is consumed image
        by image.
        """
        pictures = _pictures_of(x)
        page = _Page(self.image_format)
        for picture in pictures:
            page.add(picture)
        script = resources.files("smashcima.exporting.html")
        return _DOCUMENT.format(
            title=html.escape(self.title),
            style=script.joinpath("page.css").read_text("utf-8"),
            legend=page.legend(self.hidden),
            figures="\n".join(page.figures),
            facts=_json(page.facts),
            links=_json(page.links),
            script=script.joinpath("page.js").read_text("utf-8"),
        )

    def export_string(self, x: AnnotationSource | Iterable[AnnotationSource]) -> str:
        """Returns the page as text."""
        return self.export(x)

    def write(self, x: AnnotationSource | Iterable[AnnotationSource], path: str | Path) -> None:
        """Writes a UTF-8 file; raises an `ExportError` if that fails."""
        write_text(self.export(x), path)

    def omissions(self, x: AnnotationSource | Iterable[AnnotationSource]) -> list[Issue]:
        """Returns an empty list, since the page contains every object."""
        return []


def _pictures_of(x: AnnotationSource | Iterable[AnnotationSource]) -> Iterable[AnnotationSource]:
    """The pictures one by one; the pages of a scene."""
    if isinstance(x, Scene):
        pages: list[Page] = getattr(x, "pages", [])
        return pages
    return [x] if isinstance(x, ImageLayer | PageAnnotation | Page) or not isinstance(x, Iterable) else x


@dataclass(slots=True)
class _Page:
    """Data collected from all images."""

    image_format: str
    figures: list[str] = field(default_factory=list)
    facts: dict[str, dict[str, str]] = field(default_factory=dict)
    """Details of each object, by id."""
    links: list[list[str]] = field(default_factory=list)
    """Ids of linked objects, with the type of link."""
    counts: Counter[str] = field(default_factory=Counter)
    areas: set[str] = field(default_factory=set)
    """Labels of areas."""

    def add(self, picture: AnnotationSource) -> None:
        """Adds an image with its objects."""
        annotation = annotation_of(picture)
        image = annotation.image
        number = len(self.figures) + 1
        # Pages of several scores may have the same ids.
        prefix = "" if not any(node.id in self.facts for node in annotation.nodes) else f"n{number}-"
        shapes = []
        for each in objects_of(annotation, prefix):
            self.facts[each.id] = each.details
            if not each.path:
                shapes.append("")
                continue
            self.counts[each.label] += 1
            if not each.is_ink:
                self.areas.add(each.label)
            kind = "ink" if each.is_ink else "area"
            shapes.append(
                f'<path data-id="{html.escape(each.id)}" class="{kind}" data-class="{html.escape(each.label)}" '
                f'd="{each.path}"><title>{html.escape(each.title)}</title></path>'
            )
        self.links += linked_objects(annotation, prefix)
        data = base64.b64encode(encode_image(image.bitmap, self.image_format)).decode()
        order = largest_first(annotation)
        self.figures.append(
            f'<figure style="width:{image.width}px">\n<img alt="page {number}" width="{image.width}" '
            f'height="{image.height}" src="data:{_MEDIA[self.image_format]};base64,{data}">\n'
            f'<svg viewBox="0 0 {image.width} {image.height}" fill-rule="nonzero">\n'
            + "\n".join(shapes[index] for index in order if shapes[index])
            + "\n</svg></figure>"
        )

    def legend(self, hidden: frozenset[str]) -> str:
        """Legend with a line for each class, the most frequent ones first; areas last."""
        rows = []
        for label, count in sorted(
            self.counts.items(), key=lambda item: (item[0] in self.areas, -item[1], item[0])
        ):
            state = "" if label in hidden or label in self.areas else " checked"
            name = html.escape(label)
            rows.append(
                f'<label style="--color:{color_of(label)}"><input type="checkbox" value="{name}"{state}>'
                f"<i></i>{name} <b>{count}</b></label>"
            )
        return "\n".join(rows)


def _json(value: object) -> str:
    """Encodes JSON for a script element, without any sequence that ends the script."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).replace("<", "\\u003c")


_DOCUMENT = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>{title}</title>
<style>
{style}</style>
</head>
<body>
<aside>
<h1>{title}</h1>
<p><input id="search" type="search" placeholder="id, label, pitch, words" aria-label="search"> <output id="found"></output></p>
<dl id="told"></dl>
<p><button id="all">all</button> <button id="none">none</button>
<label>size <input id="size" type="range" min="10" max="200" value="100"></label></p>
<div id="legend">
{legend}
</div>
</aside>
<main>
{figures}
</main>
<script id="facts" type="application/json">{facts}</script>
<script id="links" type="application/json">{links}</script>
<script>
{script}</script>
</body>
</html>
"""
