"""Input files of a command, and the names of its output files."""

from __future__ import annotations

import glob
import os
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path, PurePath
from typing import NamedTuple

from smashcima.errors import SourceNotFoundError


class FoundSource(NamedTuple):
    """A score file, and the folder for its results."""

    path: Path
    folder: PurePath = PurePath()
    """Folder below the output folder: that of the file below the folder or pattern on the command line."""

    @property
    def key(self) -> str:
        """The folder and the stem, which are equal for a score and its counterpart in another folder."""
        return (self.folder / self.path.stem).as_posix()


def expand_sources(arguments: Sequence[Path], output: Path | None = None) -> list[FoundSource]:
    """Replaces folders by the scores in them and in their subfolders, and patterns by the files that match.

    Hidden folders are left out, and so is the output folder. The files of a folder are sorted by their paths.

    Args:
        arguments: files, folders, and patterns such as `scores/**/*.mxl`, which the shell has not expanded.
        output: the output folder.

    Raises:
        SourceNotFoundError: a folder contains no scores, or no file matches a pattern.
    """
    from smashcima.loading import known_formats

    suffixes = tuple(sorted({suffix for known in known_formats() for suffix in known.suffixes}))
    found: list[FoundSource] = []
    for argument in arguments:
        if argument.is_dir():
            inside = sorted(_below(argument, suffixes, output))
            if not inside:
                raise SourceNotFoundError(
                    f"The folder {argument} contains no scores. Known suffixes: {', '.join(suffixes)}."
                )
            found += [FoundSource(path, path.relative_to(argument).parent) for path in inside]
        elif glob.has_magic(str(argument)) and not argument.exists():
            found += _matching(argument, suffixes)
        else:
            found.append(FoundSource(argument))
    return found


def _below(folder: Path, suffixes: tuple[str, ...], output: Path | None) -> Iterator[Path]:
    excluded = None if output is None else output.resolve()
    for place, folders, names in os.walk(folder):
        folders[:] = [
            name
            for name in folders
            if not name.startswith(".") and (Path(place) / name).resolve() != excluded
        ]
        yield from (Path(place) / name for name in names if name.lower().endswith(suffixes))


def _matching(pattern: Path, suffixes: tuple[str, ...]) -> list[FoundSource]:
    """The files that match a pattern, with their folders below its fixed beginning."""
    fixed = Path(*_before_magic(pattern.parts))
    matches = sorted(Path(name) for name in glob.glob(str(pattern), recursive=True))
    files = [path for path in matches if path.is_file()]
    # A pattern such as `scores/*` matches other files, too; one with a suffix says what is meant.
    if not pattern.suffix:
        files = [path for path in files if path.name.lower().endswith(suffixes)]
    if not files:
        raise SourceNotFoundError(f"No score matches the pattern {pattern}.")
    return [FoundSource(path, path.relative_to(fixed).parent) for path in files]


def _before_magic(parts: tuple[str, ...]) -> Iterator[str]:
    for part in parts[:-1]:
        if glob.has_magic(part):
            return
        yield part


def output_names(sources: Sequence[FoundSource]) -> list[str]:
    """Output name of each file: its folder and stem, made unique by its suffix and a number if necessary.

    Names that differ in case only are not unique, since they are the same file on some systems.
    """
    stems = Counter(_normal(source.key) for source in set(sources))
    names: list[str] = []
    taken: set[str] = set()
    for source in sources:
        name = source.key
        if stems[_normal(name)] > 1:
            name = f"{name}-{source.path.suffix.lstrip('.').lower()}"
        unique, number = name, 2
        while _normal(unique) in taken:
            unique, number = f"{name}-{number}", number + 1
        names.append(unique)
        taken.add(_normal(unique))
    return names


def _normal(name: str) -> str:
    """Equal for names that some file systems do not distinguish."""
    return unicodedata.normalize("NFC", name).casefold()
