"""Streams of annotations for training sets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count

from smashcima.composing.annotations.balanced import balanced_annotation, targets
from smashcima.composing.annotations.musical import Composer
from smashcima.composing.annotations.musical_style import MusicalStyle
from smashcima.composing.annotations.random_annotation import generate_random_annotation
from smashcima.composing.draws import Draws, Weighted
from smashcima.errors import SettingsError
from smashcima.randomness import Seed, Stream

KINDS = ("musical", "random", "balanced")
"""Kinds of annotations."""


@dataclass(frozen=True, slots=True)
class AnnotationMix:
    """Shares of kinds of annotations. Raises a `SettingsError` for negative shares, and if all are 0."""

    musical: float = 0.8
    """Measures that fill their time, melodies in a key, beams by beat, phrased slurs; see `MusicalStyle`."""

    random: float = 0.0
    """The distribution of Mashcima 1.0; see `generate_random_annotation`."""

    balanced: float = 0.2
    """All tokens of the vocabulary equally often, so that a recogniser sees the rare ones. 69 of them contain each token;
    with the default share, 345 annotations do."""

    style: MusicalStyle = field(default_factory=MusicalStyle)
    """Frequencies of the musical annotations."""

    def __post_init__(self) -> None:
        shares = self.shares
        if min(shares.values()) < 0 or not any(shares.values()):
            raise SettingsError(f"An AnnotationMix requires shares of at least 0, not all 0: {shares}.")

    @property
    def shares(self) -> dict[str, float]:
        """The shares by kind."""
        return {kind: getattr(self, kind) for kind in KINDS}

    @classmethod
    def of(cls, mix: AnnotationMix | Mapping[str, float] | str | None) -> AnnotationMix:
        """A mix from weights such as `{"musical": 2, "random": 1}`, or from the name of a kind alone."""
        if mix is None:
            return cls()
        if isinstance(mix, AnnotationMix):
            return mix
        weights = {mix: 1.0} if isinstance(mix, str) else dict(mix)
        unknown = [kind for kind in weights if kind not in KINDS]
        if unknown:
            raise SettingsError(
                f"There is no kind of annotations {unknown[0]!r}; choose from {', '.join(KINDS)}."
            )
        musical, random, balanced = (weights.get(kind, 0.0) for kind in KINDS)
        return cls(musical, random, balanced)


class AnnotationGenerator:
    """Makes the annotation of any index.

    The annotation of an index depends on seed, mix and index alone, so workers can share the indices among them.
    """

    def __init__(self, seed: Seed = 0, mix: AnnotationMix | Mapping[str, float] | str | None = None) -> None:
        """`mix` is an `AnnotationMix`, weights by kind, or the name of a kind; by default mostly musical."""
        self.seed = seed
        self.mix = AnnotationMix.of(mix)
        shares = self.mix.shares
        self._balanced_share = shares["balanced"] / sum(shares.values())
        self._offset = Draws(Stream(seed).child("balanced annotations").generator()).uniform()
        self._others = Weighted({kind: share for kind, share in shares.items() if kind != "balanced"})

    @cached_property
    def _composer(self) -> Composer:
        return Composer(self.mix.style)

    def __getitem__(self, index: int) -> str:
        rng = Stream.of_sample(self.seed, index).child("annotation").generator()
        draws = Draws(rng)
        # At regular intervals, so that a certain number of annotations contains the whole vocabulary.
        share = self._balanced_share
        before, after = (int(place * share + self._offset) for place in (index, index + 1))
        if after > before:
            return balanced_annotation(draws, self._composer, targets(self.seed, before))
        if draws.weighted(self._others) == "random":
            return generate_random_annotation(rng)
        return self._composer.annotation(draws)

    def __iter__(self) -> Iterator[str]:
        """All annotations, without end."""
        return map(self.__getitem__, count())


def generate_annotations(
    n: int | None, seed: Seed = 0, mix: AnnotationMix | Mapping[str, float] | str | None = None
) -> Iterator[str]:
    """Generates `n` annotations, or without end for `None`.

    They are valid, and in the vocabulary of Mashcima 1.0 unless the style of the mix has extensions. The annotation of
    an index does not depend on `n`.

    Args:
        n: number of annotations, at least 0.
        seed: seed of all random choices.
        mix: shares of the kinds `musical`, `random` and `balanced`: an `AnnotationMix`, a mapping of weights, or the
            name of a kind. By default, 80 % are musical, and 20 % balanced.

    Raises:
        SettingsError: `n` is negative, or `mix` names an unknown kind.
    """
    if n is not None and n < 0:
        raise SettingsError(f"The number of annotations must be at least 0, not {n}.")
    generator = AnnotationGenerator(seed, mix)
    return map(generator.__getitem__, count() if n is None else range(n))
