"""Imported scores are kept between samples, processes and runs."""

from __future__ import annotations

from pathlib import Path

import pytest

from smashcima import settings
from smashcima.caching import BoundedCache
from smashcima.datasets.generation.sources import score_files
from smashcima.datasets.generation.sources.score_files import ScoreFile, StoredScore
from smashcima.loading import load_score
from smashcima.mei import write_mei


def stored(path: Path) -> StoredScore:
    return StoredScore(ScoreFile(path.name, path.suffix, path.read_bytes, "unknown"))


@pytest.fixture(autouse=True)
def _empty_caches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    forget(monkeypatch)


def forget(monkeypatch: pytest.MonkeyPatch) -> None:
    """Forgets the scores in the memory of this process."""
    monkeypatch.setattr(score_files, "_latest_scores", BoundedCache(16))


def cached() -> list[Path]:
    return list((settings.cache_dir() / "imported-scores").rglob("*.json.z"))


def test_a_kept_score_equals_an_imported_one(short_song: Path, monkeypatch: pytest.MonkeyPatch):
    direct = load_score(data=short_song.read_bytes(), format=".musicxml")
    first = stored(short_song).load()
    forget(monkeypatch)

    def fail(**_: object) -> None:
        raise AssertionError("imported again")

    monkeypatch.setattr(score_files, "load_mei_text", fail)
    second = stored(short_song).load()
    assert write_mei(first.score) == write_mei(second.score) == write_mei(direct.score)
    assert first.issues == second.issues
    assert first.source == second.source
    assert [issue.what for issue in first.issues] == [issue.what for issue in direct.issues]


def test_a_damaged_file_is_imported_again(short_song: Path, monkeypatch: pytest.MonkeyPatch):
    stored(short_song).load()
    (path,) = cached()
    path.write_bytes(path.read_bytes()[:100])
    forget(monkeypatch)
    assert write_mei(stored(short_song).load().score)


def test_formats_without_an_import_are_not_kept(tmp_path: Path):
    path = tmp_path / "staff.mashcima"
    path.write_text("clef.G-2 q0 q1 |\n")
    assert len(list(stored(path).load().score.notes())) == 2
    assert not cached()


def test_other_content_is_another_score(tmp_path: Path, short_song: Path):
    for key in ("", "xF"):
        path = tmp_path / f"incipit{key}.pae"
        path.write_text(f"@start:x\n@clef:G-2\n@keysig:{key}\n@timesig:4/4\n@data:4FGAB/\n@end:x\n")
        stored(path).load()
    assert len(cached()) == 2


def test_nothing_is_kept_where_the_limit_is_zero(short_song: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMASHCIMA_IMPORT_CACHE_MB", "0")
    assert write_mei(stored(short_song).load().score)
    assert not cached()


def test_scores_that_were_not_used_for_longest_are_removed(
    tmp_path: Path, short_song: Path, monkeypatch: pytest.MonkeyPatch
):
    stored(short_song).load()
    (first,) = cached()
    monkeypatch.setenv("SMASHCIMA_IMPORT_CACHE_MB", str(first.stat().st_size / 1e6))
    other = tmp_path / "incipit.pae"
    other.write_text("@start:x\n@clef:G-2\n@timesig:4/4\n@data:4FGAB/\n@end:x\n")
    stored(other).load()
    assert len(cached()) == 1
    assert not first.exists()
