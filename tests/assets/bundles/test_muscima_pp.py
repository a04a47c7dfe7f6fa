"""The archive of MUSCIMA++: what is taken, what is refused, and what is recorded about it."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from smashcima.assets.bundles import AssetRepository, MuscimaPP
from smashcima.errors import CorruptAssetError, DownloadError


@pytest.mark.parametrize(
    "name, version, member",
    [
        ("MUSCIMA-pp_v1.0_dev.zip", "1.0", "v1.0/data/cropobjects_withstaff"),
        ("MUSCIMA-pp_v2.0_dev.zip", "2.0", "v2.0/data/annotations"),
    ],
)
def test_parts_of_both_versions_are_installed_from_a_local_file(
    shared_data: Path, assets: Path, name: str, version: str, member: str
):
    bundle = AssetRepository(local_sources=[shared_data / "muscima" / name]).resolve_bundle(MuscimaPP)
    assert bundle.manifest.details == {
        "annotations": f"MUSCIMA++ {version}",
        "documents": 104,
        "documents_of_the_whole_set": 140,
        "writers": 38,
        "writers_of_the_whole_set": 50,
    }
    assert bundle.archive.read_bytes() == (shared_data / "muscima" / name).read_bytes()
    listed = (shared_data / "muscima" / "pages.txt").read_text().split()
    assert list(bundle.documents) == sorted(listed)
    assert bundle.documents[listed[0]] == f"{member}/{listed[0]}.xml"
    assert b"staff" in bundle.read(listed[0])
    assert len(bundle.writers) == 38
    assert bundle.writers[:3] == (1, 2, 3)
    (source,) = bundle.manifest.sources
    assert source.origin == f"local file {name}"
    assert not source.is_known


def archive(path: Path, *names: str) -> Path:
    with zipfile.ZipFile(path, "w") as file:
        for name in names:
            file.writestr(name, "<CropObjectList/>" * 40)
    return path


def test_a_small_part_serves_wherever_it_lies_in_the_archive(tmp_path: Path, assets: Path):
    path = archive(
        tmp_path / "part.zip",
        "somewhere/data/cropobjects_withstaff/CVC-MUSCIMA_W-50_N-03_D-ideal.xml",
        "somewhere/data/cropobjects_withstaff/CVC-MUSCIMA_W-07_N-20_D-ideal.xml",
        "somewhere/data/cropobjects_manual/CVC-MUSCIMA_W-01_N-01_D-ideal.xml",
        "__MACOSX/data/cropobjects_withstaff/._CVC-MUSCIMA_W-02_N-20_D-ideal.xml",
    )
    bundle = AssetRepository(local_sources=[path]).resolve_bundle(MuscimaPP)
    assert list(bundle.documents) == ["CVC-MUSCIMA_W-07_N-20_D-ideal", "CVC-MUSCIMA_W-50_N-03_D-ideal"]
    assert bundle.writers == (7, 50)
    assert bundle.manifest.details["documents"] == 2


def test_another_archive_is_refused(tmp_path: Path, assets: Path):
    path = archive(tmp_path / "other.zip", "data/annotations/readme.xml")
    with pytest.raises(CorruptAssetError, match="no annotated pages of MUSCIMA"):
        AssetRepository(local_sources=[path]).resolve_bundle(MuscimaPP)
    assert AssetRepository().list() == ()


def test_a_truncated_archive_is_refused(tmp_path: Path, assets: Path):
    path = archive(tmp_path / "a.zip", "data/annotations/CVC-MUSCIMA_W-50_N-03_D-ideal.xml")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CorruptAssetError, match="not a zip archive, or is damaged"):
        AssetRepository(local_sources=[path]).resolve_bundle(MuscimaPP)


def test_an_archive_with_a_flipped_byte_is_refused(tmp_path: Path, assets: Path):
    path = archive(tmp_path / "a.zip", "data/annotations/CVC-MUSCIMA_W-50_N-03_D-ideal.xml")
    data = bytearray(path.read_bytes())
    data[200] ^= 1
    path.write_bytes(bytes(data))
    with pytest.raises(CorruptAssetError, match=r"checksum of .*W-50_N-03_D-ideal\.xml is wrong"):
        AssetRepository(local_sources=[path]).resolve_bundle(MuscimaPP)


def test_offline_the_archive_can_be_fetched_by_hand(
    repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "yes")
    with pytest.raises(DownloadError) as caught:
        repository.resolve_bundle(MuscimaPP)
    text = str(caught.value)
    assert (
        "https://lindat.mff.cuni.cz/repository/xmlui/bitstream/handle/11372/LRT-2372/MUSCIMA-pp_v1.0.zip"
        in text
    )
    assert "smashcima assets install MuscimaPP --from PATH/MUSCIMA-pp_v1.0.zip" in text


def test_its_terms_are_told():
    assert MuscimaPP.license == "CC BY-NC-SA 4.0"
    assert "Hajič" in MuscimaPP.citation
    assert "Fornés" in MuscimaPP.citation
    assert MuscimaPP.homepage == "http://hdl.handle.net/11372/LRT-2372"
