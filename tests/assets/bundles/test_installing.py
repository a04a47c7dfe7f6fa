"""Bundles are installed whole, once for each version, and made again when what they are made from changed."""

from __future__ import annotations

import json
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from smashcima.assets.bundles import AssetBundle, AssetRepository, RemoteFile
from smashcima.errors import AssetError, AssetNotInstalledError, CorruptAssetError, Issue, SettingsError

HELLO_SHA256 = "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"
HELLO = RemoteFile("hello.txt", sha256=HELLO_SHA256, size=5)
ANY = RemoteFile("any.txt")


class Words(AssetBundle):
    version = "1.0"
    license = "CC0"
    citation = "Anonymous: Words"
    homepage = "http://words.example"
    installs = 0

    def install(self) -> None:
        type(self).installs += 1
        self.fetch(ANY, keep=True)
        self.details["words"] = 1

    def text(self) -> str:
        return (self.directory / "any.txt").read_text()


class Doubled(AssetBundle):
    version = "2"
    license = "CC BY 4.0"
    dependencies = (Words,)

    def __post_init__(self) -> None:
        self.text = (self.directory / "sub" / "twice.txt").read_text()

    def install(self) -> None:
        (self.directory / "sub").mkdir()
        (self.directory / "sub" / "twice.txt").write_text(self.dependency(Words).text() * 2)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    directory = tmp_path / "source"
    directory.mkdir()
    (directory / "any.txt").write_text("la")
    (directory / "hello.txt").write_text("hello")
    return directory


@pytest.fixture
def local(assets: Path, source: Path) -> AssetRepository:
    return AssetRepository(local_sources=[source])


def test_a_bundle_is_installed_under_its_name_and_version_and_opened(local: AssetRepository, assets: Path):
    assert not local.is_installed(Words)
    words = local.resolve_bundle(Words)
    assert words.directory == assets / "Words" / "1.0"
    assert words.text() == "la"
    assert local.is_installed(Words)


def test_what_is_installed_is_not_installed_again(local: AssetRepository, source: Path):
    before = Words.installs
    local.resolve_bundle(Words)
    (source / "any.txt").unlink()
    assert AssetRepository.default().resolve_bundle(Words).text() == "la"
    assert Words.installs == before + 1


def test_the_record_has_all_files_sources_terms_and_details_and_no_paths(local: AssetRepository):
    words = local.resolve_bundle(Words)
    text = (words.directory / "manifest.json").read_text(encoding="utf-8")
    la_sha256 = "b737ca7ee563ae80e457bb3d1dfe64edd2b4c015a8f88b6f87d5c113b68897fd"
    assert json.loads(text) == {
        "format": 1,
        "name": "Words",
        "version": "1.0",
        "license": "CC0",
        "citation": "Anonymous: Words",
        "homepage": "http://words.example",
        "files": [{"path": "any.txt", "size": 2, "sha256": la_sha256}],
        "dependencies": [],
        "sources": [
            {
                "file_name": "any.txt",
                "origin": "local file any.txt",
                "size": 2,
                "sha256": la_sha256,
                "is_known": False,
            }
        ],
        "details": {"words": 1},
    }
    assert words.manifest.size == 2


def test_the_same_sources_give_the_same_record_anywhere(local: AssetRepository, source: Path, tmp_path: Path):
    other = AssetRepository(tmp_path / "elsewhere", [source / "any.txt"])
    here, there = local.resolve_bundle(Doubled), other.resolve_bundle(Doubled)
    assert here.directory != there.directory
    assert (here.directory / "manifest.json").read_bytes() == (there.directory / "manifest.json").read_bytes()


def test_dependencies_are_installed_first_and_recorded(local: AssetRepository):
    doubled = local.resolve_bundle(Doubled)
    assert doubled.text == "lala"
    words = local.resolve_bundle(Words)
    assert doubled.versions() == {
        "bundle Doubled": f"2 sha256:{doubled.manifest.checksum}",
        "bundle Words": f"1.0 sha256:{words.manifest.checksum}",
    }
    (record,) = doubled.manifest.dependencies
    assert (record.license, record.citation) == ("CC0", "Anonymous: Words")


