"""Checks of COCO documents: objects of images, and layouts of pages."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smashcima.datasets.layouts.musicorpus.manifest import parsed_time
from smashcima.datasets.layouts.musicorpus.objects import LAYOUT_CLASSES
from smashcima.datasets.layouts.musicorpus.validation.findings import Findings, box_of, is_integer, jpeg_size

_DATE = re.compile(r"\d{4}/\d{2}/\d{2}")
_SCHEME = "musicorpus://"


class CocoCheck:
    """The check of one document."""

    def __init__(self, findings: Findings, path: Path, manifest: Mapping[str, Any]) -> None:
        self.findings = findings
        self.path = path
        self.manifest = manifest
        self.is_layout = path.name == "layout.json"
        self.ids: set[int] = set()
        """Ids of annotations, once checked."""

    def run(self) -> None:
        """Checks the document."""
        data = self.findings.mapping(self.path)
        if data is None:
            return
        parts: dict[str, list[Any]] = {}
        for name in ("licenses", "images", "annotations", "categories"):
            value = data.get(name)
            if not isinstance(value, list) or not all(isinstance(each, dict) for each in value):
                self._add(name, "must be a list of objects")
                return
            parts[name] = value
        self._check_info(data.get("info"))
        self._check_licences(parts["licenses"])
        size = self._check_image(parts["images"], self._unique(parts["licenses"], "licenses"))
        categories = self._check_categories(parts["categories"])
        self.ids = self._unique(parts["annotations"], "annotations")
        images = self._unique(parts["images"], "images")
        for annotation in parts["annotations"]:
            self._check_annotation(annotation, images, categories, size)
        used = {annotation.get("category_id") for annotation in parts["annotations"]}
        for number, name in categories.items():
            if number not in used:
                self._add("categories", f"{name} is not used")

    def _add(self, element: str, what: str) -> None:
        self.findings.add(self.path, element, what)

    def _unique(self, items: Sequence[Mapping[str, Any]], name: str) -> set[int]:
        found: set[int] = set()
        for item in items:
            number = item.get("id")
            if not is_integer(number):
                self._add(name, f"an id must be an integer, not {number!r}")
            elif number in found:
                self._add(name, f"the id {number} occurs more than once")
            else:
                found.add(int(str(number)))
        return found

    def _check_info(self, info: Any) -> None:
        if not isinstance(info, dict):
            self._add("info", "is missing")
            return
        manifest = self.manifest
        created = manifest.get("created_at")
        moment = parsed_time(created) if isinstance(created, str) else None
        expected = {
            "version": manifest.get("dataset_version"),
            "description": f"{manifest.get('short_institution_name')}.{manifest.get('short_dataset_name')}",
            "contributor": manifest.get("full_institution_name"),
            "url": manifest.get("dataset_url"),
            "date_created": moment.strftime("%Y/%m/%d") if moment else info.get("date_created"),
        }
        for name, value in expected.items():
            if info.get(name) != value:
                self._add(
                    f"info.{name}", f"is {info.get(name)!r}; must be {value!r}, as musicorpus.json says"
                )
        date = info.get("date_created")
        if not isinstance(date, str) or not _DATE.fullmatch(date):
            self._add("info.date_created", f"must have the form YYYY/MM/DD, not {date!r}")
        elif info.get("year") != int(date[:4]):
            self._add("info.year", f"is {info.get('year')!r}; must be the year of date_created, {date[:4]}")

    def _check_licences(self, licences: Sequence[Mapping[str, Any]]) -> None:
        for licence in licences:
            for name in ("name", "url"):
                if not isinstance(licence.get(name), str):
                    self._add("licenses", f"the {name} of a licence must be text, not {licence.get(name)!r}")
            url = licence.get("url")
            if isinstance(url, str) and url.startswith(_SCHEME):
                file = self.findings.root.parent / url.removeprefix(_SCHEME)
                if not file.is_file():
                    self._add("licenses", f"{url} does not exist")

    def _check_image(self, images: Sequence[Mapping[str, Any]], licences: set[int]) -> tuple[int, int] | None:
        """Checks the image, and returns its size."""
        if len(images) != 1:
            self._add("images", f"must be one image, not {len(images)}")
            return None
        (image,) = images
        expected = (self.path.parent / "image.jpg").relative_to(self.findings.root)
        if image.get("file_name") != expected.as_posix():
            self._add("images", f"file_name is {image.get('file_name')!r}; must be {expected.as_posix()!r}")
        if image.get("license") not in licences:
            self._add("images", f"license {image.get('license')!r} is not among licenses")
        stored = self.path.parent / "image.jpg"
        size = jpeg_size(stored) if stored.is_file() else None
        said = (image.get("width"), image.get("height"))
        if size is None:
            self._add("images", "there is no JPEG image.jpg beside this file")
        elif said != size:
            self._add("images", f"width and height are {said}; image.jpg has {size}")
        return size

    def _check_categories(self, categories: Sequence[Mapping[str, Any]]) -> dict[int, str]:
        self._unique(categories, "categories")
        found: dict[int, str] = {}
        for category in categories:
            name, number = category.get("name"), category.get("id")
            if not isinstance(name, str) or not name:
                self._add("categories", f"a name must be text, not {name!r}")
                continue
            if name in found.values():
                self._add("categories", f"the name {name} occurs more than once")
            if self.is_layout and name not in LAYOUT_CLASSES:
                self._add("categories", f"{name} is not a class of layouts: {', '.join(LAYOUT_CLASSES)}")
            if is_integer(number):
                found[int(str(number))] = name
        return found

    def _check_annotation(
        self,
        annotation: Mapping[str, Any],
        images: set[int],
        categories: Mapping[int, str],
        size: tuple[int, int] | None,
    ) -> None:
        element = f"annotation {annotation.get('id')}"
        if annotation.get("image_id") not in images:
            self._add(element, f"image_id {annotation.get('image_id')!r} is not the id of the image")
        if annotation.get("category_id") not in categories:
            self._add(element, f"category_id {annotation.get('category_id')!r} is not among categories")
        if annotation.get("iscrowd") != 0:
            self._add(element, f"iscrowd must be 0, not {annotation.get('iscrowd')!r}")
        box = box_of(annotation.get("bbox"))
        if box is None:
            self._add(element, f"bbox must be four integers, not {annotation.get('bbox')!r}")
            return
        left, top, width, height = box
        if width <= 0 or height <= 0:
            self._add(element, f"bbox {list(box)} is empty")
        elif size is not None and not (
            left >= 0 and top >= 0 and left + width <= size[0] and top + height <= size[1]
        ):
            self._add(element, f"bbox {list(box)} is not inside the image of {size[0]} x {size[1]} px")
        if self.is_layout:
            self._check_rectangle(element, annotation, box)
        else:
            self._check_mask(element, annotation, box)

    def _check_rectangle(
        self, element: str, annotation: Mapping[str, Any], box: tuple[int, int, int, int]
    ) -> None:
        left, top, width, height = box
        corners = {(x, y) for x in (left, left + width) for y in (top, top + height)}
        rings = annotation.get("segmentation")
        ring = rings[0] if isinstance(rings, list) and len(rings) == 1 else None
        if (
            not isinstance(ring, list)
            or len(ring) != 8
            or set(zip(ring[::2], ring[1::2], strict=True)) != corners
        ):
            self._add(element, "segmentation must be the rectangle of bbox")
        if annotation.get("area") != width * height:
            self._add(element, f"area is {annotation.get('area')!r}; must be that of bbox, {width * height}")

    def _check_mask(
        self, element: str, annotation: Mapping[str, Any], box: tuple[int, int, int, int]
    ) -> None:
        mask = annotation.get("segmentation")
        if isinstance(mask, list):
            if not mask or not all(
                isinstance(ring, list) and len(ring) >= 6 and len(ring) % 2 == 0 for ring in mask
            ):
                self._add(element, "each polygon of segmentation must be at least three points")
            return
        if not isinstance(mask, dict) or not isinstance(mask.get("counts"), list):
            self._add(
                element, "segmentation must be polygons, or uncompressed run lengths with size and counts"
            )
            return
        size, counts = mask.get("size"), mask["counts"]
        if size != [box[3], box[2]]:
            self._add(element, f"segmentation.size is {size!r}; must be that of bbox, {[box[3], box[2]]}")
        if not all(is_integer(count) and count >= 0 for count in counts):
            self._add(element, "segmentation.counts must be integers of at least 0")
            return
        if sum(counts) != box[2] * box[3]:
            self._add(element, f"segmentation.counts has {sum(counts)} pixels; bbox has {box[2] * box[3]}")
        if annotation.get("area") != sum(counts[1::2]):
            self._add(element, f"area is {annotation.get('area')!r}; the mask has {sum(counts[1::2])} pixels")
