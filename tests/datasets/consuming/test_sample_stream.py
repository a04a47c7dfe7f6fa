"""Streams of samples that are made when they are needed."""

from __future__ import annotations

from dataclasses import replace
from itertools import islice

import pytest

from smashcima.datasets.consuming import SampleStream
from smashcima.datasets.consuming.sample_stream import Position, Share
from smashcima.datasets.generation import SampleMaker
from smashcima.errors import PlanError, SettingsError, SmashcimaError


def good_samples(plan, count: int) -> list[int]:
    maker = SampleMaker(plan)
    return [index for index in range(count) if maker.source_of(index) == "song.mashcima"]


def test_streams_share_the_samples_of_a_plan(plan):
    alone = {record.key: record.files for record in SampleStream(plan)}
    streams = [SampleStream(plan, Share(number, 2)) for number in range(2)]
    shared = [{record.key: record.files for record in stream} for stream in streams]
    assert alone == shared[0] | shared[1]
    assert [int(key) for key in alone] == good_samples(plan, 7)
    assert all(int(key) % 2 == number for number in range(2) for key in shared[number])


def test_failures_are_told_and_left_out(plan):
    failures = []
    records = list(SampleStream(plan, failed=failures.append))
    assert failures
    assert len(records) + len(failures) == 7
    assert {failure.source for failure in failures} == {"zero.mashcima"}


def test_endless_streams_go_on_after_the_plan(plan):
    records = list(islice(SampleStream(plan, endless=True, first=6), 3))
    assert [record.sample for record in records] == [index for index in good_samples(plan, 50) if index >= 6][
        :3
    ]


def test_a_stream_resumes_within_a_sample_with_several_images(plan):
    crops = replace(plan, image=replace(plan.image, crops="measures"), count=3)
    whole = [record.key for record in SampleStream(crops)]
    stream = SampleStream(crops)
    begun = [record.key for record in islice(stream, 2)]
    rest = SampleStream(crops, position=stream.position)
    assert begun + [record.key for record in rest] == whole
    assert len(set(whole)) == len(whole) > 3


def test_a_split_has_the_samples_of_its_scores(plan):
    both = replace(plan, splits={"train": 1.0, "test": 1.0})
    samples = {split: [record.sample for record in SampleStream(both, split=split)] for split in both.splits}
    assert sorted(samples["train"] + samples["test"]) == good_samples(plan, 7)
    with pytest.raises(SettingsError, match="no split 'dev'; it has train, test"):
        SampleStream(both, split="dev")


def test_a_stream_of_failures_ends(plan, monkeypatch):
    def fail(self, index):
        raise SmashcimaError("no luck")

    monkeypatch.setattr(SampleMaker, "make", fail)
    with pytest.raises(PlanError, match=r"100 samples in succession .* no luck"):
        next(iter(SampleStream(plan, endless=True)))


def test_positions_count_samples_of_all_streams(plan):
    stream = SampleStream(plan, Share(1, 3))
    assert stream.position == Position(1)
    with pytest.raises(SettingsError, match="no stream 3 among 3"):
        Share(3, 3)
