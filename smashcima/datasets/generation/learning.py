"""Models of corpora from the scores of a source."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np

from smashcima.composing import CorpusModel, CorpusWork
from smashcima.datasets.generation.fields import Where
from smashcima.datasets.generation.sources import make_source
from smashcima.errors import SmashcimaError

DEFAULT_CORPUS: Mapping[str, Any] = {"corpus": "bach"}
"""The source from which `learn_corpus` learns by default: the chorales of the corpus that music21 includes."""

_MOST_OF_ENDLESS = 200
"""Scores that are taken from a source without end."""


def learn_corpus(
    source: Mapping[str, Any] = DEFAULT_CORPUS,
    *,
    folder: str | Path = ".",
    most: int | None = None,
    progress: Callable[[str], None] | None = None,
) -> CorpusModel:
    """Learns from the scores of a source, for a `CorpusComposer`.

    Each work in the model has the licence that the source states.

    Args:
        source: a source as in a plan: `{"folder": "scores"}`, `{"corpus": "bach"}`.
        folder: the folder to which paths in it refer.
        most: the greatest number of scores; all by default.
        progress: called with the name of each score.

    Raises:
        PlanError: the source is invalid.
        SettingsError: none of its scores has a measure to learn from.
    """
    where = Where("", "the source")
    made = make_source(source, where, Path(folder))
    count = made.prepare()
    count = (_MOST_OF_ENDLESS if most is None else most) if count is None else min(count, most or count)

    def works() -> Iterator[CorpusWork]:
        for index in range(count):
            if progress is not None:
                progress(made.name(index))
            try:
                item = made.item(index, np.random.default_rng(index))
            except SmashcimaError:  # a score that cannot be loaded teaches nothing
                continue
            yield CorpusWork(item.id, item.loaded.score, item.licence)

    return CorpusModel.learn(works())
