"""Who writes: restricted, excluded, named, and recorded."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from smashcima.assets.glyphs import DrawnGlyph, GlyphStore
from smashcima.errors import SettingsError
from smashcima.synthesis.glyph import SampledGlyphSynthesizer
from smashcima.synthesis.interfaces import StyleDomain
from smashcima.synthesis.pen import PenWriter, PenWriterDomain
from smashcima.synthesis.samples import MuscimaPPStyleDomain, SampledWriterDomain
from smashcima.synthesis.style import Styler
from smashcima.testing import StyleDomainContract


def picked(domain: SampledWriterDomain, count: int = 40) -> Counter[str]:
    """How often each writer is picked."""
    result: Counter[str] = Counter()
    for _ in range(count):
        domain.pick_style()
        result[domain.sampled_writer] += 1
    return result


class TestContract(StyleDomainContract):
    @pytest.fixture(autouse=True)
    def _with_store(self, store: GlyphStore) -> None:
        self._store = store

    def make_domain(self) -> StyleDomain:
        return SampledWriterDomain(self._store, np.random.default_rng(3))


def test_all_writers_are_picked_unless_one_is_named(store: GlyphStore) -> None:
    domain = SampledWriterDomain(store, np.random.default_rng(3))
    assert set(picked(domain)) == {"anna", "bert"}
    domain.choice = "bert"
    assert domain.sampled_writer == "bert"
    assert set(picked(domain)) == {"bert"}


def test_a_seed_names_a_writer_too(store: GlyphStore) -> None:
    domain = SampledWriterDomain(store, np.random.default_rng(3))
    chosen = []
    for seed in range(12):
        domain.choice = seed
        assert len(picked(domain, 5)) == 1
        chosen.append(domain.sampled_writer)
    assert set(chosen) == {"anna", "bert"}


def test_excluded_writers_never_write(store: GlyphStore) -> None:
    domain = SampledWriterDomain(store, np.random.default_rng(3), exclude=["anna"])
    assert domain.writers == ("bert",)
    assert set(picked(domain)) == {"bert"}
    domain.exclude = ()
    domain.only = ["anna"]
    assert set(picked(domain)) == {"anna"}


def test_an_excluded_writer_cannot_be_named(store: GlyphStore) -> None:
    domain = SampledWriterDomain(store, np.random.default_rng(3), exclude=["anna"])
    with pytest.raises(SettingsError, match="'anna' was excluded"):
        domain.choice = "anna"


def test_a_named_writer_who_is_excluded_later_stops_writing(store: GlyphStore) -> None:
    domain = SampledWriterDomain(store, np.random.default_rng(3))
    domain.choice = "anna"
    domain.exclude = ["anna"]
    assert domain.sampled_writer == "bert"
    assert set(picked(domain)) == {"bert"}


def test_writers_that_are_not_there_are_refused(store: GlyphStore) -> None:
    with pytest.raises(SettingsError, match="'annna'.*closest: 'anna'"):
        SampledWriterDomain(store, np.random.default_rng(3), only=["annna"])
    with pytest.raises(SettingsError, match="No writer is left"):
        SampledWriterDomain(store, np.random.default_rng(3), exclude=["anna", "bert"])
    with pytest.raises(SettingsError, match="chosen by name: anna, bert"):
        SampledWriterDomain(store, np.random.default_rng(3)).choice = PenWriter.preset("neat")


def test_writers_of_more_labels_may_be_picked_more_often(store: GlyphStore) -> None:
    # Bert wrote three labels more than the ten of Anna.
    domain = SampledWriterDomain(store, np.random.default_rng(3), by_completeness=True)
    counts = picked(domain, 2000)
    assert 0.53 < counts["bert"] / 2000 < 0.60


def test_the_record_tells_writer_and_store(store: GlyphStore) -> None:
    styler = Styler()
    domain = MuscimaPPStyleDomain(store, np.random.default_rng(3), only=["bert"])
    styler.register_domain(domain)
    styler.pick_style()
    assert styler.current_styles["writer"].startswith("MUSCIMA++ writer bert (")


def test_it_is_a_pen_writer_too(writers: SampledWriterDomain) -> None:
    assert isinstance(writers, PenWriterDomain)
    assert writers.pen.writer is writers.writer
    assert writers.writer.name == "writer anna"


def test_each_sample_has_another_ink_in_the_same_hand(writers: SampledWriterDomain) -> None:
    inks, hands = set(), set()
    for _ in range(8):
        writers.pick_style()
        pen = writers.writer
        inks.add((pen.ink_blue, pen.ink_green, pen.ink_red))
        hands.add((pen.pen_width, pen.slant, pen.seed))
    assert len(inks) == 8
    assert len(hands) == 1


def test_the_ink_can_be_set(writers: SampledWriterDomain) -> None:
    writers.ink = (10, 20, 30, 255)
    writers.pick_style()
    assert writers.ink_color(np.random.default_rng(0)) == (10, 20, 30, 255)


@pytest.mark.parametrize("choice", [None, "neat"])
def test_the_ink_of_all_pen_writers_can_be_set(choice: str | None) -> None:
    writers = PenWriterDomain(np.random.default_rng(0))
    writers.choice = choice
    writers.pick_style()
    own = writers.writer.ink_red, writers.writer.ink_opacity
    writers.ink = (0, 0, 250, 255)
    for _ in range(2):
        writers.pick_style()
        assert writers.ink_color(np.random.default_rng(0)) == (0, 0, 250, 255)
    writers.ink = None
    writers.pick_style()
    assert ((writers.writer.ink_red, writers.writer.ink_opacity) == own) == (choice == "neat")


def test_an_empty_store_has_nobody_to_write() -> None:
    with pytest.raises(SettingsError, match="of the 0 writers"):
        SampledWriterDomain(GlyphStore.from_glyphs([]), np.random.default_rng(3))


def test_a_writer_without_usable_symbols_writes_with_the_usual_pen() -> None:
    torn = DrawnGlyph("smufl::gClef", np.full((6, 6), 255, np.uint8), (3, 3), 28.0, "carla", usable=False)
    rng = np.random.default_rng(3)
    domain = SampledWriterDomain(GlyphStore.from_glyphs([torn]), rng, by_completeness=True)
    domain.pick_style()
    glyphs = SampledGlyphSynthesizer(domain, rng)
    assert not glyphs.create_glyph("smufl::gClef").region.contours.is_empty
    assert glyphs.borrowed == {"smufl::gClef": "pen"}
