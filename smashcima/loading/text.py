"""Decoding of bytes to text by byte order marks, XML declarations and legacy encodings."""

from __future__ import annotations

import codecs
import re

from smashcima.errors import Issue, MalformedSourceError
from smashcima.loading.source import Source

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark is a prefix of this one
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DECLARED_ENCODING = re.compile(rb"""^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._\-]*)["']""")

_OLD_ENCODING = "cp1252"
"""Encoding assumed for bytes that are not UTF-8 and declare no encoding: Latin-1 as extended by Windows."""


def decode(source: Source) -> tuple[str, list[Issue]]:
    """Returns the text of a source, with line feeds as line ends, and an issue if its encoding was guessed.

    Raises:
        MalformedSourceError: the bytes are not text, or not in the declared encoding.
    """
    data = source.data
    issues: list[Issue] = []
    if source.is_text:
        text = data.decode().removeprefix("\ufeff")
    else:
        text, issues = _decode_bytes(source)
    if "\0" in text:
        raise MalformedSourceError(
            f"{source.name} is not text: it has a NUL character at position {text.index(chr(0))}."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), issues


def _decode_bytes(source: Source) -> tuple[str, list[Issue]]:
    data = source.data
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding, source.name), []
    if data[:2] in (b"<\0", b"\0<"):  # UTF-16 without a byte order mark
        return _decode_as(data, "utf-16-le" if data[0] else "utf-16-be", source.name), []
    declared = _DECLARED_ENCODING.match(data)
    if declared is not None:
        encoding = declared[1].decode()
        if encoding.lower().replace("_", "-") not in ("utf-8", "utf8"):
            return _decode_as(data, encoding, source.name), []
    try:
        return data.decode(), []
    except UnicodeDecodeError as error:
        if declared is not None or b"\0" in data[:1024]:
            raise _undecodable(source.name, "UTF-8", error) from error
    try:
        text = data.decode(_OLD_ENCODING)
    except UnicodeDecodeError:
        text = data.decode("latin-1")
    issue = Issue(
        source.name, "encoding", "not UTF-8; read as Windows-1252, so accented letters may be wrong"
    )
    return text, [issue]


def _decode_as(data: bytes, encoding: str, name: str) -> str:
    # Python also lists codecs such as `hex` as encodings; `utf-16` needs a byte order mark, which is absent here.
    bare = "utf-16-le" if encoding.lower() in ("utf-16", "utf16") else encoding
    try:
        if not getattr(codecs.lookup(bare), "_is_text_encoding", True):
            raise LookupError(bare)
        return data.decode(bare)
    except LookupError as error:
        raise MalformedSourceError(f"{name} declares the unknown encoding {encoding!r}.") from error
    except UnicodeError as error:
        raise _undecodable(name, encoding, error) from error


def _undecodable(name: str, encoding: str, error: UnicodeError) -> MalformedSourceError:
    return MalformedSourceError(f"{name} is not text in the encoding {encoding}: {error}.")
