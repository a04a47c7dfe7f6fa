"""The option `--split`: shares of a data set, such as those for training and validation."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import SettingsError
from smashcima.randomness import index_of_content

SPLIT_HELP = (
    "Divide the scores, for example train=0.8,validation=0.1,test=0.1. The part of a score follows from its content, so "
    "that all its samples are in one part, in any run. Writes a tree (see --tree)."
)

_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]*")
_ROUNDING = 1e-6


@dataclass(frozen=True)
class Splits:
    """Shares of a data set by name, which add up to 1."""

    shares: tuple[tuple[str, float], ...]

    @staticmethod
    def of_option(text: str) -> Splits:
        """Reads the option; raises a `SettingsError` if it is malformed."""
        shares: dict[str, float] = {}
        for part in text.split(","):
            name, _, number = (each.strip() for each in part.partition("="))
            try:
                share = float(number)
            except ValueError:
                share = -1.0
            if not _NAME.fullmatch(name) or not 0 < share <= 1 or name in shares:
                raise SettingsError(
                    f"--split {text} must have names with shares between 0 and 1, such as train=0.8,validation=0.2."
                )
            shares[name] = share
        if abs(sum(shares.values()) - 1) > _ROUNDING:
            raise SettingsError(f"The shares of --split {text} add up to {sum(shares.values()):g}, not to 1.")
        return Splits(tuple(shares.items()))

    @property
    def names(self) -> tuple[str, ...]:
        """The names in the order of the option."""
        return tuple(name for name, _ in self.shares)

    def of(self, source: Path) -> str:
        """Returns the part of a score file, which follows from its content; without a file, from its name."""
        try:
            content = source.read_bytes()
        except OSError:
            content = source.name.encode()
        # Not the index itself, with which the choice of a writer begins.
        place = index_of_content(b"split\0" + content) / 2**32
        for name, share in self.shares:
            place -= share
            if place < 0:
                return name
        return self.names[-1]