def test_a_bundle_does_without_its_dependencies_once_it_is_installed(local: AssetRepository):
    local.resolve_bundle(Doubled)
    local.remove(Words)
    assert local.is_installed(Doubled)
    doubled = local.resolve_bundle(Doubled)
    assert doubled.text == "lala"
    assert not local.is_installed(Words)
    with pytest.raises(AssetNotInstalledError, match="Words is not installed"):
        doubled.dependency(Words)


def test_a_bundle_is_made_again_when_its_dependency_has_another_content(local: AssetRepository, source: Path):
    first = local.resolve_bundle(Doubled).versions()
    (source / "any.txt").write_text("do")
    local.resolve_bundle(Words, force_install=True)
    assert not local.is_installed(Doubled)
    assert "made from a different Words" in str(local.problem(Doubled))
    with pytest.raises(AssetNotInstalledError, match="made from a different Words"):
        local.resolve_bundle(Doubled, install=False)
    again = local.resolve_bundle(Doubled)
    assert again.text == "dodo"
    assert again.versions() != first


def test_a_bundle_is_made_again_when_its_dependency_has_another_version(
    local: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    local.resolve_bundle(Doubled)
    monkeypatch.setattr(Words, "version", "1.1")
    assert local.problem(Doubled) == "it was made from version 1.0 of Words, whose version is now 1.1"
    local.resolve_bundle(Doubled)
    assert local.is_installed(Doubled)
    assert [(each.name, each.version) for each in local.list()] == [
        ("Doubled", "2"),
        ("Words", "1.0"),
        ("Words", "1.1"),
    ]


def test_forcing_installs_again_only_what_was_named(local: AssetRepository, source: Path):
    local.resolve_bundle(Doubled)
    before = Words.installs
    (source / "any.txt").write_text("do")
    assert local.resolve_bundle(Doubled, force_install=True).text == "lala"
    assert Words.installs == before
    assert local.resolve_bundle(Words, force_install=True).text() == "do"


def test_another_content_of_an_unknown_file_is_told(
    local: AssetRepository, source: Path, caplog: pytest.LogCaptureFixture
):
    local.resolve_bundle(Words)
    local.resolve_bundle(Words, force_install=True)
    assert caplog.text == ""
    (source / "any.txt").write_text("do")
    local.resolve_bundle(Words, force_install=True)
    assert "any.txt (local file any.txt) has the sha256" in caplog.text
    assert "but the previously installed one (local file any.txt) has b737ca7e" in caplog.text


def test_versions_lie_side_by_side_and_are_removed_one_by_one(
    local: AssetRepository, assets: Path, monkeypatch: pytest.MonkeyPatch
):
    local.resolve_bundle(Words)
    monkeypatch.setattr(Words, "version", "1.1")
    assert not local.is_installed(Words)
    local.resolve_bundle(Words)
    assert [each.version for each in local.remove("Words", "1.0")] == ["1.0"]
    assert [each.version for each in local.list()] == ["1.1"]
    assert [each.version for each in local.remove("Words")] == ["1.1"]
    assert local.list() == ()
    assert not (assets / "Words").exists()
    assert local.remove("Words") == ()


def test_a_repository_may_be_moved(local: AssetRepository, assets: Path, tmp_path: Path):
    local.resolve_bundle(Doubled)
    moved = tmp_path / "moved"
    os.replace(assets, moved)
    assert AssetRepository(moved).resolve_bundle(Doubled, install=False).text == "lala"


def test_without_installing_nothing_is_made(repository: AssetRepository, assets: Path):
    with pytest.raises(AssetNotInstalledError, match="smashcima assets install Words") as caught:
        repository.resolve_bundle(Words, install=False)
    assert isinstance(caught.value, LookupError)
    assert repository.list() == ()
    assert not assets.exists()


def test_to_force_what_is_not_to_be_done_makes_no_sense(local: AssetRepository):
    local.resolve_bundle(Words)
    with pytest.raises(SettingsError, match="force_install=True requires install=True"):
        local.resolve_bundle(Words, force_install=True, install=False)


def test_circles_of_dependencies_are_told(repository: AssetRepository, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Words, "dependencies", (Doubled,))
    with pytest.raises(AssetError, match="circle: Doubled → Words → Doubled"):
        repository.resolve_bundle(Doubled)


@pytest.mark.parametrize("attribute", ["name", "version"])
@pytest.mark.parametrize("value", ["", ".", "..", "a/b", "a\\b", ".hidden", "a..b", "ends."])
def test_names_that_are_no_directory_are_refused(
    repository: AssetRepository, monkeypatch: pytest.MonkeyPatch, attribute: str, value: str
):
    monkeypatch.setattr(Words, attribute, value)
    with pytest.raises(AssetError, match=f"The {attribute} of the bundle Words"):
        repository.resolve_bundle(Words)


@pytest.mark.parametrize("name", ["", "../x", "a/b", ".x", "a\\b"])
def test_names_of_files_cannot_lead_elsewhere(name: str):
    with pytest.raises(AssetError, match="cannot be the name of a file"):
        RemoteFile(name)


def test_a_checksum_must_be_one():
    with pytest.raises(AssetError, match="not a sha256"):
        RemoteFile("a.txt", sha256="ABC")


class Failing(AssetBundle):
    version = "1"
    error: type[BaseException] = ValueError

    def install(self) -> None:
        (self.directory / "half.txt").write_text("half")
        if self.error is not AssetError:
            raise self.error("broken")


@pytest.mark.parametrize("error", [ValueError, KeyboardInterrupt, CorruptAssetError])
def test_an_error_while_installing_leaves_nothing(
    repository: AssetRepository,
    assets: Path,
    leavings: Callable[[Path], list[str]],
    monkeypatch: pytest.MonkeyPatch,
    error: type[BaseException],
):
    monkeypatch.setattr(Failing, "error", error)
    with pytest.raises(error, match="broken"):
        repository.resolve_bundle(Failing)
    assert repository.list() == ()
    assert leavings(assets) == []
    monkeypatch.setattr(Failing, "error", AssetError)
    assert repository.resolve_bundle(Failing).manifest.files[0].path == "half.txt"


def test_a_failed_replacement_leaves_what_was_there(
    repository: AssetRepository, assets: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(Failing, "error", AssetError)
    repository.resolve_bundle(Failing)
    monkeypatch.setattr(Failing, "error", ValueError)
    with pytest.raises(ValueError, match="broken"):
        repository.resolve_bundle(Failing, force_install=True)
    assert repository.is_installed(Failing)
    assert repository.verify(Failing) == ()


def test_a_disk_that_fails_is_an_asset_error(repository: AssetRepository, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(Failing, "error", OSError)
    with pytest.raises(AssetError, match="Nothing can be installed in .*broken.* SMASHCIMA_CACHE"):
        repository.resolve_bundle(Failing)


class WritesOurName(AssetBundle):
    version = "1"

    def install(self) -> None:
        (self.directory / "manifest.json").write_text("{}")


def test_the_name_of_the_record_is_taken(repository: AssetRepository):
    with pytest.raises(AssetError, match=r"wrote a file manifest\.json"):
        repository.resolve_bundle(WritesOurName)


def test_fetching_and_foreign_bundles_are_for_those_who_asked(local: AssetRepository):
    words = local.resolve_bundle(Words)
    with pytest.raises(AssetError, match="in `install` only"):
        words.fetch(ANY)
    with pytest.raises(AssetError, match="not among its `dependencies`"):
        words.dependency(Doubled)


class Tracked(AssetBundle):
    version = "1"

    def install(self) -> None:
        for word in self.track(["a", "b"], "writing"):
            (self.directory / word).write_text(word)
        fetched = self.fetch(HELLO)
        fetched.write_text("spoiled")  # a copy is ours


def test_what_is_fetched_is_a_copy_that_is_gone_afterwards(local: AssetRepository, source: Path):
    bundle = local.resolve_bundle(Tracked)
    assert [file.path for file in bundle.manifest.files] == ["a", "b"]
    assert (source / "hello.txt").read_text() == "hello"
    (record,) = bundle.manifest.sources
    assert (record.sha256, record.is_known) == (HELLO_SHA256, True)


def test_a_local_file_with_the_known_checksum_may_have_any_name(assets: Path, tmp_path: Path):
    (tmp_path / "renamed.bin").write_text("hello")
    (tmp_path / "other.txt").write_text("jello")
    taken = AssetRepository(local_sources=[tmp_path / "other.txt", tmp_path / "renamed.bin"])
    taken.resolve_bundle(Tracked)
    assert taken.used_sources == [tmp_path / "renamed.bin"]


def test_a_local_file_of_that_name_and_another_content_is_refused(assets: Path, source: Path):
    (source / "hello.txt").write_text("jello")
    with pytest.raises(
        CorruptAssetError, match=r"hello\.txt has the sha256 .*, but hello\.txt must have 2cf24d"
    ):
        AssetRepository(local_sources=[source]).resolve_bundle(Tracked)


def test_a_local_file_of_unknown_checksum_is_taken_by_its_suffix(assets: Path, tmp_path: Path):
    (tmp_path / "a.zip").write_text("no")
    (tmp_path / "b.TXT").write_text("yes")
    found = AssetRepository(local_sources=[tmp_path / "a.zip", tmp_path / "b.TXT"]).resolve_bundle(Words)
    assert found.text() == "yes"


def test_the_environment_names_sources(
    repository: AssetRepository, source: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", str(source))
    assert repository.resolve_bundle(Words).text() == "la"


def test_tampered_files_are_found(local: AssetRepository):
    bundle = local.resolve_bundle(Tracked)
    assert local.verify(Tracked) == ()
    (bundle.directory / "a").write_text("A")
    (bundle.directory / "b").unlink()
    (bundle.directory / "c").write_text("c")
    assert local.verify(Tracked) == (
        Issue("a", "Tracked", "has a different checksum"),
        Issue("b", "Tracked", "is missing"),
        Issue("c", "Tracked", "does not belong to the bundle"),
    )
    (installed,) = local.list()
    assert local.verify(installed) == local.verify(Tracked)
    (bundle.directory / "a").write_text("AA")
    assert local.verify(Tracked)[0].what == "has 2 bytes instead of 1"


@pytest.mark.parametrize("text", ["", "{", "[]", "{}", '{"format": 9}', "\xff"])
def test_a_damaged_record_is_told_and_installed_over(local: AssetRepository, text: str):
    record = local.resolve_bundle(Words).directory / "manifest.json"
    record.write_bytes(text.encode("latin-1"))
    assert not local.is_installed(Words)
    with pytest.raises(CorruptAssetError, match=r"manifest\.json"):
        local.verify(Words)
    (installed,) = local.list()
    assert installed.manifest is None
    assert local.resolve_bundle(Words).text() == "la"


@pytest.fixture
def as_nobody() -> Iterator[Callable[[], None]]:
    """Takes the rights of root from this process until the end of the test."""
    if not hasattr(os, "geteuid"):
        pytest.skip("permissions of directories are for POSIX")
    is_root = os.geteuid() == 0

    def drop() -> None:
        if is_root:
            os.seteuid(65534)

    yield drop
    if is_root:
        os.seteuid(0)


def test_a_directory_that_cannot_be_written_serves_and_refuses(
    as_nobody: Callable[[], None], source: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    fixed = tmp_path / "fixed"
    fixed.mkdir()
    monkeypatch.chdir(fixed)  # nobody may be unable to come here otherwise
    repository = AssetRepository(Path(), [source])
    repository.resolve_bundle(Words)
    for path in (fixed, *fixed.rglob("*")):
        path.chmod(0o555 if path.is_dir() else 0o444)
    as_nobody()
    try:
        assert repository.resolve_bundle(Words).text() == "la"
        with pytest.raises(AssetError, match=r"Nothing can be installed in .* SMASHCIMA_CACHE"):
            repository.resolve_bundle(Doubled)
        attempt = repository.try_resolve(Doubled)
        assert attempt.bundle is None
        assert "Nothing can be installed" in attempt.reason
    finally:
        if os.getuid() == 0:
            os.seteuid(0)
        for path in (fixed, *fixed.rglob("*")):
            path.chmod(0o755)
