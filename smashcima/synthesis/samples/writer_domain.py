"""Style domain of the writers of a glyph store."""

from __future__ import annotations

import difflib
import hashlib
from collections.abc import Iterable
from dataclasses import replace

import numpy as np

from smashcima.assets.glyphs import GlyphStore
from smashcima.errors import SettingsError
from smashcima.randomness import Stream
from smashcima.synthesis.pen import PenWriter, PenWriterDomain, WriterChoice
from smashcima.synthesis.samples.fitted_writer import fit_pen_writer
from smashcima.synthesis.samples.sample_outlines import OutlineBank


class SampledWriterDomain(PenWriterDomain):
    """Chooses one of the writers of a glyph store for each sample, and provides a pen fitted to that writer.

    It is a `PenWriterDomain`, so the pen synthesizers write everything that the store lacks (text, rare symbols, other
    lines) in the same hand: with the stroke width, slant, proportions and steadiness measured from the writer's
    symbols. Each sample has a different ink.

    `only` and `exclude` restrict the writers. Symbols of other writers are never used, not even as substitutes.
    """

    RECIPE_OPTIONS: tuple[str, ...] = ("by_completeness", "ink", "only", "exclude", "choice")

    title = "writer"
    """Name of the store in the styles that a scene records."""

    def __init__(
        self,
        store: GlyphStore,
        rng: np.random.Generator,
        *,
        only: Iterable[str] | None = None,
        exclude: Iterable[str] = (),
        by_completeness: bool = False,
    ) -> None:
        """Sets up the domain.

        Args:
            store: the store of symbols; it must have at least one writer.
            rng: random generator of the choice, with a separate stream for each sample.
            only: the writers to choose from; all by default.
            exclude: writers never to use.
            by_completeness: whether the probability of a writer is proportional to the number of labels with samples.

        Raises:
            SettingsError: a named writer is not in the store, or no writer is left.
        """
        super().__init__(rng)
        self.store = store
        self.bank = OutlineBank(store)
        """The outlines of the store."""
        self.by_completeness = by_completeness
        self._fitted: dict[str, PenWriter] = {}
        self._only = store.writers if only is None else self._known(only)
        self._exclude = self._known(exclude)
        self._writers = self._allowed()
        self._name = self._writers[0]
        self._writer = self.fitted_pen(self._name)

    # -- allowed writers -----------------------------------------------------------------------------------

    @property
    def writers(self) -> tuple[str, ...]:
        """The allowed writers, in the order of the store."""
        return self._writers

    @property
    def only(self) -> tuple[str, ...]:
        """The writers to choose from, before `exclude` is applied."""
        return self._only

    @only.setter
    def only(self, names: Iterable[str] | None) -> None:
        self._only = self.store.writers if names is None else self._known(names)
        self._restrict()

    @property
    def exclude(self) -> tuple[str, ...]:
        """The writers never to use."""
        return self._exclude

    @exclude.setter
    def exclude(self, names: Iterable[str]) -> None:
        self._exclude = self._known(names)
        self._restrict()

    def _restrict(self) -> None:
        self._writers = self._allowed()
        if self._name not in self._writers:
            self._write_as(self._writers[0])

    def _allowed(self) -> tuple[str, ...]:
        left = tuple(name for name in self.store.writers if name in self._only and name not in self._exclude)
        if not left:
            raise SettingsError(
                f"No writer is left: of the {len(self.store.writers)} writers of the store, {len(self._only)} are in "
                f"only, and {len(self._exclude)} are excluded."
            )
        return left

    def _known(self, names: Iterable[str]) -> tuple[str, ...]:
        given = (names,) if isinstance(names, str) else tuple(names)
        for name in given:
            if name not in self.store.writers:
                close = difflib.get_close_matches(str(name), self.store.writers, 3)
                hint = f"; closest: {', '.join(map(repr, close))}" if close else ""
                raise SettingsError(
                    f"The glyph store has no writer {name!r} ({len(self.store.writers)} writers{hint}). "
                    f"Available writers: {', '.join(self.store.writers)}."
                )
        return given

    # -- choice --------------------------------------------------------------------------------------------

    @property
    def choice(self) -> WriterChoice:
        """The writer: a name, a seed that selects one, or `None` to choose one for each sample."""
        return self._choice

    @choice.setter
    def choice(self, choice: WriterChoice) -> None:
        if isinstance(choice, PenWriter):
            raise SettingsError(
                f"{choice.name!r} is a pen writer; writers of a glyph store are chosen by name: "
                f"{', '.join(self._writers)}."
            )
        if isinstance(choice, str):
            self._known([choice])
            if choice not in self._writers:
                raise SettingsError(
                    f"The writer {choice!r} was excluded; choose one of {', '.join(self._writers)}."
                )
        self._choice = choice
        if choice is not None:
            self._write_as(self._chosen(choice))

    def pick_style(self) -> None:
        ink = PenWriter.from_seed(int(self._rng.integers(2**32)))
        if self._choice is None:
            weights = None
            if self.by_completeness:
                known = np.array([self._label_count(name) for name in self._writers], dtype=np.float64)
                weights = known / known.sum() if known.any() else None
            name = self._writers[int(self._rng.choice(len(self._writers), p=weights))]
        else:
            name = self._chosen(self._choice)
        self._write_as(name, ink)

    def _chosen(self, choice: PenWriter | str | int) -> str:
        """The writer of a name or seed; another one if that writer has been excluded since."""
        if isinstance(choice, str) and choice in self._writers:
            return choice
        number = (
            int(Stream(choice).child("writer of a store").generator().integers(2**32))
            if isinstance(choice, int)
            else 0
        )
        return self._writers[number % len(self._writers)]

    def _write_as(self, name: str, ink: PenWriter | None = None) -> None:
        """Writes as a writer of the store, with the ink of another writer; by default that of the current one."""
        self._name = name
        ink = ink or self._own
        self._write_with(
            replace(
                self.fitted_pen(name),
                ink_blue=ink.ink_blue,
                ink_green=ink.ink_green,
                ink_red=ink.ink_red,
                ink_opacity=ink.ink_opacity,
                ink_jitter=ink.ink_jitter,
            )
        )

    @property
    def sampled_writer(self) -> str:
        """Name of the sample's writer in the store."""
        return self._name

    def fitted_pen(self, name: str) -> PenWriter:
        """The pen fitted to a writer of the store; cached."""
        pen = self._fitted.get(name)
        if pen is None:
            pen = self._fitted[name] = fit_pen_writer(self.store, name, f"{self.title} {name}")
        return pen

    @property
    def current_style(self) -> str:
        digest = hashlib.blake2b(self._writer.to_json().encode(), digest_size=4).hexdigest()
        return f"{self.title} {self._name} ({digest})"

    def _label_count(self, name: str) -> int:
        return sum(1 for label in self.store.labels if self.store.count(label, name))


class MuscimaPPStyleDomain(SampledWriterDomain):
    """The writers of MUSCIMA++.

    Their names are the numbers in the data set, `W-01` to `W-50`.
    """

    title = "MUSCIMA++ writer"

    @property
    def placement_name(self) -> str:
        """Name of the sample's writer for `PlacementStyle.of_writer`; defined for writers with measured pages."""
        return self.sampled_writer.removeprefix("W-")
