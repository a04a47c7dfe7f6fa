from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import platformdirs
import pytest

from smashcima import settings
from smashcima.errors import SettingsError, SmashcimaError

VARIABLES = (
    "SMASHCIMA_CACHE",
    "MC_HOME",
    "MC_ASSETS_CACHE",
    "SMASHCIMA_IMPORT_TIMEOUT_S",
    "SMASHCIMA_IMPORT_MEMORY_MB",
    "SMASHCIMA_MAX_SOURCE_MB",
    "SMASHCIMA_ASSETS_FROM",
    "SMASHCIMA_LAYOUT_CACHE_MB",
    "SMASHCIMA_IMPORT_CACHE_MB",
    "SMASHCIMA_PRIMUS",
    "SMASHCIMA_MIRRORS",
    "SMASHCIMA_OFFLINE",
    "SMASHCIMA_CONNECT_TIMEOUT_S",
    "SMASHCIMA_READ_TIMEOUT_S",
    "SMASHCIMA_RETRY_WAIT_S",
)


@pytest.fixture(autouse=True)
def clean_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    for variable in VARIABLES:
        monkeypatch.delenv(variable, raising=False)


def test_the_cache_is_the_users_cache_directory_by_default():
    assert settings.cache_dir() == Path(platformdirs.user_cache_dir("smashcima", appauthor=False))
    assert settings.cache_dir().name == "smashcima"
    assert settings.assets_cache_dir() == settings.cache_dir() / "assets"


def test_smashcima_cache_goes_before_the_older_names(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("MC_HOME", str(tmp_path / "home"))
    assert settings.cache_dir() == tmp_path / "home"
    assert settings.assets_cache_dir() == tmp_path / "home" / "assets"

    monkeypatch.setenv("MC_ASSETS_CACHE", str(tmp_path / "bundles"))
    assert settings.cache_dir() == tmp_path / "home"
    assert settings.assets_cache_dir() == tmp_path / "bundles"

    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "new"))
    assert settings.cache_dir() == tmp_path / "new"
    assert settings.assets_cache_dir() == tmp_path / "new" / "assets"


def test_asking_for_a_directory_does_not_make_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    settings.cache_dir()
    settings.assets_cache_dir()
    assert list(tmp_path.iterdir()) == []


