"""MusicXML → Humdrum, through music21 and converter21, and the text brought into one form."""

from __future__ import annotations

import io
import logging
import re
import warnings
import xml.etree.ElementTree as ET
from typing import Any

from smashcima.errors import ExportError

_INSTALL = "Humdrum is written through converter21, which is not installed: pip install 'smashcima[humdrum]'."
_NOT_MUSIC = re.compile(r"!!!(?:software|system-decoration|ENC|EED|SEGMENT|ONB|filter)|!!!!")
_READERS = ("converter21", "music21")


def convert_to_kern(root: ET.Element) -> str:
    """The score as Humdrum: `**kern` for each staff, lowest first, with `**text` and `**dynam`.

    Raises `ExportError` where converter21 is not installed, or gives up.
    """
    try:
        from converter21.humdrum import HumdrumWriter  # type: ignore[attr-defined]
    except ImportError as error:
        raise ExportError(_INSTALL) from error
    import music21

    ET.indent(root, " ")
    text = ET.tostring(root, encoding="unicode")
    loggers = [logging.getLogger(name) for name in _READERS]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:  # what they tell of is checked by reading the result, not by the user
            logger.setLevel(logging.CRITICAL)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            stream = music21.converter.parseData(text, format="musicxml")
            written = io.StringIO()
            writer: Any = HumdrumWriter(stream)
            writer.write(written)
    except Exception as error:  # whatever two foreign libraries may raise
        raise ExportError(f"converter21 could not write the score as Humdrum: {error!r}.") from error
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
    return tidied(written.getvalue())


def tidied(kern: str) -> str:
    """The text without records of the programs that wrote it, and without lines that would take time of their own.

    converter21 puts the end of a hairpin that reaches the barline on a line after the last notes. A line is a moment in
    Humdrum, and readers add one to the measure: so it moves to the line of the last notes.
    """
    lines = [line for line in kern.split("\n") if line and not _NOT_MUSIC.match(line)]
    made: list[str] = []
    last_data: int | None = None
    for index, line in enumerate(lines):
        cells = line.split("\t")
        is_data = not line.startswith(("*", "!", "="))
        if is_data and last_data is not None and _is_only_marks(cells) and _ends_measure(lines, index):
            before = made[last_data].split("\t")
            if len(before) == len(cells):
                made[last_data] = "\t".join(_merged(a, b) for a, b in zip(before, cells, strict=True))
                continue
        if line.startswith("="):
            last_data = None
        made.append(line)
        if is_data:
            last_data = len(made) - 1
    return "\n".join(made) + "\n"


_HAIRPIN_ENDS = frozenset({"[", "]", "[ ]", "."})


def _is_only_marks(cells: list[str]) -> bool:
    return all(cell in _HAIRPIN_ENDS for cell in cells)


def _ends_measure(lines: list[str], index: int) -> bool:
    following = (
        line for line in lines[index + 1 :] if not line.startswith(("!", "*")) or line.startswith("*-")
    )
    found = next(following, "=")
    return found.startswith(("=", "*-"))


def _merged(before: str, added: str) -> str:
    if added == ".":
        return before
    return added if before == "." else before + added
