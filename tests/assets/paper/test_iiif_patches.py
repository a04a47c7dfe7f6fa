from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from smashcima.assets.bundles import AssetRepository
from smashcima.assets.paper import IiifPaperPatches, MzkPaperPatches, iiif_url
from smashcima.assets.paper.iiif import addresses_of
from smashcima.assets.paper.patch_table import PatchRow
from smashcima.errors import CorruptAssetError, DownloadError

HEADER = "identifier,x,y,width,height,dpi,server,note\n"


def test_an_address_has_the_identifier_the_rectangle_and_the_size():
    assert (
        iiif_url("https://images.example.org/iiif/", "uuid:12-ab", 10, 20, 300, 400)
        == "https://images.example.org/iiif/uuid:12-ab/10,20,300,400/full/0/default.jpg"
    )


def test_slashes_of_an_identifier_are_escaped():
    assert (
        iiif_url("https://a.org", "f/1 r", 0, 0, 64, 64, "max")
        == "https://a.org/f%2F1%20r/0,0,64,64/max/0/default.jpg"
    )


def test_a_server_may_have_the_identifier_in_the_middle():
    assert iiif_url("https://a.org/items/{id}/image", "p1", 0, 0, 64, 64) == (
        "https://a.org/items/p1/image/0,0,64,64/full/0/default.jpg"
    )


def test_a_row_without_a_server_is_asked_for_at_those_of_the_bundle_in_both_versions():
    row = PatchRow("p", 1, 2, 64, 65, 300)
    assert addresses_of(row, ("https://a.org", "https://b.org")) == (
        "https://a.org/p/1,2,64,65/full/0/default.jpg",
        "https://a.org/p/1,2,64,65/max/0/default.jpg",
        "https://b.org/p/1,2,64,65/full/0/default.jpg",
        "https://b.org/p/1,2,64,65/max/0/default.jpg",
    )


def test_the_bundle_of_the_moravian_library_asks_its_servers():
    assert MzkPaperPatches.servers[0].startswith("https://kramerius.mzk.cz/")
    assert MzkPaperPatches.table is None
    assert MzkPaperPatches.license
    assert MzkPaperPatches.citation


def repository_with(tmp_path: Path, *rows: str) -> AssetRepository:
    source = tmp_path / "mine"
    source.mkdir(exist_ok=True)
    (source / "MzkPaperPatches.csv").write_text(
        HEADER + "".join(f"{row}\n" for row in rows), encoding="utf-8"
    )
    return AssetRepository(tmp_path / "assets", local_sources=[source], progress_bars=False)


def test_patches_are_cut_from_pages_and_read_with_their_resolution(images, tmp_path: Path):
    repository = repository_with(
        tmp_path, f"page-1,40,30,100,80,300,{images.url},top", f"page-2,0,100,64,64,400,{images.url},"
    )
    bundle = repository.resolve_bundle(MzkPaperPatches)
    assert [patch.dpi for patch in bundle.patches] == [300.0, 400.0]
    assert [patch.pixels.shape for patch in bundle.patches] == [(80, 100, 3), (64, 64, 3)]
    wanted = images.page[30:110, 40:140].astype(int)
    assert np.abs(bundle.patches[0].pixels.astype(int) - wanted).max() <= 12
    assert np.abs(bundle.patches[0].pixels.astype(int) - wanted).mean() < 2
    assert bundle.manifest.details == {"patches": 2, "pages": 2}


def test_what_is_installed_is_not_asked_for_again(images, tmp_path: Path):
    repository = repository_with(tmp_path, f"page-1,0,0,64,64,300,{images.url},")
    repository.resolve_bundle(MzkPaperPatches)
    count = len(images.requests)
    assert count == 1
    again = AssetRepository(tmp_path / "assets").resolve_bundle(MzkPaperPatches)
    assert len(again.patches) == 1
    assert len(images.requests) == count


def test_a_server_of_the_newer_version_is_asked_in_its_words(images, tmp_path: Path):
    repository = repository_with(tmp_path, f"modern,0,0,64,64,300,{images.url},")
    assert len(repository.resolve_bundle(MzkPaperPatches).patches) == 1
    assert images.requests[-1].endswith("/max/0/default.jpg")