def test_a_relative_directory_and_a_tilde_become_absolute(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMASHCIMA_CACHE", "here")
    assert settings.cache_dir() == tmp_path / "here"

    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("SMASHCIMA_CACHE", "~/cache")
    assert settings.cache_dir() == tmp_path / "cache"


def test_an_empty_variable_counts_as_absent(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SMASHCIMA_CACHE", " ")
    monkeypatch.setenv("MC_HOME", str(tmp_path))
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", "")
    assert settings.cache_dir() == tmp_path
    assert settings.import_timeout_s() == 60


def test_a_cache_that_is_a_file_is_an_error_that_names_it(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("SMASHCIMA_CACHE", str(file))
    with pytest.raises(SettingsError, match=r"SMASHCIMA_CACHE is .*file.* not a directory"):
        settings.cache_dir()


def test_limits_have_defaults():
    assert settings.import_timeout_s() == 60
    assert settings.import_memory_bytes() == 4_294_967_296
    assert settings.max_source_bytes() == 134_217_728


def test_limits_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", "2.5")
    monkeypatch.setenv("SMASHCIMA_IMPORT_MEMORY_MB", "512")
    monkeypatch.setenv("SMASHCIMA_MAX_SOURCE_MB", "0.5")
    assert settings.import_timeout_s() == 2.5
    assert settings.import_memory_bytes() == 536_870_912
    assert settings.max_source_bytes() == 524_288


@pytest.mark.parametrize("text", ["soon", "0", "-1", "nan", "inf", "1,5"])
def test_a_senseless_limit_is_an_error_that_says_what_to_do(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", text)
    with pytest.raises(SettingsError) as caught:
        settings.import_timeout_s()
    assert isinstance(caught.value, SmashcimaError)
    assert f"SMASHCIMA_IMPORT_TIMEOUT_S is '{text}'" in str(caught.value)
    assert "60 (the default)" in str(caught.value)


def test_assets_come_from_where_they_are_offered_by_default():
    assert settings.asset_sources() == ()
    assert settings.mirrors() == ()
    assert settings.is_offline() is False
    assert (settings.connect_timeout_s(), settings.read_timeout_s(), settings.retry_wait_s()) == (10, 30, 1)


def test_local_sources_are_separated_like_the_search_path(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    (tmp_path / "a.zip").write_text("")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", f"a.zip{os.pathsep}{tmp_path}{os.pathsep}")
    assert settings.asset_sources() == (tmp_path / "a.zip", tmp_path)


def test_a_local_source_that_does_not_exist_is_an_error(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", str(tmp_path / "nowhere"))
    with pytest.raises(SettingsError, match=r"SMASHCIMA_ASSETS_FROM names .*nowhere.*does not exist"):
        settings.asset_sources()


def test_mirrors_are_separated_by_spaces_or_commas(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_MIRRORS", " https://a.example/x, http://b.example\thttps://c.example/ ")
    assert settings.mirrors() == ("https://a.example/x", "http://b.example", "https://c.example/")


@pytest.mark.parametrize("text", ["ftp://a.example", "a.example", "/mnt/files", "file:///etc"])
def test_a_mirror_that_is_no_address_is_an_error(monkeypatch: pytest.MonkeyPatch, text: str):
    monkeypatch.setenv("SMASHCIMA_MIRRORS", text)
    with pytest.raises(SettingsError, match="SMASHCIMA_MIRRORS holds"):
        settings.mirrors()


@pytest.mark.parametrize(
    "text, expected", [("1", True), ("Yes", True), (" on ", True), ("0", False), ("off", False)]
)
def test_offline_is_yes_or_no(monkeypatch: pytest.MonkeyPatch, text: str, expected: bool):
    monkeypatch.setenv("SMASHCIMA_OFFLINE", text)
    assert settings.is_offline() is expected


def test_another_offline_is_an_error(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "perhaps")
    with pytest.raises(SettingsError, match="SMASHCIMA_OFFLINE is 'perhaps'"):
        settings.is_offline()


def test_times_of_downloads_come_from_the_environment(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_CONNECT_TIMEOUT_S", "2.5")
    monkeypatch.setenv("SMASHCIMA_READ_TIMEOUT_S", "7")
    monkeypatch.setenv("SMASHCIMA_RETRY_WAIT_S", "0.1")
    assert (settings.connect_timeout_s(), settings.read_timeout_s(), settings.retry_wait_s()) == (2.5, 7, 0.1)


def test_a_bad_environment_does_not_hinder_the_import(repository: Path):
    environment = {**os.environ, "SMASHCIMA_IMPORT_TIMEOUT_S": "soon", "SMASHCIMA_CACHE": "/dev/null"}
    subprocess.run(
        [sys.executable, "-c", "import smashcima.settings"],
        cwd=repository,
        env=environment,
        check=True,
        timeout=60,
    )


def test_the_primus_corpus_is_a_file_or_directory(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    assert settings.primus_path() is None
    monkeypatch.setenv("SMASHCIMA_PRIMUS", f" {tmp_path} ")
    assert settings.primus_path() == tmp_path
    monkeypatch.setenv("SMASHCIMA_PRIMUS", str(tmp_path / "missing"))
    with pytest.raises(SettingsError, match="SMASHCIMA_PRIMUS names .*missing', which does not exist"):
        settings.primus_path()


@pytest.mark.parametrize(
    ("variable", "size"),
    [
        ("SMASHCIMA_LAYOUT_CACHE_MB", settings.layout_cache_bytes),
        ("SMASHCIMA_IMPORT_CACHE_MB", settings.import_cache_bytes),
    ],
)
def test_the_size_of_a_cache_is_a_number_or_zero(
    variable: str, size: Callable[[], int], monkeypatch: pytest.MonkeyPatch
):
    assert size() == 1_000_000_000
    monkeypatch.setenv(variable, "2")
    assert size() == 2_000_000
    monkeypatch.setenv(variable, "0")
    assert size() == 0
    monkeypatch.setenv(variable, "much")
    with pytest.raises(SettingsError, match=variable):
        size()
