"""The samples that `smashcima render` makes of each score file."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from smashcima.errors import SettingsError


@dataclass(frozen=True, slots=True)
class Sample:
    """One sample of a score file, which is rendered in one go."""

    source: Path
    name: str
    """Name of its files, to which pages and formats add their endings."""

    index: int | None
    """Index of the sample for the model; `None`: that of the content of the file, plus `shift`."""

    shift: int = 0

    def find_index(self) -> int:
        """The index of the sample for the model. A file that cannot be read has index 0; loading it fails later."""
        from smashcima.randomness import index_of_content

        if self.index is not None:
            return self.index
        try:
            return index_of_content(self.source.read_bytes()) + self.shift
        except OSError:
            return 0


def samples_of(files: list[Path], names: list[str], count: int, first_index: int | None) -> list[Sample]:
    """The samples of all files in order: `count` of each, with indices from `first_index`, or from that of the content."""
    return [
        Sample(
            file,
            name if count == 1 else f"{name}-sample{number + 1}",
            None if first_index is None else first_index + number,
            number,
        )
        for file, name in zip(files, names, strict=True)
        for number in range(count)
    ]


def composed_samples(count: int, samples: int, first_index: int | None) -> list[Sample]:
    """The samples of composed pieces, with indices from `first_index`, or from 0.

    Raises:
        SettingsError: several samples of each piece are wanted; each is a piece of its own.
    """
    if samples != 1:
        raise SettingsError(
            "--samples is for scores that are read. Give --count for several composed pieces."
        )
    names = ["composed"] if count == 1 else [f"composed-{number}" for number in range(1, count + 1)]
    return [Sample(Path(name), name, (first_index or 0) + number) for number, name in enumerate(names)]
