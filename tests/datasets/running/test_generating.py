"""Runs with worker processes: equal bytes, resumption, limits, failures."""

from __future__ import annotations

import json
import os
import resource
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from smashcima.datasets.generation import GenerationPlan, SampleMaker, register_source
from smashcima.datasets.generation.sources import registry
from smashcima.datasets.generation.sources.files import FolderSource
from smashcima.datasets.layouts import make_layout
from smashcima.datasets.running import OutputFolder, Progress, generate, supervisor, write_shard
from smashcima.datasets.running.limits import memory_of
from smashcima.errors import GenerationError, PlanError, SettingsError

MakePlan = Callable[..., GenerationPlan]

NOT_DATA = {"report.html"}
"""It tells the time that the run took."""

ROOT = Path(__file__).parents[3]


def content(root: Path) -> dict[str, bytes]:
    return {
        path.relative_to(root).as_posix(): path.read_bytes()
        for path in sorted(root.rglob("*"))
        if path.is_file() and ".smashcima" not in path.parts and path.name not in NOT_DATA
    }


def data(plan: GenerationPlan, root: Path) -> dict[str, bytes]:
    """What the samples of a plan give without any process."""
    maker, layout, output = SampleMaker(plan), make_layout(plan.layout), OutputFolder(root)
    output.open(plan)
    count = output.shard_count(plan, layout.samples_per_shard)
    for shard in range(count):
        write_shard(maker, layout, output, shard)
    layout.finish(root, count)
    return content(root)


class Tricky(FolderSource):
    """Scores, some of which hang, eat memory, or kill their process."""

    KEY = "tricky"

    @classmethod
    def from_data(cls, data, where, folder):
        return cls(FolderSource.from_data({"folder": data[cls.KEY]}, where, folder)._files)

    def item(self, index: int, rng: np.random.Generator):
        name = self.name(index)
        if "hangs" in name:
            time.sleep(60)
        if "grows" in name:
            self.ballast = np.ones(100_000_000)
            time.sleep(60)
        if "dies" in name:
            os.kill(os.getpid(), signal.SIGKILL)
        if "fails" in name:
            raise ZeroDivisionError("a bug")
        return super().item(index, rng)


register_source(Tricky)


@pytest.mark.parametrize("start_method", ["fork", "spawn"])
def test_the_number_of_workers_does_not_matter(
    tmp_path: Path, tiny_plan: MakePlan, start_method: str
) -> None:
    plan = tiny_plan()
    wanted = data(plan, tmp_path / "alone")
    report = generate(plan, tmp_path / "out", workers=2, start_method=start_method)
    made = content(tmp_path / "out")
    assert made.pop("provenance.json")
    assert made == wanted
    assert (report.samples, report.images, report.shards, report.is_complete) == (12, 12, 4, True)
    assert (report.new_shards, report.retries, report.failures) == (4, 0, ())


