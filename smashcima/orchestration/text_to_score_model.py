"""Models that compose and draw what a text asks for."""

from __future__ import annotations

from typing import Any

from smashcima.composing.descriptions import caption_of, parse_description
from smashcima.composing.descriptions.metadata import conditions_of
from smashcima.composing.draws import Draws
from smashcima.errors import SettingsError
from smashcima.loading import Loaded
from smashcima.orchestration.chosen_pages import PageChoice
from smashcima.orchestration.composed_model import ComposedDrawing, ComposedModel, PrintedComposedModel
from smashcima.orchestration.described_scene import DescribedScene
from smashcima.randomness import Stream

_OF_WRITERS = ("hand", "writer", "only_writers", "exclude_writers", "placement")
"""Options that printed pages do not have."""

_KEPT_MODELS = 8


class _Described(ComposedDrawing):
    """The part of models of a text that does not depend on who draws."""

    _OPTIONS_WITHOUT_USE: tuple[str, ...] = ()

    def __init__(self, *, text: str, **options: Any) -> None:
        """Sets up the model.

        Args:
            text: the description: see `smashcima.composing.descriptions`.
            options: the options of composing models, except `conditions`. They replace what the text says about pages.

        Raises:
            SettingsError: an option is invalid.
        """
        if "conditions" in options:
            raise SettingsError("The conditions of a described model follow from its text.")
        self.description = parse_description(text)
        """What was understood of the text."""
        said = self.description.drawing.options()
        for name in self._OPTIONS_WITHOUT_USE:
            said.pop(name, None)
        super().__init__(conditions=self.description.conditions, **{**said, **options})

    def __call__(  # type: ignore[override]
        self, *, index: int | None = None, pages: PageChoice | None = None
    ) -> DescribedScene:
        """Composes a piece as described and makes its pages.

        Args:
            index: index of the sample; by default the next one.
            pages: indices of the pages to make, as for every `ScoreModel`.
        """
        scene = super().__call__(index=index, pages=pages)
        assert isinstance(scene, DescribedScene)
        return scene

    def make_scene(self, loaded: Loaded, **fields: Any) -> DescribedScene:
        """Makes the scene, with its caption."""
        # As the composer has drawn them.
        composer = Stream.of_sample(self.seed, fields["index"]).child("composer")
        drawn = self.conditions.drawn(Draws(composer.generator()))
        caption = caption_of(conditions_of(loaded.score, drawn), self.description.drawing)
        return DescribedScene(**fields, text=self.description.text, caption=caption)


class DescribedModel(_Described, ComposedModel):
    """Composes what a text asks for, and draws it by hand.

    `TextToScoreModel` chooses between this model and `PrintedDescribedModel`, as the text asks.
    """


class PrintedDescribedModel(_Described, PrintedComposedModel):
    """Composes what a text asks for, and draws printed pages of it."""

    _OPTIONS_WITHOUT_USE = _OF_WRITERS


class TextToScoreModel:
    """Makes pages of music from descriptions.

    ```python
    scene = TextToScoreModel(seed=1)(
        "a romantic waltz in A minor for piano, allegro, by hand on old paper, photographed"
    )
    ```

    The scene has the composed score, a record of what was understood and ignored (`scene.description`), a caption, and
    metadata in the fields of MusicScore. Pages are handwritten unless the text asks for print. The same text, seed and
    index give the same bytes in any process; `scene.recipe` makes the sample without this model.
    """

    def __init__(self, *, seed: int | None = None, **options: Any) -> None:
        """Sets up the model.

        Args:
            seed: first part of the address of every sample; drawn from the operating system by default.
            options: options of `DescribedModel`, which replace what texts say. Printed pages do not have those of writers.

        Raises:
            SettingsError: a text or conditions were given.
        """
        for name in ("text", "conditions"):
            if name in options:
                raise SettingsError(f"{name} is no option of TextToScoreModel: call the model with a text.")
        if seed is not None:
            Stream(seed)  # checks the seed
        self.seed: int | None = seed
        """Seed of all samples; without one, that of the first model, which draws it."""
        self.options: dict[str, Any] = options
        """See the constructor."""
        self.next_index: int = 0
        """Index of the sample that the next call makes."""
        self.scene: DescribedScene | None = None
        """The scene of the last call; `None` before the first."""
        self._models: dict[str, DescribedModel | PrintedDescribedModel] = {}

    def __repr__(self) -> str:
        return f"TextToScoreModel(seed={self.seed}, next_index={self.next_index})"

    def __call__(
        self, text: str, *, index: int | None = None, pages: PageChoice | None = None
    ) -> DescribedScene:
        """Composes a piece as described and makes its pages.

        Args:
            text: the description, in English or with terms of other languages, or a caption.
            index: index of the sample; by default the next one.
            pages: indices of the pages to make, as for every `ScoreModel`.

        Raises:
            SettingsError: the text is too long, or an option is invalid.
        """
        model = self.model_for(text)
        if index is None:
            index, self.next_index = self.next_index, self.next_index + 1
        self.scene = model(index=index, pages=pages)
        return self.scene

    def model_for(self, text: str) -> DescribedModel | PrintedDescribedModel:
        """The model of a text, with its recipe. The last ones are kept."""
        model = self._models.pop(text, None) or self._make_model(text)
        self._models[text] = model
        if len(self._models) > _KEPT_MODELS:
            del self._models[next(iter(self._models))]
        return model

    def _make_model(self, text: str) -> DescribedModel | PrintedDescribedModel:
        made: DescribedModel | PrintedDescribedModel
        if parse_description(text).drawing.is_printed:
            options = {name: value for name, value in self.options.items() if name not in _OF_WRITERS}
            made = PrintedDescribedModel(text=text, seed=self.seed, **options)
        else:
            made = DescribedModel(text=text, seed=self.seed, **self.options)
        self.seed = made.seed
        return made
