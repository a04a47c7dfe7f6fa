"""Decoding of MRO files, and division of their text into tokens."""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterable, Iterator

from smashcima.errors import MalformedSourceError
from smashcima.notations.mro.vocabulary import MroEncoding

_TEXT = r'"[^"]*(?:""[^"]*)*"(?=[\s}]|\Z)'

_text = re.compile(f"({_TEXT})")

_token = re.compile(
    rf"{_TEXT}"
    r'|"[^\r\n]*'  # a text that is not closed: it ends with the line, so that it does not swallow what follows
    r'|[{}]|[^\s{}"](?:\S*[^\s}])?'  # brackets also where a space is missing
)

_declared_encoding = re.compile(rb"\bfileheader\s*\{[^{}]*\bcharacterencoding\s+([\w\-]+)").search

_line_end = re.compile(r"\r\n|\r|\n")


def split_tokens(text: str) -> list[str]:
    """Words, brackets, and texts with their quotes, in order."""
    tokens = _split_well_formed(text)
    return _token.findall(text) if tokens is None else tokens


def _split_well_formed(text: str) -> list[str] | None:
    """The tokens of a file with spaces around all brackets and texts, several times as fast; `None` for other files."""
    tokens: list[str] = []
    pieces = _text.split(text)
    for index in range(0, len(pieces), 2):
        before = pieces[index]
        if '"' in before or (index + 1 < len(pieces) and before != "" and not before[-1].isspace()):
            return None
        tokens += before.split()
        tokens += pieces[index + 1 : index + 2]
    for bracket in "{}":
        if tokens.count(bracket) != text.count(bracket):
            return None
    return tokens


def lines_of_tokens(text: str, indices: Iterable[int]) -> Iterator[int]:
    """Line numbers, from 1, of the tokens with ascending indices; an index beyond the end means the end of the text."""
    matches = enumerate(_token.finditer(text))
    index, start, line, position = -1, 0, 1, 0
    for wanted in indices:
        while index < wanted:
            found = next(matches, None)
            if found is None:
                index, start = wanted, len(text)
            else:
                index, start = found[0], found[1].start()
        line += sum(1 for _ in _line_end.finditer(text, position, start))
        position = start
        yield line


def decode_mro(data: bytes) -> tuple[str, MroEncoding, str | None]:
    """Text of a file, the encoding that it was read in, and what is wrong with the declared encoding, if anything.

    Raises:
        MalformedSourceError: the file is not text.
    """
    if data.startswith(codecs.BOM_UTF8):
        data = data[len(codecs.BOM_UTF8) :]
        declared: MroEncoding | None = MroEncoding.UTF8
    else:
        declared = _encoding_of(data)
    if b"\0" in data:
        raise MalformedSourceError(
            f"The file is not an MRO file: it has a NUL character at byte {data.index(0)}. "
            "MRO files are text in ASCII, ISO 8859-1 or UTF-8."
        )
    if declared is None:
        return data.decode("latin-1"), MroEncoding.ISO88591, None
    try:
        return data.decode(declared.codec), declared, None
    except UnicodeDecodeError as error:
        what = (
            f"byte {error.start} is not {declared.value}; read as ISO88591, so accented letters may be wrong"
        )
        return data.decode("latin-1"), MroEncoding.ISO88591, what


def _encoding_of(data: bytes) -> MroEncoding | None:
    declared = _declared_encoding(data)
    name = declared[1].decode().upper().replace("-", "").replace("_", "") if declared else ""
    return MroEncoding(name) if name in MroEncoding.__members__ else None
