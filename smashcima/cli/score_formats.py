"""Formats of the music itself, which `render` and `convert` write. A new one is one entry of the table."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from smashcima.errors import SettingsError

if TYPE_CHECKING:
    from smashcima.exporting.exporter import Exporter

    ScoreExporter = Exporter[Any, object]
    """An exporter of scores, or of scores with a layout."""


class Unit(Enum):
    """What one file contains."""

    SCORE = "score"
    PART = "part"
    STAFF = "staff"


class Polyphony(str, Enum):
    """Handling of simultaneous notes in formats that have none."""

    error = "error"
    highest = "highest"


@dataclass(frozen=True, slots=True)
class Choices:
    """Options of some of the exporters."""

    polyphony: Polyphony = Polyphony.error

    extensions: bool = False
    """Whether Mashcima annotations have tokens that Mashcima 1.0 does not know."""


class ScoreFormat(NamedTuple):
    """A format of the music, and its exporter."""

    about: str
    suffixes: tuple[str, ...]
    """Suffixes of files; the first one is written."""

    make_exporter: Callable[[Choices], ScoreExporter]
    unit: Unit = Unit.SCORE

    needs_layout: bool = False
    """Whether the exporter takes a score with a layout (`Loaded`) instead of a `Score`."""

    @property
    def suffix(self) -> str:
        """The suffix of new files."""
        return self.suffixes[0]


def format_named(name: str) -> str:
    """The name of a format in `SCORE_FORMATS`, given by its name or a suffix.

    Raises:
        SettingsError: there is no such format.
    """
    key = name.strip().lower().lstrip(".")
    for known, entry in SCORE_FORMATS.items():
        if key == known or f".{key}" in entry.suffixes:
            return known
    raise SettingsError(f"Unknown format {name!r}; choose from {', '.join(SCORE_FORMATS)}.")


def format_of_file(path: Path) -> str:
    """The name of the format of a file by its suffix.

    Raises:
        SettingsError: no format has this suffix.
    """
    name = path.name.lower()
    for known, entry in SCORE_FORMATS.items():
        if name.endswith(entry.suffixes):
            return known
    suffixes = ", ".join(suffix for entry in SCORE_FORMATS.values() for suffix in entry.suffixes)
    raise SettingsError(
        f"No format is known for the name {path.name!r}. Use one of the suffixes {suffixes}, or set --to."
    )


def _musicxml(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.musicxml import MusicXmlExporter

    return MusicXmlExporter()


def _mei(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.mei import MeiExporter

    return MeiExporter()


def _humdrum(encoding: str, choices: Choices) -> ScoreExporter:
    from smashcima.exporting.humdrum import HumdrumExporter

    return HumdrumExporter(encoding)


def _lmx(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.lmx import LmxExporter

    return LmxExporter()


def _primus(encoding: str, choices: Choices) -> ScoreExporter:
    from smashcima.exporting.primus import PrimusExporter

    return PrimusExporter(encoding, choices.polyphony.value)


def _mashcima(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.mashcima import MashcimaExporter

    return MashcimaExporter(choices.extensions, choices.polyphony.value)


def _mro(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.mro import MroExporter

    return MroExporter()


def _midi(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.midi import MidiExporter

    return MidiExporter()


def _timemap(choices: Choices) -> ScoreExporter:
    from smashcima.exporting.midi import TimeMapExporter

    return TimeMapExporter()


SCORE_FORMATS: dict[str, ScoreFormat] = {
    "musicxml": ScoreFormat("the score as MusicXML", (".musicxml", ".xml"), _musicxml),
    "mei": ScoreFormat("the score as MEI", (".mei",), _mei),
    "krn": ScoreFormat("the score as Humdrum", (".krn", ".kern"), partial(_humdrum, "kern")),
    "ekern": ScoreFormat("the notes as ekern", (".ekern",), partial(_humdrum, "ekern")),
    "bekern": ScoreFormat("the notes as bekern tokens", (".bekern",), partial(_humdrum, "bekern")),
    "lmx": ScoreFormat("each part as Linearized MusicXML", (".lmx",), _lmx, Unit.PART),
    "agnostic": ScoreFormat(
        "each staff with a single voice, as agnostic PrIMuS",
        (".agnostic",),
        partial(_primus, "agnostic"),
        Unit.STAFF,
    ),
    "semantic": ScoreFormat(
        "each staff with a single voice, as semantic PrIMuS",
        (".semantic",),
        partial(_primus, "semantic"),
        Unit.STAFF,
    ),
    "mashcima": ScoreFormat(
        "each staff with a single voice, as a Mashcima annotation", (".mashcima",), _mashcima, Unit.STAFF
    ),
    "mro": ScoreFormat("what is drawn and where, as SharpEye's MRO", (".mro",), _mro, needs_layout=True),
    "midi": ScoreFormat("the sounding score, as MIDI", (".mid", ".midi"), _midi),
    "timemap": ScoreFormat("the time of each note, as JSON", (".timemap.json",), _timemap),
}
"""All formats of the music, by their names on the command line."""
