"""Texts of an image, in lines and blocks."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterator
from dataclasses import dataclass

import numpy as np

from smashcima.engraving import Text
from smashcima.geometry import Rectangle
from smashcima.imaging import ImageLayer, Region
from smashcima.scene.graph import SceneObject
from smashcima.scene.semantic import Syllable, SyllablePosition
from smashcima.scene.visual import LyricMark, PageFootMark, System, SystemStaff, TitleMark, WordsMark

_ONE_LINE_MM = 1.0
"""Maximum vertical distance of baselines in one line."""

_ONE_ROW_MM = 3.0
"""Maximum vertical distance of the first baselines of blocks that are read from left to right."""


@dataclass(frozen=True, slots=True, eq=False)
class Word:
    """Text that is drawn as one object: a syllable, a direction, a title."""

    id: str
    text: str
    box: Rectangle
    """In mm on the page."""

    baseline: float | None
    """Baseline: y in mm on the page; `None` if unknown."""

    mark: WordsMark


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """Words on one baseline, from left to right."""

    id: str
    words: tuple[Word, ...]

    @property
    def text(self) -> str:
        """Text of the line, with hyphens between the syllables of a word and spaces between words."""
        return "".join(word.text + ("-" if _goes_on(word) else " ") for word in self.words).rstrip(" ")

    @property
    def box(self) -> Rectangle:
        """In mm on the page."""
        return Rectangle.hull([word.box for word in self.words])


@dataclass(frozen=True, slots=True, eq=False)
class Block:
    """Related lines: all verses of a staff, or one title, tempo, direction, ..."""

    id: str
    lines: tuple[Line, ...]

    @property
    def kind(self) -> str:
        """Type of text: `lyric`, `title`, `tempo`, ..."""
        return self.lines[0].words[0].mark.kind

    @property
    def system(self) -> System | None:
        """System of the block."""
        return self.lines[0].words[0].mark.system

    @property
    def box(self) -> Rectangle:
        """In mm on the page."""
        return Rectangle.hull([line.box for line in self.lines])


def words_of(image: ImageLayer, min_visible: float) -> Iterator[Word]:
    """Returns all words with at least the given visible share."""
    for region in image.regions:
        mark = region.scene_object
        if not isinstance(mark, WordsMark) or not mark.text.strip() or region.visible < min_visible:
            continue
        if region.rings:
            yield Word(region.id, mark.text.strip(), _on_page(region, image), _baseline(mark), mark)


def blocks_of(image: ImageLayer, min_visible: float) -> list[Block]:
    """Groups the words of an image into blocks, from top to bottom and from left to right."""
    lyrics: dict[SystemStaff | None, dict[str, list[Word]]] = defaultdict(lambda: defaultdict(list))
    others: dict[Hashable, list[Word]] = defaultdict(list)
    for word in words_of(image, min_visible):
        mark = word.mark
        if isinstance(mark, LyricMark):
            lyrics[mark.staff][_verse(mark)].append(word)
        else:
            # Title, composer and poet are parts of one page head, but separate texts.
            whole = mark if isinstance(mark, TitleMark | PageFootMark) else mark.semantic or mark
            others[(type(mark), whole, mark.system)].append(word)
    ids: dict[SceneObject | None, str] = dict(
        zip(image.regions.scene_objects, image.regions.ids, strict=True)
    )
    blocks = []
    for staff, verses in lyrics.items():
        first = next(iter(verses.values()))[0]
        name = f"{ids.get(staff, first.id)}-lyrics"
        lines = [Line(f"{name}-v{verse}", _by_place(words)) for verse, words in verses.items()]
        blocks.append(Block(name, tuple(sorted(lines, key=lambda line: line.box.top))))
    for pieces in others.values():
        lines = [Line(f"{line[0].id}-line", line) for line in _by_baseline(pieces)]
        blocks.append(Block(f"{pieces[0].id}-block", tuple(lines)))
    return _in_rows(blocks)


def _in_rows(blocks: list[Block]) -> list[Block]:
    """Sorts blocks in reading order: those at one height from left to right, then those below."""
    rows: list[list[Block]] = []
    for block in sorted(blocks, key=_first_height):
        if rows and _first_height(block) - _first_height(rows[-1][0]) < _ONE_ROW_MM:
            rows[-1].append(block)
        else:
            rows.append([block])
    return [block for row in rows for block in sorted(row, key=lambda block: block.box.left)]


def _first_height(block: Block) -> float:
    return min(map(_height, block.lines[0].words))


def _on_page(region: Region, image: ImageLayer) -> Rectangle:
    points = image.from_scene.backward(np.concatenate(region.rings))
    (left, top), (right, bottom) = points.min(axis=0).tolist(), points.max(axis=0).tolist()
    return Rectangle.from_sides(left, top, right, bottom)


def _baseline(mark: WordsMark) -> float | None:
    origin = (
        mark.primitive.runs[0].origin if isinstance(mark.primitive, Text) and mark.primitive.runs else None
    )
    return None if origin is None else origin.y


def _verse(mark: LyricMark) -> str:
    verse = mark.semantic.verse if isinstance(mark.semantic, Syllable) else None
    return verse.n if verse is not None and verse.n else "1"


def _goes_on(word: Word) -> bool:
    """Whether the word of a syllable continues after it."""
    syllable = word.mark.semantic
    return isinstance(syllable, Syllable) and syllable.word_position in (
        SyllablePosition.INITIAL,
        SyllablePosition.MIDDLE,
    )


def _by_place(words: list[Word]) -> tuple[Word, ...]:
    return tuple(sorted(words, key=lambda word: word.box.left))


def _by_baseline(pieces: list[Word]) -> list[tuple[Word, ...]]:
    """Groups words into lines, from top to bottom."""
    lines: list[list[Word]] = []
    for piece in sorted(pieces, key=_height):
        if lines and abs(_height(piece) - _height(lines[-1][0])) < _ONE_LINE_MM:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return [_by_place(line) for line in lines]


def _height(word: Word) -> float:
    return word.box.bottom if word.baseline is None else word.baseline
