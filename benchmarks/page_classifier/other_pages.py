"""Draws pages without music for the page classifier: text, titles, tables, ruled paper, drawings, photographs, blanks.

Run: `python benchmarks/page_classifier/other_pages.py FOLDER [COUNT]`. Page *i* depends on *i* alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable
from pathlib import Path

import matplotlib
import numpy as np
from PIL import Image, ImageDraw, ImageFont

from smashcima.randomness import Stream

SEED = 13
FONTS = sorted((Path(matplotlib.get_data_path()) / "fonts" / "ttf").glob("*.ttf"))
TEXT_FONTS = [
    path
    for path in FONTS
    if path.stem.startswith(("DejaVuSans", "DejaVuSerif", "STIXGeneral"))
    and not path.stem.endswith("Display")
]
SYLLABLES = "al be cor den el fi gra hen is ja ku lo mi nor o per qua re sin to un ver wil xe yo zum schön für".split()
SIZES = ((1240, 1754), (1275, 1650), (900, 1270), (1000, 1300), (1754, 1240), (1500, 2100))

Rng = np.random.Generator
Kind = Callable[[ImageDraw.ImageDraw, Rng, int, int], None]


def word(rng: Rng) -> str:
    """A word of one to four syllables, sometimes a number."""
    if rng.random() < 0.06:
        return str(rng.integers(1, 2000))
    made = "".join(rng.choice(SYLLABLES, int(rng.integers(1, 5))))
    return made.capitalize() if rng.random() < 0.15 else made


def font(rng: Rng, size: float) -> ImageFont.FreeTypeFont:
    """A text font of a size in pixels."""
    return ImageFont.truetype(str(TEXT_FONTS[int(rng.integers(len(TEXT_FONTS)))]), max(6, round(size)))


def line_of(rng: Rng, face: ImageFont.FreeTypeFont, width: float) -> list[str]:
    """Words that fill a width."""
    words = [word(rng)]
    while face.getlength(" ".join(words)) < width:
        words.append(word(rng))
    return words[:-1] or words


def paragraphs(
    draw: ImageDraw.ImageDraw, rng: Rng, box: tuple[float, float, float, float], size: float
) -> None:
    """Justified or ragged text in a box."""
    left, top, right, bottom = box
    face, leading, justified = font(rng, size), size * rng.uniform(1.1, 1.8), rng.random() < 0.5
    y = top
    while y + size < bottom:
        lines = int(rng.integers(2, 14))
        for index in range(lines):
            if y + size >= bottom:
                return
            share = rng.uniform(0.2, 0.9) if index == lines - 1 else 1.0
            words = line_of(rng, face, (right - left) * share)
            if justified and index < lines - 1 and len(words) > 1:
                gap = (right - left - sum(map(face.getlength, words))) / (len(words) - 1)
                x = left
                for each in words:
                    draw.text((x, y), each, font=face, fill=0)
                    x += face.getlength(each) + gap
            else:
                draw.text((left, y), " ".join(words), font=face, fill=0)
            y += leading
        y += leading * rng.uniform(0, 1.2)


def text_page(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Text in one to three columns, with a header now and then."""
    margin, columns = width * rng.uniform(0.05, 0.15), int(rng.choice([1, 1, 1, 2, 2, 3]))
    gutter = width * 0.04
    column = (width - 2 * margin - gutter * (columns - 1)) / columns
    size = height / rng.uniform(35, 95)
    for index in range(columns):
        left = margin + index * (column + gutter)
        paragraphs(draw, rng, (left, margin, left + column, height - margin), size)
    if rng.random() < 0.4:
        draw.line((margin, margin * 0.8, width - margin, margin * 0.8), fill=0, width=int(rng.integers(1, 4)))


