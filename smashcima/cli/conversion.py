"""Conversion of score files, one by one."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.cli.messages import text_of
from smashcima.cli.protection import OutputGuard
from smashcima.cli.score_formats import Choices, ScoreFormat, Unit
from smashcima.errors import Issue, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.loading import Loaded
    from smashcima.scene.semantic import Score


@dataclass(frozen=True)
class Selection:
    """Numbers of the score, part and staff to be written; `None` for all of them."""

    score: int | None
    part: int | None
    staff: int | None


@dataclass
class Converter:
    """Converts files one by one. What fails is recorded, and does not stop the others."""

    target: ScoreFormat
    suffix: str
    source_format: str | None
    selection: Selection
    choices: Choices
    guard: OutputGuard
    scores: int = 0
    written: list[Path] = field(default_factory=list)
    kept: int = 0
    reading: list[tuple[Path, Issue]] = field(default_factory=list)
    writing: list[tuple[Path, Issue]] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)

    def convert(self, source: Path, stem: Path) -> None:
        """Converts all chosen scores of a file to files that begin with `stem`."""
        from smashcima.loading import load_scores

        try:
            loaded = load_scores(source, format=self.source_format)
            self.reading.extend((source, issue) for issue in loaded.issues)
            numbers = self._chosen(len(loaded.scores), source)
        except (SmashcimaError, OSError) as error:
            self.errors.append(f"{source}: {text_of(error)}")
            return
        self.scores += len(numbers)
        for number in numbers:
            its_stem = stem.with_name(f"{stem.name}-{number}") if len(numbers) > 1 else stem
            self._write_score(loaded.each()[number - 1], its_stem, source)

    def _chosen(self, count: int, source: Path) -> list[int]:
        """Numbers of the chosen scores of a file."""
        number = self.selection.score
        if number is None:
            if count > 1:
                self.notes.append(f"{source} has {count} scores, which are written to a file each")
            return list(range(1, count + 1))
        if number > count:
            raise SettingsError(f"there is no score {number}; the file has {count}")
        if count > 1:
            self.notes.append(f"{source}: number {number} of {count} scores is written")
        return [number]

    def _write_score(self, loaded: Loaded, stem: Path, source: Path) -> None:
        try:
            pieces = list(_pieces(loaded.score, self.selection, self.target.unit))
        except SmashcimaError as error:
            self.errors.append(f"{source}: {text_of(error)}")
            return
        if len(pieces) > 1:
            units = "parts" if self.target.unit is Unit.PART else "staves"
            self.notes.append(f"{source} has {len(pieces)} {units}, which are written to a file each")
        for ending, piece in pieces:
            self._write(piece, loaded, stem.with_name(f"{stem.name}{ending}{self.suffix}"), source)

    def _write(self, score: Score, loaded: Loaded, path: Path, source: Path) -> None:
        """Writes a file, and records what its format leaves out."""
        try:
            if not self.guard.admits(path, source):
                self.kept += 1
                return
            subject = self._laid_out(score, loaded, source) if self.target.needs_layout else score
            exporter = self.target.make_exporter(self.choices)
            omissions = exporter.omissions(subject)
            path.parent.mkdir(parents=True, exist_ok=True)
            exporter.write(subject, path)
        except (SmashcimaError, OSError) as error:
            hint = " Here: --polyphony highest." if "polyphony=" in str(error) else ""
            self.errors.append(f"{path.name} of {source}: {text_of(error)}{hint}")
            return
        self.writing.extend((source, issue) for issue in omissions)
        self.written.append(path)

    def _laid_out(self, score: Score, loaded: Loaded, source: Path) -> Loaded:
        """A score with its layout: that of the source if all of it is written, otherwise one by the engraver."""
        from smashcima.loading import Loaded
        from smashcima.orchestration import EngravedModel

        if score is not loaded.score or loaded.engraving is None:
            self.notes.append(f"{source} is written with the positions of the engraver")
            loaded = Loaded(score, None, ())
        return replace(loaded, engraving=EngravedModel(seed=0).lay_out(loaded))


def _pieces(score: Score, selection: Selection, unit: Unit) -> Iterator[tuple[str, Score]]:
    """The chosen music in units of the target format, with the endings of their file names."""
    if selection.staff is not None:
        yield "", score.slice(staff=selection.staff)
        return
    parts = score.parts
    if selection.part is not None:
        if selection.part > len(parts):
            raise SettingsError(f"there is no part {selection.part}; the score has {len(parts)}")
        parts = [parts[selection.part - 1]]
    if unit is Unit.STAFF:
        groups = [[staff] for part in parts for staff in part.staves]
        names = [f"-st{staves[0].n}" for staves in groups]
    else:
        groups = [part.staves for part in parts]
        names = [f"-part{part.n}" for part in parts]
    if unit is Unit.SCORE and selection.part is None:
        yield "", score
    elif len(groups) == 1:
        yield "", score.slice(staff=groups[0]) if selection.part is not None else score
    else:
        for name, staves in zip(names, groups, strict=True):
            yield name, score.slice(staff=staves)
