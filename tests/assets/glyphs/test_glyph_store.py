"""A store gives back what was written into it, and refuses what is no store."""

from __future__ import annotations

import pickle
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.glyphs import DrawnGlyph, GlyphStore, write_glyph_store
from smashcima.assets.glyphs.glyph_table import GlyphTable
from smashcima.errors import AssetNotInstalledError, CorruptAssetError, SettingsError
from smashcima.scene.visual.labels import SmuflLabels


def drawn(label: str, writer: str, height: int = 20, width: int = 30, **more: object) -> DrawnGlyph:
    rows, columns = np.mgrid[:height, :width]
    mask = (np.hypot((rows + 0.5) / height - 0.5, (columns + 0.5) / width - 0.5) < 0.5).astype(np.uint8)
    values = {"origin": (0.0, height / 2), "staff_space_px": 20.0, "document": "page", "object_id": 7, **more}
    return DrawnGlyph(label=label, mask=mask, writer=writer, **values)  # type: ignore[arg-type]


@pytest.fixture
def glyphs() -> list[DrawnGlyph]:
    return [
        drawn("smufl::gClef", "B", 61, 27, object_id=41, position=(300, 120)),
        drawn("smufl::noteheadBlack", "B"),
        drawn("smufl::stem", "A", 80, 3, start=(1.5, 80.0), end=(1.25, 0.0), origin=(1.5, 80.0)),
        drawn("smufl::noteheadBlack", "A", usable=False),
        drawn("smufl::noteheadBlack", "A"),
        drawn("smashcima::slur", "A", 40, 3000),
    ]


@pytest.fixture
def store(glyphs: list[DrawnGlyph], tmp_path: Path) -> GlyphStore:
    return write_glyph_store(tmp_path / "some.glyphs", glyphs)


def test_glyphs_are_found_by_label_and_writer(store: GlyphStore):
    assert len(store) == 6
    assert store.labels == ("smashcima::slur", "smufl::gClef", "smufl::noteheadBlack", "smufl::stem")
    assert store.writers == ("A", "B")
    assert store.of("smufl::noteheadBlack").tolist() == [1, 4]
    assert store.of(SmuflLabels.noteheadBlack, "A").tolist() == [4]
    assert store.of("smufl::noteheadBlack", usable_only=False).tolist() == [1, 3, 4]
    assert store.count("smufl::noteheadBlack", "B") == 1
    assert store.of("smufl::fClef").tolist() == []
    assert store.of("smufl::gClef", "A").tolist() == []
    assert store.label(0) == "smufl::gClef"
    assert store.writer(2) == "A"


def test_a_writer_that_is_not_there_is_an_error(store: GlyphStore):
    with pytest.raises(SettingsError, match="no writer 'C'"):
        store.of("smufl::gClef", "C")


def test_masks_come_back_bit_for_bit(store: GlyphStore, glyphs: list[DrawnGlyph]):
    for index, glyph in enumerate(glyphs):
        mask = store.mask(index)
        assert mask.dtype == np.uint8
        assert np.array_equal(mask, glyph.mask * 255)


def test_the_glyphs_of_some_pages_are_a_store(glyphs: list[DrawnGlyph]):
    for number, glyph in enumerate(glyphs):
        glyph.document = "first" if number % 2 else "second"
    store = GlyphStore.from_glyphs(glyphs)
    part = store.of_documents(["second"])
    assert part.documents == ("second",)
    assert part.labels == ("smufl::gClef", "smufl::noteheadBlack", "smufl::stem")
    assert part.writers == ("A", "B")
    assert [part.label(index) for index in range(len(part))] == [store.label(index) for index in (0, 2, 4)]
    for here, there in enumerate((0, 2, 4)):
        assert np.array_equal(part.mask(here), store.mask(there))
        rings = zip(part.contours(here).rings, store.contours(there).rings, strict=True)
        assert all(np.array_equal(one, other) for one, other in rings)
        assert part.source(here) == store.source(there)
    assert len(store.of_documents(["first", "second"])) == len(store)
    with pytest.raises(SettingsError, match="no page 'third'"):
        store.of_documents(["third"])
    with pytest.raises(SettingsError, match="no page ''"):
        store.of_documents([])


def test_what_is_known_of_a_glyph_comes_back(store: GlyphStore):
    assert store.sizes[0].tolist() == [27, 61]
    assert store.positions_px[0].tolist() == [300, 120]
    assert store.source(0) == ("page", 41)
    assert store.starts_px[2].tolist() == [1.5, 80.0]
    assert store.ends_px[2].tolist() == [1.25, 0.0]
    assert np.isnan(store.starts_px[0]).all()
    assert store.staff_spaces_px.tolist() == [20.0] * 6
    assert store.stroke_px[2] == pytest.approx(3, abs=0.5)
    assert store.usable.tolist() == [True, True, True, False, True, True]


