"""Data sets and batches for PyTorch."""

from __future__ import annotations

from dataclasses import replace
from itertools import chain
from operator import itemgetter

import pytest

from smashcima.datasets.consuming import CollateDetection, CollateSegmentation, SampleStream, tensors
from smashcima.datasets.consuming.torch_streaming import StreamingDataset
from smashcima.errors import SettingsError

torch = pytest.importorskip("torch", reason="needs PyTorch: pip install 'smashcima[torch]'")
DataLoader = torch.utils.data.DataLoader


def keys(records) -> list[str]:
    return [record.key for record in records]


FIRST = itemgetter(0)
"""Batches of one record, unchanged; spawned workers can import it."""


@pytest.mark.parametrize("context", ["fork", "spawn"])
def test_workers_make_each_sample_once(plan, context: str):
    dataset = StreamingDataset(plan)
    loader = DataLoader(
        dataset, batch_size=1, num_workers=2, collate_fn=FIRST, multiprocessing_context=context
    )
    found = {record.key: dict(record.files) for record in loader}
    assert found == {record.key: dict(record.files) for record in SampleStream(plan)}
    assert dataset.failure_count + len(found) == 7


def test_ranks_have_different_samples(plan):
    ranks = [StreamingDataset(plan, rank=rank, ranks=3) for rank in range(3)]
    found = [keys(dataset) for dataset in ranks]
    assert all(int(key) % 3 == rank for rank in range(3) for key in found[rank])
    assert sorted(chain.from_iterable(found)) == keys(SampleStream(plan))


def test_iteration_resumes_after_the_record_at_which_the_state_was_taken(plan):
    whole = keys(StreamingDataset(plan))
    dataset = StreamingDataset(plan)
    iterator = iter(dataset)
    begun = [next(iterator).key, next(iterator).key]
    resumed = StreamingDataset(plan)
    resumed.load_state_dict(dataset.state_dict())
    assert resumed.state_dict() == dataset.state_dict()
    assert begun + keys(resumed) == whole
    assert keys(resumed) == whole  # the next epoch is complete


def test_the_loader_of_torchdata_resumes_workers(plan):
    stateful = pytest.importorskip("torchdata.stateful_dataloader", reason="needs torchdata")

    def loader():
        return stateful.StatefulDataLoader(
            StreamingDataset(plan), batch_size=1, num_workers=2, collate_fn=keys
        )

    whole = list(loader())
    one = loader()
    iterator = iter(one)
    begun = [next(iterator)]
    two = loader()
    two.load_state_dict(one.state_dict())
    assert begun + list(two) == whole


def test_states_of_other_plans_and_shares_are_refused(plan):
    state = StreamingDataset(plan).state_dict()
    with pytest.raises(SettingsError, match="another plan"):
        StreamingDataset(replace(plan, seed=5)).load_state_dict(state)
    other = StreamingDataset(plan, rank=1, ranks=2)
    other.load_state_dict(state)
    with pytest.raises(SettingsError, match="stream 0 of 1, but this is stream 1 of 2"):
        next(iter(other))


def test_batches_are_tensors(plan):
    loader = DataLoader(
        StreamingDataset(plan),
        batch_size=2,
        collate_fn=tensors(CollateDetection(("stem", "noteheadBlack"), masks=True)),
    )
    images, targets = next(iter(loader))
    assert images[0].dtype == torch.float32
    assert targets[0]["labels"].dtype == torch.int64
    boxes, masks = targets[1]["boxes"], targets[1]["masks"]
    assert len(boxes) == len(masks) > 2
    assert masks.sum((1, 2)).tolist() == targets[1]["area"].tolist()
    for (left, top, right, bottom), mask in zip(boxes.int().tolist(), masks, strict=True):
        assert mask[top:bottom, left:right].sum() == mask.sum()


def test_the_classes_of_masks_are_the_ids_of_coco(plan):
    record = next(iter(StreamingDataset(plan)))
    batch = tensors(CollateSegmentation(multiple=1))([record])
    ids = set(CollateDetection()([record])[1][0]["labels"].tolist())
    assert set(batch["classes"].unique().tolist()) - {0} <= ids
