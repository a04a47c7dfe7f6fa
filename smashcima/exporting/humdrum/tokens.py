"""**ekern and bekern: kern split into tokens for sequence models."""

from __future__ import annotations

import re

_NOTE = re.compile(r"(?P<duration>\d+(?:%\d+)?)(?P<dots>\.*)")
_PITCH = re.compile(r"(?P<pitch>[a-gA-G]+|r)(?P<sign>#+|-+|n)?")
_NOT_DRAWN = ("*part", "*staff", "*I", "*MM", "*>")
"""Interpretations without graphical meaning: names, and playback."""

_LINE, _TAB, _SPACE = "<b>", "<t>", "<s>"


def notes_only(kern: str) -> list[list[str]]:
    """Returns the cells of the `**kern` spines, without comments, lyrics and dynamics, line by line."""
    is_kern: list[bool] = []
    lines: list[list[str]] = []
    for line in kern.splitlines():
        if line.startswith("!") or not line:
            continue
        cells = line.split("\t")
        if line.startswith("**"):
            is_kern = [cell == "**kern" for cell in cells]
        kept = [cell for cell, keep in zip(cells, is_kern, strict=True) if keep]
        is_structure = any(cell in ("*^", "*v", "*-", "*+", "*x") for cell in cells)
        is_empty = all(cell in (".", "*") or cell.startswith(_NOT_DRAWN) for cell in kept)
        if kept and not (is_empty and not is_structure):
            lines.append(kept)
        if is_structure:
            is_kern = _after(cells, is_kern)
    return lines


def _after(cells: list[str], is_kern: list[bool]) -> list[bool]:
    """Spines after a line that splits, joins or ends some."""
    found: list[bool] = []
    joined: bool | None = None
    for cell, kern in zip(cells, is_kern, strict=True):
        if cell == "*v":
            if joined != kern:
                found.append(kern)
            joined = kern
            continue
        joined = None
        if cell == "*^":
            found += [kern, kern]
        elif cell != "*-":
            found.append(kern)
    return found


def to_ekern(kern: str) -> str:
    """Converts to `**ekern_1.0`: parts of a note separated by `@`, other signs by `·`, in alphabetical order."""
    lines = []
    for cells in notes_only(kern):
        if cells[0].startswith("**"):
            lines.append("\t".join("**ekern_1.0" for _ in cells))
        elif cells[0].startswith(("*", "=")):
            lines.append("\t".join(_barline(cell) for cell in cells))
        else:
            lines.append("\t".join(" ".join(_note(note) for note in cell.split(" ")) for cell in cells))
    return "\n".join(lines) + "\n"


def _barline(cell: str) -> str:
    """Barline without a measure number, which a model would have to count."""
    return re.sub(r"\d+[a-zA-Z]*\d*", "", cell) if cell.startswith("=") else cell


def _note(token: str) -> str:
    if token == ".":
        return token
    duration, pitch = _NOTE.search(token), _PITCH.search(token)
    parts: list[str] = []
    rest = token
    if duration is not None:
        parts += [duration["duration"], *duration["dots"]]
        rest = rest.replace(duration[0], "", 1)
    if pitch is not None:
        parts.append(pitch["pitch"])
        rest = rest.replace(pitch[0], "", 1)
        if pitch["sign"]:
            parts.append(pitch["sign"])
    return "·".join(["@".join(parts), *sorted(rest)])


def to_bekern_tokens(kern: str) -> tuple[str, ...]:
    """Returns the bekern tokens: one for each part of a note, `<b>` for a line, `<t>` for a tab, `<s>` inside
    chords.
    """
    tokens: list[str] = []
    for line in to_ekern(kern).splitlines():
        for column, cell in enumerate(line.split("\t")):
            if column:
                tokens.append(_TAB)
            for place, note in enumerate(cell.split(" ")):
                if place:
                    tokens.append(_SPACE)
                tokens.extend(re.split("[@·]", note))
        tokens.append(_LINE)
    return tuple(token for token in tokens if token)
