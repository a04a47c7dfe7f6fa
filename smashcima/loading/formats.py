"""Which notation a source is in, and who reads it.

A format is a `SourceFormat` value: its names, its suffixes, how its content looks, and its
reader. Supporting one more notation is a reader and a call of `register_format`.
"""

from __future__ import annotations

import pickle
import warnings
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from smashcima.errors import Issue, UnsupportedFormatError
from smashcima.loading.registering import registering_module
from smashcima.loading.source import Source

if TYPE_CHECKING:
    from smashcima.engraving import Engraving
    from smashcima.scene.semantic import Score


@dataclass(frozen=True, slots=True)
class ReadMusic:
    """What a reader makes of a source."""

    scores: tuple[str | Score, ...]
    """Each score in the source, at least one: as MEI text, or as a `Score` made directly."""

    names: tuple[str, ...]
    """Number, title or whatever tells the scores apart; may be empty strings."""

    issues: tuple[Issue, ...] = ()
    """What was lost, changed or repaired."""

    engravings: tuple[Engraving | None, ...] = ()
    """For each score its layout, if the source says where everything stands; empty if it never does.

    Primitives name the objects of the score by their ids.
    """

    def __post_init__(self) -> None:
        if self.engravings and len(self.engravings) != len(self.scores):
            raise ValueError(f"{len(self.engravings)} engravings were given for {len(self.scores)} scores.")


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A notation that can be read."""

    name: str
    """As messages call it: `MusicXML`."""

    suffixes: tuple[str, ...]
    """Of file names, in lower case with the dot; each is also a name for `format=`."""

    read: Callable[[Source], ReadMusic]
    """Reads a source; raises a `SourceError` saying what is wrong with it."""

    aliases: tuple[str, ...] = ()
    """Further names for `format=`, in lower case without dots."""

    looks_like: Callable[[bytes], bool] | None = None
    """Whether the first bytes of a source are of this format beyond doubt."""

    is_binary: bool = False
    """Whether `looks_like` goes before suffix and `format=`: text is never mistaken for it."""


_formats: list[SourceFormat] = []

_added: dict[SourceFormat, str | None] = {}
"""Formats that do not come with Smashcima, in the order of registration, with the modules that register them on import."""

_OURS = __name__.rpartition(".")[0]

_SNIFFED_BYTES = 4096


def register_format(source_format: SourceFormat) -> None:
    """Add a format; of two with the same suffix or name, the later one is used.

    A model that is pickled takes the format along, if its functions can be pickled. Recipes list the module that called
    this while it was imported as a plugin.
    """
    module = registering_module()
    if module != _OURS:
        _added.pop(source_format, None)
        _added[source_format] = module
    _formats.insert(0, source_format)


def plugins_of_formats() -> tuple[str, ...]:
    """The modules outside of Smashcima whose import has registered formats."""
    return tuple(dict.fromkeys(module for module in _added.values() if module is not None))


def formats_to_send() -> tuple[SourceFormat, ...]:
    """The formats that do not come with Smashcima, for another process.

    Those whose functions cannot be pickled, such as lambdas, are left out with a warning.
    """
    return tuple(each for each in _added if _can_be_sent(each))


def receive_formats(formats: Sequence[SourceFormat]) -> None:
    """Registers formats that came from another process, and are not known yet."""
    for each in formats:
        if each not in _formats:
            _added[each] = None
            _formats.insert(0, each)


def known_formats() -> tuple[SourceFormat, ...]:
    """All formats that can be read, the latest registered first."""
    return tuple(_formats)


def find_format(source: Source, name: str | None = None) -> SourceFormat:
    """The format of a source: by its magic number, by `name`, by its suffix, or by its content.

    `name` is what the user says: a suffix such as `.krn` or `krn`, or a name such as `humdrum`.

    Raises:
        UnsupportedFormatError: nothing matches.
    """
    beginning = source.data[:_SNIFFED_BYTES]
    wanted = None if name is None else _by_name(name)
    for candidate in _formats:
        if candidate.is_binary and candidate.looks_like is not None and candidate.looks_like(beginning):
            return candidate
    if wanted is not None:
        return wanted
    for candidate in _formats:
        if source.suffix in candidate.suffixes:
            return candidate
    for candidate in _formats:
        if candidate.looks_like is not None and candidate.looks_like(beginning):
            return candidate
    asked = f"the suffix {source.suffix!r}" if source.suffix else "its content"
    raise UnsupportedFormatError(
        f"The format of {source.name} is not known by {asked}. Say it with `format=`: {_all_suffixes()}."
    )


def _can_be_sent(source_format: SourceFormat) -> bool:
    try:
        pickle.dumps(source_format)
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        warnings.warn(
            f"Other processes will not know the format {source_format.name}: {error}. "
            "Define its functions in a module, by `def`.",
            stacklevel=2,
        )
        return False
    return True


def _by_name(name: str) -> SourceFormat:
    key = name.strip().lower().lstrip(".")
    for candidate in _formats:
        if f".{key}" in candidate.suffixes or key in candidate.aliases or key == candidate.name.lower():
            return candidate
    raise UnsupportedFormatError(f"There is no format {name!r}; there are {_all_suffixes()}.")


def _all_suffixes() -> str:
    return ", ".join(dict.fromkeys(suffix for entry in reversed(_formats) for suffix in entry.suffixes))
