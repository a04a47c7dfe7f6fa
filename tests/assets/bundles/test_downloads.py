"""Downloads from a server that is well, slow, short, wrong, or not there."""

from __future__ import annotations

import hashlib
import logging
import os
import socket
import threading
from collections.abc import Callable
from pathlib import Path
from typing import Any, ClassVar

import pytest

from smashcima.assets.bundles import AssetBundle, AssetRepository, RemoteFile, downloading
from smashcima.errors import AssetError, AssetNotInstalledError, CorruptAssetError, DownloadError

BODY = bytes(range(256)) * 2000
SHA256 = hashlib.sha256(BODY).hexdigest()


class Downloaded(AssetBundle):
    version = "1"
    file: ClassVar[RemoteFile]

    def install(self) -> None:
        self.fetch(self.file, keep=True)

    def content(self) -> bytes:
        return (self.directory / "data.bin").read_bytes()


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Sets where the file of the bundle is, and what is known about it."""

    def set_file(*urls: str, sha256: str | None = SHA256, size: int | None = len(BODY)) -> None:
        file = RemoteFile("data.bin", urls, sha256, size)
        monkeypatch.setattr(Downloaded, "file", file, raising=False)

    return set_file


@pytest.fixture
def nobody_there() -> str:
    """An address at which connections are refused."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return f"http://127.0.0.1:{probe.getsockname()[1]}/data.bin"


def test_a_file_is_downloaded_and_recorded(server: Any, answer: Any, at: Any, repository: AssetRepository):
    url = server.serves("/data.bin", answer(BODY))
    at(url)
    bundle = repository.resolve_bundle(Downloaded)
    assert bundle.content() == BODY
    (source,) = bundle.manifest.sources
    assert (source.origin, source.size, source.sha256, source.is_known) == (url, 512_000, SHA256, True)
    repository.resolve_bundle(Downloaded)
    assert len(server.requests) == 1


def test_without_a_known_checksum_what_came_is_recorded(
    server: Any, answer: Any, at: Any, repository: AssetRepository
):
    at(server.serves("/data.bin", answer(BODY)), sha256=None, size=None)
    (source,) = repository.resolve_bundle(Downloaded).manifest.sources
    assert (source.sha256, source.is_known) == (SHA256, False)


@pytest.mark.parametrize("sha256", [SHA256, None])
def test_a_broken_download_goes_on_where_it_ended(
    server: Any, answer: Any, at: Any, repository: AssetRepository, sha256: str | None
):
    broken = {"has_ranges": True, "etag": '"one"', "cut_after": 196_608}
    at(
        server.serves("/data.bin", answer(BODY, **broken), answer(BODY, **broken), answer(BODY, **broken)),
        sha256=sha256,
    )
    assert repository.resolve_bundle(Downloaded).content() == BODY
    first, second, third = (wanted for _, wanted in server.requests)
    assert first is None
    assert second == "bytes=196608-"
    assert third == "bytes=393216-"


