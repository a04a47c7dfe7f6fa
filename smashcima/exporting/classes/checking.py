"""Checks that a selection of classes loses none by mistake."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from smashcima.errors import ExportError


def check_names(keep: Iterable[str] | None, drop: Iterable[str], merge: Mapping[str, Iterable[str]]) -> None:
    """Checks the options of a `ClassSelection` against each other.

    Raises:
        ExportError: `keep` names a class that `merge` makes; a class is merged twice; or a merged class is not exported.
    """
    kept, dropped = None if keep is None else set(keep), set(drop)
    merged = [name for names in merge.values() for name in names]
    twice = sorted({name for name in merged if merged.count(name) > 1})
    if twice:
        raise ExportError(
            f"merge= names {_listed(twice)} for several classes; each can become one class only."
        )
    if kept is not None:
        made = sorted(kept & (merge.keys() - set(merged)))
        if made:
            raise ExportError(
                f"keep= names {_listed(made)}, which merge= makes. It selects classes before they are merged: name "
                f"{_listed([name for new in made for name in merge[new]])} instead."
            )
    lost = sorted(name for name in merged if name in dropped or (kept is not None and name not in kept))
    if lost:
        where = "drop= leaves them out" if dropped.issuperset(lost) else "keep= does not name them"
        raise ExportError(
            f"merge= names {_listed(lost)}, but {where}, so they would be lost. Name them in keep=, or leave them out of "
            "merge=."
        )


def _listed(names: Iterable[str]) -> str:
    return ", ".join(map(repr, names))
