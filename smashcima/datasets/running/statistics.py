"""What the images of a data set are like, in numbers: for its report and its record of provenance."""

from __future__ import annotations

import base64
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from smashcima.datasets.generation import Record
from smashcima.imaging import thumbnail

THUMBNAILS = 24
"""Number of images that the report shows."""

_MOST_NAMES = 300
"""Limit of the names in one table. Rarer ones are counted together, since writers and papers are often unique."""

OTHERS = "(others)"

_TABLES = ("splits", "classes", "sizes", "licences", "parts", "labels_not_written")

Table = Counter[str]


@dataclass
class Statistics:
    """Sums over images. Sums of parts can be added; their size has a bound."""

    images: int = 0
    bytes: int = 0
    """Size of all files of the records, without the overhead of the layout."""

    splits: Table = field(default_factory=Counter)
    classes: Table = field(default_factory=Counter)
    """Objects by label; of plans without labels that need them, empty."""

    styles: dict[str, Table] = field(default_factory=dict)
    """Images by style, for each aspect."""

    sizes: Table = field(default_factory=Counter)
    """Images by size in pixels, such as `1240 × 1754`."""

    licences: Table = field(default_factory=Counter)
    """Images by the licence of their music."""

    parts: Table = field(default_factory=Counter)
    """Images by what they are made from besides music: asset bundles, hands, music fonts, each with its licence."""

    labels_not_written: Table = field(default_factory=Counter)
    """Images that have no label of this name, because its format cannot express them."""

    versions: list[dict[str, str]] = field(default_factory=list)
    """Versions of packages and bundles; several if machines with different versions took part."""

    thumbnails: dict[int, str] = field(default_factory=dict)
    """Small JPEGs by sample, in Base64."""

    def add(self, record: Record, is_shown: bool) -> None:
        """Counts an image; keeps a small copy if it is to be shown and is the first of its sample."""
        self.images += 1
        self.bytes += sum(map(len, record.files.values()))
        facts = record.metadata
        self.splits[record.split] += 1
        self.classes.update(record.notes.get("classes", {}))
        for aspect, style in facts.get("styles", {}).items():
            self.styles.setdefault(aspect, Counter())[str(style)] += 1
        if "width" in facts and "height" in facts:
            self.sizes[f"{facts['width']} × {facts['height']}"] += 1
        self.licences[str(facts.get("licence", "unknown"))] += 1
        for part in facts.get("made_from", ()):
            if part["part"] != "music":
                self.parts[f"{part['part']} {part['name']} ({part['licence']})"] += 1
        self.labels_not_written.update(dict.fromkeys(facts.get("labels_not_written", {}), 1))
        versions = {**record.notes.get("versions", {}), **facts.get("bundles", {})}
        if versions and versions not in self.versions:
            self.versions.append(versions)
        if is_shown and record.sample not in self.thumbnails:
            small = thumbnail(record.files[record.image_suffix])
            self.thumbnails[record.sample] = base64.b64encode(small).decode()

    def include(self, other: Statistics) -> None:
        """Adds the sums of other images."""
        self.images += other.images
        self.bytes += other.bytes
        for name in _TABLES:
            setattr(self, name, _sum(getattr(self, name), getattr(other, name)))
        for aspect, styles in other.styles.items():
            self.styles[aspect] = _sum(self.styles.get(aspect, Counter()), styles)
        self.versions.extend(versions for versions in other.versions if versions not in self.versions)
        self.thumbnails.update(other.thumbnails)

    def to_data(self) -> dict[str, Any]:
        """The sums as JSON-compatible data."""
        return {each.name: getattr(self, each.name) for each in fields(self)}

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Statistics:
        """Reads the data of `to_data`."""
        tables = {name: Counter(data[name]) for name in _TABLES}
        return Statistics(
            images=data["images"],
            bytes=data["bytes"],
            styles={aspect: Counter(styles) for aspect, styles in data["styles"].items()},
            versions=list(data["versions"]),
            thumbnails={int(sample): image for sample, image in data["thumbnails"].items()},
            **tables,
        )


def shown_samples(count: int) -> frozenset[int]:
    """The samples of a data set that its report shows, spread evenly."""
    shown = min(count, THUMBNAILS)
    return frozenset(index * count // shown for index in range(shown))


def sum_of(parts: Iterable[Statistics]) -> Statistics:
    """The sum of parts."""
    whole = Statistics()
    for part in parts:
        whole.include(part)
    return whole


def _sum(first: Table, second: Table) -> Table:
    whole = Counter(first)
    whole.update(second)
    if len(whole) <= _MOST_NAMES:
        return whole
    others = whole.pop(OTHERS, 0)
    kept = Counter(dict(whole.most_common(_MOST_NAMES - 1)))
    kept[OTHERS] = others + sum(whole.values()) - sum(kept.values())
    return kept
