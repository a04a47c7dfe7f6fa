"""Printed pages against the engraver's own SVG, rasterised by an independent renderer with the same fonts."""

from __future__ import annotations

import base64
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest

from smashcima.assets.fonts import SMUFL_FONT_NAMES
from smashcima.engravers.verovio import engrave, rendering
from smashcima.engraving import LayoutOptions
from smashcima.exporting import BitmapRenderer
from smashcima.loading import LoadedMei
from smashcima.mei import read_mei
from smashcima.scene.visual import AffineSpace
from smashcima.synthesis.curve import PrintedCurveSynthesizer
from smashcima.synthesis.glyph import SmuflGlyphSynthesizer
from smashcima.synthesis.line import PrintedLineSynthesizer, PrintedStafflinesSynthesizer
from smashcima.synthesis.notation import EngravedNotationSynthesizer
from smashcima.synthesis.page import SimplePageSynthesizer
from smashcima.synthesis.paper import SolidColorPaperSynthesizer
from smashcima.synthesis.text import PrintedTextSynthesizer

DPI = 300
PX_PER_MM = DPI / 25.4
LEAST_OVERLAP = 0.955
"""Equal pictures overlap by 0.96 to 0.967 only, since resvg knows just five shades of an edge.

With edges of full precision (drawn at twice the size, which takes four times as long) they overlap by 0.978 to 0.984.
What differs costs as much either way.
"""


@pytest.fixture(scope="module")
def font_files(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], list[str]]:
    """Unpacks the text fonts of the verovio package, and a music font."""
    from fontTools.ttLib import TTFont

    folder = tmp_path_factory.mktemp("fonts")

    @cache
    def unpack(name: str) -> list[str]:
        sheet = Path(str(files("verovio") / "data" / f"{name}.css")).read_text()
        paths = []
        for number, packed in enumerate(re.findall(r"base64,([^)\"']+)", sheet)):
            woff = folder / f"{name}{number}.woff2"
            woff.write_bytes(base64.b64decode(packed))
            font = TTFont(str(woff))
            font.flavor = None
            font.save(str(woff.with_suffix(".ttf")))
            paths.append(str(woff.with_suffix(".ttf")))
        return paths

    return lambda music_font: [*unpack("Liberation"), *unpack(music_font)]


def on_its_page(svg: str, scale: object, width_px: int, height_px: int) -> str:
    """The engraver's SVG, which is only what lies inside the margins, placed on a sheet measured in mm."""
    head = re.match(r"<svg ([^>]*)>", svg)
    box = re.search(r'viewBox="0 0 (\d+) (\d+)"', svg)
    assert head is not None
    assert box is not None
    attributes = re.sub(r'\b(width|height)="[^"]*"', "", head[1])
    size = " ".join(
        f'{name}="{float(value) * scale.mm_per_unit}"'
        for name, value in zip(("width", "height"), box.groups(), strict=True)
    )
    body = svg[head.end() :].replace("Times, serif", "Liberation Serif")
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" '
        f'width="{width_px}" height="{height_px}" preserveAspectRatio="none" '
        f'viewBox="0 0 {width_px / PX_PER_MM} {height_px / PX_PER_MM}">'
        f'<svg {attributes} x="{scale.left}" y="{scale.top}" {size}>{body}</svg>'
    )


def rasterise(svg: str, width_px: int, height_px: int, fonts: list[str]) -> np.ndarray:
    """Ink from 0 to 1, as resvg draws it."""
    import resvg_py

    png = resvg_py.svg_to_bytes(
        svg_string=svg,
        width=width_px,
        height=height_px,
        skip_system_fonts=True,
        font_files=fonts,
        serif_family="Liberation Serif",
    )
    alpha = cv2.imdecode(np.frombuffer(bytes(png), np.uint8), cv2.IMREAD_UNCHANGED)[:, :, 3]
    return alpha / np.float32(255)


def overlap(ink: np.ndarray, reference: np.ndarray) -> float:
    """Intersection over union of two pictures of ink."""
    return float(np.minimum(ink, reference).sum() / np.maximum(ink, reference).sum())


@pytest.mark.slow
@pytest.mark.parametrize("number", range(10))
def test_pages_have_the_ink_of_the_engravers_own_pages(
    number: int,
    lieder_paths: list[Path],
    load_mei_once: Callable[[Path], LoadedMei],
    font_files: Callable[[str], list[str]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """Two pages of each of ten songs, in all five fonts in turn."""
    font = SMUFL_FONT_NAMES[number % len(SMUFL_FONT_NAMES)]
    rendered = []
    plain = rendering.render_svgs

    def remember(mei: str, setup: rendering.Setup, *rest: Any) -> tuple[list[str], list[str]]:
        found = plain(mei, setup, *rest)
        rendered.append((found[0], setup.scale))
        return found

    monkeypatch.setattr(rendering, "render_svgs", remember)
    score, _ = read_mei(load_mei_once(lieder_paths[number * 3 + 1]).meis[0])
    # Words that would leave the page are broken by us and not by the engraver; there are none on these pages.
    engraving = engrave(score, LayoutOptions(music_font=font))
    svgs, scale = rendered[-1]
    assert len(svgs) == len(engraving.pages) > 0
    begin = replace(engraving, pages=engraving.pages[:2])
    notation = EngravedNotationSynthesizer(
        SimplePageSynthesizer(SolidColorPaperSynthesizer()),
        PrintedStafflinesSynthesizer(),
        SmuflGlyphSynthesizer(font),
        PrintedLineSynthesizer(),
        PrintedCurveSynthesizer(),
        PrintedTextSynthesizer(font),
    ).synthesize_notation(score, begin, AffineSpace())
    assert len(notation.pages) == len(begin.pages)
    for page, svg in zip(notation.pages, svgs, strict=False):
        picture = BitmapRenderer(dpi=DPI).render(page)
        height_px, width_px = picture.shape[:2]
        ink = 1 - picture[:, :, 0] / np.float32(255)
        reference = rasterise(
            on_its_page(svg, scale, width_px, height_px), width_px, height_px, font_files(font)
        )
        assert reference.sum() > 10_000
        assert overlap(ink, reference) >= LEAST_OVERLAP
