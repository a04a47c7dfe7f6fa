"""The source of symbols and writers of a handwritten model: the pen, or real writers."""

from __future__ import annotations

import logging
import re
import warnings
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, get_args

import numpy as np

from smashcima.errors import SettingsError, WrongTypeError, described
from smashcima.placement import OwnLayout, PlacementStyle
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.pen import TOOL_HANDS, PenWriter, PenWriterDomain, WriterChoice, resolve_writer

if TYPE_CHECKING:
    from smashcima.assets.bundles import AssetRepository
    from smashcima.assets.glyphs import GlyphStore

_log = logging.getLogger(__name__)

HandName = Literal[
    "auto",
    "pen",
    "muscima",
    "quill",
    "copyist",
    "engrosser",
    "steel-nib",
    "pencil",
    "ballpoint",
    "felt-tip",
]
HAND_NAMES: tuple[HandName, ...] = get_args(HandName)
"""All names of hands; those from `quill` on are tools of the pen."""
_OF_THE_PEN = frozenset({"pen", *TOOL_HANDS})
_NUMBER = re.compile(r"(?:W-?)?(\d{1,2})", re.IGNORECASE)


@dataclass(frozen=True)
class HandSettings:
    """The options that select the source and the writers."""

    hand: HandName | GlyphStore = "auto"
    writer: WriterChoice = None
    only_writers: Iterable[str] | None = None
    exclude_writers: Iterable[str] = ()

    def __post_init__(self) -> None:
        """Checks the options before anything is built, and normalizes the names of writers of MUSCIMA++."""
        if isinstance(self.hand, str) and self.hand not in HAND_NAMES:
            raise SettingsError(
                f"hand must be one of {', '.join(map(repr, HAND_NAMES))}, or a glyph store, not {self.hand!r}."
            )
        if isinstance(self.hand, str):
            if isinstance(self.writer, str):
                object.__setattr__(self, "writer", _writer_name(self.writer))
            for name in ("only_writers", "exclude_writers"):
                given = getattr(self, name)
                if given is not None:
                    names = (given,) if isinstance(given, str) else given
                    object.__setattr__(self, name, tuple(map(_writer_name, names)))
        restricted = self.only_writers is not None or bool(self.exclude_writers)
        if self.pen_hand is not None and restricted:
            raise SettingsError(
                "only_writers and exclude_writers select writers of MUSCIMA++; they do not apply to the pen."
            )
        if self.source == "pen" and self.writer is not None:
            resolve_writer(self.writer, self.pen_hand or "pen")

    @property
    def pen_hand(self) -> str | None:
        """The hand if the option is one of the pen: `pen`, or a tool."""
        return self.hand if isinstance(self.hand, str) and self.hand in _OF_THE_PEN else None

    @property
    def source(self) -> HandName | GlyphStore:
        """The source of symbols, which is `pen` for all tools; `auto` if no option determines it."""
        if self.pen_hand is not None:
            return "pen"
        if self.hand != "auto":
            return self.hand
        if isinstance(self.writer, PenWriter) or (isinstance(self.writer, str) and not _is_real(self.writer)):
            return "pen"
        if isinstance(self.writer, str) or self.only_writers is not None or self.exclude_writers:
            return "muscima"
        return "auto"


@dataclass(frozen=True)
class Hand(ShortRepr):
    """The writers of a model and the source of their symbols."""

    writers: PenWriterDomain
    """Chooses the writer of each sample; a `SampledWriterDomain` for symbols of real writers."""

    record: str
    """Description of the hand in the record of a scene."""

    versions: dict[str, str] = field(default_factory=dict)
    """Versions and checksums of the asset bundles from which symbols are taken."""


def checked_placement(placement: PlacementStyle | float | None) -> PlacementStyle | float | None:
    """The option `placement`; raises a `SettingsError` for a number out of range."""
    if isinstance(placement, int | float) and not 0 <= placement <= 3:
        raise SettingsError(f"placement must be between 0 and 3 if it is a number, not {placement!r}.")
    return placement


def checked_own_layout(own: bool | OwnLayout) -> bool | OwnLayout:
    """The option `own_layout`; raises a `WrongTypeError` for another type."""
    if not isinstance(own, bool | OwnLayout):
        raise WrongTypeError(f"own_layout must be True, False or an OwnLayout, not {described(own)}.")
    return own


def make_hand(asked: HandSettings, rng: np.random.Generator, repository: AssetRepository) -> Hand:
    """Makes the hand that the options select.

    Installs MUSCIMA++ for `muscima`, and tries to for `auto`. If the installation fails, `auto` uses the pen, issues
    one warning, and does not try again for a day.

    Raises:
        AssetError: MUSCIMA++ is required and cannot be installed.
        SettingsError: a writer does not exist, or no writer is left.
    """
    source = asked.source
    if source == "pen":
        name = asked.pen_hand or "pen"
        hand = Hand(PenWriterDomain(rng, name), name)
    elif isinstance(source, str):
        hand = _muscima(asked, rng, repository) or Hand(PenWriterDomain(rng), "pen")
    else:
        from smashcima.synthesis.samples import SampledWriterDomain

        writers = SampledWriterDomain(source, rng, only=asked.only_writers, exclude=asked.exclude_writers)
        hand = Hand(writers, f"glyph store of {_counted(writers.writers)}")
    hand.writers.choice = asked.writer
    return hand


def _muscima(asked: HandSettings, rng: np.random.Generator, repository: AssetRepository) -> Hand | None:
    """The writers of MUSCIMA++; `None` if they are optional and cannot be installed."""
    from smashcima.assets.muscima import MuscimaPPGlyphs
    from smashcima.synthesis.samples import MuscimaPPStyleDomain

    if asked.source == "muscima":
        bundle = repository.resolve_bundle(MuscimaPPGlyphs)
    else:
        attempt = repository.try_resolve(MuscimaPPGlyphs)
        if attempt.bundle is None:
            _log.info("The symbols of real writers are not available: %s", attempt.reason)
            warnings.warn(
                "Pages are written with the pen: MuscimaPPGlyphs is not installed, which has the symbols of real writers. "
                '`smashcima assets install MuscimaPPGlyphs` tells how; hand="pen" (--hand pen) hides this note.',
                stacklevel=2,
            )
            return None
        bundle = attempt.bundle
    writers = MuscimaPPStyleDomain(
        bundle.store, rng, only=asked.only_writers, exclude=asked.exclude_writers or ()
    )
    return Hand(writers, f"MUSCIMA++, {_counted(writers.writers)}", bundle.versions())


def _counted(writers: Sequence[str]) -> str:
    return "1 writer" if len(writers) == 1 else f"{len(writers)} writers"


def _is_real(name: str) -> bool:
    return _NUMBER.fullmatch(name) is not None


def _writer_name(name: str) -> str:
    """Normalizes the name of a writer of MUSCIMA++ to the form `W-07`; returns any other name unchanged."""
    found = _NUMBER.fullmatch(str(name))
    return f"W-{int(found[1]):02d}" if found else name
