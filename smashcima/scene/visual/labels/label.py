"""Labels: names of classes of drawn objects, with their vocabulary."""

from __future__ import annotations

from enum import Enum
from functools import lru_cache
from typing import Any

from smashcima.errors import UnsupportedLabelError
from smashcima.scene.graph import savable
from smashcima.scene.visual.labels.smashcima_labels import SmashcimaLabels
from smashcima.scene.visual.labels.smufl_labels import SmuflLabels

LabelLike = str | SmuflLabels | SmashcimaLabels
"""A label in arguments: an enum member, or its text."""

_SEPARATOR = "::"
_SMUFL = "smufl"
_OWN = "smashcima"


@savable
class Label(str):
    """The text of a label, such as `smufl::noteheadBlack`, with access to its parts.

    It is a `str`, equal to the plain text in comparisons, dictionaries and JSON. Labels can have custom
    vocabularies, or none.

    >>> Label.of(SmuflLabels.gClef)
    'smufl::gClef'
    >>> Label.smufl("gClef").name
    'gClef'
    >>> Label.own("staffLine").vocabulary
    'smashcima'
    """

    __slots__ = ()

    @staticmethod
    def of(label: LabelLike) -> Label:
        """Returns the label of a text or enum member; the same object for equal text.

        Raises:
            UnsupportedLabelError: `label` is not text, or has an empty name or vocabulary.
        """
        if type(label) is Label:
            return label
        text: Any = label.value if isinstance(label, Enum) else label
        if not isinstance(text, str):
            raise UnsupportedLabelError(
                f"A label must be text such as 'smufl::noteheadBlack' or a member of SmuflLabels or SmashcimaLabels, "
                f"not {label!r}."
            )
        return _made(text)

    @staticmethod
    def smufl(name: str) -> Label:
        """The label of a SMuFL canonical name."""
        return _made(f"{_SMUFL}{_SEPARATOR}{name}")

    @staticmethod
    def own(name: str) -> Label:
        """The label of a name of Smashcima, for objects without a SMuFL name."""
        return _made(f"{_OWN}{_SEPARATOR}{name}")

    @property
    def vocabulary(self) -> str:
        """`smufl`, `smashcima`, or a custom vocabulary; empty if the label has none."""
        return self.rpartition(_SEPARATOR)[0]

    @property
    def name(self) -> str:
        """The label without its vocabulary; for SMuFL the canonical name."""
        return self.rpartition(_SEPARATOR)[2]

    @property
    def is_smufl(self) -> bool:
        """Whether it names a symbol of SMuFL."""
        return self.startswith(_SMUFL + _SEPARATOR)

    def __copy__(self) -> Label:
        return self

    def __deepcopy__(self, memo: dict[int, Any]) -> Label:
        return self

    def __reduce__(self) -> tuple[Any, ...]:
        return (Label.of, (str(self),))


@lru_cache(maxsize=4096)
def _made(text: str) -> Label:
    _, separator, name = text.rpartition(_SEPARATOR)
    if not name or (separator and text.startswith(_SEPARATOR)):
        raise UnsupportedLabelError(
            f"A label must have a name, with or without a vocabulary, as in 'smufl::noteheadBlack', not {text!r}."
        )
    return Label(text)
