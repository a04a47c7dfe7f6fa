"""Registry of source formats.

A `SourceFormat` has a name, suffixes, a reader, and optionally a function that recognises its content. To support
another format, write a reader and call `register_format`.
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
from smashcima.short_repr import ShortRepr

if TYPE_CHECKING:
    from smashcima.engraving import Engraving
    from smashcima.scene.semantic import Score


@dataclass(frozen=True, slots=True)
class ReadMusic(ShortRepr):
    """Result of reading a source."""

    scores: tuple[str | Score, ...]
    """The scores of the source, at least one, each as MEI text or as a `Score`."""

    names: tuple[str, ...]
    """Number, title or another distinguishing name of each score; may be empty strings."""

    issues: tuple[Issue, ...] = ()
    """What was lost, changed or repaired."""

    engravings: tuple[Engraving | None, ...] = ()
    """Layout of each score, or `None` where the source has no layout; empty if no score has one.

    Primitives refer to the objects of the score by their ids.
    """

    def __post_init__(self) -> None:
        if self.engravings and len(self.engravings) != len(self.scores):
            raise ValueError(
                f"`engravings` must be empty or have one item per score: got {len(self.engravings)} "
                f"for {len(self.scores)} scores."
            )


@dataclass(frozen=True, slots=True)
class SourceFormat:
    """A source format and its reader."""

    name: str
    """Name used in messages, such as `MusicXML`."""

    suffixes: tuple[str, ...]
    """File name suffixes in lower case, with the dot; each is also a valid value of `format=`."""

    read: Callable[[Source], ReadMusic]
    """Reads a source; raises a `SourceError` if it cannot be used."""

    aliases: tuple[str, ...] = ()
    """Further values of `format=`, in lower case without dots."""

    looks_like: Callable[[bytes], bool] | None = None
    """Returns whether the first bytes of a source identify this format with certainty."""

    is_binary: bool = False
    """Whether `looks_like` takes precedence over the suffix and `format=`; for formats that text never resembles."""


_formats: list[SourceFormat] = []

_added: dict[SourceFormat, str | None] = {}
"""Formats from outside Smashcima, in order of registration, with the modules that register them on import."""

_OURS = __name__.rpartition(".")[0]

_SNIFFED_BYTES = 4096


def register_format(source_format: SourceFormat) -> None:
    """Registers a format; of two formats with the same suffix or name, the later one is used.

    A pickled model includes the format if its functions can be pickled. Recipes list the module that called this
    function on import as a plugin.
    """
    module = registering_module()
    if module != _OURS:
        _added.pop(source_format, None)
        _added[source_format] = module
    _formats.insert(0, source_format)


def plugins_of_formats() -> tuple[str, ...]:
    """Modules outside Smashcima that registered formats on import."""
    return tuple(dict.fromkeys(module for module in _added.values() if module is not None))


@dataclass(frozen=True, slots=True)
class SentFormat:
    """A format on its way to another process, pickled by itself: so one that cannot be read there stops nothing else."""

    name: str
    pickled: bytes


def formats_to_send() -> tuple[SentFormat, ...]:
    """Formats registered from outside Smashcima, to be registered in another process.

    Formats whose functions cannot be pickled, such as lambdas, are omitted with a warning.
    """
    return tuple(sent for each in _added if (sent := _sent(each)) is not None)


def receive_formats(formats: Sequence[SentFormat]) -> None:
    """Registers formats received from another process, unless already registered.

    A format whose module cannot be imported here is omitted with a warning.
    """
    for sent in formats:
        received = _received(sent)
        if received is not None and received not in _formats:
            _added[received] = None
            _formats.insert(0, received)


def known_formats() -> tuple[SourceFormat, ...]:
    """All registered formats, the latest first."""
    return tuple(_formats)


def find_format(source: Source, name: str | None = None) -> SourceFormat:
    """The format of a source, found by its magic number, `name`, its suffix, or its content, in this order.

    `name` is the value of `format=`: a suffix such as `.krn` or `krn`, or a name such as `humdrum`.

    Raises:
        UnsupportedFormatError: no registered format matches.
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
        f"The format of {source.name} cannot be determined from {asked}. Set `format=` to one of {_all_suffixes()}."
    )


def _sent(source_format: SourceFormat) -> SentFormat | None:
    try:
        return SentFormat(source_format.name, pickle.dumps(source_format))
    except (pickle.PicklingError, AttributeError, TypeError) as error:
        warnings.warn(
            f"The format {source_format.name} is not available in other processes: {error}. "
            "Define its functions at module level with `def`.",
            stacklevel=3,
        )
        return None


def _received(sent: SentFormat) -> SourceFormat | None:
    try:
        found: SourceFormat = pickle.loads(sent.pickled)  # noqa: S301 - part of a pickle that is being read anyway
    except (ImportError, AttributeError) as error:
        warnings.warn(f"The format {sent.name} is not available in this process: {error}.", stacklevel=3)
        return None
    return found


def _by_name(name: str) -> SourceFormat:
    key = name.strip().lower().lstrip(".")
    for candidate in _formats:
        if f".{key}" in candidate.suffixes or key in candidate.aliases or key == candidate.name.lower():
            return candidate
    raise UnsupportedFormatError(f"Unknown format {name!r}. Supported formats: {_all_suffixes()}.")


def _all_suffixes() -> str:
    return ", ".join(dict.fromkeys(suffix for entry in reversed(_formats) for suffix in entry.suffixes))
