"""Formats of `smashcima render`, by name."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from smashcima.cli.crops import write_crop_lists, write_crops
from smashcima.cli.output import Output, PageOutput
from smashcima.cli.score_formats import SCORE_FORMATS, Choices, ScoreFormat, Unit
from smashcima.errors import ExportError, Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.exporting.annotation import PageAnnotation
    from smashcima.exporting.exporter import Exporter


class Format(NamedTuple):
    """An output format: its description, and functions that write a page or a whole score."""

    about: str
    write_page: Callable[[PageOutput], None] | None = None
    write_score: Callable[[Output], None] | None = None

    first: tuple[str, ...] = ()
    """Ending of the first file, in which `{picture}` is the suffix of page images. Several if that depends on the score;
    none if the format may write nothing."""


def chosen_formats(given: Sequence[str] | None) -> list[str]:
    """Returns the distinct names in options such as `-f png -f mung,coco`.

    Raises:
        SettingsError: a name is unknown.
    """
    names = [
        name.strip().lower() for option in given or ["png"] for name in option.split(",") if name.strip()
    ]
    for name in names:
        if name not in FORMATS:
            raise SettingsError(f"Unknown format {name!r}; choose from {', '.join(FORMATS)}.")
    return list(dict.fromkeys(names))


def picture_among(names: Iterable[str]) -> str | None:
    """Returns the suffix of the page images that other files refer to; `None` if no image format is chosen."""
    return next((PICTURES[name] for name in names if name in PICTURES), None)


def first_endings(names: Iterable[str], picture: str | None, overlay: str | None) -> Iterator[list[str]]:
    """Possible endings of the first file of each format, if the format always writes one."""
    suffix = picture or ".png"
    if overlay is not None:
        yield [f"-p1-{overlay}{suffix}"]
    for name in names:
        if FORMATS[name].first:
            yield [ending.format(picture=suffix) for ending in FORMATS[name].first]


class FormatWriter:
    """Writes the pages and then the whole of one score in several formats. A format that fails does not stop the others."""

    def __init__(self, names: Sequence[str], overlay: str | None) -> None:
        """`overlay` is the kind of images with ground truth drawn over them, or `None` for no such images."""
        self._names = names
        self._overlay = overlay
        self._pagewise = {name: write for name in names if (write := FORMATS[name].write_page) is not None}
        self._failed: dict[str, str] = {}

    def write_pages(self, output: Output) -> None:
        """Writes the pages of a scene; to be called for each scene of a score."""
        if not self._pagewise and self._overlay is None:
            return
        for page in output.pages:
            for name, write in self._pagewise.items():
                self._attempt(name, partial(write, page))
            if self._overlay is not None:
                self._attempt("overlay", partial(_write_overlay, page, self._overlay))

    def finish(self, output: Output) -> None:
        """Writes what concerns the whole score.

        Raises:
            ExportError: at least one format failed; names all of them.
        """
        for name in self._names:
            write_score = FORMATS[name].write_score
            if write_score is not None:
                self._attempt(name, partial(write_score, output))
        write_crop_lists(output)
        if self._failed:
            raise ExportError("; ".join(f"{name}: {what}" for name, what in self._failed.items()))

    def _attempt(self, name: str, write: Callable[[], None]) -> None:
        if name not in self._failed:
            try:
                write()
            except SmashcimaError as error:
                self._failed[name] = str(error)


def need_whole_scene(names: Iterable[str]) -> bool:
    """Whether any of the formats needs all pages of a score at once, rather than one after the other."""
    return any(name in _OF_WHOLE_SCENES or _is_of_staves(name) for name in names)


def _is_of_staves(name: str) -> bool:
    return name in SCORE_FORMATS and SCORE_FORMATS[name].unit is Unit.STAFF


def _write_overlay(page: PageOutput, overlay: str) -> None:
    from smashcima.exporting import OverlayRenderer

    OverlayRenderer(overlay).write(page.image, page.file(f"-{overlay}{page.output.picture or '.png'}"))


# -- pages ------------------------------------------------------------------------------------------------------


def _picture(suffix: str) -> Callable[[PageOutput], None]:
    def write(page: PageOutput) -> None:
        from smashcima.exporting import write_image

        write_image(page.image.bitmap, page.file(suffix))

    return write


def _svg(page: PageOutput) -> None:
    from smashcima.exporting import SvgExporter

    SvgExporter(render_labeled_regions=page.output.regions).write(page.page.view_box, page.file(".svg"))


def _annotation(
    make_exporter: Callable[[PageOutput], Exporter[PageAnnotation, object]], suffix: str
) -> Callable[[PageOutput], None]:
    """Returns a function that writes the annotation of a page with an exporter made for the page."""

    def write(page: PageOutput) -> None:
        make_exporter(page).write(page.annotation, page.file(suffix))

    return write


def _mung_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.mung import MungExporter

    return MungExporter(document=page.file("").name, **page.output.exporter_options)


def _coco_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.coco import CocoExporter

    return CocoExporter(file_name=page.picture_name, **page.output.exporter_options)


def _deepscores_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.deepscores import DeepScoresExporter

    return DeepScoresExporter(file_name=page.picture_name)


def _alignment_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.alignment import AlignmentExporter

    return AlignmentExporter(file_name=page.picture_name, record=page.output.scene.record)


def _yolo_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.yolo import YoloExporter

    return YoloExporter(**page.output.exporter_options)


def _voc_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.pascal_voc import PascalVocExporter

    return PascalVocExporter(file_name=page.picture_name, **page.output.exporter_options)


def _label_studio_exporter(page: PageOutput) -> Exporter[PageAnnotation, object]:
    from smashcima.exporting.label_studio import LabelStudioExporter

    return LabelStudioExporter(image_url=page.picture_name, **page.output.exporter_options)


def _masks(page: PageOutput) -> None:
    from smashcima.exporting.masks import MaskExporter
    from smashcima.exporting.writing import write_text

    for mask in ("semantic", "instance", "staff_lines"):
        exporter = MaskExporter(mask, **page.output.exporter_options)
        exporter.write(page.annotation, page.file(f".{mask}.png"))
        if mask != "staff_lines":
            table = json.dumps(exporter.table(page.annotation), ensure_ascii=False, indent=1)
            write_text(f"{table}\n", page.file(f".{mask}.json"))


def _pagexml(page: PageOutput) -> None:
    from smashcima.exporting.pagexml import PageXmlExporter

    PageXmlExporter(file_name=page.picture_name).write(page.image, page.file(".xml"))


# -- scores -----------------------------------------------------------------------------------------------------


def _html(output: Output) -> None:
    from smashcima.exporting.html import HtmlExporter

    exporter = HtmlExporter(title=output.stem.name)
    exporter.write((page.annotation for page in output.pages), output.file(".html"))


def _mei(output: Output) -> None:
    import numpy as np

    from smashcima.exporting.mei import FacsimileImage, MeiExporter

    images = []
    if output.picture is not None:
        for page in output.pages:
            # Zones need the size of an image only; the pixels of all pages of a long score would take too much memory.
            pixels = np.broadcast_to(np.zeros((1, 1, 4), np.uint8), page.image.bitmap.shape)
            images.append(FacsimileImage(replace(page.image, bitmap=pixels), page.picture_name))
    MeiExporter(images=tuple(images)).write(output.scene.score, output.file(".mei"))


def _mro(output: Output) -> None:
    from smashcima.exporting.mro import MroExporter

    images = () if output.picture is None else tuple(page.picture_name for page in output.pages)
    exporter = MroExporter(dpi=output.scene.dpi, image_names=images)
    exporter.write(output.scene, output.file(".mro"))


def _score(name: str) -> Callable[[Output], None]:
    """Returns a function that writes the score in a format of `SCORE_FORMATS`."""
    entry = SCORE_FORMATS[name]

    def write(output: Output) -> None:
        entry.make_exporter(Choices()).write(output.scene.score, output.file(entry.suffix))

    return write


def _parts(name: str) -> Callable[[Output], None]:
    """Returns a function that writes each part in a format of `SCORE_FORMATS`."""
    entry = SCORE_FORMATS[name]

    def write(output: Output) -> None:
        exporter, score = entry.make_exporter(Choices()), output.scene.score
        for part in score.parts:
            is_only = len(score.parts) == 1
            music = score if is_only else score.slice(staff=part.staves)
            exporter.write(music, output.file(f"{'' if is_only else f'-part{part.n}'}{entry.suffix}"))

    return write


def _staves(name: str) -> Callable[[Output], None]:
    """Returns a function that writes each staff of each system in a format of `SCORE_FORMATS`."""
    entry = SCORE_FORMATS[name]

    def write(output: Output) -> None:
        exporter = entry.make_exporter(Choices())
        for page in output.scene.pages:
            for system in page.systems:
                for staff in system.staves:
                    # Named like the crops, so that images of staves and their texts correspond.
                    place = f"p{page.index + 1}-s{system.index + 1}-st{staff.number}"
                    music = output.scene.score.slice(system=system.index, staff=staff.number)
                    try:
                        exporter.write(music, output.file(f"-{place}{entry.suffix}"))
                    except ExportError as error:
                        # Most staves have chords or several voices, which these encodings cannot express.
                        output.issues.append(Issue(place, name, str(error)))

    return write


def _record(output: Output) -> None:
    from smashcima.exporting.writing import write_text

    text = json.dumps(output.scene.record, ensure_ascii=False, indent=1)
    write_text(f"{text}\n", output.file(".record.json"))


def _scene(output: Output) -> None:
    output.scene.save(output.file(".scene"))


def _first_files(entry: ScoreFormat) -> tuple[str, ...]:
    """Endings of the first file of a format of the music; formats of staves write nothing for staves with chords."""
    if entry.unit is Unit.STAFF:
        return ()
    return (entry.suffix, f"-part1{entry.suffix}") if entry.unit is Unit.PART else (entry.suffix,)


_WRITERS = {Unit.SCORE: _score, Unit.PART: _parts, Unit.STAFF: _staves}

_OF_WHOLE_SCENES = frozenset({"alignment", "html", "mei", "mro", "record", "scene", "staves", "systems"})
"""Formats that contain all pages, refer to them, or record how all of them were made."""

PICTURES = {"png": ".png", "jpg": ".jpg"}
"""Suffixes of page images, by format."""

FORMATS: dict[str, Format] = {
    "png": Format("page images", write_page=_picture(".png"), first=("-p1.png",)),
    "jpg": Format("page images, compressed", write_page=_picture(".jpg"), first=("-p1.jpg",)),
    "svg": Format("pages as vectors, with layers and labelled regions", write_page=_svg, first=("-p1.svg",)),
    "systems": Format(
        "an image of each system", write_page=write_crops("systems"), first=("-p1-s1{picture}",)
    ),
    "staves": Format(
        "an image of each staff", write_page=write_crops("staves"), first=("-p1-s1-st1{picture}",)
    ),
    "html": Format("one HTML page that shows all objects", write_score=_html, first=(".html",)),
    "mung": Format(
        "a Music Notation Graph", write_page=_annotation(_mung_exporter, ".mung"), first=("-p1.mung",)
    ),
    "coco": Format(
        "boxes and masks, as COCO",
        write_page=_annotation(_coco_exporter, ".coco.json"),
        first=("-p1.coco.json",),
    ),
    "yolo": Format(
        "boxes, as YOLO, in a tree with data.yaml",
        write_page=_annotation(_yolo_exporter, ".txt"),
        first=("-p1.txt",),
    ),
    "voc": Format(
        "boxes, as Pascal VOC", write_page=_annotation(_voc_exporter, ".voc.xml"), first=("-p1.voc.xml",)
    ),
    "labelstudio": Format(
        "boxes and relations, as Label Studio",
        write_page=_annotation(_label_studio_exporter, ".labelstudio.json"),
        first=("-p1.labelstudio.json",),
    ),
    "deepscores": Format(
        "oriented boxes and segmentation, as DeepScoresV2",
        write_page=_annotation(_deepscores_exporter, ".deepscores.json"),
        first=("-p1.deepscores.json",),
    ),
    "masks": Format(
        "images of classes, objects and staff lines", write_page=_masks, first=("-p1.semantic.png",)
    ),
    "pagexml": Format(
        "systems, lyrics and other texts, as PAGE XML", write_page=_pagexml, first=("-p1.xml",)
    ),
    "alignment": Format(
        "complete ground truth, as JSON",
        write_page=_annotation(_alignment_exporter, ".alignment.json"),
        first=("-p1.alignment.json",),
    ),
    **{
        name: Format(entry.about, write_score=_WRITERS[entry.unit](name), first=_first_files(entry))
        for name, entry in SCORE_FORMATS.items()
    },
    "mei": Format(
        "the score as laid out, as MEI, with zones if page images are written",
        write_score=_mei,
        first=(".mei",),
    ),
    "mro": Format(SCORE_FORMATS["mro"].about, write_score=_mro, first=(".mro",)),
    "record": Format(
        "how it was made: seed, styles, versions, bundles, issues",
        write_score=_record,
        first=(".record.json",),
    ),
    "scene": Format("the complete scene, for MusicScene.load", write_score=_scene, first=(".scene",)),
}
"""All formats, by their names on the command line."""