def test_outlines_are_in_staff_spaces_about_the_origin(store: GlyphStore):
    box = store.contours(1).bbox()
    assert (box.left, box.right) == pytest.approx((0.0, 1.5), abs=0.05)
    assert (box.top, box.bottom) == pytest.approx((-0.5, 0.5), abs=0.05)
    assert store.contours_px(1).area == pytest.approx(np.count_nonzero(store.mask(1)), rel=0.02)
    assert store.contours(1).area == pytest.approx(store.contours_px(1).area / 400)


def test_outlines_of_wide_masks_are_kept_in_a_coarser_unit(store: GlyphStore):
    box = store.contours_px(5).bbox()
    assert (box.left, box.right) == pytest.approx((0, 3000), abs=1)
    assert store.contours_px(5).area == pytest.approx(np.count_nonzero(store.mask(5)), rel=0.01)


def test_a_store_in_memory_is_the_same_as_in_a_file(store: GlyphStore, glyphs: list[DrawnGlyph]):
    other = GlyphStore.from_glyphs(glyphs)
    assert other.contours(0) == store.contours(0)
    assert pickle.loads(pickle.dumps(other)).of("smufl::stem").tolist() == [2]
    assert pickle.loads(pickle.dumps(store)).of("smufl::stem").tolist() == [2]


def test_arrays_cannot_be_written_to(store: GlyphStore):
    for array in (store.sizes, store.of("smufl::stem"), store.origins_px):
        with pytest.raises(ValueError, match="read-only"):
            array[...] = 0


def test_equal_glyphs_give_equal_bytes(glyphs: list[DrawnGlyph], tmp_path: Path):
    write_glyph_store(tmp_path / "a", glyphs)
    write_glyph_store(tmp_path / "b", iter(glyphs))
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_joined_tables_are_as_if_made_at_once(glyphs: list[DrawnGlyph]):
    whole = GlyphTable.of_glyphs(glyphs)
    joined = GlyphTable.joined(
        [GlyphTable.of_glyphs(glyphs[:1]), GlyphTable.of_glyphs([]), GlyphTable.of_glyphs(glyphs[1:])]
    )
    assert joined.labels == whole.labels
    for column in (
        "label_ids",
        "writer_ids",
        "mask_starts",
        "ring_starts",
        "ring_ends",
        "outline_points",
        "mask_bytes",
    ):
        assert np.array_equal(getattr(joined, column), getattr(whole, column)), column


def test_a_store_without_glyphs_is_a_store(tmp_path: Path):
    store = write_glyph_store(tmp_path / "none", [])
    assert len(store) == 0
    assert store.labels == ()
    assert store.of("smufl::stem").tolist() == []


def test_a_missing_file_is_an_error(tmp_path: Path):
    with pytest.raises(AssetNotInstalledError, match="no glyph store at"):
        GlyphStore.open(tmp_path / "nothing")


@pytest.mark.parametrize("keep", [0, 7, 19, 200, 1000, -1])
def test_a_truncated_file_is_an_error(store: GlyphStore, tmp_path: Path, keep: int):
    data = (tmp_path / "some.glyphs").read_bytes()
    (tmp_path / "short").write_bytes(data[:keep])
    with pytest.raises(CorruptAssetError):
        GlyphStore.open(tmp_path / "short")


def changed(tmp_path: Path, offset: int, value: int) -> Path:
    data = bytearray((tmp_path / "some.glyphs").read_bytes())
    data[offset] ^= value
    path = tmp_path / "changed"
    path.write_bytes(data)
    return path


@pytest.mark.parametrize(
    "offset, message", [(0, "not a glyph store"), (8, "has the version 3"), (30, "damaged header")]
)
def test_a_wrong_head_is_an_error(store: GlyphStore, tmp_path: Path, offset: int, message: str):
    with pytest.raises(CorruptAssetError, match=message):
        GlyphStore.open(changed(tmp_path, offset, 2))


def test_a_changed_byte_is_found(store: GlyphStore, tmp_path: Path):
    data = (tmp_path / "some.glyphs").read_bytes()
    header = int.from_bytes(data[12:16], "little")
    index = -(-(20 + header) // 64) * 64 + 3
    with pytest.raises(CorruptAssetError, match="checksum of label_ids is wrong"):
        GlyphStore.open(changed(tmp_path, index, 1))
    # Masks and outlines are checked on demand.
    damaged = GlyphStore.open(changed(tmp_path, len(data) - 70, 1))
    with pytest.raises(CorruptAssetError, match="checksum of outline_points is wrong"):
        damaged.verify()
    store.verify()


def test_other_processes_read_the_same(store: GlyphStore, tmp_path: Path):
    code = "import sys; from smashcima.assets.glyphs import GlyphStore; print(GlyphStore.open(sys.argv[1]).contours(0).area)"
    command = [sys.executable, "-c", code, str(tmp_path / "some.glyphs")]
    said = subprocess.run(command, capture_output=True, text=True, check=True, cwd=Path(__file__).parents[3])
    assert float(said.stdout) == store.contours(0).area
