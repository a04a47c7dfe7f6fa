"""Data sets in remote storage."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from smashcima import settings
from smashcima.datasets import load
from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running import generate
from smashcima.datasets.running.mirror import Mirror
from smashcima.datasets.storage import RemoteFolder
from smashcima.errors import PlanError, SettingsError

pytest.importorskip("fsspec", reason="remote storage needs fsspec: pip install 'smashcima[remote]'")

MakePlan = Callable[..., GenerationPlan]


@pytest.fixture
def url(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    return f"memory://bucket/{tmp_path.name}"


def remote_content(url: str, tmp_path: Path) -> dict[str, bytes]:
    remote, found = RemoteFolder(url), {}
    for name in remote.names():
        if not name.startswith(".") and name != "report.html":  # it tells the time of the run
            remote.fetch(name, tmp_path / "fetched")
            found[name] = (tmp_path / "fetched").read_bytes()
    return found


def local_content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in root.rglob("*")
        if path.is_file() and ".smashcima" not in path.parts and path.name != "report.html"
    }


def test_the_files_are_those_of_a_local_run(tmp_path: Path, tiny_plan: MakePlan, url: str):
    plan = tiny_plan(count=4)
    report = generate(plan, url, start_method="fork")
    generate(plan, tmp_path / "out", start_method="fork")
    assert report.is_complete
    assert remote_content(url, tmp_path) == local_content(tmp_path / "out")
    assert not any(path.is_dir() for path in (settings.cache_dir() / "mirrors").iterdir())
    local = [(record.key, dict(record.files)) for record in load(tmp_path / "out")]
    assert [(record.key, dict(record.files)) for record in load(url)] == local


def test_a_run_goes_on_from_another_machine(
    tmp_path: Path, tiny_plan: MakePlan, url: str, monkeypatch: pytest.MonkeyPatch
):
    plan = tiny_plan(count=6)
    first = generate(plan, url, shard=(0, 2), start_method="fork")
    assert not first.is_complete
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "other-machine"))
    second = generate(plan, url, start_method="fork")
    assert second.is_complete
    assert second.new_shards == second.shards - first.shards
    generate(plan, tmp_path / "out", start_method="fork")
    assert remote_content(url, tmp_path) == local_content(tmp_path / "out")


def test_a_shard_that_was_not_sent_is_sent_by_the_next_run(
    tmp_path: Path, tiny_plan: MakePlan, url: str, monkeypatch: pytest.MonkeyPatch
):
    plan = tiny_plan(count=4)
    with monkeypatch.context() as patch:
        patch.setattr(Mirror, "send_shard", lambda self, manifest: None)
        generate(plan, url, shard=(0, 2), start_method="fork")
    assert not [name for name in RemoteFolder(url).names() if "shards" in name]
    assert generate(plan, url, start_method="fork").is_complete
    generate(plan, tmp_path / "out", start_method="fork")
    assert remote_content(url, tmp_path) == local_content(tmp_path / "out")


def test_storage_with_the_data_of_another_plan_is_refused(tiny_plan: MakePlan, url: str):
    generate(tiny_plan(count=4), url, shard=(0, 2), start_method="fork")
    with pytest.raises(PlanError, match="another plan"):
        generate(tiny_plan(count=4, seed=77), url, start_method="fork")


def test_unknown_storage_and_single_samples_are_refused(tiny_plan: MakePlan, url: str):
    with pytest.raises(SettingsError, match="nowhere://x cannot be opened"):
        generate(tiny_plan(count=4), "nowhere://x")
    with pytest.raises(SettingsError, match="single sample"):
        generate(tiny_plan(count=4), url, only=1)