def title_page(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """A few centred lines of different sizes, with rules and frames."""
    y = height * rng.uniform(0.05, 0.3)
    while y < height * 0.9:
        face = font(rng, height / rng.uniform(14, 70))
        text = " ".join(word(rng) for _ in range(int(rng.integers(1, 5))))
        draw.text((width / 2, y), text, font=face, fill=0, anchor="ma")
        y += face.size * rng.uniform(1.2, 5)
        if rng.random() < 0.15:
            draw.line((width * 0.3, y, width * 0.7, y), fill=0, width=2)
            y += 10
    for inset in range(int(rng.integers(0, 4))):
        edge = 20 + inset * rng.uniform(5, 14)
        draw.rectangle((edge, edge, width - edge, height - edge), outline=0, width=int(rng.integers(1, 4)))


def table(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """A table with rules, cells and text."""
    left, right = width * rng.uniform(0.04, 0.15), width * rng.uniform(0.8, 0.96)
    top, bottom = height * rng.uniform(0.04, 0.3), height * rng.uniform(0.6, 0.96)
    rows, columns = int(rng.integers(4, 60)), int(rng.integers(2, 9))
    step, thick = (bottom - top) / rows, int(rng.integers(1, 3))
    face, cell = font(rng, min(step * 0.6, height / 50)), (right - left) / columns
    has_rules = rng.random() < 0.8
    for row in range(rows + 1):
        if has_rules:
            draw.line((left, top + row * step, right, top + row * step), fill=0, width=thick)
        for column in range(columns):
            if row < rows and rng.random() < 0.85:
                text = " ".join(line_of(rng, face, cell * rng.uniform(0.2, 0.9)))
                draw.text((left + column * cell + 4, top + row * step + step * 0.15), text, font=face, fill=0)
    if rng.random() < 0.7:
        for column in range(columns + 1):
            draw.line((left + column * cell, top, left + column * cell, bottom), fill=0, width=thick)


def contents(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Entries with dot leaders and page numbers."""
    face = font(rng, height / rng.uniform(40, 80))
    y, margin = height * 0.1, width * 0.1
    while y < height * 0.92:
        entry = " ".join(word(rng) for _ in range(int(rng.integers(1, 6))))
        number = str(rng.integers(1, 300))
        room = width - 2 * margin - face.getlength(entry) - face.getlength(number)
        dots = " ." * max(0, int(room / face.getlength(" .")))
        draw.text((margin, y), entry + dots, font=face, fill=0)
        draw.text((width - margin, y), number, font=face, fill=0, anchor="ra")
        y += face.size * rng.uniform(1.2, 1.9)


def wavy(draw: ImageDraw.ImageDraw, rng: Rng, x: float, y: float, length: float, size: float) -> None:
    """A line of scribbled handwriting."""
    count = max(8, int(length / size * 6))
    xs = x + np.linspace(0, length, count) + np.cumsum(rng.normal(0, size * 0.02, count))
    ys = y - np.abs(rng.normal(0, size * 0.45, count)) + rng.choice([0, 0, size * 0.4, -size * 0.5], count)
    points = list(zip(xs.tolist(), ys.tolist(), strict=True))
    for start in range(0, count - 6, 7):
        draw.line(points[start : start + 6], fill=0, width=2, joint="curve")


def ruled_paper(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Notebook paper with equal lines or squares, blank or written on."""
    step, y = height / rng.uniform(22, 90), height * rng.uniform(0.02, 0.12)
    shade, squares, written = int(rng.integers(0, 130)), rng.random() < 0.3, rng.random() < 0.6
    while y < height * 0.97:
        draw.line((0, y, width, y), fill=shade, width=int(rng.integers(1, 3)))
        if written and rng.random() < 0.8:
            wavy(draw, rng, width * 0.08, y, width * rng.uniform(0.3, 0.85), step * 0.6)
        y += step
    if squares:
        for x in np.arange(0, width, step):
            draw.line((x, 0, x, height), fill=shade, width=1)


def letter(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Handwriting without lines."""
    size, y = height / rng.uniform(30, 60), height * 0.1
    while y < height * 0.9:
        wavy(draw, rng, width * 0.1, y, width * rng.uniform(0.3, 0.8), size)
        y += size * rng.uniform(1.4, 2.2)


def drawing(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Shapes, curves and hatching."""
    for _ in range(int(rng.integers(3, 40))):
        x, y = rng.uniform(0, width), rng.uniform(0, height)
        w, h = rng.uniform(10, width * 0.5), rng.uniform(10, height * 0.4)
        kind = int(rng.integers(6))
        pen = int(rng.integers(1, 6))
        if kind == 0:
            draw.ellipse((x, y, x + w, y + h), outline=0, width=pen)
        elif kind == 1:
            draw.rectangle((x, y, x + w, y + h), outline=0, width=pen)
        elif kind == 2:
            points = rng.uniform((x, y), (x + w, y + h), (int(rng.integers(3, 9)), 2))
            draw.polygon([tuple(p) for p in points.tolist()], outline=0, fill=int(rng.integers(80, 255)))
        elif kind == 3:
            slope, gap = rng.uniform(-0.8, 0.8), rng.uniform(4, 20)
            for offset in np.arange(0, h, gap):
                draw.line((x, y + offset, x + w, y + offset + slope * w), fill=0, width=pen // 2 + 1)
        elif kind == 4:
            t = np.linspace(0, 1, 60)
            ys = y + h * 0.5 * np.sin(t * rng.uniform(3, 40)) * rng.uniform(0.2, 1)
            draw.line(list(zip((x + w * t).tolist(), ys.tolist(), strict=True)), fill=0, width=pen)
        else:
            draw.arc((x, y, x + w, y + h), 0, float(rng.uniform(60, 360)), fill=0, width=pen)


def form(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """A form: captions before lines to fill in, in groups of one to four or of many lines."""
    y, face = height * 0.06, font(rng, height / rng.uniform(50, 90))
    while y < height * 0.92:
        step = height / rng.uniform(30, 70)
        for _ in range(int(rng.choice([1, 2, 3, 4, 8, 9]))):
            draw.text((width * 0.06, y - face.size), word(rng), font=face, fill=0)
            draw.line((width * rng.uniform(0.1, 0.4), y, width * 0.94, y), fill=0, width=1)
            y += step
        y += step * rng.uniform(0.5, 2.5)


def chart(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Diagrams with grid lines, above text."""
    for part in range(int(rng.integers(1, 4))):
        left, right, top = width * 0.12, width * 0.9, height * (0.06 + 0.31 * part)
        bottom = top + height * 0.22
        for y in np.linspace(top, bottom, int(rng.integers(4, 12))):
            draw.line((left, y, right, y), fill=int(rng.integers(0, 160)), width=1)
        heights = rng.uniform(top, bottom, int(rng.integers(5, 40)))
        xs = np.linspace(left, right, len(heights))
        if rng.random() < 0.5:
            draw.line(list(zip(xs.tolist(), heights.tolist(), strict=True)), fill=0, width=2)
        else:
            for x, y in zip(xs.tolist(), heights.tolist(), strict=True):
                draw.rectangle(
                    (x, y, x + (right - left) / len(xs) * 0.6, bottom), fill=int(rng.integers(0, 150))
                )
        paragraphs(draw, rng, (left, bottom + 10, right, bottom + height * 0.08), height / 80)


def blank(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Nothing, or a page number or stamp."""
    if rng.random() < 0.6:
        draw.text(
            (width * rng.uniform(0.1, 0.9), height * rng.uniform(0.05, 0.95)),
            word(rng),
            font=font(rng, 24),
            fill=0,
        )
    if rng.random() < 0.3:
        draw.ellipse((width * 0.6, height * 0.7, width * 0.75, height * 0.78), outline=60, width=3)


def photograph(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """A picture in shades of gray: smooth noise, alone or above text."""
    coarse = rng.uniform(0, 255, (int(rng.integers(4, 30)), int(rng.integers(4, 30)))).astype(np.uint8)
    bottom = int(height * rng.uniform(0.5, 0.95))
    picture = Image.fromarray(coarse).resize((int(width * 0.9), bottom - 40), Image.Resampling.BICUBIC)
    draw._image.paste(picture, (int(width * 0.05), 40))
    paragraphs(draw, rng, (width * 0.08, bottom + 20, width * 0.92, height - 40), height / 70)


def music_paper(draw: ImageDraw.ImageDraw, rng: Rng, width: int, height: int) -> None:
    """Empty music paper, with a heading at most."""
    space, y, thick = height / rng.uniform(90, 190), height * rng.uniform(0.05, 0.15), int(rng.integers(1, 3))
    between = space * rng.uniform(5, 9)
    if rng.random() < 0.4:
        draw.text((width / 2, y * 0.4), word(rng), font=font(rng, 30), fill=0, anchor="ma")
    while y + 4 * space < height * 0.97:
        for line in range(5):
            draw.line((width * 0.06, y + line * space, width * 0.94, y + line * space), fill=0, width=thick)
        y += 4 * space + between


KINDS: tuple[Kind, ...] = (
    text_page, text_page, text_page, title_page, title_page, table, table, contents, ruled_paper, letter, drawing, form,
    chart, blank, photograph, music_paper,
)  # fmt: skip


def draw_page(index: int) -> Image.Image:
    """Page `index`, in gray."""
    rng = Stream.of_sample(SEED, index).generator()
    width, height = SIZES[int(rng.integers(len(SIZES)))]
    page = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(page)
    KINDS[index % len(KINDS)](draw, rng, width, height)
    return page


def main() -> None:
    """Writes pages as JPEG."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("count", type=int, nargs="?", default=480)
    options = parser.parse_args()
    options.folder.mkdir(parents=True, exist_ok=True)
    for index in range(options.count):
        target = options.folder / f"{KINDS[index % len(KINDS)].__name__}-{index:04}.jpg"
        draw_page(index).save(target, quality=92)


if __name__ == "__main__":
    main()
