"""A few pages of MUSCIMA++: the same store from any number of processes, with the masks of the source."""

from __future__ import annotations

import zipfile
from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.glyphs import GlyphStore
from smashcima.assets.glyphs.mung import read_mung
from smashcima.assets.glyphs.store_file import packed_table
from smashcima.assets.muscima import extraction
from smashcima.assets.muscima.extraction import extract_glyphs
from smashcima.errors import CorruptAssetError

PAGES = (
    "CVC-MUSCIMA_W-05_N-19_D-ideal",
    "CVC-MUSCIMA_W-11_N-09_D-ideal",
    "CVC-MUSCIMA_W-18_N-09_D-ideal",
    "CVC-MUSCIMA_W-19_N-19_D-ideal",
)


@pytest.fixture(scope="module")
def part(shared_data: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An archive of four pages of four writers, in both versions."""
    path = tmp_path_factory.mktemp("part") / "part.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for version, directory in (("v1.0", "cropobjects_withstaff"), ("v2.0", "annotations")):
            with zipfile.ZipFile(shared_data / "muscima" / f"MUSCIMA-pp_{version}_dev.zip") as source:
                for page in PAGES:
                    member = f"{version}/data/{directory}/{page}.xml"
                    archive.writestr(member, source.read(member))
    return path


def documents(version: str = "v1.0", directory: str = "cropobjects_withstaff") -> dict[str, str]:
    return {page: f"{version}/data/{directory}/{page}.xml" for page in PAGES}


@pytest.fixture(scope="module")
def store(part: Path) -> GlyphStore:
    return GlyphStore.from_table(extract_glyphs(part, documents(), processes=1).table)


def test_the_number_of_processes_makes_no_difference(part: Path, store: GlyphStore):
    one = b"".join(packed_table(extract_glyphs(part, documents(), processes=1).table))
    assert b"".join(packed_table(extract_glyphs(part, documents(), processes=2).table)) == one
    assert (
        b"".join(packed_table(extract_glyphs(part, dict(reversed(documents().items())), processes=9).table))
        == one
    )


def test_masks_equal_those_of_the_source(part: Path, store: GlyphStore):
    """Flags of several strokes and trills are united of several masks; all others are compared."""
    compared = 0
    with zipfile.ZipFile(part) as archive:
        things = {
            (page, thing.object_id): thing
            for page, member in documents().items()
            for thing in read_mung(archive.read(member), page)
        }
    for index in range(len(store)):
        name = store.label(index)
        if name.startswith(("smufl::flag", "smufl::ornamentTrill")) or (
            name.startswith("smashcima::flag") and "Small" in name
        ):
            continue
        thing = things[store.source(index)]
        assert thing.mask is not None
        assert np.array_equal(store.mask(index), thing.mask * 255)
        assert store.positions_px[index].tolist() == [thing.left, thing.top]
        compared += 1
    assert compared > 1200


def test_masks_lie_on_the_ink_of_the_page(shared_data: Path):
    """The page as CVC-MUSCIMA published it has ink wherever its glyphs have."""
    import cv2

    page = "CVC-MUSCIMA_W-01_N-10_D-ideal"
    image = cv2.imread(str(shared_data / "muscima" / "images" / f"{page}.png"), cv2.IMREAD_GRAYSCALE)
    member = f"v1.0/data/cropobjects_withstaff/{page}.xml"
    table = extract_glyphs(
        shared_data / "muscima" / "MUSCIMA-pp_v1.0_dev.zip", {page: member}, processes=1
    ).table
    store = GlyphStore.from_table(table)
    heads = store.of("smufl::noteheadBlack")
    assert len(heads) > 150
    for index in heads:
        (left, top), (width, height) = store.positions_px[index].tolist(), store.sizes[index].tolist()
        ink = image[top : top + height, left : left + width] > 127
        assert ink[store.mask(index) > 0].mean() > 0.97


def test_outlines_are_those_of_the_masks(store: GlyphStore):
    import cv2

    fine = 16
    overlaps = []
    for index in range(0, len(store), 7):
        mask = np.pad(store.mask(index) > 0, 2)
        outline = store.contours_px(index)
        assert outline.area == pytest.approx(np.count_nonzero(mask), rel=0.02)
        if mask.size > 40_000:
            continue
        seen = np.zeros((mask.shape[0] * fine, mask.shape[1] * fine), np.uint8)
        rings = [np.round(((ring + 2) * fine - 0.5) * 256).astype(np.int32) for ring in outline.rings]
        cv2.fillPoly(seen, rings, 1, shift=8)
        shares = seen.reshape(mask.shape[0], fine, mask.shape[1], fine).mean(axis=(1, 3))
        covered = shares >= 0.5
        overlaps.append((covered & mask).sum() / (covered | mask).sum())
    assert len(overlaps) > 150
    assert np.median(overlaps) > 0.97
    assert np.percentile(overlaps, 5) > 0.95
    assert min(overlaps) > 0.9


def test_both_versions_of_the_set_give_the_same_glyphs(part: Path, store: GlyphStore):
    """Version 2.0 renamed classes and corrected a few; the masks are the same."""
    second = GlyphStore.from_table(extract_glyphs(part, documents("v2.0", "annotations"), processes=1).table)
    for label in (
        "smufl::noteheadBlack",
        "smufl::stem",
        "smashcima::beamHook",
        "smufl::flag16thUp",
        "smufl::flag8thDown",
    ):
        ours = sorted(store.source(i) for i in store.of(label, usable_only=False))
        assert ours == sorted(second.source(i) for i in second.of(label, usable_only=False)), label
    both = set(store.labels) & set(second.labels)
    assert len(both) / len(set(store.labels) | set(second.labels)) > 0.95


def test_what_becomes_no_glyph_is_counted(tmp_path: Path):
    node = "<Node><Id>1</Id><ClassName>{}</ClassName><Top>1</Top><Left>1</Left><Width>9</Width><Height>9</Height><Mask>{}</Mask></Node>"
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        for writer in (1, 2):
            text = node.format("unclassified", "1:81") + node.format("noteheadFull", "0:81")
            archive.writestr(f"x/W-0{writer}_N-01.xml", f"<Nodes>{text}</Nodes>")
    found = extract_glyphs(tmp_path / "a.zip", {f"W-0{i}_N-01": f"x/W-0{i}_N-01.xml" for i in (1, 2)}, 2)
    assert found.left_out == {"unclassified": 2, "noteheadFull": 2}
    assert len(found.table) == 0


def test_a_helper_that_dies_is_replaced(part: Path, store: GlyphStore, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(extraction, "_BOOTSTRAP", "import os; os._exit(9)")
    assert len(extract_glyphs(part, documents(), processes=2).table) == len(store)


def test_a_page_that_is_no_graph_is_an_error(tmp_path: Path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        archive.writestr("x/W-01_N-01.xml", "<Nodes/>")
        archive.writestr("x/W-02_N-01.xml", "<Nodes><Node/></Nodes>")
    for processes in (1, 2):
        with pytest.raises(CorruptAssetError, match="W-02_N-01 has a node"):
            extract_glyphs(
                tmp_path / "a.zip",
                {"W-01_N-01": "x/W-01_N-01.xml", "W-02_N-01": "x/W-02_N-01.xml"},
                processes,
            )


def test_progress_is_told_by_writer(part: Path):
    told = []

    def track(writers, count):
        told.append(count)
        for writer in writers:
            told.append(writer)
            yield writer

    extract_glyphs(part, documents(), processes=1, track=track)
    assert told == [4, "W-05", "W-11", "W-18", "W-19"]
