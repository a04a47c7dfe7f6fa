"""Data sets made on a Ray cluster."""

from __future__ import annotations

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running import generate
from smashcima.datasets.running.parcel import PlanParcel
from smashcima.datasets.running.ray_engine import make_shard
from smashcima.errors import SettingsError

REPOSITORY = Path(__file__).resolve().parents[3]

# In a process of its own: Ray leaves threads behind, and processes with threads cannot be forked by later tests.
ON_RAY = """
import sys
import ray
from smashcima.datasets.generation import GenerationPlan
from smashcima.datasets.running import generate

made = generate(GenerationPlan.load(sys.argv[1]), sys.argv[2], engine="ray", workers=2)
print(made.is_complete, made.shards, made.new_shards, len(made.failures), ray.is_initialized())
"""


@pytest.fixture
def plan(tmp_path: Path) -> GenerationPlan:
    """Five staves in three shards; one of two scores is empty."""
    (tmp_path / "scores").mkdir()
    (tmp_path / "scores" / "song.mashcima").write_text("clef.G-2 q1 h-2 | e=-3 =e0 q4 |\n")
    (tmp_path / "scores" / "zero.mashcima").write_text("")
    return GenerationPlan.from_data(
        {
            "version": 1,
            "seed": 4,
            "count": 5,
            "sources": [{"folder": "scores"}],
            "model": {"model": "staff", "options": {"hand": "pen"}},
            "image": {"dpi": 60},
            "layout": {"name": "webdataset", "samples_per_shard": 2},
        },
        folder=tmp_path,
    )


def content(root: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in root.iterdir() if path.suffix in (".tar", ".json")}


def test_a_task_returns_the_files_of_a_local_shard(plan, tmp_path: Path):
    generate(plan, tmp_path / "local")
    made = make_shard(PlanParcel.of(plan), 1)
    assert made.manifest.samples == (2, 4)
    assert set(made.files) == set(made.manifest.files)
    assert made.files.items() <= content(tmp_path / "local").items()


def test_a_cluster_makes_the_bytes_of_a_local_run(plan, tmp_path: Path):
    pytest.importorskip("ray", reason="needs Ray: pip install 'smashcima[ray]'")
    local = generate(plan, tmp_path / "local")
    generate(plan, tmp_path / "ray", shard=(1, 3))  # an interrupted run is continued on a cluster
    plan.write(tmp_path / "plan.yaml")
    path = os.pathsep.join([str(REPOSITORY), os.environ.get("PYTHONPATH", "")])
    done = subprocess.run(
        [sys.executable, "-c", ON_RAY, tmp_path / "plan.yaml", tmp_path / "ray"],
        env={**os.environ, "PYTHONPATH": path},
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout.split() == ["True", "3", "2", str(len(local.failures)), "False"]
    assert content(tmp_path / "ray") == content(tmp_path / "local")


@pytest.mark.skipif(importlib.util.find_spec("ray") is not None, reason="Ray is installed")
def test_a_missing_ray_is_named(plan, tmp_path: Path):
    with pytest.raises(SettingsError, match=r"pip install 'smashcima\[ray\]'"):
        generate(plan, tmp_path / "out", engine="ray")


def test_unknown_engines_are_refused(plan, tmp_path: Path):
    with pytest.raises(SettingsError, match="engine must be one of local, ray, not 'dask'"):
        generate(plan, tmp_path / "out", engine="dask")
