"""Style of paper: the parameters that distinguish the sheets of one book from those of another."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields

from smashcima.errors import SettingsError
from smashcima.scene.visual import ColorBGRA
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.paper.presets import PRESETS, draw_style
from smashcima.synthesis.style.json_fields import fields_from_json


@dataclass(frozen=True, slots=True)
class PaperStyle(ShortRepr):
    """The parameters of a paper. Lengths are in mm, contrasts in grey levels of 255; amounts are from 0 (none) to 1.

    The contrast of a texture is its standard deviation; that of lines and specks is their depth. Real paper is
    subtle: scanned at 300 DPI, its grain has a contrast of 1 to 3.
    """

    name: str = "plain"
    """Name of the paper in the styles that a scene records."""

    red: int = 244
    green: int = 241
    blue: int = 233
    """Colour of undamaged paper, 0 to 255."""

    # material
    texture_seed: int = 0
    """Seed of the positions of grain, fibres and mould lines; styles with the same texture share its cost."""

    grain: float = 1.2
    """Contrast of the fine grain."""

    grain_size: float = 0.22
    """Typical size of the grain, in mm."""

    clouds: float = 0.6
    """Contrast of the uneven thickness of the sheet (formation)."""

    cloud_size: float = 3.0
    """Typical size of thicker and thinner areas, in mm."""

    fibres: float = 6.0
    """Visible fibres per square centimetre."""

    fibre_contrast: float = 1.5
    """Difference in lightness between fibres and the sheet, in grey levels."""

    specks: float = 0.1
    """Visible dark inclusions per square centimetre."""

    speck_size: float = 0.12
    """Median diameter of an inclusion in mm."""

    speck_contrast: float = 25.0
    """Difference in lightness between inclusions and the sheet, in grey levels."""

    color_flecks: float = 0.0
    """Coloured fibres per square centimetre, as in recycled paper."""

    laid: float = 0.0
    """Contrast of laid lines, left by the wires of the mould; 0 for wove paper."""

    laid_spacing: float = 1.1
    """Distance of laid lines, in mm."""

    chains: float = 0.0
    """Contrast of chain lines, left by the cords across the wires."""

    chain_spacing: float = 25.0
    """Distance of chain lines, in mm."""

    chains_across: bool = False
    """Whether chain lines are horizontal instead of vertical."""

    follicles: float = 0.0
    """Contrast of pores, in parchment."""

    veins: float = 0.0
    """Contrast of veins, in parchment."""

    # age and light
    mottling: float = 0.05
    """Amount of uneven browning."""

    mottling_size: float = 30.0
    """Typical size of browner areas, in mm."""

    edge_browning: float = 0.0
    """Amount of browning at the edges."""

    edge_width: float = 12.0
    """Width of the browned edges, in mm."""

    dirt: float = 0.0
    """Amount of dirt at the outer lower corner, where pages are turned."""

    unevenness: float = 0.01
    """Amount by which one side of the sheet is lit less than the other."""

    gutter: float = 0.0
    """Depth of the shadow at the spine: at the left on the first page, then alternating."""

    gutter_width: float = 9.0
    """Width of that shadow, in mm."""

    # damage; numbers are means per page
    foxing: float = 0.0
    """Brown spots (foxing) per square decimetre."""

    foxing_size: float = 0.9
    """Median diameter of a spot, in mm."""

    foxing_depth: float = 0.3
    """Amount of browning of spots."""

    stains: float = 0.0
    """Number of stains of water and other liquids."""

    stain_depth: float = 0.3
    """Amount of browning of stains."""

    creases: float = 0.0
    """Number of creases and folds."""

    crease_contrast: float = 9.0
    """Difference in lightness between creases and the sheet, in grey levels."""

    wormholes: float = 0.0
    """Number of wormholes."""

    back_ruling: float = 0.0
    """Contrast of printed empty staves on the other side that show through the sheet."""

    # the edge
    inset: float = 0.0
    """Mean distance between the edges of sheet and picture, in mm; 0 for a picture cropped to the sheet."""

    deckle: float = 0.0
    """Amplitude of the waves of the edge (deckle), in mm."""

    backing_red: int = 30
    backing_green: int = 29
    backing_blue: int = 28
    backing_opacity: int = 255
    """Colour and opacity beyond the edge, 0 to 255 each; an opacity of 0 makes it transparent."""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise SettingsError(f"The name of a paper must be text, not {self.name!r}.")
        if not isinstance(self.chains_across, bool):
            raise SettingsError(
                f"chains_across of a paper must be true or false, not {self.chains_across!r}."
            )
        for field in fields(self):
            if field.name not in ("name", "chains_across"):
                _check(field.name, getattr(self, field.name))

    # -- seeds and presets ---------------------------------------------------------------------------------

    @staticmethod
    def from_seed(seed: int) -> PaperStyle:
        """Draws a random style of paper; the same seed always gives the same style."""
        return draw_style(seed, PaperStyle.preset)

    @staticmethod
    def preset(name: str) -> PaperStyle:
        """Returns a preset; raises a `SettingsError` for a name that is not in `PaperStyle.preset_names()`."""
        if name not in PRESETS:
            raise SettingsError(f"There is no paper {name!r}; available: {', '.join(map(repr, PRESETS))}.")
        return PaperStyle(name, **PRESETS[name])

    @staticmethod
    def preset_names() -> tuple[str, ...]:
        """The names of all presets, from new to old paper."""
        return tuple(PRESETS)

    # -- as text -------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """All parameters as a JSON object."""
        return json.dumps(asdict(self), indent=2)

    @staticmethod
    def from_json(text: str) -> PaperStyle:
        """Reads a style written by `to_json`; missing parameters have their defaults.

        Raises a `SettingsError` if the text is not such an object.
        """
        return PaperStyle(**fields_from_json(text, PaperStyle, "paper"))

    # -- colours -------------------------------------------------------------------------------------------

    @property
    def color(self) -> tuple[int, int, int]:
        """Blue, green and red of undamaged paper."""
        return (self.blue, self.green, self.red)

    @property
    def backing(self) -> ColorBGRA:
        """Blue, green, red and opacity of the backing behind the sheet."""
        return (self.backing_blue, self.backing_green, self.backing_red, self.backing_opacity)

    @property
    def shows_backing(self) -> bool:
        """Whether the edge of the sheet is inside the picture."""
        return self.inset > 0 or self.deckle > 0


_COLORS = frozenset(
    {"red", "green", "blue", "backing_red", "backing_green", "backing_blue", "backing_opacity"}
)

_RANGES: dict[str, tuple[float, float]] = {
    **dict.fromkeys(_COLORS, (0, 255)),
    "texture_seed": (0, 2**64 - 1),
    "grain_size": (0.05, 2.0),
    "cloud_size": (0.5, 20.0),
    "fibres": (0.0, 40.0),
    "specks": (0.0, 40.0),
    "speck_size": (0.03, 2.0),
    "color_flecks": (0.0, 20.0),
    "laid_spacing": (0.4, 4.0),
    "chain_spacing": (8.0, 60.0),
    "mottling_size": (4.0, 200.0),
    "edge_width": (1.0, 100.0),
    "gutter_width": (1.0, 60.0),
    "foxing": (0.0, 100.0),
    "foxing_size": (0.2, 10.0),
    "stains": (0.0, 20.0),
    "creases": (0.0, 20.0),
    "wormholes": (0.0, 100.0),
    "inset": (0.0, 20.0),
    "deckle": (0.0, 3.0),
    **dict.fromkeys(
        ("grain", "clouds", "fibre_contrast", "laid", "chains", "follicles", "veins"), (0.0, 20.0)
    ),
    "speck_contrast": (0.0, 120.0),
    "crease_contrast": (0.0, 60.0),
    "back_ruling": (0.0, 20.0),
}
"""Valid ranges of parameters; amounts, which are not listed, are from 0 to 1."""

_INTEGERS = _COLORS | {"texture_seed"}


def _check(name: str, value: object) -> None:
    low, high = _RANGES.get(name, (0.0, 1.0))
    kind = "an integer" if name in _INTEGERS else "a number"
    allowed = (int,) if name in _INTEGERS else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise SettingsError(f"{name} of a paper must be {kind} from {low:g} to {high:g}, not {value!r}.")
    assert isinstance(value, int | float)
    if not (math.isfinite(value) and low <= value <= high):
        raise SettingsError(f"{name} of a paper must be {kind} from {low:g} to {high:g}, not {value!r}.")
