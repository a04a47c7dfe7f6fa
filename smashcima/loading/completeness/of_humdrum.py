"""Counts of printed objects in the `**kern` and `**text` spines of a Humdrum file.

Measures are not distinguished, because importers number them differently.
"""

from __future__ import annotations

import re

from smashcima.loading.completeness.tally import UNKNOWN, Tally

_PITCH = re.compile(r"[a-gA-G]")

_INVISIBLE = "yy"


def tally_humdrum(text: str) -> Tally:
    """Counts the notes, rests and syllables of a Humdrum file."""
    tally = Tally()
    spines: list[str] = []
    for line in text.split("\n"):
        if not line or line.startswith("!"):
            continue
        tokens = line.split("\t")
        if line.startswith("**"):
            spines = tokens
        elif line.startswith("*"):
            spines = _after_manipulators(spines, tokens)
        elif not line.startswith("="):
            for spine, token in zip(spines, tokens, strict=False):
                _tally_token(tally, spine, token)
    return tally


def _tally_token(tally: Tally, spine: str, token: str) -> None:
    if token == "." or _INVISIBLE in token:
        return
    if spine == "**text":
        tally.add("lyric syllable", UNKNOWN, UNKNOWN, int(bool(token.strip())))
    elif spine == "**kern":
        for note in token.split():
            if "r" in note:
                tally.add("rest", UNKNOWN, UNKNOWN)
            elif _PITCH.search(note):
                tally.add("note", UNKNOWN, UNKNOWN)


def _after_manipulators(spines: list[str], tokens: list[str]) -> list[str]:
    """Spines after splits (`*^`), joins (`*v`), exchanges (`*x`), additions (`*+`) and ends (`*-`)."""
    following: list[str] = []
    waiting: int | None = None
    for index, (spine, token) in enumerate(zip(spines, tokens, strict=False)):
        if token == "*^":
            following += [spine, spine]
        elif token == "*-":
            continue
        elif token == "*+":
            following += [spine, ""]
        elif token == "*v" and index and tokens[index - 1] == "*v":
            continue
        elif token == "*x" and waiting is not None:
            following.append(spine)
            following[waiting], following[-1] = following[-1], following[waiting]
            waiting = None
            continue
        elif token.startswith("**"):
            following.append(token)
        else:
            following.append(spine)
        if token == "*x":
            waiting = len(following) - 1
    return following
