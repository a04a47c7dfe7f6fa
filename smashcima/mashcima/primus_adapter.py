"""Annotations from the PrIMuS data set."""

from __future__ import annotations

import logging

from smashcima.datasets import PrimusCorpus
from smashcima.errors import MalformedSourceError, SettingsError
from smashcima.mashcima.config import Config
from smashcima.mashcima.warning import warn_about
from smashcima.notations.mashcima import parse_annotation_into_token_groups
from smashcima.notations.primus import convert_primus_annotation_to_mashcima_annotation

__all__ = ["convert_primus_annotation_to_mashcima_annotation", "load_primus_as_mashcima_annotations"]

_log = logging.getLogger(__name__)


def load_primus_as_mashcima_annotations(
    take: int | None = None, print_warnings: bool = False, config: Config | None = None
) -> list[dict[str, str]]:
    """Loads incipits of PrIMuS that can be converted to valid annotations.

    All others are left out: those with multi-measure rests, for example. `smashcima.notations.primus.to_mashcima`
    converts them as well.

    Args:
        take: number of incipits to load; by default all.
        print_warnings: whether the incipits that are left out are logged, with the reason, as warnings.
        config: says where the data set is; by default `Config.load_default()`. Without a path in it, the data set is
            searched for as by `smashcima.datasets.PrimusCorpus`.

    Returns:
        For each incipit its `path` in the data set, its agnostic encoding as `primus`, and its annotation as `mashcima`.

    Raises:
        SourceNotFoundError: the data set is not found; the message says where to get it.
        MalformedSourceError: the archive is damaged or truncated.
        SettingsError: `take` is negative.
    """
    if take is not None and take < 0:
        raise SettingsError(f"take must be a number of incipits, or None for all, not {take!r}.")
    corpus = PrimusCorpus((config or Config.load_default()).primus_path)
    loaded: list[dict[str, str]] = []
    level = logging.WARNING if print_warnings else logging.DEBUG
    left_out = 0
    for incipit in corpus.incipits(having=["agnostic"], kinds=["agnostic"]):
        if len(loaded) == take:
            break
        path, text = incipit.file_path("agnostic"), (incipit.agnostic or "").strip()
        annotation, reason = _converted(text)
        if annotation is None:
            _log.log(level, "%s is left out: %s", path, reason)
            left_out += 1
            continue
        loaded.append({"path": path, "primus": text, "mashcima": annotation})
    _log.info("%d incipits of PrIMuS were loaded, %d left out", len(loaded), left_out)
    warn_about(corpus.issues)
    return loaded


def _converted(text: str) -> tuple[str | None, str]:
    """The annotation of an incipit, or `None` and the reason why there is none."""
    try:
        annotation = convert_primus_annotation_to_mashcima_annotation(text)
    except MalformedSourceError as error:
        return None, str(error)
    if annotation is None:
        return None, "it has symbols that the annotation language lacks"
    _, found = parse_annotation_into_token_groups(annotation)
    if found:
        return None, "; ".join(found)
    return annotation, ""