def test_a_download_that_stops_goes_on_after_the_time_out(
    server: Any, answer: Any, at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_READ_TIMEOUT_S", "0.5")
    slow = answer(BODY, has_ranges=True, etag='"one"', wait_after=262_144)
    at(server.serves("/data.bin", slow, answer(BODY, has_ranges=True, etag='"one"')))
    assert repository.resolve_bundle(Downloaded).content() == BODY
    assert server.waiting.is_set()
    assert server.requests[1][1] == "bytes=262144-"


@pytest.mark.parametrize("kind", ["no ranges", "no tag", "weak tag", "another file"])
def test_a_download_that_cannot_go_on_begins_again(
    server: Any, answer: Any, at: Any, repository: AssetRepository, kind: str
):
    old = bytes(len(BODY))
    first, second = {
        "no ranges": (answer(old, cut_after=1000), answer(BODY)),
        "no tag": (answer(old, cut_after=1000, has_ranges=True), answer(BODY, has_ranges=True)),
        "weak tag": (
            answer(old, cut_after=1000, has_ranges=True, etag='W/"a"'),
            answer(BODY, has_ranges=True, etag='W/"a"'),
        ),
        "another file": (
            answer(old, cut_after=1000, has_ranges=True, etag='"old"'),
            answer(BODY, has_ranges=True, etag='"new"'),
        ),
    }[kind]
    at(server.serves("/data.bin", first, second), sha256=None)
    assert repository.resolve_bundle(Downloaded).content() == BODY
    assert len(server.requests) == 2


def test_a_download_that_is_always_short_fails(
    server: Any, answer: Any, at: Any, repository: AssetRepository, assets: Path, leavings: Any
):
    at(server.serves("/data.bin", answer(BODY, cut_after=1000)))
    with pytest.raises(
        DownloadError, match=r"(broken off|1000 of 512000 bytes) \(after 4 attempts\)"
    ) as caught:
        repository.resolve_bundle(Downloaded)
    assert isinstance(caught.value, OSError)
    assert len(server.requests) == 4
    assert leavings(assets) == []


@pytest.mark.parametrize("status", [429, 500, 503])
def test_a_server_in_trouble_is_asked_again(
    server: Any, answer: Any, at: Any, repository: AssetRepository, status: int
):
    at(server.serves("/data.bin", answer(b"busy", status), answer(b"busy", status), answer(BODY)))
    assert repository.resolve_bundle(Downloaded).content() == BODY
    assert len(server.requests) == 3


def test_the_server_says_how_long_to_wait(
    server: Any, answer: Any, at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    waits: list[float] = []
    monkeypatch.setattr(downloading.time, "sleep", waits.append)
    at(server.serves("/data.bin", answer(b"busy", 503, headers={"Retry-After": "7"}), answer(BODY)))
    repository.resolve_bundle(Downloaded)
    assert waits == [7]


def test_a_server_that_does_not_exist_is_told(at: Any, repository: AssetRepository):
    at("http://nowhere.invalid/data.bin")
    with pytest.raises(DownloadError, match=r"nowhere\.invalid was not found|was not found within"):
        repository.resolve_bundle(Downloaded)


def test_a_look_up_that_hangs_ends_in_time(
    at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_CONNECT_TIMEOUT_S", "0.2")
    is_over = threading.Event()
    monkeypatch.setattr(socket, "getaddrinfo", lambda *_: is_over.wait(20))
    at("http://nowhere.invalid/data.bin")
    with pytest.raises(DownloadError, match=r"not found within 0\.2 s"):
        repository.resolve_bundle(Downloaded)
    is_over.set()


@pytest.mark.parametrize("url", ["http:///data.bin", "data.bin", "ftp://"])
def test_an_address_that_is_none_is_told(at: Any, repository: AssetRepository, url: str):
    at(url)
    with pytest.raises(DownloadError, match="is not the URL of a file"):
        repository.resolve_bundle(Downloaded)


def test_nothing_is_asked_when_the_environment_says_offline(
    server: Any, answer: Any, at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    at(server.serves("/data.bin", answer(BODY)))
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "1")
    with pytest.raises(DownloadError, match="SMASHCIMA_OFFLINE is set"):
        repository.resolve_bundle(Downloaded)
    assert server.requests == []


def test_a_file_without_an_address_can_only_be_given(at: Any, repository: AssetRepository):
    at()
    with pytest.raises(DownloadError, match=r"it has no known URL(.|\n)*Obtain data\.bin\."):
        repository.resolve_bundle(Downloaded)


def test_pooch_is_quiet_and_keeps_its_voice_for_others(
    server: Any, answer: Any, at: Any, repository: AssetRepository, caplog: pytest.LogCaptureFixture
):
    import pooch

    logger = pooch.get_logger()
    level = logger.level
    at(server.serves("/data.bin", answer(BODY)), sha256=None)
    with caplog.at_level(logging.INFO):
        repository.resolve_bundle(Downloaded)
    assert "SHA256 hash of downloaded file" not in caplog.text
    assert logger.level == level


def test_a_bar_is_shown_when_asked_for(
    server: Any, answer: Any, at: Any, assets: Path, capsys: pytest.CaptureFixture[str]
):
    at(server.serves("/data.bin", answer(b"busy", 503), answer(BODY)))
    AssetRepository(progress_bars=True).resolve_bundle(Downloaded)
    shown = capsys.readouterr()
    assert "HTTP 503" in shown.err
    assert "retrying in 0.01 s" in shown.err
    assert shown.out == ""


class Many(AssetBundle):
    version = "1"
    urls: ClassVar[dict[str, str]] = {}

    def install(self) -> None:
        for name in self.track(sorted(self.urls), "Pieces"):
            self.fetch(RemoteFile(name, (self.urls[name],)), keep=True)


def test_many_files_are_downloaded_over_one_connection_with_bars_inside_a_bar(
    server: Any,
    answer: Any,
    assets: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
):
    urls = {f"{name}.bin": server.serves(f"/{name}", answer(name.encode())) for name in "abc"}
    monkeypatch.setattr(Many, "urls", {**urls, "d.bin": server.url("/missing")})
    repository = AssetRepository(progress_bars=True)
    with pytest.raises(DownloadError, match="HTTP 404"):
        repository.resolve_bundle(Many)
    monkeypatch.setattr(Many, "urls", urls)
    bundle = repository.resolve_bundle(Many)
    assert [source.file_name for source in bundle.manifest.sources] == ["a.bin", "b.bin", "c.bin"]
    assert len(server.requests) == 7
    assert server.connections == 2
    assert capsys.readouterr().out == ""


def test_a_local_file_stands_for_one_file_only_by_its_suffix(
    server: Any, answer: Any, assets: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "given.bin").write_text("given")
    monkeypatch.setattr(
        Many, "urls", {name: server.serves("/b", answer(b"b")) for name in ("a.bin", "b.bin")}
    )
    bundle = AssetRepository(local_sources=[tmp_path / "given.bin"]).resolve_bundle(Many)
    origins = [source.origin for source in bundle.manifest.sources]
    assert origins == ["local file given.bin", server.url("/b")]


def test_trying_gives_the_bundle_where_it_can_be_had(
    server: Any, answer: Any, at: Any, repository: AssetRepository
):
    at(server.serves("/data.bin", answer(BODY)))
    attempt = repository.try_resolve(Downloaded)
    assert attempt.bundle is not None
    assert attempt.bundle.content() == BODY
    assert attempt.reason == ""


def test_trying_is_done_once_a_day(
    server: Any, answer: Any, at: Any, repository: AssetRepository, assets: Path
):
    at(server.serves("/data.bin", answer(b"busy", 503)))
    first = repository.try_resolve(Downloaded)
    assert (first.bundle, first.is_new) == (None, True)
    assert "HTTP 503" in first.reason
    assert len(server.requests) == 1

    second = AssetRepository.default().try_resolve(Downloaded)
    assert (second.bundle, second.is_new) == (None, False)
    assert second.reason == first.reason
    assert "smashcima assets install Downloaded" in second.reason
    assert len(server.requests) == 1

    (record,) = (assets / ".failures").glob("*.json")
    age_s = 24 * 60 * 60 + 5
    then = record.stat().st_mtime - age_s
    os.utime(record, (then, then))
    assert repository.try_resolve(Downloaded).is_new
    assert len(server.requests) == 2

    in_the_future = record.stat().st_mtime + 3600
    os.utime(record, (in_the_future, in_the_future))
    assert repository.try_resolve(Downloaded).is_new


def test_asking_for_it_tries_whatever_failed_before_and_success_is_remembered(
    server: Any, answer: Any, at: Any, repository: AssetRepository
):
    at(server.serves("/data.bin", answer(b"gone", 404), answer(BODY)))
    assert repository.try_resolve(Downloaded).bundle is None
    repository.resolve_bundle(Downloaded)
    repository.remove(Downloaded)
    attempt = repository.try_resolve(Downloaded)
    assert attempt.bundle is not None


@pytest.mark.parametrize("change", ["mirror", "source", "argument"])
def test_new_settings_are_worth_another_attempt(
    server: Any,
    answer: Any,
    at: Any,
    repository: AssetRepository,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    change: str,
):
    at(server.url("/missing"))
    assert repository.try_resolve(Downloaded).is_new
    assert not repository.try_resolve(Downloaded).is_new
    (tmp_path / "data.bin").write_bytes(BODY)
    if change == "mirror":
        server.serves("/mirror/data.bin", answer(BODY))
        monkeypatch.setenv("SMASHCIMA_MIRRORS", server.url("/mirror"))
    elif change == "source":
        monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", str(tmp_path))
    else:
        repository = AssetRepository(local_sources=[tmp_path])
    assert repository.try_resolve(Downloaded).bundle is not None


def test_a_file_that_is_put_where_it_was_missed_is_found_at_the_next_start(
    at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
):
    (tmp_path / "files").mkdir()
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", str(tmp_path / "files"))
    at()
    assert repository.try_resolve(Downloaded).is_new
    assert not repository.try_resolve(Downloaded).is_new
    (tmp_path / "files" / "data.bin").write_bytes(BODY)
    assert repository.try_resolve(Downloaded).bundle is not None


def test_trying_offline_looks_nothing_up_from_the_second_time_on(
    at: Any, repository: AssetRepository, monkeypatch: pytest.MonkeyPatch
):
    looked_up = []
    is_over = threading.Event()

    def look_up(host: str, *_: object) -> None:
        looked_up.append(host)
        is_over.wait(20)

    monkeypatch.setattr(socket, "getaddrinfo", look_up)
    monkeypatch.setenv("SMASHCIMA_CONNECT_TIMEOUT_S", "0.2")
    at("http://nowhere.invalid/data.bin")
    repository.try_resolve(Downloaded)
    assert set(looked_up) == {"nowhere.invalid"}
    before = len(looked_up)
    for _ in range(5):
        assert repository.try_resolve(Downloaded).bundle is None
    assert len(looked_up) == before
    is_over.set()


def test_a_failure_of_a_dependency_is_remembered_for_those_who_need_it(
    server: Any, answer: Any, at: Any, repository: AssetRepository
):
    class Derived(AssetBundle):
        version = "1"
        dependencies = (Downloaded,)

        def install(self) -> None:
            raise AssetNotInstalledError("never comes here")

    at(server.serves("/data.bin", answer(b"gone", 404)))
    assert repository.try_resolve(Derived).is_new
    again = repository.try_resolve(Derived)
    assert not again.is_new
    assert "Derived is not installed" in again.reason
    assert "HTTP 404" in again.reason
    assert len(server.requests) == 1


def test_errors_are_of_one_family():
    assert issubclass(DownloadError, AssetError)
    assert issubclass(CorruptAssetError, AssetError)
