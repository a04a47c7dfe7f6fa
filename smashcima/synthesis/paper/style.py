"""What a paper is like: everything that makes the sheets of one book differ from those of another."""

from __future__ import annotations

import json
import math
from dataclasses import asdict, dataclass, fields

from smashcima.errors import SettingsError
from smashcima.scene.visual import ColorBGRA
from smashcima.synthesis.paper.presets import PRESETS, draw_style


@dataclass(frozen=True, slots=True)
class PaperStyle:
    """The parameters of a paper. Lengths are mm, contrasts are grey levels of 255, amounts go from 0 (none) to 1.

    A contrast of a texture is its standard deviation, that of lines and specks is their depth. Real paper is
    subtle: scanned at 300 DPI its grain has a contrast of 1 to 3.
    """

    name: str = "plain"
    """What the paper is called in the record of a scene."""

    red: int = 244
    green: int = 241
    blue: int = 233
    """Colour of sound paper, 0 to 255."""

    # what the sheet is made of
    texture_seed: int = 0
    """Chooses where grain, fibres and lines of the mould lie; styles that share the texture share its cost."""

    grain: float = 1.2
    """Contrast of the fine grain."""

    grain_size: float = 0.22
    """Typical size of the grain, in mm."""

    clouds: float = 0.6
    """Contrast of the uneven thickness of the sheet, which papermakers call formation."""

    cloud_size: float = 3.0
    """Typical size of what is thicker or thinner, in mm."""

    fibres: float = 6.0
    """How many single fibres are seen per square centimetre."""

    fibre_contrast: float = 1.5
    """How much lighter or darker than the sheet they are."""

    specks: float = 0.1
    """How many dark inclusions are seen per square centimetre."""

    speck_size: float = 0.12
    """Median diameter of an inclusion in mm."""

    speck_contrast: float = 25.0
    """How much darker than the sheet they are."""

    color_flecks: float = 0.0
    """How many coloured fibres there are per square centimetre, in paper made of paper."""

    laid: float = 0.0
    """Contrast of the close lines that the wires of a mould leave; 0 for wove paper."""

    laid_spacing: float = 1.1
    """Distance of these lines in mm."""

    chains: float = 0.0
    """Contrast of the lines across them, by which the wires are tied together."""

    chain_spacing: float = 25.0
    """Their distance in mm."""

    chains_across: bool = False
    """Whether the chain lines run across the page rather than from its top to its bottom."""

    follicles: float = 0.0
    """Contrast of the pores of a skin, which parchment keeps."""

    veins: float = 0.0
    """Contrast of the traces of veins in parchment."""

    # age and light
    mottling: float = 0.05
    """How unevenly the sheet has browned."""

    mottling_size: float = 30.0
    """Typical size of what is browner, in mm."""

    edge_browning: float = 0.0
    """How brown the edges are."""

    edge_width: float = 12.0
    """How far that reaches in, in mm."""

    dirt: float = 0.0
    """How much the outer lower corner shows that pages were turned there."""

    unevenness: float = 0.01
    """How much darker the light is on one side of the sheet than on the other."""

    gutter: float = 0.0
    """Depth of the shadow at the side at which the sheet is bound; left on the first page, then right, in turn."""

    gutter_width: float = 9.0
    """How far that shadow reaches in, in mm."""

    # damage; numbers are means per page
    foxing: float = 0.0
    """Brown spots per square decimetre."""

    foxing_size: float = 0.9
    """Median diameter of such a spot in mm."""

    foxing_depth: float = 0.3
    """How brown they are."""

    stains: float = 0.0
    """Number of stains of water and of other liquids."""

    stain_depth: float = 0.3
    """How brown they are."""

    creases: float = 0.0
    """Number of creases and folds."""

    crease_contrast: float = 9.0
    """How much lighter or darker than the sheet their line is."""

    wormholes: float = 0.0
    """Number of holes."""

    back_ruling: float = 0.0
    """Contrast of printed staves on the other side, seen through the sheet; they belong to no music."""

    # the edge
    inset: float = 0.0
    """How far inside the picture the sheet ends on average, in mm; 0 for a picture cropped to the sheet."""

    deckle: float = 0.0
    """How much its edge wavers, in mm."""

    backing_red: int = 30
    backing_green: int = 29
    backing_blue: int = 28
    backing_opacity: int = 255
    """What is seen beyond the edge, 0 to 255 each; an opacity of 0 leaves it transparent."""

    def __post_init__(self) -> None:
        if not isinstance(self.name, str):
            raise SettingsError(f"The name of a paper is text, not {self.name!r}.")
        if not isinstance(self.chains_across, bool):
            raise SettingsError(f"chains_across of a paper is true or false, not {self.chains_across!r}.")
        for field in fields(self):
            if field.name not in ("name", "chains_across"):
                _check(field.name, getattr(self, field.name))

    # -- where styles come from ----------------------------------------------------------------------------

    @staticmethod
    def from_seed(seed: int) -> PaperStyle:
        """A paper drawn from those that music is written on; each seed has one, the same everywhere."""
        return draw_style(seed, PaperStyle.preset)

    @staticmethod
    def preset(name: str) -> PaperStyle:
        """One of `PaperStyle.preset_names()`; a `SettingsError` for any other name."""
        if name not in PRESETS:
            raise SettingsError(f"There is no paper {name!r}; there are {', '.join(map(repr, PRESETS))}.")
        return PaperStyle(name, **PRESETS[name])

    @staticmethod
    def preset_names() -> tuple[str, ...]:
        """The names of all presets, from new to old."""
        return tuple(PRESETS)

    # -- as text -------------------------------------------------------------------------------------------

    def to_json(self) -> str:
        """All parameters as a JSON object."""
        return json.dumps(asdict(self), indent=2)

    @staticmethod
    def from_json(text: str) -> PaperStyle:
        """The style that `to_json` wrote; what is left out has its default.

        A `SettingsError` says what is wrong with text that is no such object.
        """
        try:
            values = json.loads(text)
        except json.JSONDecodeError as error:
            raise SettingsError(f"A paper is a JSON object; this is no JSON: {error}.") from error
        if not isinstance(values, dict):
            raise SettingsError(f"A paper is a JSON object, not {type(values).__name__}.")
        known = {field.name for field in fields(PaperStyle)}
        unknown = sorted(set(values) - known)
        if unknown:
            raise SettingsError(f"A paper has no {', '.join(unknown)}; it has {', '.join(sorted(known))}.")
        return PaperStyle(**values)

    # -- colours -------------------------------------------------------------------------------------------

    @property
    def color(self) -> tuple[int, int, int]:
        """Blue, green and red of sound paper."""
        return (self.blue, self.green, self.red)

    @property
    def backing(self) -> ColorBGRA:
        """Blue, green, red and opacity of what lies behind the sheet."""
        return (self.backing_blue, self.backing_green, self.backing_red, self.backing_opacity)

    @property
    def shows_backing(self) -> bool:
        """Whether the edge of the sheet lies in the picture."""
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
"""What makes sense; amounts, which are not named, lie between 0 and 1."""

_INTEGERS = _COLORS | {"texture_seed"}


def _check(name: str, value: object) -> None:
    low, high = _RANGES.get(name, (0.0, 1.0))
    kind = "an integer" if name in _INTEGERS else "a number"
    allowed = (int,) if name in _INTEGERS else (int, float)
    if isinstance(value, bool) or not isinstance(value, allowed):
        raise SettingsError(f"{name} of a paper is {kind} from {low:g} to {high:g}, not {value!r}.")
    assert isinstance(value, int | float)
    if not (math.isfinite(value) and low <= value <= high):
        raise SettingsError(f"{name} of a paper is {kind} from {low:g} to {high:g}, not {value!r}.")
