"""What a composed piece is to be like."""

from __future__ import annotations

import dataclasses
import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import Any

from smashcima.composing.distributions import Between, OneOf, drawn, possible, value_of_data
from smashcima.composing.draws import Draws
from smashcima.composing.elements import ELEMENTS, check_share
from smashcima.composing.ensembles import ENSEMBLES, Ensemble
from smashcima.composing.genres import FORMS, GENRES
from smashcima.composing.styles import STYLES
from smashcima.composing.textures import TEXTURES
from smashcima.composing.theory import Key, Metre
from smashcima.composing.words import LANGUAGES
from smashcima.errors import SettingsError
from smashcima.scene.semantic import Pitch

Text = str | OneOf[str] | None
Count = int | OneOf[int] | Between | None
Amount = float | OneOf[float] | Between | None

MOST_MEASURES = 2000
MOST_STAVES = 24


@dataclass(frozen=True)
class Conditions:
    """What a piece is to be like. Every field is optional, and a constant or a distribution (`OneOf`, `Between`).

    ```python
    Conditions(key="G minor", metre=OneOf(("3/4", "6/8")), ensemble="piano", measures=Between(16, 32))
    ```

    A composer chooses what is not given. Values are checked when the object is made; an invalid one raises a
    `SettingsError` that lists what there is.
    """

    key: Text = None
    """The key: `G minor`, `Bb major`, `F# minor`; any with up to seven accidentals."""

    metre: Text = None
    """The time signature: `3/4`, `6/8`, `5/8`, `common`, `cut`."""

    tempo: Text = None
    """Words above the first measure: `Allegro`; the empty text for none."""

    bpm: Count = None
    """Beats per minute, written as a metronome mark and used in MIDI."""

    ensemble: str | tuple[str, ...] | OneOf[Any] | None = None
    """An ensemble (`piano`, `string quartet`, `SATB`, `voice and piano`, `orchestra`: see
    `smashcima.composing.ENSEMBLES`), an instrument, or several instruments from top to bottom."""

    staves: Count = None
    """Number of staves, 1 to 24."""

    measures: Count = None
    """Number of measures, without the pickup."""

    pickup: bool | OneOf[bool] | None = None
    """Whether the piece begins with a pickup measure."""

    texture: Text = None
    """Figure of the accompaniment: `alberti`, `waltz`, `chorale`, `counterpoint`, ...: see
    `smashcima.composing.TEXTURES`."""

    density: Amount = None
    """Density of the melody from 0 (a note for every two or three beats) to 1 (four notes per beat)."""

    range: tuple[str, str] | OneOf[tuple[str, str]] | None = None
    """Lowest and highest sounding pitch of the melody: `("C4", "A5")`."""

    voices: Count = None
    """Voices on the staff of the melody: 1 or 2."""

    style: Text = None
    """Period: `baroque`, `classical`, `romantic`, `modern`. It weights textures, harmonies, ornaments and dynamics."""

    genre: Text = None
    """Kind of piece: `waltz`, `minuet`, `march`, `nocturne`, ...: see `smashcima.composing.GENRES`. It sets metre,
    texture and tempo if these are not given, and names the piece."""

    form: Text = None
    """Plan of the phrases: `period`, `binary`, `ternary`, `rondo`, `through-composed`."""

    title: Text = None
    """The title; `{genre}`, `{key}`, `{number}` and `{opus}` are replaced, as in `{genre} in {key}`. The empty text for none."""

    composer: Text = None
    """The composer's name; `{given}`, `{initial}` and `{surname}` are replaced by an invented name. The empty text for
    none."""

    lyrics: Text = None
    """Language of the lyrics: `latin`, `german`, ...: see `smashcima.composing.LANGUAGES`; `none` for no lyrics. By
    default singers have lyrics."""

    shares: Mapping[str, float | OneOf[float] | Between] = field(default_factory=dict)
    """Wanted shares of elements, by name: see `smashcima.composing.ELEMENTS`. Shares of `grace notes`, `ornaments`,
    `tuplets` and so on are per note; those of `dynamics`, `slurs` and so on per measure. Those not given follow from
    the style."""

    def __post_init__(self) -> None:
        for name, check in _CHECKS.items():
            value = getattr(self, name)
            if isinstance(value, list):
                value = tuple(value)
                object.__setattr__(self, name, value)
            for each in possible(value):
                if each is not None:
                    check(each)
        object.__setattr__(self, "shares", dict(self.shares))
        for element, share in self.shares.items():
            for each in possible(share):
                check_share(element, each)

    def drawn(self, draws: Draws) -> Conditions:
        """The conditions with a constant for each distribution, drawn in the order of the fields."""
        values = {each.name: drawn(getattr(self, each.name), draws) for each in dataclasses.fields(self)}
        values["shares"] = {name: drawn(share, draws) for name, share in self.shares.items()}
        return Conditions(**values)

    @staticmethod
    def from_data(data: Mapping[str, Any]) -> Conditions:
        """Conditions from parsed YAML or JSON: `{key: G minor, for: piano, measures: {integers: [8, 16]}}`.

        Distributions are written as in plans of data sets: `{choose: [...]}` with `weights`, `{integers: [low, high]}`,
        `{uniform: [low, high]}`. `for` is another name of `ensemble`, and `time` of `metre`. Raises a `SettingsError`.
        """
        names = [each.name for each in dataclasses.fields(Conditions)]
        fields: dict[str, Any] = {}
        for given, value in data.items():
            name = _ALIASES.get(given, given)
            if name not in names:
                raise SettingsError(
                    f"There is no condition {given!r}{_closest(given, names)}; there are {', '.join(names)}."
                )
            if name in fields:
                raise SettingsError(f"The condition {name!r} is given twice.")
            if name == "shares" and isinstance(value, Mapping):
                fields[name] = {element: value_of_data(share) for element, share in value.items()}
            else:
                fields[name] = value_of_data(value)
        return Conditions(**fields)

    def to_data(self) -> dict[str, Any]:
        """The conditions that are given, as JSON-compatible data, for `from_data`; they must be constants.

        Raises a `SettingsError` for distributions.
        """
        found: dict[str, Any] = {}
        for each in dataclasses.fields(self):
            value = getattr(self, each.name)
            inner = [*value.values()] if isinstance(value, Mapping) else [value]
            if any(isinstance(item, OneOf | Between) for item in inner):
                raise SettingsError(
                    f"The condition {each.name!r} is a distribution; draw the conditions first."
                )
            if value is not None and value != {}:
                found[each.name] = list(value) if isinstance(value, tuple) else value
        return found


