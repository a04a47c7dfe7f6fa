"""A module of a user, importable here and in processes that are started from here."""

from __future__ import annotations

import importlib
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import cv2
import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore, glyphs_from_folder

OWN_MODULE = '''
import hashlib
from dataclasses import dataclass
from enum import Enum

import numpy as np

import smashcima as sc
from smashcima.imaging.filters import ImageFilter, Parameter, Normal
from smashcima.scene.semantic import note
from smashcima.loading import ReadMusic, SourceFormat, register_format


class Mood(Enum):
    CALM = 1
    WILD = 2


@dataclass(frozen=True)
class Tint:
    blue: int = 255
    green: int = 255
    red: int = 255


@dataclass(kw_only=True, eq=False)
class Darken(ImageFilter):
    amount: Parameter = Normal(0.5, 0.1)

    def change_image(self, image, draws):
        image.bitmap[:, :, :3] = image.bitmap[:, :, :3] * draws.value("amount", self.amount)
        return image


class TintedPaper(sc.PaperSynthesizer):
    RECIPE_OPTIONS = ("color",)

    def __init__(self):
        self.color = (200, 220, 240, 255)

    def synthesize_paper(self, page_space, placement):
        return sc.Sprite.rectangle(page_space, placement, self.color, dpi=25.4)


class OwnModel(sc.EngravedModel):
    """Has options of its own, and does nothing for its recipe."""

    def __init__(self, tint, *, mood=Mood.CALM, **options):
        self.tint = tint
        self.mood = mood
        self.loudness = 0
        super().__init__(**options)

    def register_services(self):
        super().register_services()
        self.container.interface(sc.PaperSynthesizer, TintedPaper, register_impl=True)

    def configure_services(self):
        super().configure_services()
        self.container.resolve(sc.PaperSynthesizer).color = (self.tint.blue, self.tint.green, self.tint.red, 255)


class HookedModel(sc.EngravedModel):
    """Tells of its options by the hook."""

    def __init__(self, *names, seed=None):
        self.names = list(names)
        super().__init__(seed=seed, dpi=40)

    @classmethod
    def of(cls, names=(), seed=None):
        return cls(*names, seed=seed)

    def recipe_options(self):
        return {"seed": self.seed}


class SeedlessModel(sc.BaseHandwrittenModel):
    def __init__(self):
        super().__init__(hand="pen", dpi=40)


def read_dots(source):
    """A notation of one kind of note: as many quarters as there are dots."""
    builder = sc.ScoreBuilder(time="4/4")
    builder.add_part("Voice", "treble")
    builder.add_voice(builder.add_measure(), 1, *(note("c5", "quarter") for _ in range(source.data.count(b"."))))
    return ReadMusic((builder.build(),), ("",))


register_format(SourceFormat("Dots", (".dots",), read_dots))
sc.register_model("own", OwnModel)


def digest(model, path, index):
    scene = model(path, index=index)
    pages = b"".join(scene.render(page).tobytes() for page in scene.pages)
    return hashlib.sha256(pages).hexdigest()


def digest_of_scene(scene):
    return hashlib.sha256(b"".join(scene.render(page).tobytes() for page in scene.pages)).hexdigest()


def pid_of_importer(path):
    """Reads a file, and says which process did it."""
    from smashcima.engravers.verovio.importing.supervisor import shared_worker

    sc.load_score(path)
    return shared_worker().pid
'''


@pytest.fixture
def own_module(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """A module of a user, for one test: recipes name it while it is imported, since it registers a format."""
    folder = tmp_path_factory.mktemp("own")
    (folder / "own_music.py").write_text(OWN_MODULE, encoding="utf-8")
    sys.path.insert(0, str(folder))
    from smashcima.loading import formats
    from smashcima.orchestration.recipes import names

    known, added = list(formats._formats), dict(formats._added)
    try:
        yield importlib.import_module("own_music")
    finally:
        sys.path.remove(str(folder))
        del sys.modules["own_music"]
        formats._formats[:], formats._added = known, added
        names._registered.pop("own", None)


@pytest.fixture(scope="session")
def small_store(tmp_path_factory: pytest.TempPathFactory) -> GlyphStore:
    """Noteheads of one writer, in a file."""
    folder = tmp_path_factory.mktemp("symbols")
    for number in range(2):
        head = np.full((40, 60), 255, np.uint8)
        cv2.ellipse(head, (30, 20), (18 + number, 13), -20, 0, 360, 0, -1)
        (folder / "noteheadBlack").mkdir(exist_ok=True)
        cv2.imwrite(str(folder / "noteheadBlack" / f"{number}.png"), head)
    return glyphs_from_folder(folder, staff_space_px=28, writer="Anna", path=folder / "anna.glyphs")


@pytest.fixture(scope="session")
def dots(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("dots") / "tune.dots"
    path.write_text("....", encoding="utf-8")
    return path
