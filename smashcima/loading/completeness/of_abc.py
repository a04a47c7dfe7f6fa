"""Counts of the notes, rests and syllables of ABC tunes, without reading them.

The code shares nothing with the reader (`smashcima.loading.abc`), so that it can judge it.
"""

from __future__ import annotations

import re

from smashcima.loading.completeness.tally import UNKNOWN, Tally

_FIELD = re.compile(r"^[A-Za-z+]:")

_INLINE_FIELD = re.compile(r"\[[A-Za-z]:[^\]]*\]")

_QUOTED = re.compile(r'"[^"]*"|![^!\s]+!|\+[^+\s]+\+')

_NOTE = re.compile(r"[_^=]*[A-Ga-g]")

_REST = re.compile(r"[zZ]")


def tally_abc(tune: str) -> Tally:
    """The counts of one tune, without distinguishing parts and measures; lines before its `X:` field are not counted."""
    found = re.search(r"(?m)^X:", tune)
    own = tune[found.start() :] if found else tune
    music = _music_of(own)
    counts = (
        ("note", len(_NOTE.findall(music))),
        ("rest", len(_REST.findall(music))),
        ("lyric syllable", _syllables(own)),
    )
    tally = Tally()
    for kind, number in counts:
        tally.add(kind, UNKNOWN, UNKNOWN, number)
    return tally


def _music_of(tune: str) -> str:
    lines = []
    for line in tune.split("\n"):
        line = line.partition("%")[0]
        if not _FIELD.match(line):
            lines.append(_QUOTED.sub("", _INLINE_FIELD.sub("", line)))
    return "\n".join(lines).strip()


def _syllables(tune: str) -> int:
    lines = re.findall(r"(?m)^w:(.*)$", tune)
    return sum(1 for line in lines for word in re.split(r"[\s\-]+", line) if word.strip("_*|~"))