_ALIASES = {"for": "ensemble", "time": "metre", "meter": "metre"}


def _closest(name: str, names: Any) -> str:
    close = difflib.get_close_matches(name, list(names), 1)
    return f" (did you mean {close[0]!r}?)" if close else ""


def _one_of(what: str, names: Any) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if value not in names:
            raise SettingsError(
                f"{value!r} is not {what}{_closest(str(value), names)}; choose from {', '.join(names)}."
            )

    return check


def _integer(name: str, least: int, most: int) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            raise SettingsError(f"{name} must be an integer from {least} to {most}, not {value!r}.")

    return check


def _text(name: str) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        if not isinstance(value, str):
            raise SettingsError(f"{name} must be text, not {value!r}.")

    return check


def _parsed(name: str, parse: Callable[[str], Any]) -> Callable[[Any], None]:
    def check(value: Any) -> None:
        _text(name)(value)
        parse(value)

    return check


def _check_ensemble(value: Any) -> None:
    if not isinstance(value, str | tuple):
        raise SettingsError(f"ensemble must be a name, or several names of instruments, not {value!r}.")
    Ensemble.of(value)


def _check_density(value: Any) -> None:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise SettingsError(f"density must be a number from 0 to 1, not {value!r}.")


def _check_range(value: Any) -> None:
    if not isinstance(value, list | tuple) or len(value) != 2:
        raise SettingsError(f"range must be the lowest and the highest pitch, not {value!r}.")
    low, high = (Pitch.parse(str(each)) for each in value)
    if high.midi - low.midi < 7:
        raise SettingsError(
            f"The range from {low} to {high} is too small: a melody requires a fifth or more."
        )


def _check_pickup(value: Any) -> None:
    if not isinstance(value, bool):
        raise SettingsError(f"pickup must be True or False, not {value!r}.")


_CHECKS: Mapping[str, Callable[[Any], None]] = MappingProxyType(
    {
        "key": _parsed("key", Key.parse),
        "metre": _parsed("metre", Metre.parse),
        "tempo": _text("tempo"),
        "bpm": _integer("bpm", 20, 300),
        "ensemble": _check_ensemble,
        "staves": _integer("staves", 1, MOST_STAVES),
        "measures": _integer("measures", 1, MOST_MEASURES),
        "pickup": _check_pickup,
        "texture": _one_of("a texture", TEXTURES),
        "density": _check_density,
        "range": _check_range,
        "voices": _integer("voices", 1, 2),
        "style": _one_of("a style", STYLES),
        "genre": _one_of("a genre", GENRES),
        "form": _one_of("a form", FORMS),
        "title": _text("title"),
        "composer": _text("composer"),
        "lyrics": _one_of("a language of lyrics", ("none", *LANGUAGES)),
    }
)

__all__ = ["ELEMENTS", "ENSEMBLES", "Conditions"]
