"""Models that compose the music that they draw."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smashcima.composing import Composer, Conditions, GrammarComposer
from smashcima.errors import SettingsError
from smashcima.loading import Loaded
from smashcima.orchestration.base_handwritten_model import BaseHandwrittenModel
from smashcima.orchestration.chosen_pages import PageChoice
from smashcima.orchestration.engraved_model import EngravedModel
from smashcima.orchestration.music_scene import MusicScene
from smashcima.orchestration.score_model import ScoreModel
from smashcima.randomness import Stream


def compose_sample(composer: Composer, conditions: Conditions, seed: int, index: int) -> Loaded:
    """The piece of a sample: the same for all models and options of drawing."""
    rng = Stream.of_sample(seed, index).child("composer").generator()
    made = composer.composition(conditions, rng)
    return Loaded(made.score, None, made.issues)


class ComposedDrawing(ScoreModel):
    """The part of composing models that does not depend on who draws."""

    def __init__(
        self,
        *,
        conditions: Conditions | Mapping[str, Any] | None = None,
        composer: Composer | None = None,
        **options: Any,
    ) -> None:
        """Sets up the model.

        Args:
            conditions: what the pieces are to be like: `Conditions`, or a mapping with their fields; anything by default.
            composer: who composes; a `GrammarComposer` by default.
            options: the options of the model for scores: seed, dpi, page, ...

        Raises:
            SettingsError: an option is invalid.
        """
        if conditions is not None and not isinstance(conditions, Conditions):
            conditions = Conditions.from_data(conditions)
        if composer is not None and not isinstance(composer, Composer):
            raise SettingsError(f"composer must be a Composer, not {composer!r}.")
        self.conditions: Conditions = conditions or Conditions()
        """See the constructor; can be replaced between calls."""
        self._composer = composer
        super().__init__(**options)

    def register_services(self) -> None:
        """Registers the composer."""
        super().register_services()
        given = self._composer
        self.container.factory(Composer, lambda: GrammarComposer() if given is None else given)

    def resolve_services(self) -> None:
        """Builds the composer."""
        super().resolve_services()
        self.composer: Composer = self.container.resolve(Composer)

    def __call__(  # type: ignore[override]
        self,
        conditions: Conditions | Mapping[str, Any] | None = None,
        *,
        index: int | None = None,
        pages: PageChoice | None = None,
    ) -> MusicScene:
        """Composes a piece and makes its pages.

        The piece of an index is the same for all options of the drawing. Conditions that it does not meet are among the
        issues of the scene.

        Args:
            conditions: what this piece is to be like; by default the conditions of the model.
            index: index of the sample; by default the next one.
            pages: indices of the pages to make, from 0, or a function that returns them for the number of pages; by
                default all.
        """
        return super(ScoreModel, self).__call__(conditions, index=index, pages=pages)

    def call(  # type: ignore[override]
        self,
        conditions: Conditions | Mapping[str, Any] | None = None,
        *,
        index: int,
        pages: PageChoice | None = None,
    ) -> MusicScene:
        """Composes and draws; see `__call__` for the arguments."""
        return self.draw(self.music(conditions, index=index), index, pages)

    def music(  # type: ignore[override]
        self, conditions: Conditions | Mapping[str, Any] | None = None, *, index: int
    ) -> Loaded:
        """Composes the piece of a sample."""
        return self.compose(conditions, index)

    def compose(self, conditions: Conditions | Mapping[str, Any] | None, index: int) -> Loaded:
        """Composes the piece of a sample without drawing it."""
        if conditions is None:
            conditions = self.conditions
        elif not isinstance(conditions, Conditions):
            conditions = Conditions.from_data(conditions)
        return compose_sample(self.composer, conditions, self.seed, index)


class ComposedModel(ComposedDrawing, BaseHandwrittenModel):
    """Composes music, and draws it by hand.

    ```python
    scene = ComposedModel(seed=1, conditions=Conditions(key="G minor", ensemble="piano"))()
    ```

    Its options are those of `BaseHandwrittenModel`, with `conditions` and `composer`. The scene has the score that was
    composed, for every exporter.
    """


class PrintedComposedModel(ComposedDrawing, EngravedModel):
    """Composes music, and draws printed pages of it."""
