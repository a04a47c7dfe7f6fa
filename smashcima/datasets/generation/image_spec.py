"""The images of a data set."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from smashcima.datasets.generation.fields import Where
from smashcima.short_repr import ShortRepr

FORMATS = ("jpg", "png", "webp")
CROPS = ("none", "systems", "grand staves", "staves", "measures", "symbols")


@dataclass(frozen=True, slots=True, kw_only=True)
class ImageSpec(ShortRepr):
    """How images are made from pages."""

    dpi: float = 300.0
    """Resolution in pixels per inch."""

    format: str = "jpg"
    """`jpg`, `png` or `webp`."""

    quality: int = 90
    """Quality of JPEG and WebP, 1 to 100."""

    gray: bool = False
    """Whether images have one channel of gray instead of three of colour."""

    crops: str = "none"
    """`none` for whole pages; otherwise each page gives several images: `systems`, `grand staves`, `staves`,
    `measures` or `symbols`."""

    height: int | None = None
    """Height in pixels to which crops are scaled; `None` keeps the resolution."""

    @staticmethod
    def from_data(data: Any, where: Where) -> ImageSpec:
        """Reads the field `image` of a plan."""
        fields: Mapping[str, Any] = where.mapping(
            data, ("dpi", "format", "quality", "gray", "crops", "height")
        )
        checked: dict[str, Any] = {}
        for name, value in fields.items():
            place = where.at(name)
            if name == "dpi":
                checked[name] = place.number(value, 10, 2400)
            elif name == "format":
                checked[name] = place.text(value, FORMATS)
            elif name == "quality":
                checked[name] = place.integer(value, 1, 100)
            elif name == "crops":
                checked[name] = place.text(value, CROPS)
            elif name == "height" and value is not None:
                checked[name] = place.integer(value, 1, 10_000)
            elif name == "gray":
                checked[name] = place.boolean(value)
        return ImageSpec(**checked)

    def to_data(self) -> dict[str, Any]:
        """The fields that differ from their defaults."""
        default = asdict(ImageSpec())
        return {name: value for name, value in asdict(self).items() if value != default[name]}
