"""Decoding of bytes to text by byte order marks, XML declarations, and what the bytes themselves show."""

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
"""Encoding assumed for bytes that are not UTF-8: Latin-1 as extended by Windows."""

_UTF8 = ("utf-8", "utf8")

_SEQUENCE = re.compile(rb"[\xc2-\xf4][\x80-\xbf]")
"""Beginning of a character of several bytes in UTF-8."""


def decode(source: Source, *, may_have_nul: bool = False) -> tuple[str, list[Issue]]:
    """Returns the text of a source, with line feeds as line ends, and an issue if its encoding was guessed.

    Text that is not in the encoding that it declares is read in the one that it seems to have.

    Raises:
        MalformedSourceError: the bytes are not text; NUL characters count as such unless `may_have_nul`.
    """
    data = source.data
    issues: list[Issue] = []
    if source.is_text:
        text = data.decode().removeprefix("\ufeff")
    else:
        text, what = _decode_bytes(data, source.name)
        if what is not None:
            issues.append(Issue(source.name, "encoding", what))
    if "\0" in text and not may_have_nul:
        raise MalformedSourceError(
            f"{source.name} is not text: it has a NUL character at position {text.index(chr(0))}."
        )
    return text.replace("\r\n", "\n").replace("\r", "\n"), issues


def _decode_bytes(data: bytes, name: str) -> tuple[str, str | None]:
    """The text, and what was assumed about its encoding, if anything."""
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_wide(data[len(mark) :], encoding, name)
    wide = _wide_encoding(data)
    if wide is not None:
        return _decode_wide(data, wide, name)
    declared = _DECLARED_ENCODING.match(data)
    encoding = declared[1].decode() if declared is not None else "UTF-8"
    if encoding.lower().replace("_", "-") in _UTF8:
        return _decode_utf8(data, name, None if declared is None else encoding)
    return _decode_declared(data, encoding, name)


def _wide_encoding(data: bytes) -> str | None:
    """The encoding of text with two or four bytes a character and no byte order mark, by the places of its zeros."""
    beginning = data[:256]
    if len(beginning) < 4 or beginning.count(0) * 3 < len(beginning):
        return None
    zeros = [sum(byte == 0 for byte in beginning[place::4]) for place in range(4)]
    if min(zeros[1:]) * 2 > len(beginning) // 4 and zeros[0] == 0:
        return "utf-32-le"
    if min(zeros[:3]) * 2 > len(beginning) // 4 and zeros[3] == 0:
        return "utf-32-be"
    return "utf-16-le" if zeros[1] + zeros[3] > zeros[0] + zeros[2] else "utf-16-be"


def _decode_wide(data: bytes, encoding: str, name: str) -> tuple[str, str | None]:
    if encoding == "utf-8":
        return _decode_utf8(data, name, "UTF-8")
    width = 4 if "32" in encoding else 2
    extra = len(data) % width
    try:
        text = data[: len(data) - extra].decode(encoding)
    except UnicodeError as error:
        raise MalformedSourceError(
            f"{name} is not text in the encoding {encoding.upper()}: {error}."
        ) from error
    what = f"{extra} bytes at its end are no character of {encoding.upper()}, and left out"
    return text, what if extra else None


def _decode_utf8(data: bytes, name: str, declared: str | None) -> tuple[str, str | None]:
    """Text in UTF-8; stray bytes are read as Windows-1252, and so is text without any character of several bytes."""
    try:
        return data.decode(), None
    except UnicodeDecodeError as error:
        if b"\0" in data[:1024]:
            raise MalformedSourceError(f"{name} is not text in the encoding UTF-8: {error}.") from error
    says = f"declares {declared}, but is not; " if declared is not None else "not UTF-8; "
    parts = data.decode("utf-8", "surrogateescape")
    strays = sum("\udc80" <= character <= "\udcff" for character in parts)
    whole = sum(character > "\x7f" for character in parts) - strays
    if whole <= strays:
        return _old_text(data), f"{says}read as Windows-1252, so accented letters may be wrong"
    text = "".join(
        _old_text(bytes([ord(character) - 0xDC00])) if "\udc80" <= character <= "\udcff" else character
        for character in parts
    )
    return text, f"{strays} bytes are not UTF-8; read as Windows-1252"


def _decode_declared(data: bytes, encoding: str, name: str) -> tuple[str, str | None]:
    """Text that declares another encoding than UTF-8, which is read as UTF-8 if it can only be that."""
    try:
        information = codecs.lookup(encoding)
        is_known = getattr(information, "_is_text_encoding", True)  # Python also lists codecs such as `hex`
        is_wide = information.name.startswith(("utf-16", "utf-32"))  # which would have been recognised
    except LookupError:
        is_known = is_wide = False
    if is_known and not is_wide and not (_SEQUENCE.search(data) and _is_utf8(data)):
        try:
            return data.decode(encoding), None
        except UnicodeError:
            pass  # it is not what it declares
    text, _ = _decode_utf8(data, name, encoding)
    read = "UTF-8" if _is_utf8(data) else "Windows-1252, so accented letters may be wrong"
    what = "is not" if is_known else "which is no encoding"
    return text, f"declares {encoding}, {'but ' if is_known else ''}{what}; read as {read}"


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode()
    except UnicodeDecodeError:
        return False
    return True


def _old_text(data: bytes) -> str:
    try:
        return data.decode(_OLD_ENCODING)
    except UnicodeDecodeError:
        return data.decode("latin-1")
