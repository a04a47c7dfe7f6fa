"""What belongs to a whole data set: the files of its layout, its provenance, and its report."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

from filelock import FileLock

from smashcima.datasets.generation import SampleFailure, SampleMaker
from smashcima.datasets.layouts import Layout
from smashcima.datasets.running.output_folder import STATE, OutputFolder
from smashcima.datasets.running.provenance import PROVENANCE, provenance
from smashcima.datasets.running.report_page import report_page
from smashcima.datasets.running.statistics import Statistics

REPORT = "report.html"


def finish(maker: SampleMaker, layout: Layout, output: OutputFolder, shards: int) -> None:
    """Completes a data set of which all shards are complete; does nothing if that has been done."""
    plan = maker.plan
    state = output.root / STATE
    # The jobs of an array may end at the same time.
    with FileLock(state / "locks" / "finish.lock"):
        if output.finished.exists():
            return
        failures: list[SampleFailure] = []
        statistics, seconds, retries = Statistics(), 0.0, 0
        for shard in range(shards):
            manifest = output.manifest(shard)
            assert manifest is not None, shard
            failures.extend(manifest.failures)
            statistics.include(manifest.statistics)
            seconds += manifest.seconds
            retries += manifest.retries
        layout.prepare(plan)
        layout.finish(output.root, shards)
        record = provenance(plan, statistics)
        text = json.dumps(record, ensure_ascii=False, indent=1) + "\n"
        _replace(output.root / PROVENANCE, text, state)
        page = report_page(plan, statistics, failures, maker.rejected, seconds, retries)
        _replace(output.root / REPORT, page, state)
        shutil.rmtree(state / "tmp", ignore_errors=True)
        (state / "tmp").mkdir(exist_ok=True)
        output.finished.touch()


def _replace(path: Path, text: str, state: Path) -> None:
    """Writes a file that is complete or absent."""
    temporary = state / "tmp" / path.name
    temporary.write_text(text, encoding="utf-8")
    os.replace(temporary, path)
