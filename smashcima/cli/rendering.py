"""Rendering of a sample into a folder: the work of `smashcima render`, in this process or in others."""

from __future__ import annotations

import glob
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from smashcima.cli.chosen_formats import ChosenFormats
from smashcima.cli.messages import text_of
from smashcima.cli.samples import Sample
from smashcima.errors import Issue, SmashcimaError

if TYPE_CHECKING:
    from smashcima.composing import Conditions
    from smashcima.loading import Loaded
    from smashcima.orchestration import MusicScene, ScoreModel


@dataclass
class Outcome:
    """Result of rendering one sample."""

    source: Path
    index: int
    """Index of the sample."""

    pages: int = 0
    issues: tuple[Issue, ...] = ()
    disagreements: int = 0
    """Number of issues in which a page and its score disagree."""

    error: str | None = None
    files: list[str] = field(default_factory=list)
    """Paths of the files, also of those that existed with the same content."""


@dataclass(frozen=True)
class Renderer:
    """Renders samples in the chosen formats; the processes of `--jobs` have a copy each."""

    model: ScoreModel
    formats: ChosenFormats
    prove: bool = False
    """Whether to prove that the pages show what the scores say."""

    conditions: Conditions | None = None
    """Those of the music to compose; `None` to load the files of the samples."""

    def render(self, sample: Sample, folder: Path) -> Outcome:
        """Renders all scores of a file into a new folder. Errors are recorded in the outcome."""
        outcome = Outcome(sample.source, sample.find_index())
        (folder / sample.name).parent.mkdir(parents=True, exist_ok=True)
        try:
            loaded = self._music(sample, outcome)
            for number, each in enumerate(loaded, start=1):
                stem = folder / (sample.name if len(loaded) == 1 else f"{sample.name}-{number}")
                # Drawing adds issues, too, so those of writing are added when both are known.
                of_writing = tuple(self.formats.write(self._scenes(each, stem, outcome), stem))
                outcome.issues = tuple(dict.fromkeys((*outcome.issues, *of_writing)))
        except (SmashcimaError, OSError) as error:
            outcome.error = text_of(error)
        self.formats.arrangement.arrange(folder, sample)
        return outcome

    def _scenes(self, music: Loaded, stem: Path, outcome: Outcome) -> Iterator[MusicScene]:
        """The pages of a score, sheet by sheet where the formats allow it, so that memory does not grow with the score.

        If drawing fails, removes the files of the pages before, since a score that has some files counts as complete.
        """
        try:
            for scene in self._drawn(music, outcome.index):
                # The scene repeats the issues of loading.
                outcome.issues = tuple(dict.fromkeys((*outcome.issues, *scene.issues)))
                outcome.pages += len(scene.pages)
                if self.prove:
                    self._prove(scene, outcome)
                yield scene
        except SmashcimaError:
            for path in stem.parent.glob(f"{glob.escape(stem.name)}-p*"):
                path.unlink()
            raise

    def _drawn(self, music: Loaded, index: int) -> Iterator[MusicScene]:
        if self.prove or self.formats.need_whole_scene:
            yield self.model(music, index=index)
        else:
            yield from self.model.pages(music, index=index, at_once=2)

    def _music(self, sample: Sample, outcome: Outcome) -> Sequence[Loaded]:
        """Loads or composes the scores of a sample; adds issues of loading to an outcome."""
        if self.conditions is not None:
            from smashcima.composing import GrammarComposer
            from smashcima.orchestration.composed_model import compose_sample

            return [compose_sample(GrammarComposer(), self.conditions, self.model.seed, outcome.index)]
        from smashcima.loading import load_scores

        found = load_scores(sample.source)
        outcome.issues = found.issues
        return found.each()

    @staticmethod
    def _prove(scene: MusicScene, outcome: Outcome) -> None:
        """Adds disagreements of the pages with the score to an outcome."""
        from smashcima.verifying import verify

        found = verify(scene).issues
        outcome.disagreements += len(found)
        outcome.issues += tuple(found)
