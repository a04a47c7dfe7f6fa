"""Compares writers of MUSCIMA++ with pages generated from their symbols: `python docs/make_hand_pictures.py`.

Writes a picture for each writer to `out/hands`. Left: a crop of a real page, assembled from the masks of its symbols,
so without staff lines. Right: a crop of a generated page at the same scale. `--pages` adds a sheet of that many
generated pages.

MUSCIMA++ and pictures of its symbols are licensed under CC BY-NC-SA 4.0: `out` is not part of the repository, and the
pictures must not be added to it.
"""

from __future__ import annotations

import argparse
from functools import cache
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

import smashcima as sc
from smashcima.assets.bundles import AssetRepository
from smashcima.assets.glyphs import GlyphStore
from smashcima.assets.muscima import MuscimaPPGlyphs
from smashcima.placement import PlacementStyle, SymbolBoxes, font_symbol_box, placement_for_samples
from smashcima.scene.visual import Label
from smashcima.synthesis.curve import SampledCurveSynthesizer
from smashcima.synthesis.glyph import SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import CurveSynthesizer, GlyphSynthesizer, LineSynthesizer
from smashcima.synthesis.line import SampledLineSynthesizer
from smashcima.synthesis.pen import PenWriterDomain
from smashcima.synthesis.samples import MuscimaPPStyleDomain

ROOT = Path(__file__).resolve().parent.parent
EXAMPLE = ROOT / "assets" / "example" / "example.musicxml"
OUT = ROOT / "out" / "hands"

WRITERS = ("W-01", "W-07", "W-21", "W-33", "W-48")
"""Five writers with very different styles."""

CUT_PX = (1000, 620)
"""Width and height of each half of a picture, in pixels."""

STAFF_SPACE_PX = 1.8 / 25.4 * 300
SEED = 1

Image = NDArray[np.uint8]


class StoreModel(sc.BaseHandwrittenModel):
    """Writes with the symbols and the placement of a writer of a store."""

    store: GlyphStore

    def register_services(self) -> None:
        super().register_services()
        container = self.container

        def made(kind: type) -> object:
            return kind(container.resolve(PenWriterDomain), container.resolve(np.random.Generator))

        container.factory(
            MuscimaPPStyleDomain, lambda: container.build(MuscimaPPStyleDomain, store=self.store)
        )
        container.interface(PenWriterDomain, MuscimaPPStyleDomain)
        for interface, kind in (
            (GlyphSynthesizer, SampledGlyphSynthesizer),
            (LineSynthesizer, SampledLineSynthesizer),
            (CurveSynthesizer, SampledCurveSynthesizer),
        ):
            container.factory(kind, lambda kind=kind: made(kind))
            container.interface(interface, kind)

    @property
    def placement_style(self) -> PlacementStyle:
        name = self.container.resolve(MuscimaPPStyleDomain).placement_name
        if isinstance(self.placement, PlacementStyle) or name not in PlacementStyle.writers():
            return placement_for_samples(super().placement_style)
        return placement_for_samples(PlacementStyle.of_writer(name))

    def _symbol_boxes(self) -> SymbolBoxes:
        glyphs = self.container.resolve(SampledGlyphSynthesizer)

        @cache
        def box_of(name: str, font: str) -> tuple[float, float, float, float]:
            left, top, right, bottom = font_symbol_box(name, font)
            if not name.startswith("notehead"):
                return left, top, right, bottom
            gap = glyphs.notehead_gap(Label.smufl(name))
            return left + gap, top, right - gap, bottom

        return box_of


def real_page(store: GlyphStore, writer: str, number: int = 0) -> Image:
    """Assembles a page of a writer from its masks, at the scale of generated pages."""
    own = np.flatnonzero(store.writer_ids == store.writers.index(writer))
    document = np.unique(store.document_ids[own])[number]
    own = own[store.document_ids[own] == document]
    far = (store.positions_px[own] + store.sizes[own]).max(axis=0)
    page = np.full((int(far[1]), int(far[0])), 255, np.uint8)
    for index in own.tolist():
        left, top = store.positions_px[index].tolist()
        mask = store.mask(index)
        page[top : top + mask.shape[0], left : left + mask.shape[1]][mask > 0] = 30
    scale = STAFF_SPACE_PX / float(np.median(store.staff_spaces_px[own]))
    return np.asarray(cv2.resize(page, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA), np.uint8)


def densest_cut(page: Image) -> Image:
    """Returns the section of a page, of the size `CUT_PX`, with the most ink."""
    width, height = CUT_PX
    padded = np.full((max(page.shape[0], height), max(page.shape[1], width)), 255, np.uint8)
    padded[: page.shape[0], : page.shape[1]] = page
    ink = cv2.integral((padded < 128).astype(np.uint8))
    rows, columns = padded.shape[0] - height, padded.shape[1] - width
    sums = [
        (int(ink[y + height, x + width] - ink[y, x + width] - ink[y + height, x] + ink[y, x]), y, x)
        for y in range(0, rows + 1, 20)
        for x in range(0, columns + 1, 20)
    ]
    _, y, x = max(sums)
    return padded[y : y + height, x : x + width]


def made_pages(store: GlyphStore, writer: str, score: Path, count: int) -> list[Image]:
    """Generates the given number of pages by a writer, from as many samples as necessary."""
    model = type("Model", (StoreModel,), {"store": store})(seed=SEED)
    domain = model.container.resolve(MuscimaPPStyleDomain)
    domain.choice = writer
    domain.ink = (30, 30, 30, 255)
    pages: list[Image] = []
    while len(pages) < count:
        scene = model(score)
        pages += [cv2.cvtColor(scene.render(page), cv2.COLOR_BGRA2GRAY) for page in scene.pages]
    return pages[:count]


def sheet(pages: list[Image], columns: int = 5) -> Image:
    """Arranges pages in a grid, scaled down."""
    small = [cv2.resize(page, (520, 735), interpolation=cv2.INTER_AREA) for page in pages]
    small += [np.full((735, 520), 255, np.uint8)] * (-len(small) % columns)
    rows = [np.concatenate(small[at : at + columns], axis=1) for at in range(0, len(small), columns)]
    return np.concatenate(rows)


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--store", type=Path, help="a glyph store; by default the installed MuscimaPPGlyphs")
    parser.add_argument("--writers", nargs="+", default=WRITERS, help="names of writers in the store")
    parser.add_argument("--score", type=Path, default=EXAMPLE)
    parser.add_argument(
        "--pages", type=int, default=0, help="number of pages on an additional sheet for each writer"
    )
    parser.add_argument("--out", type=Path, default=OUT)
    given = parser.parse_args()
    if given.store is not None:
        store = GlyphStore.open(given.store)
    else:
        store = AssetRepository.default().resolve_bundle(MuscimaPPGlyphs, install=False).store
    given.out.mkdir(parents=True, exist_ok=True)
    for writer in given.writers:
        pages = made_pages(store, writer, given.score, max(given.pages, 1))
        line = np.full((CUT_PX[1], 6), 160, np.uint8)
        halves = [densest_cut(real_page(store, writer)), line, densest_cut(pages[0])]
        cv2.imwrite(str(given.out / f"{writer}.png"), np.concatenate(halves, axis=1))
        cv2.imwrite(str(given.out / f"{writer}-page.png"), pages[0])
        if given.pages:
            cv2.imwrite(str(given.out / f"{writer}-pages.png"), sheet(pages))
        print(f"{given.out / writer}.png")


if __name__ == "__main__":
    main()
