"""Removal of what keeps XML from being well-formed without being part of the music.

Programs write control characters, names of HTML characters (`&nbsp;`) and lone ampersands into texts, and mail and
version control add lines before the XML declaration. Tags that are missing or broken are not guessed.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from html.entities import html5

from smashcima.errors import Issue, MalformedSourceError
from smashcima.xml_text import escape

_Say = Callable[[str, str], None]

_START = re.compile(
    r"<(?:\?xml\b|!DOCTYPE\b|!--|score-partwise\b|score-timewise\b|(?:\w+:)?(?:mei|meiCorpus|music)\b)"
)

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML 1.0 forbids; lone surrogates cannot occur in decoded text."""

_CONTROL_REFERENCE = re.compile(r"&#(?:0*(?:[0-8]|1[124-9]|2\d|3[01])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]));")

_MARKUP = re.compile(
    r"(?P<kept><!\[CDATA\[.*?\]\]>|<!--.*?-->|<\?.*?\?>)"
    r"|&(?!(?:amp|lt|gt|quot|apos|#\d+|#[xX][0-9a-fA-F]+);)(?P<name>[A-Za-z]\w*;)?",
    re.S,
)

_LARGEST_SHARE = 0.02
"""Largest share of control characters of a text; above it, the file is not text."""


def clean_xml(text: str, name: str) -> tuple[str, list[Issue]]:
    """The text of an XML document without such flaws, and an issue for each kind of flaw.

    Raises:
        MalformedSourceError: so many control characters that it is not text.
    """
    issues: list[Issue] = []

    def say(element: str, what: str) -> None:
        issues.append(Issue(name, element, what))

    found = len(_CONTROL.findall(text))
    if found > max(_LARGEST_SHARE * len(text), 4):
        raise MalformedSourceError(f"{name} is not text: it has {found} control characters.")
    if found:
        text = _CONTROL.sub("", text)
        say("XML", f"{found} control character{'s' if found > 1 else ''} left out")
    if _CONTROL_REFERENCE.search(text):
        text, found = _CONTROL_REFERENCE.subn("", text)
        say("XML", f"{found} reference{'s' if found > 1 else ''} to control characters left out")
    text = _without_surroundings(text, say)
    if "&" in text:
        text = _with_known_entities(text, say)
    return text, issues


def _without_surroundings(text: str, say: _Say) -> str:
    """The text from its first to its last tag."""
    start = _START.search(text)
    if start is not None and start.start():
        before = text[: start.start()].strip().lstrip("\ufeff")
        if before:
            say("XML", f"{len(before)} characters before the document left out")
            text = text[start.start() :]
        elif start[0] == "<?xml":
            say("XML", "blank lines before the XML declaration left out")
            text = text[start.start() :]
    end = text.rfind(">") + 1
    after = text[end:].strip()
    if after and "<" not in after and re.search(r"</[\w:.-]+\s*>\Z", text[:end]):
        say("XML", f"{len(after)} characters after the document left out")
        text = text[:end]
    return text


def _with_known_entities(text: str, say: _Say) -> str:
    """The text with the characters that HTML names, and with `&amp;` for every other ampersand that starts nothing."""
    named: dict[str, None] = {}
    lone = 0

    def known(match: re.Match[str]) -> str:
        nonlocal lone
        if match["kept"] is not None:
            return match[0]
        name = match["name"]
        if name is not None and name in html5:
            named[name] = None
            return escape(html5[name])
        lone += 1
        return f"&amp;{name or ''}"

    text = _MARKUP.sub(known, text)
    if named:
        say("XML", f"read as in HTML: {', '.join(f'&{name}' for name in named)}")
    if lone:
        say(
            "XML",
            f"{lone} ampersand{'s' if lone > 1 else ''} that name{'' if lone > 1 else 's'} nothing, read as text",
        )
    return text
