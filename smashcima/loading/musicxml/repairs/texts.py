"""Restoration of MusicXML text properties that Verovio drops: title sizes, line breaks, space before metronome marks."""

from __future__ import annotations

from lxml import etree

from smashcima.loading.musicxml.repairs.repair import ImportResult, MusicXmlSource, Repair

_MEI = "{http://www.music-encoding.org/ns/mei}"
_SMALLEST_PT, _LARGEST_PT = 5.0, 48.0

TITLE_SIZE = "x-large"
"""Font size of the title if the source states no size for any text of the page head."""

NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"


LINE_SEPARATOR = "\N{LINE SEPARATOR}"
"""Replaces line breaks in texts during the import, which drops line breaks but keeps this character."""


class KeepLineBreaks(Repair):
    """Replaces line breaks in the words of directions by line separators during the import, and those by `<lb/>`."""

    def prepare(self, source: MusicXmlSource) -> None:
        for direction_type in source.root.iterfind(".//direction-type"):
            words = direction_type.findall("words")
            for number, word in enumerate(words):
                text = word.text or ""
                if number == len(words) - 1:
                    text = text.rstrip("\n")
                if "\n" in text:
                    word.text = text.replace("\n", LINE_SEPARATOR)
                    source.change()

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if _restore_line_breaks(result.root):
            result.change()


class RestoreTitleSizes(Repair):
    """Restores font sizes of the page head from the credits with the same words."""

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if _restore_sizes(source.root, result.root):
            result.change()


class PartTempoFromMetronome(Repair):
    """Inserts a space between tempo words and the note of a metronome mark, which are separate elements in MusicXML."""

    def restore(self, source: MusicXmlSource, result: ImportResult) -> None:
        if _part_tempo_from_metronome(result.root):
            result.change()


def _restore_sizes(musicxml: etree._Element, mei: etree._Element) -> bool:
    sizes: dict[str, str] = {}
    for words in musicxml.iterfind("credit/credit-words"):
        points = _points(words.get("font-size"))
        if points is not None:
            sizes.setdefault(_plain(words.text), f"{points:g}pt")
    lines = [
        line
        for head in mei.iter(f"{_MEI}pgHead")
        for line in head.iterfind(f"{_MEI}rend")
        if line.get("fontsize") is None and line.find(f".//{_MEI}rend[@fontsize]") is None and _plain_of(line)
    ]
    changed = False
    for line in lines:
        size = sizes.get(_plain_of(line))
        if size is not None:
            line.set("fontsize", size)
            changed = True
    if changed:
        return True
    title = next(
        (line for line in lines if line.get("valign") == "top" and line.get("halign") == "center"), None
    )
    if title is None:
        return False
    title.set("fontsize", TITLE_SIZE)
    return True


def _restore_line_breaks(mei: etree._Element) -> bool:
    """Inserts `<lb/>` at every marked line break."""
    changed = False
    for element in list(mei.iter("{*}dir", "{*}tempo", "{*}dynam", "{*}rend")):
        for holder in [element, *element]:
            is_tail = holder is not element
            lines = ((holder.tail if is_tail else holder.text) or "").split(LINE_SEPARATOR)
            if len(lines) == 1:
                continue
            parent = element
            position = parent.index(holder) + 1 if is_tail else 0
            for number, line in enumerate(lines[1:]):
                line_break = etree.Element(f"{_MEI}lb")
                line_break.tail = line
                parent.insert(position + number, line_break)
            if is_tail:
                holder.tail = lines[0]
            else:
                holder.text = lines[0]
            changed = True
    return changed


def _part_tempo_from_metronome(mei: etree._Element) -> bool:
    changed = False
    for tempo in mei.iter(f"{_MEI}tempo"):
        for words in tempo.iterfind(f"{_MEI}rend"):
            symbol = words.getnext()
            if (
                symbol is not None
                and symbol.get("glyph.auth") == "smufl"
                and words.get("glyph.auth") is None
                and not (words.tail or "").strip()
                and words.text
                and not words.text[-1].isspace()
                and len(words) == 0
            ):
                words.text += NO_BREAK_SPACE
                changed = True
    return changed


def _points(size: str | None) -> float | None:
    """A CSS font size of MusicXML in points; `None` if absent or a keyword such as `large`."""
    try:
        points = float(size or "")
    except ValueError:
        return None
    return min(max(points, _SMALLEST_PT), _LARGEST_PT) if points > 0 else None


def _plain(text: str | None) -> str:
    return " ".join((text or "").split())


def _plain_of(element: etree._Element) -> str:
    return _plain("".join(str(text) for text in element.itertext()))
