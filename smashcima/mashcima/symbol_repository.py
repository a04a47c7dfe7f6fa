"""The source of handwritten symbols."""

from __future__ import annotations

import re
import threading
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any, ClassVar

from smashcima.errors import SettingsError
from smashcima.loading.mashcima import score_of_annotation
from smashcima.mashcima.canvas_options import CanvasOptions
from smashcima.mashcima.config import Config
from smashcima.mashcima.frame import Frame
from smashcima.mashcima.handwriting import Handwriting, find_handwriting
from smashcima.mashcima.seeds import fresh_seed
from smashcima.mashcima.staff_image import StaffImage
from smashcima.mashcima.symbols import KINDS, Symbol, SymbolKind, SymbolList, cut_symbols
from smashcima.mashcima.synthesis_model import CanvasStaff, SynthesisModel

_WRITTEN = 8
"""Number of images out of which symbols are cut where real ones are missing."""

_WRITER = re.compile(r"(?:W-?)?(\d{1,2})", re.IGNORECASE)


class _Symbols:
    """An attribute of a repository with the symbols of one kind."""

    def __set_name__(self, owner: type, name: str) -> None:
        self._name = name

    def __get__(self, repository: SymbolRepository | None, owner: type) -> SymbolList:
        if repository is None:
            raise AttributeError(f"{self._name} is an attribute of instances of SymbolRepository.")
        return repository.symbols(self._name)


class SymbolRepository:
    """Handwriting of which images are made: that of writers of MUSCIMA++, or of the pen if the data set is missing.

    An image shows the handwriting of one writer. The data set is searched for when symbols are first needed. Threads
    can share a repository.
    """

    DEFAULT_REPOSITORY: ClassVar[SymbolRepository | None] = None
    """The repository of functions that are given none; `None` until it is needed."""

    WHOLE_NOTES = _Symbols()
    HALF_NOTES = _Symbols()
    QUARTER_NOTES = _Symbols()
    EIGHTH_NOTES = _Symbols()
    SIXTEENTH_NOTES = _Symbols()
    LONGA_RESTS = _Symbols()
    BREVE_RESTS = _Symbols()
    WHOLE_RESTS = _Symbols()
    HALF_RESTS = _Symbols()
    QUARTER_RESTS = _Symbols()
    EIGHTH_RESTS = _Symbols()
    SIXTEENTH_RESTS = _Symbols()
    FLATS = _Symbols()
    SHARPS = _Symbols()
    NATURALS = _Symbols()
    DOTS = _Symbols()
    LEDGER_LINES = _Symbols()
    BAR_LINES = _Symbols()
    TALL_BAR_LINES = _Symbols()
    G_CLEFS = _Symbols()
    F_CLEFS = _Symbols()
    C_CLEFS = _Symbols()

    def __init__(
        self,
        documents: Sequence[str | Path] | None = None,
        take_writers: Iterable[int | str] | None = None,
        skip_writers: Iterable[int | str] | None = None,
        config: Config | None = None,
    ) -> None:
        """Makes a repository without reading any data.

        Args:
            documents: pages of MUSCIMA++ whose symbols are used (`CVC-MUSCIMA_W-01_N-10_D-ideal`), or paths of MuNG
                files; by default all pages.
            take_writers: numbers of the writers whose symbols are used, from 1 to 50; by default all.
            skip_writers: numbers of writers whose symbols are not used.
            config: the sources of the data sets; by default `Config.load_default()`.

        Raises:
            SettingsError: a writer has no such number, or no writer is left.
        """
        self._documents = None if documents is None else tuple(documents)
        self._take = None if take_writers is None else tuple(map(_number, take_writers))
        self._skip = tuple(map(_number, skip_writers or ()))
        if self._take is not None and not set(self._take) - set(self._skip):
            raise SettingsError("take_writers and skip_writers leave no writer.")
        self._config = config
        self._lock = threading.RLock()
        self._model: SynthesisModel | None = None

    def __getstate__(self) -> dict[str, Any]:
        """Everything that was given to the constructor."""
        kept = ("_documents", "_take", "_skip", "_config")
        return {name: getattr(self, name) for name in kept}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state, _lock=threading.RLock(), _model=None)

    @staticmethod
    def load_default() -> SymbolRepository:
        """Returns a new repository of all writers."""
        return SymbolRepository()

    @staticmethod
    def default() -> SymbolRepository:
        """Returns `DEFAULT_REPOSITORY`, which is made by `load_default` at first."""
        if SymbolRepository.DEFAULT_REPOSITORY is None:
            SymbolRepository.DEFAULT_REPOSITORY = SymbolRepository.load_default()
        return SymbolRepository.DEFAULT_REPOSITORY

    @cached_property
    def _handwriting(self) -> Handwriting:
        config = self._config or Config.load_default()
        return find_handwriting(self._documents, self._take, self._skip, config)

    @contextmanager
    def model(self, seed: int | None = None) -> Iterator[SynthesisModel]:
        """Lends the model that draws with the symbols of the repository, to one thread at a time.

        Its seed is set, by default to a random one.
        """
        with self._lock:
            if self._model is None:
                self._model = SynthesisModel(**self._handwriting.model_options())
            self._model.seed = fresh_seed() if seed is None else seed
            yield self._model

    @property
    def TIME_MARKS(self) -> dict[str, SymbolList]:  # noqa: N802 - name of Mashcima 1.0
        """Symbols of time signatures: `time_0` to `time_9` and `time_c`."""
        return {name: self.symbols(name) for name in KINDS if name.startswith("time_")}

    def symbols(self, name: str) -> SymbolList:
        """The symbols with the name of one of the lists.

        If the writers have none, a few are written by the writer's pen.

        Raises:
            SettingsError: there is no such list.
        """
        if name not in KINDS:
            raise SettingsError(f"There is no list {name!r} of symbols. Lists: {', '.join(KINDS)}.")
        kind = KINDS[name]
        store = self._handwriting.store
        return SymbolList(kind, store, self._writers, lambda: self._written(kind))

    @property
    def _writers(self) -> tuple[str, ...]:
        """The writers of the store whose symbols are used."""
        hand = self._handwriting
        known = () if hand.store is None else hand.store.writers
        return tuple(
            name
            for name in known
            if name not in hand.skip_writers and (hand.only_writers is None or name in hand.only_writers)
        )

    def _written(self, kind: SymbolKind) -> list[Symbol]:
        """Symbols cut out of images."""
        options = CanvasOptions.get_tidy().filled(barlines_up=kind.is_tall)
        found: list[Symbol] = []
        for seed in range(_WRITTEN):
            score, issues = score_of_annotation(kind.text)
            staff = CanvasStaff(score, None, tuple(issues), annotation=kind.text, options=options)
            with self.model(seed) as model:
                scene = model(staff, index=0)
            found += cut_symbols(StaffImage.of(scene, Frame.of(scene, one_staff=False).grid), kind)
        return found


def _number(writer: int | str) -> str:
    """The number of a writer of MUSCIMA++ in two digits."""
    found = _WRITER.fullmatch(str(writer))
    if found is None or not 1 <= int(found[1]) <= 50:
        raise SettingsError(f"A writer of MUSCIMA++ has a number from 1 to 50, not {writer!r}.")
    return f"{int(found[1]):02d}"
