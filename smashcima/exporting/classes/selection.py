"""Which classes a training set wants, and under which names."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from smashcima.errors import ExportError
from smashcima.exporting.classes.sign import Sign, sign_of
from smashcima.exporting.classes.vocabulary import Vocabulary, vocabulary
from smashcima.scene.graph import SceneObject

Splitter = Callable[[SceneObject, str], str]
"""From an object and the class it would have to the class it gets."""


@dataclass(frozen=True)
class ClassSelection:
    """The classes of an export: those of a vocabulary, some of them dropped, merged, renamed or split.

    `ClassSelection("deepscores", drop=["staff"], merge={"notehead": ["noteheadBlackOnLine", "noteheadBlackInSpace"]})`.
    """

    vocabulary: str = "smashcima"
    """One of `VOCABULARIES`."""

    keep: Iterable[str] | None = None
    """The only classes of the vocabulary that are exported; all by default."""

    drop: Iterable[str] = ()
    """Classes of the vocabulary that are not exported."""

    merge: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """New names, each for one or several classes of the vocabulary."""

    split: Splitter | None = None
    """Has the last word: gives each object its class, after all the rest."""

    def __post_init__(self) -> None:
        chosen = vocabulary(self.vocabulary)
        given = {
            "keep": list(self.keep or ()),
            "drop": list(self.drop),
            "merge": [name for names in self.merge.values() for name in names],
        }
        object.__setattr__(self, "keep", None if self.keep is None else frozenset(given["keep"]))
        object.__setattr__(self, "drop", frozenset(given["drop"]))
        object.__setattr__(self, "merge", {new: tuple(names) for new, names in self.merge.items()})
        if not chosen.rules:
            return  # any label may occur in a scene, those of users' own included
        for option, names in given.items():
            unknown = sorted(set(names) - set(chosen.classes))
            if unknown:
                raise ExportError(
                    f"{option}= names {', '.join(map(repr, unknown))}, which the vocabulary "
                    f"{self.vocabulary!r} does not have; `smashcima classes {self.vocabulary}` lists its classes."
                )

    def class_of(self, scene_object: SceneObject) -> str | None:
        """The class that an object is exported as; `None` if it is not."""
        sign = sign_of(scene_object)
        return None if sign is None else self.class_of_node(sign, scene_object)

    def class_of_node(self, sign: Sign, scene_object: SceneObject) -> str | None:
        """The same for a sign that is not quite that of its object, such as a key signature's of its accidentals'."""
        name = self._vocabulary.class_of(sign)
        if name is None or name in self.drop or (self.keep is not None and name not in self.keep):
            return None
        name = self._new_names.get(name, name)
        return name if self.split is None else self.split(scene_object, name)

    def is_expressible(self, scene_object: SceneObject) -> bool:
        """Whether the vocabulary has a class for an object, wanted or not."""
        sign = sign_of(scene_object)
        return sign is not None and self._vocabulary.class_of(sign) is not None

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes that can come out (but for those that `split` makes up), in a fixed order: that of their ids."""
        wanted = (
            name
            for name in self._vocabulary.classes
            if name not in self.drop and (self.keep is None or name in self.keep)
        )
        return tuple(dict.fromkeys(self._new_names.get(name, name) for name in wanted))

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.vocabulary)

    @cached_property
    def _new_names(self) -> dict[str, str]:
        return {old: new for new, names in self.merge.items() for old in names}
