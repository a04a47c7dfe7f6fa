"""`smashcima assets`: what it prints, what it leaves on disk, and its exit codes."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from smashcima.assets.bundles import AssetBundle, AssetRepository, MuscimaPP
from smashcima.cli.main import app
from smashcima.orchestration import MusicScene
from smashcima.scene.semantic import Score

run = CliRunner()


@pytest.fixture(autouse=True)
def assets(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty directory of assets, and nothing of the network."""
    for variable in ("SMASHCIMA_ASSETS_FROM", "SMASHCIMA_MIRRORS"):
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "1")
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    return tmp_path / "cache" / "assets"


@pytest.fixture
def archive(tmp_path: Path) -> Path:
    """A very small part of MUSCIMA++ under another name."""
    path = tmp_path / "part.zip"
    with zipfile.ZipFile(path, "w") as file:
        file.writestr(
            "v1.0/data/cropobjects_withstaff/CVC-MUSCIMA_W-03_N-07_D-ideal.xml", "<CropObjectList/>"
        )
    return path


def told(*arguments: str | Path, code: int = 0) -> str:
    """What a command prints, without the breaks of lines."""
    result = run.invoke(app, ["assets", *map(str, arguments)])
    assert result.exit_code == code, result.output
    assert "Traceback" not in result.output
    return " ".join(result.output.split())


def test_a_bundle_is_installed_listed_checked_and_removed(archive: Path, assets: Path):
    assert "MuscimaPP 1 not installed CC BY-NC-SA 4.0" in told("list")
    assert "✓ MuscimaPP 1 is installed" in told("install", "muscimapp", "--from", archive)
    assert re.search(r"MuscimaPP 1 installed 0\.\d kB CC BY-NC-SA 4\.0", told("list"))
    assert told("verify") == "✓ MuscimaPP 1"
    assert told("verify", "muscimapp") == "✓ MuscimaPP 1"
    assert "✓ MuscimaPP 1 was removed" in told("remove", "muscimapp")
    assert "MuscimaPP 1 not installed" in told("list")
    assert not (assets / "MuscimaPP").exists()


def test_what_is_installed_stays_unless_forced(archive: Path, tmp_path: Path):
    told("install", "MuscimaPP", "--from", archive)
    other = tmp_path / "other.zip"
    with zipfile.ZipFile(other, "w") as file:
        file.writestr("v2.0/data/annotations/CVC-MUSCIMA_W-03_N-07_D-ideal.xml", "<Nodes/>")
    output = told("install", "MuscimaPP", "--from", other)
    assert "was already installed" in output
    assert "other.zip was not used. Use --force to reinstall." in output
    assert "MUSCIMA++ 1.0" in told("info", "MuscimaPP")
    told("install", "MuscimaPP", "--from", other, "--force")
    assert "MUSCIMA++ 2.0" in told("info", "MuscimaPP")


def test_a_file_for_what_is_installed_already_is_not_used_silently(
    archive: Path, monkeypatch: pytest.MonkeyPatch
):
    class Derived(AssetBundle):
        version = "1"
        dependencies = (MuscimaPP,)

        def install(self) -> None:
            (self.directory / "pages.txt").write_text(" ".join(self.dependency(MuscimaPP).documents))

    monkeypatch.setattr("smashcima.assets.bundles.bundle_by_name", lambda name: Derived)
    output = told("install", "Derived", "--from", archive)
    assert "Derived 1 is installed" in output
    assert "not used" not in output
    told("remove", "Derived")
    output = told("install", "Derived", "--from", archive)
    assert "part.zip was not used. Its dependency MuscimaPP was already installed" in output


def test_info_tells_terms_sources_and_content(archive: Path):
    before = told("info", "MuscimaPP")
    assert "state not installed" in before
    assert "http://hdl.handle.net/11372/LRT-2372" in before
    told("install", "MuscimaPP", "--from", archive, "-q")
    after = told("info", "MuscimaPP")
    assert "documents: 1, documents of the whole set: 140, writers: 1, writers of the whole set: 50" in after
    assert "local file part.zip" in after
    assert "checksum not known in advance" in after
    assert "content 1 file, " in after


def test_quiet_says_nothing(archive: Path):
    assert told("install", "MuscimaPP", "--from", archive, "--quiet") == ""
    assert told("remove", "MuscimaPP", "--quiet") == ""


def test_a_tampered_file_is_named(archive: Path, assets: Path):
    told("install", "MuscimaPP", "--from", archive)
    path = assets / "MuscimaPP" / "1" / "annotations.zip"
    path.write_bytes(path.read_bytes()[:-1] + b"?")
    output = told("verify", code=1)
    assert "✗ MuscimaPP 1 annotations.zip has a different checksum" in output
    assert "smashcima assets install MuscimaPP --force" in output


def test_old_versions_and_strangers_are_listed_and_can_be_removed(archive: Path, assets: Path):
    told("install", "MuscimaPP", "--from", archive)
    os.replace(assets / "MuscimaPP" / "1", assets / "MuscimaPP" / "0.9")
    (assets / "Stranger" / "7").mkdir(parents=True)
    output = told("list")
    assert "MuscimaPP 1 not installed" in output
    assert "MuscimaPP 0.9 old version" in output
    assert "Stranger 7 unknown bundle" in output
    assert "MuscimaPP 0.9" in told("remove", "MuscimaPP", "--version", "2", code=1)
    told("remove", "MuscimaPP", "--version", "0.9")
    told("remove", "stranger")
    assert AssetRepository(assets).list() == ()


