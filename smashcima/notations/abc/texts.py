"""Text strings: accents, entities and escapes."""

from __future__ import annotations

import html
import re
import unicodedata

_ACCENTS = {
    "`": "\u0300", "'": "\u0301", "^": "\u0302", "~": "\u0303", '"': "\u0308", "c": "\u0327",
    "A": "\u030a", "a": "\u030a", "u": "\u0306", "v": "\u030c", "H": "\u030b",
}  # fmt: skip
"""Combining characters by mnemonic."""

_LIGATURES = {
    "ss": "ß",
    "AE": "Æ",
    "ae": "æ",
    "oe": "œ",
    "OE": "Œ",
    "/O": "Ø",
    "/o": "ø",
    "AA": "Å",
    "aa": "å",
}

_ESCAPE = re.compile(
    r"\\(?:U([0-9A-Fa-f]{8})|u([0-9A-Fa-f]{4})|(ss|AE|ae|oe|OE|/O|/o|AA|aa)|([`'^~\"cuvH])([A-Za-z])|([\\%&\"$-]))"
)

_ENTITY = re.compile(r"&(?:#\d{1,7}|#x[0-9A-Fa-f]{1,6}|[A-Za-z]{2,8});")

_FONT = re.compile(r"(?<![\\$])\$[0-9]")

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def decoded(text: str) -> str:
    r"""The characters that a text string stands for: `\'e` and `&eacute;` are é. Font specifiers (`$1`) are removed."""
    if "$" in text:
        text = _FONT.sub("", text)
    if "&" in text:
        text = _ENTITY.sub(lambda found: html.unescape(found[0]), text)
    if "\\" in text:
        text = _ESCAPE.sub(_unescaped, text)
    return _CONTROL.sub("", text)


def _unescaped(found: re.Match[str]) -> str:
    code = found[1] or found[2]
    if code:
        number = int(code, 16)
        return chr(number) if number <= 0x10FFFF else ""
    if found[3]:
        return _LIGATURES[found[3]]
    if found[4]:
        composed = unicodedata.normalize("NFC", found[5] + _ACCENTS[found[4]])
        return composed if len(composed) == 1 else found[5]
    return found[6]
