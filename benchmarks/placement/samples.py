"""Pages to compare: those of real writers, and generated ones."""

from __future__ import annotations

import hashlib
import os
import pickle
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import muscima
from distances import MeasuredPage, Pages
from faults import faults
from features import Values, measure
from notation_graph import GraphPage
from scenes import graph_pages
from shapes import measure_shapes
from transcription import pages_of_pieces, transcribed

from smashcima import BaseHandwrittenModel
from smashcima.engravers.verovio import engrave
from smashcima.engraving import Engraving, LayoutOptions
from smashcima.loading import Loaded, load_score
from smashcima.orchestration import EngravedModel, MusicScene
from smashcima.placement import PlacementStyle, place_by_hand
from smashcima.randomness import Stream
from smashcima.scene.semantic import Score
from smashcima.scene.visual import AffineSpace

SCORES = Path(__file__).resolve().parents[3] / "shared" / "data"
HELD_OUT = 3
"""Every third writer of the data set is held out from fits to measured hands."""
CACHE = Path(os.environ.get("PLACEMENT_CACHE", tempfile.gettempdir())) / "smashcima-placement"


def real_pages() -> Pages:
    """The placement on the pages of MUSCIMA++; cached outside the repository."""
    return _cached("real", ("features.py", "muscima.py", "notation_graph.py"), measure)


def real_shapes() -> Pages:
    """The shapes on the pages of MUSCIMA++; cached outside the repository."""
    return _cached("shapes", ("shapes.py", "muscima.py", "notation_graph.py"), measure_shapes)


def real_faults() -> Pages:
    """The faults on the pages of MUSCIMA++; cached outside the repository."""
    return _cached("faults", ("faults.py", "muscima.py", "notation_graph.py"), faults)


def _cached(name: str, sources: Sequence[str], measure_page: Callable[[GraphPage], Values]) -> Pages:
    text = "".join((Path(__file__).parent / source).read_text() for source in sources)
    file = CACHE / f"{name}-{hashlib.sha256(text.encode()).hexdigest()[:12]}.pickle"
    if file.exists():
        return pickle.loads(file.read_bytes())  # written by this function
    pages = [
        MeasuredPage(page.writer, measure_page(page), page.name.split("_N-")[1][:2])
        for page in muscima.read_pages(muscima.page_names())
    ]
    CACHE.mkdir(parents=True, exist_ok=True)
    file.write_bytes(pickle.dumps(pages))
    return pages


def songs(count: int) -> list[Loaded]:
    """Songs of the collection of Lieder."""
    files = [SCORES / "tutorial" / "lc5003150.musicxml", *sorted((SCORES / "lieder").glob("*.mxl"))]
    return [load_score(file) for file in files[:count]]


def pieces() -> list[Loaded]:
    """The music that the writers of MUSCIMA++ copied, transcribed from one page of each piece; cached like pages."""
    text = "".join(
        (Path(__file__).parent / source).read_text() for source in ("transcription.py", "muscima.py")
    )
    folder = CACHE / f"pieces-{hashlib.sha256(text.encode()).hexdigest()[:12]}"
    folder.mkdir(parents=True, exist_ok=True)
    for piece, names in pages_of_pieces().items():
        file = folder / f"{piece}.mei"
        if not file.exists():
            file.write_text(transcribed(next(iter(muscima.read_pages(names[:1])))), encoding="utf-8")
    return [load_score(file) for file in sorted(folder.glob("*.mei"))]


def parted(real: Pages) -> tuple[Pages, Pages]:
    """The pages of two thirds of the writers, for fits, and those of every third writer, which are held out."""
    held = set(sorted({page.writer for page in real})[HELD_OUT - 1 :: HELD_OUT])
    return [p for p in real if p.writer not in held], [p for p in real if p.writer in held]


class Hands:
    """Pages of the pieces of the data set, written by the pen in given placements, as users get them."""

    def __init__(self) -> None:
        self._model = BaseHandwrittenModel(seed=2, hand="pen")
        self._music = pieces()

    def written(self, styles: Sequence[PlacementStyle], pages_each: int = 1) -> Pages:
        """The first pages of a piece, or of several, by each writer; the pieces take turns."""
        result: Pages = []
        for number, style in enumerate(styles):
            for turn in range(pages_each):
                piece = (number * pages_each + turn) % len(self._music)
                result += self.of_piece(style, f"{piece + 1:02}", number)
        return result

    def of_piece(self, style: PlacementStyle, piece: str, number: int) -> Pages:
        """The first pages of a piece, `"01"` to `"20"`, by a writer, with the pen of a number."""
        self._model.placement = style
        scene = self._model(self._music[int(piece) - 1], index=number, pages=lambda pages: {0, pages // 2})
        return [MeasuredPage(style.name, measure(page), piece) for page in graph_pages(scene, style.name)]


class Scores:
    """Engraved pages of music."""

    def __init__(self, count: int) -> None:
        files = [SCORES / "tutorial" / "lc5003150.musicxml", *sorted((SCORES / "lieder").glob("*.mxl"))]
        self._model = EngravedModel(seed=1, music_font="Petaluma")
        self.pages: list[tuple[Score, Engraving]] = []
        for file in files[:count]:
            score = load_score(file).score
            engraving = engrave(score, LayoutOptions(music_font="Petaluma"))
            # The densest page of each score, and the first one, which has the time signature.
            densest = max(engraving.pages, key=lambda page: len(page.primitives))
            for page in dict.fromkeys((densest, engraving.pages[0])):
                self.pages.append((score, replace(engraving, pages=(page,))))

    def scene(self, score: Score, engraving: Engraving) -> MusicScene:
        """Scene of an engraving in printed ink."""
        space = AffineSpace()
        drawn = self._model.notation_synthesizer.synthesize_notation(score, engraving, space)
        return MusicScene(root_space=space, score=score, pages=list(drawn.pages))

    def engraved(self) -> Pages:
        """Measures the engraved pages."""
        return [
            MeasuredPage(str(number), measure(page), str(number))
            for number, (score, engraving) in enumerate(self.pages)
            for page in graph_pages(self.scene(score, engraving), str(number))
        ]

    def written(self, styles: Sequence[PlacementStyle], pages_each: int = 2) -> Pages:
        """Pages by some writers, each with a few of the scores."""
        result: Pages = []
        for number, style in enumerate(styles):
            for turn in range(pages_each):
                piece = (number * pages_each + turn) % len(self.pages)
                score, engraving = self.pages[piece]
                stream = Stream.of_sample(number, turn)
                scene = self.scene(score, place_by_hand(engraving, score, style, stream))
                result += [
                    MeasuredPage(style.name, measure(page), str(piece))
                    for page in graph_pages(scene, style.name)
                ]
        return result


def seeded(count: int, first_seed: int = 0) -> list[PlacementStyle]:
    """Generated writers."""
    return [PlacementStyle.from_seed(first_seed + number) for number in range(count)]