def test_a_damaged_record_is_told(archive: Path, assets: Path):
    told("install", "MuscimaPP", "--from", archive)
    (assets / "MuscimaPP" / "1" / "manifest.json").write_text("{")
    assert "MuscimaPP 1 damaged" in told("list")
    assert "record damaged" in told("info", "MuscimaPP")
    assert "manifest.json is damaged" in told("verify", code=1)
    told("install", "MuscimaPP", "--from", archive)
    assert "MuscimaPP 1 installed" in told("list")


def test_nothing_installed_is_no_error_of_verify_without_a_name():
    assert told("verify") == "Nothing is installed."
    assert "MuscimaPP is not installed" in told("verify", "MuscimaPP", code=1)
    assert "MuscimaPP is not installed. Installed: nothing." in told("remove", "MuscimaPP", code=1)


def test_offline_the_way_by_hand_is_told():
    output = told("install", "MuscimaPP", code=1)
    assert "SMASHCIMA_OFFLINE is set" in output
    assert "smashcima assets install MuscimaPP --from PATH/MUSCIMA-pp_v1.0.zip" in output


def test_a_file_that_is_something_else_is_told(tmp_path: Path):
    (tmp_path / "notes.txt").write_text("no")
    (tmp_path / "broken.zip").write_text("no")
    assert "notes.txt: is a different file" in told(
        "install", "MuscimaPP", "--from", tmp_path / "notes.txt", code=1
    )
    assert f"{tmp_path}: contains none of" in told("install", "MuscimaPP", "--from", tmp_path, code=1)
    assert "not a zip archive" in told("install", "MuscimaPP", "--from", tmp_path / "broken.zip", code=1)


@pytest.mark.parametrize(
    "arguments",
    [["install", "Muscima"], ["info", "nothing"], ["install", "MuscimaPP", "--from", "nowhere"], ["fly"]],
)
def test_what_makes_no_sense_is_exit_code_2(arguments: list[str]):
    told(*arguments, code=2)


def test_a_senseless_setting_is_exit_code_2(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "perhaps")
    assert "SMASHCIMA_OFFLINE is 'perhaps'" in told("install", "MuscimaPP", code=2)


def test_licences_of_what_is_installed_and_built_in(archive: Path):
    assert "No bundles are installed" in told("licenses")
    told("install", "MuscimaPP", "--from", archive)
    output = told("licenses")
    assert "MuscimaPP 1: CC BY-NC-SA 4.0" in output
    assert "Hajič" in output
    for built_in in ("Bravura", "Petaluma", "Liberation Serif", "Hershey", "the pen"):
        assert built_in in output


def test_licences_of_a_scene_and_of_json_made_from_it(archive: Path, tmp_path: Path):
    told("install", "MuscimaPP", "--from", archive)
    versions = AssetRepository().resolve_bundle(MuscimaPP).versions()
    scene = MusicScene(score=Score(), versions={"smashcima": "1", **versions})
    scene.save(tmp_path / "page.scene")
    text = json.dumps({"images": [{"id": 1, "scene": {"versions": scene.versions}}]})
    (tmp_path / "coco.json").write_text(text)
    for name in ("page.scene", "coco.json"):
        output = told("licenses", tmp_path / name)
        assert "MuscimaPP 1: CC BY-NC-SA 4.0 Jan Hajič" in output
    told("remove", "MuscimaPP")
    assert "MuscimaPP 1: CC BY-NC-SA 4.0 (not installed here)" in told("licenses", tmp_path / "coco.json")
    (tmp_path / "strange.json").write_text(json.dumps({"bundle Strange": "3 sha256:0"}))
    assert "Strange 3: unknown (not installed here)" in told("licenses", tmp_path / "strange.json")
    (tmp_path / "none.json").write_text("[1, null, {}]")
    assert "none.json names no bundles" in told("licenses", tmp_path / "none.json")


def test_licences_of_another_content_are_told_as_such(archive: Path, tmp_path: Path):
    told("install", "MuscimaPP", "--from", archive)
    (tmp_path / "old.json").write_text(json.dumps({"bundle MuscimaPP": "1 sha256:0123"}))
    assert "(installed here with different content)" in told("licenses", tmp_path / "old.json")


def test_licences_of_a_picture_cannot_be_told(tmp_path: Path):
    (tmp_path / "page.png").write_bytes(b"\x89PNG")
    assert "neither a saved scene nor JSON" in told("licenses", tmp_path / "page.png", code=1)


@pytest.mark.skipif(os.name == "nt", reason="SIGINT is for POSIX")
def test_ctrl_c_in_the_middle_leaves_nothing(assets: Path):
    """A server sends the beginning of the archive, and then nothing."""
    reached = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as listener:

        def serve() -> None:
            connection, _ = listener.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 9999999\r\n\r\nPK")
                reached.set()
                with contextlib.suppress(ConnectionError):
                    connection.recv(1)  # returns when the other side hangs up

        server = threading.Thread(target=serve, daemon=True)
        server.start()
        process = subprocess.Popen(
            [sys.executable, "-m", "smashcima", "assets", "install", "MuscimaPP"],
            env={
                **{name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")},
                "SMASHCIMA_OFFLINE": "0",
                "SMASHCIMA_MIRRORS": f"http://127.0.0.1:{listener.getsockname()[1]}",
            },
            stderr=subprocess.PIPE,
            text=True,
        )
        assert reached.wait(30)
        process.send_signal(signal.SIGINT)
        _, stderr = process.communicate(timeout=30)
        server.join(10)
    assert process.returncode == 130
    assert "Traceback" not in stderr
    assert [path.name for path in assets.iterdir()] == [".locks"]
