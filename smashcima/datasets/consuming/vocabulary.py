"""Numbers of the tokens of a text notation."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from smashcima.errors import SettingsError
from smashcima.files import write_file

PADDING, UNKNOWN, BEGIN, END = range(4)
"""Reserved ids. The padding is also the blank of a CTC loss."""

_RESERVED = 4


@dataclass(frozen=True)
class Vocabulary:
    """Tokens and their ids.

    Tokens are separated by spaces, tabs or line breaks. The ids 0 to 3 are reserved for padding (also the blank of CTC),
    unknown tokens, and the begin and end of a text.
    """

    tokens: tuple[str, ...]
    """The tokens with the ids 4, 5 and so on."""

    def __post_init__(self) -> None:
        if len(set(self.tokens)) != len(self.tokens):
            raise SettingsError("A token is in the vocabulary twice.")

    @staticmethod
    def of(texts: Iterable[str]) -> Vocabulary:
        """The vocabulary of all tokens in some texts, in alphabetical order."""
        return Vocabulary(tuple(sorted({token for text in texts for token in text.split()})))

    def __len__(self) -> int:
        """Number of ids, with the reserved ones."""
        return len(self.tokens) + _RESERVED

    @cached_property
    def _ids(self) -> dict[str, int]:
        return {token: number for number, token in enumerate(self.tokens, _RESERVED)}

    def encode(self, text: str, *, ends: bool = False) -> NDArray[np.int64]:
        """Ids of the tokens of a text; with `ends`, between the ids of begin and end."""
        ids = [self._ids.get(token, UNKNOWN) for token in text.split()]
        return np.array([BEGIN, *ids, END] if ends else ids, np.int64)

    def decode(self, ids: Iterable[int]) -> str:
        """The text of ids, without the reserved ones. It ends at the id of the end; unknown tokens become `<unknown>`."""
        tokens: list[str] = []
        for number in ids:
            if number == END:
                break
            if number == UNKNOWN:
                tokens.append("<unknown>")
            elif number >= _RESERVED:
                if number >= len(self):
                    raise SettingsError(f"There is no token {number}; the vocabulary has {len(self)} ids.")
                tokens.append(self.tokens[number - _RESERVED])
        return " ".join(tokens)

    def write(self, path: str | Path) -> None:
        """Writes the tokens as a JSON list."""
        text = json.dumps(self.tokens, ensure_ascii=False, indent=0) + "\n"
        write_file(path, text.encode())

    @staticmethod
    def load(path: str | Path) -> Vocabulary:
        """Reads the file of `write`; raises `SettingsError` if it is missing or has other content."""
        try:
            tokens = json.loads(Path(path).read_text(encoding="utf-8"))
        except (OSError, ValueError) as error:
            raise SettingsError(f"The vocabulary {path} cannot be read: {error}.") from error
        if not isinstance(tokens, list) or not all(isinstance(token, str) for token in tokens):
            raise SettingsError(f"The vocabulary {path} is not a JSON list of tokens.")
        return Vocabulary(tuple(tokens))
