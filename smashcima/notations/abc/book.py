"""Tune books: splitting of files into tunes."""

from __future__ import annotations

import re
from dataclasses import dataclass

_TUNE = re.compile(r"(?m)^(?=X:)")

_VALUE = r"(?m)^{}:[ \t]*(.*?)[ \t]*(?:(?<!\\)%.*)?$"


@dataclass(frozen=True, slots=True)
class Tune:
    """One tune of a tune book."""

    text: str
    """ABC text of this tune only, preceded by the file header: a source of its own."""

    number: str
    """Its reference number; empty if it has none."""

    title: str
    """Its first title; empty if it has none."""

    @property
    def name(self) -> str:
        """Its number and title, as far as it has them."""
        return " ".join(filter(None, (self.number, self.title)))


def split_tunes(text: str) -> list[Tune]:
    """Splits a file, with line feeds as line ends, at its `X:` fields; a file without any is one tune."""
    header, *tunes = _TUNE.split(text)
    if not tunes:
        return [_tune(text, text)]
    header = header.strip("\n")
    return [_tune(f"{header}\n{tune}" if header.strip() else tune, tune) for tune in tunes]


def _tune(whole: str, own: str) -> Tune:
    return Tune(whole.rstrip() + "\n", _value(own, "X"), _value(own, "T"))


def _value(text: str, letter: str) -> str:
    found = re.search(_VALUE.format(letter), text)
    return found[1] if found else ""
