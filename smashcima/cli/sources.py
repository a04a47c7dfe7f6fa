"""Input files of a command, and the names of its output files."""

from __future__ import annotations

import unicodedata
from collections import Counter
from pathlib import Path

from smashcima.errors import SourceNotFoundError


def expand_sources(arguments: list[Path]) -> list[Path]:
    """Replaces each folder by the scores directly in it, sorted by name; keeps files.

    Raises:
        SourceNotFoundError: a folder contains no scores.
    """
    from smashcima.loading import known_formats

    suffixes = sorted({suffix for known in known_formats() for suffix in known.suffixes})
    files: list[Path] = []
    for argument in arguments:
        if not argument.is_dir():
            files.append(argument)
            continue
        inside = sorted(p for p in argument.iterdir() if p.suffix.lower() in suffixes)
        if not inside:
            raise SourceNotFoundError(
                f"The folder {argument} contains no scores. Known suffixes: {', '.join(suffixes)}."
            )
        files.extend(inside)
    return files


def output_names(files: list[Path]) -> list[str]:
    """Output name of each file: its stem, made unique by its suffix and a number if necessary.

    Names that differ in case only are not unique, since they are the same file on some systems.
    """
    stems = Counter(_key(file.stem) for file in set(files))
    names: list[str] = []
    taken: set[str] = set()
    for file in files:
        name = file.stem
        if stems[_key(name)] > 1:
            name = f"{name}-{file.suffix.lstrip('.').lower()}"
        unique, number = name, 2
        while _key(unique) in taken:
            unique, number = f"{name}-{number}", number + 1
        names.append(unique)
        taken.add(_key(unique))
    return names


def _key(name: str) -> str:
    """Equal for names that some file systems do not distinguish."""
    return unicodedata.normalize("NFC", name).casefold()