@pytest.mark.slow
def test_hash_seeds_and_interruptions_do_not_matter(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan(count=30)
    plan.write(tmp_path / "plan.yaml")
    wanted = data(plan, tmp_path / "alone")
    script = tmp_path / "run.py"
    script.write_text(
        textwrap.dedent(
            """
            import sys
            from smashcima.datasets.generation import GenerationPlan
            from smashcima.datasets.running import generate

            if __name__ == "__main__":
                plan = GenerationPlan.load(sys.argv[1])
                generate(plan, sys.argv[2], workers=2, start_method="fork")
            """
        ),
        encoding="utf-8",
    )

    def start(hash_seed: str) -> subprocess.Popen[bytes]:
        environment = {**os.environ, "PYTHONHASHSEED": hash_seed, "PYTHONPATH": str(ROOT)}
        command = [sys.executable, str(script), str(tmp_path / "plan.yaml"), str(tmp_path / "out")]
        return subprocess.Popen(command, env=environment)

    manifests = tmp_path / "out" / ".smashcima" / "shards"
    kills = 0
    for shards in (1, 3, 6):
        process = start(str(shards))
        while process.poll() is None and len(list(manifests.glob("*.json"))) < shards:
            time.sleep(0.01)
        kills += process.poll() is None
        process.kill()
        process.wait()
    assert kills >= 2
    assert start("0").wait() == 0
    made = content(tmp_path / "out")
    assert made.pop("provenance.json")
    assert made == wanted
    assert not any((tmp_path / "out" / ".smashcima" / "tmp").iterdir())


def test_a_complete_run_is_not_made_again(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan(count=3)
    generate(plan, tmp_path / "out", start_method="fork")
    before = {path: path.stat().st_mtime_ns for path in (tmp_path / "out").iterdir() if path.is_file()}
    report = generate(plan, tmp_path / "out", start_method="fork")
    assert (report.new_shards, report.new_images, report.images) == (0, 0, 3)
    assert {path: path.stat().st_mtime_ns for path in before} == before


def test_jobs_of_an_array_share_the_work(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan()
    first = generate(plan, tmp_path / "out", shard=(1, 2), start_method="fork")
    assert (first.shards, first.samples, first.is_complete) == (2, 6, False)
    assert sorted(path.name for path in (tmp_path / "out").glob("*.tar")) == [
        "train-000001.tar",
        "train-000003.tar",
    ]
    assert generate(plan, tmp_path / "out", shard=(0, 2), start_method="fork").is_complete
    made = content(tmp_path / "out")
    assert made.pop("provenance.json")
    assert made == data(plan, tmp_path / "alone")


def test_one_sample_is_made_alone(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan()
    report = generate(plan, tmp_path / "one", only=7)
    (record,) = SampleMaker(plan).make(7)
    made = content(tmp_path / "one")
    assert made.keys() == {f"train/000007.{s}" for s in ("jpg", "coco.json", "record.json", "json")}
    assert made["train/000007.jpg"] == record.files["jpg"]
    assert report.images == 1


def add(folder: Path, *names: str) -> None:
    for name in names:
        (folder / "scores" / f"{name}.abc").write_text("X:1\nK:C\nC4|\n", encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "limits", "reason"),
    [
        ("hangs", {"seconds": 3}, "LimitExceeded: it took longer than the limit of 3 seconds"),
        ("grows", {"memory_mb": 500}, "LimitExceeded: its process used "),
        ("dies", {}, "WorkerDied: the process died 2 times (killed by SIGKILL)"),
        ("fails", {}, "ZeroDivisionError: a bug (test_generating.py, line "),
    ],
)
def test_a_bad_score_costs_its_samples_only(
    tmp_path: Path,
    tiny_plan: MakePlan,
    name: str,
    limits: dict[str, float],
    reason: str,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(supervisor, "_WARM_UP_S", 3.0)
    if "memory_mb" in limits:
        # A forked worker begins with the memory of this process.
        used = memory_of(os.getpid())
        assert used is not None
        limits = {"memory_mb": limits["memory_mb"] + used / 2**20}
    plan = tiny_plan(count=7, sources=[{"tricky": "scores"}], limits=limits, seed=1)
    add(tmp_path, name)
    bad = [i for i in range(7) if SampleMaker(plan).source_of(i) == f"{name}.abc"]
    assert 1 <= len(bad) <= 3
    report = generate(plan, tmp_path / "out", start_method="fork")
    assert [failure.sample for failure in report.failures] == bad
    assert all(failure.error.startswith(reason) for failure in report.failures)
    assert report.failures_by_source == {f"{name}.abc": len(bad)}
    assert report.images == 7 - len(bad)
    assert report.retries == {"dies": 2, "fails": 0}.get(name, 1) * len(bad)
    kept = {record.sample for record in make_layout(plan.layout).read(tmp_path / "out")}
    assert kept == set(range(7)) - set(bad)


def test_a_full_disk_is_told_and_the_run_can_continue(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan(count=6)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (30_000, before[1]))
    try:
        with pytest.raises(
            GenerationError, match=r"cannot be written: File too large\. Complete shards are kept"
        ):
            generate(plan, tmp_path / "out", start_method="fork")
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    assert not list((tmp_path / "out").glob("*.tar"))
    generate(plan, tmp_path / "out", start_method="fork")
    made = content(tmp_path / "out")
    assert made.pop("provenance.json")
    assert made == data(plan, tmp_path / "alone")


def test_two_runs_do_not_write_the_same_part(
    tmp_path: Path, tiny_plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    from filelock import FileLock

    from smashcima.datasets.running import generating

    monkeypatch.setattr(generating, "_WAIT_FOR_RUN_S", 0)
    plan = tiny_plan()
    OutputFolder(tmp_path / "out").open(plan)
    with (
        FileLock(tmp_path / "out" / ".smashcima" / "locks" / "0-of-1.lock"),
        pytest.raises(GenerationError, match="Another run"),
    ):
        generate(plan, tmp_path / "out")


def test_progress_counts_up_to_the_whole_part(tmp_path: Path, tiny_plan: MakePlan) -> None:
    heard: list[Progress] = []
    generate(tiny_plan(count=5), tmp_path / "out", start_method="fork", progress=heard.append)
    assert [each.done for each in heard] == sorted(each.done for each in heard)
    assert (heard[0].done, heard[-1].done, heard[-1].total) == (0, 5, 5)
    assert heard[-1].images == 5


def test_the_report_and_the_provenance_tell_about_the_data(tmp_path: Path, tiny_plan: MakePlan) -> None:
    plan = tiny_plan(count=7, seed=1, sources=[{"folder": "scores", "licence": "CC0-1.0"}])
    (tmp_path / "scores" / "broken.musicxml").write_text("<score-partwise>")
    report = generate(plan, tmp_path / "out", start_method="fork")
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert page.count("<img ") == report.images
    for text in ("noteheadBlack", "broken.musicxml", "MalformedSourceError", "283 × 142", "CC0-1.0"):
        assert text in page
    provenance = json.loads((tmp_path / "out" / "provenance.json").read_bytes())
    assert provenance["music licences"] == {"CC0-1.0": report.images}
    assert provenance["parts"] == {"music font Leipzig (SIL OFL 1.1)": report.images}
    assert provenance["versions"][0]["verovio"]


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        ({"workers": 0}, "at least 1"),
        ({"only": 12}, "from 0 to 11, not 12"),
        ({"shard": (2, 2)}, "k from 0 to n - 1, not 2/2"),
        ({"shard": (0, 2), "only": 1}, "exclude each other"),
        ({"start_method": "thread"}, "one of .*, not 'thread'"),
    ],
)
def test_invalid_arguments_are_refused(
    tmp_path: Path, tiny_plan: MakePlan, arguments: dict[str, object], message: str
) -> None:
    with pytest.raises(SettingsError, match=message):
        generate(tiny_plan(), tmp_path / "out", **arguments)
    assert not (tmp_path / "out").exists()


@pytest.mark.slow
def test_a_script_without_a_guard_is_told_what_to_do(tmp_path: Path, tiny_plan: MakePlan) -> None:
    tiny_plan().write(tmp_path / "plan.yaml")
    script = tmp_path / "run.py"
    script.write_text(
        "from smashcima.datasets import GenerationPlan, generate\n"
        f"generate(GenerationPlan.load({str(tmp_path / 'plan.yaml')!r}), {str(tmp_path / 'out')!r})\n",
        encoding="utf-8",
    )
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, str(script)], check=False, env=environment, capture_output=True, text=True
    )
    assert done.returncode == 1
    assert "must call `generate` under `if __name__ ==" in done.stderr
    assert "A worker process could not start (exit code 1)" in done.stderr


def test_classes_that_cannot_be_sent_are_named(
    tmp_path: Path, tiny_plan: MakePlan, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Local(Tricky):
        KEY = "local"

    monkeypatch.setitem(registry._kinds, "local", Local)
    plan = tiny_plan(sources=[{"local": "scores"}])
    with pytest.raises(GenerationError, match=r"Local.*start method fork"):
        generate(plan, tmp_path / "out")


def test_invalid_options_of_the_model_are_found_before_the_start(tmp_path: Path, tiny_plan: MakePlan) -> None:
    with pytest.raises(PlanError, match="pag"):
        generate(tiny_plan(model={"model": "printed", "options": {"pag": "A4"}}), tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_output_that_cannot_be_written_is_refused(tmp_path: Path, tiny_plan: MakePlan) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(PlanError, match="cannot be written"):
        generate(tiny_plan(), tmp_path / "file" / "out")