@pytest.mark.parametrize("name, told", [("missing", "404"), ("crashed", "503"), ("broken", "broken off")])
def test_a_patch_that_cannot_be_had_says_what_happened_and_what_to_do(
    images, tmp_path: Path, name: str, told: str
):
    repository = repository_with(tmp_path, f"{name},0,0,64,64,300,{images.url},")
    with pytest.raises(DownloadError, match=told) as caught:
        repository.resolve_bundle(MzkPaperPatches)
    text = str(caught.value)
    assert f"{images.url}/{name}/0,0,64,64/full/0/default.jpg" in text
    assert f"{name}_0_0_64_64.jpg" in text
    assert "--from FOLDER" in text
    assert not list((tmp_path / "assets").glob("MzkPaperPatches/*"))


def test_a_slow_server_is_given_up(images, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_READ_TIMEOUT_S", "0.2")
    repository = repository_with(tmp_path, f"slow,0,0,64,64,300,{images.url},")
    with pytest.raises(DownloadError, match="slow_0_0_64_64.jpg"):
        repository.resolve_bundle(MzkPaperPatches)


@pytest.mark.parametrize(
    "name, told", [("page-of-html", "something else"), ("truncated", "is truncated"), ("half", "32 x 32 px")]
)
def test_what_is_not_the_picture_is_refused(images, tmp_path: Path, name: str, told: str):
    repository = repository_with(tmp_path, f"{name},0,0,64,64,300,{images.url},")
    with pytest.raises(CorruptAssetError, match=told):
        repository.resolve_bundle(MzkPaperPatches)
    assert not list((tmp_path / "assets").glob("MzkPaperPatches/*"))


def test_offline_the_error_names_addresses_and_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "1")
    repository = repository_with(tmp_path, "uuid:6b5e2a10-0000-4000-8000-000000000001,5,6,64,64,300,,")
    with pytest.raises(DownloadError) as caught:
        repository.resolve_bundle(MzkPaperPatches)
    text = str(caught.value)
    assert (
        "https://kramerius.mzk.cz/search/iiif/uuid:6b5e2a10-0000-4000-8000-000000000001/5,6,64,64/full/0/default.jpg"
        in text
    )
    assert "uuid-6b5e2a10-0000-4000-8000-000000000001_5_6_64_64.jpg" in text
    assert "smashcima assets install MzkPaperPatches --from FOLDER" in text


def test_patches_put_by_hand_beside_the_table_need_no_server(
    images, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    row = f"page-1,40,30,100,80,300,{images.url},"
    (tmp_path / "one").mkdir()
    first = repository_with(tmp_path / "one", row).resolve_bundle(MzkPaperPatches)
    repository = repository_with(tmp_path, row)
    (tmp_path / "mine" / "page-1_40_30_100_80.jpg").write_bytes(
        (first.directory / "page-1_40_30_100_80.jpg").read_bytes()
    )
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "1")
    assert np.array_equal(
        repository.resolve_bundle(MzkPaperPatches).patches[0].pixels, first.patches[0].pixels
    )


def test_without_a_table_the_error_says_what_one_is(tmp_path: Path):
    with pytest.raises(DownloadError, match="identifier, x, y, width, height, dpi") as caught:
        AssetRepository(tmp_path / "assets").resolve_bundle(MzkPaperPatches)
    assert "smashcima assets install MzkPaperPatches --from" in str(caught.value)


def test_a_wrong_table_is_refused_with_its_problems(tmp_path: Path):
    with pytest.raises(CorruptAssetError, match="line 2: dpi: 'many'"):
        repository_with(tmp_path, "page,0,0,64,64,many,,").resolve_bundle(MzkPaperPatches)


def test_a_bundle_may_bring_its_table(images, tmp_path: Path):
    path = tmp_path / "own.csv"
    path.write_text(f"{HEADER}page-1,0,0,70,80,250,,\n", encoding="utf-8")

    class OwnPatches(IiifPaperPatches):
        version = "1"
        license = "CC0"
        citation = "nobody"
        table = path
        servers = (images.url,)

    bundle = AssetRepository(tmp_path / "assets", progress_bars=False).resolve_bundle(OwnPatches)
    assert bundle.patches[0].pixels.shape == (80, 70, 3)
