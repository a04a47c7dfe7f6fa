"""Selection and renaming of classes for an export."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, fields, replace
from functools import cached_property
from typing import Any, Protocol

from smashcima.errors import ExportError, described
from smashcima.exporting.classes.checking import check_names
from smashcima.exporting.classes.presets import CLASS_PRESETS, own_vocabulary_options, preset_options
from smashcima.exporting.classes.sign import Sign, sign_of
from smashcima.exporting.classes.vocabulary import Vocabulary, vocabulary
from smashcima.scene.graph import SceneObject
from smashcima.short_repr import ShortRepr

Splitter = Callable[[SceneObject, str], str]
"""Function from an object and its class name to the final class name."""


class SignedNode(Protocol):
    """A node of an annotation."""

    @property
    def sign(self) -> Sign:
        """Its label and traits."""

    @property
    def scene_object(self) -> SceneObject:
        """The object of the scene."""


@dataclass(frozen=True)
class ClassSelection(ShortRepr):
    """The classes of an export: those of a vocabulary, optionally dropped, merged, renamed or split.

    `ClassSelection("deepscores", drop=["staff"], merge={"notehead": ["noteheadBlackOnLine",
    "noteheadBlackInSpace"]})`.
    """

    vocabulary: str = "smashcima"
    """One of `VOCABULARIES`."""

    groups: bool = field(default=True, kw_only=True)
    """Whether to export groups of symbols that also have their own names, such as the symbols of an ending."""

    order: Iterable[str] = field(default=(), kw_only=True)
    """Final names of classes in the order of their numbers; all others follow in the order of the vocabulary."""

    keep: Iterable[str] | None = None
    """Classes of the vocabulary to export; all by default."""

    drop: Iterable[str] = ()
    """Classes of the vocabulary to leave out."""

    merge: Mapping[str, Iterable[str]] = field(default_factory=dict)
    """New class names, each for one or several classes of the vocabulary, which must all be exported."""

    split: Splitter | None = None
    """Function that is applied last and returns the final class of an object."""

    add: Iterable[str] = ()
    """Classes outside the vocabulary that get numbers after all others: labels of your own, and names that
    `split` returns."""

    def __post_init__(self) -> None:
        chosen = vocabulary(self.vocabulary)
        given = {
            "keep": list(self.keep or ()),
            "drop": list(self.drop),
            "merge": [name for names in self.merge.values() for name in names],
        }
        object.__setattr__(self, "keep", None if self.keep is None else frozenset(given["keep"]))
        object.__setattr__(self, "drop", frozenset(given["drop"]))
        object.__setattr__(self, "add", tuple(dict.fromkeys(self.add)))
        object.__setattr__(self, "merge", {new: tuple(names) for new, names in self.merge.items()})
        object.__setattr__(self, "order", tuple(self.order))
        check_names(self.keep, self.drop, self.merge)
        if not chosen.rules:
            return  # a scene may contain any label, including user-defined ones
        for option, names in given.items():
            unknown = sorted(set(names) - set(chosen.classes))
            if unknown:
                raise ExportError(
                    f"{option}= names {', '.join(map(repr, unknown))}, which the vocabulary "
                    f"{self.vocabulary!r} does not have. `smashcima classes {self.vocabulary}` lists its classes."
                )

    @staticmethod
    def of(classes: ClassSelection | str | Mapping[str, str | Iterable[str]]) -> ClassSelection:
        """The selection with a name in `CLASS_PRESETS`, all classes of a vocabulary in `VOCABULARIES`, or a
        vocabulary of your own: labels of Smashcima by class name, as in `{"head": ["noteheadBlack",
        "noteheadHalf"], "stem": "stem"}`, numbered in this order. A selection stays as it is.

        Raises:
            ExportError: there is no such preset, vocabulary or label.
        """
        if isinstance(classes, ClassSelection):
            return classes
        if isinstance(classes, str):
            return ClassSelection(
                **preset_options(classes) if classes in CLASS_PRESETS else {"vocabulary": classes}
            )
        if isinstance(classes, Mapping):
            return ClassSelection(**own_vocabulary_options(classes))
        raise ExportError(
            f"classes must be a ClassSelection, a mapping from your classes to labels, or the name of a preset or "
            f"vocabulary, not {described(classes)}."
        )

    def narrowed(
        self,
        keep: Iterable[str] | None = None,
        drop: Iterable[str] = (),
        merge: Mapping[str, Iterable[str]] | None = None,
    ) -> ClassSelection:
        """The selection with `keep` instead of its own, without the classes in `drop`, and with further merges."""
        kept = self.keep if keep is None else list(keep)
        dropped = [*self.drop, *drop]
        if kept is not None:
            gone = set(drop)
            kept, dropped = [name for name in kept if name not in gone], list(self.drop)
        return replace(self, keep=kept, drop=dropped, merge={**self.merge, **(merge or {})})

    def class_of(self, scene_object: SceneObject) -> str | None:
        """Returns the exported class of an object; `None` if it is not exported."""
        sign = sign_of(scene_object)
        return None if sign is None else self.class_of_node(sign, scene_object)

    def class_of_node(self, sign: Sign, scene_object: SceneObject) -> str | None:
        """Returns the exported class of a sign that differs from that of its object, such as a key signature
        made of accidentals.
        """
        name = self._class_of_sign(sign)
        return name if name is None or self.split is None else self.split(scene_object, name)

    def _class_of_sign(self, sign: Sign) -> str | None:
        if not self.groups and "group" in sign.traits:
            return None
        name = self._vocabulary.class_of(sign)
        if name is None or name in self.drop or (self.keep is not None and name not in self.keep):
            return None
        return self._new_names.get(name, name)

    def classes_of_nodes(self, nodes: Iterable[SignedNode]) -> list[str | None]:
        """Returns the exported class of each node of an annotation, as `class_of_node` does."""
        if self.split is not None:
            return [self.class_of_node(node.sign, node.scene_object) for node in nodes]
        return self.classes_of_signs([node.sign for node in nodes])

    def classes_of_signs(self, signs: Iterable[Sign]) -> list[str | None]:
        """The exported class of each sign, without `split`, which depends on objects."""
        # A page has some forty different signs, of which equal ones are mostly the same object.
        known: dict[int, tuple[Sign, str | None]] = {}
        names = []
        for sign in signs:
            found = known.get(id(sign))
            if found is None:
                found = known[id(sign)] = sign, self._class_of_sign(sign)
            names.append(found[1])
        return names

    def is_expressible(self, scene_object: SceneObject) -> bool:
        """Whether the vocabulary has a class for an object, selected or not."""
        sign = sign_of(scene_object)
        return sign is not None and self._vocabulary.class_of(sign) is not None

    @property
    def classes(self) -> tuple[str, ...]:
        """All classes of the export that have a number, in the order of their numbers: those of the vocabulary,
        and those of `add`. They are the same for every page.
        """
        return self._classes

    @cached_property
    def _classes(self) -> tuple[str, ...]:
        wanted = (
            name
            for name in self._vocabulary.classes
            if name not in self.drop and (self.keep is None or name in self.keep)
        )
        names = tuple(dict.fromkeys((*(self._new_names.get(name, name) for name in wanted), *self.add)))
        first = tuple(name for name in self.order if name in names)
        return tuple(dict.fromkeys((*first, *names)))

    @cached_property
    def numbers(self) -> Mapping[str, int]:
        """The number of each of `classes`, from 1."""
        return {name: number for number, name in enumerate(self.classes, 1)}

    def __getstate__(self) -> dict[str, Any]:
        """The options without what follows from them, which cannot be pickled."""
        return {option.name: getattr(self, option.name) for option in fields(self)}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        return vocabulary(self.vocabulary)

    @cached_property
    def _new_names(self) -> dict[str, str]:
        return {old: new for new, names in self.merge.items() for old in names}
