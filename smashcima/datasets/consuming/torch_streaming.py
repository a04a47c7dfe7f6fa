"""A PyTorch data set whose samples are made while a model trains."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any

from smashcima.datasets.consuming.requirements import need_torch
from smashcima.datasets.consuming.sample_stream import Position, SampleStream, Share
from smashcima.datasets.generation import GenerationPlan, Record, SampleFailure
from smashcima.datasets.running import PlanParcel
from smashcima.errors import SettingsError

if TYPE_CHECKING:
    from torch.utils.data import IterableDataset as _Base
else:
    try:
        from torch.utils.data import IterableDataset as _Base
    except ImportError:  # the constructor says so
        _Base = object

_COUNTERS = 1024
"""Counters of failures; processes use different ones, since they cannot add to the same one safely."""


class StreamingDataset(_Base):  # type: ignore[misc]
    """Records of a plan, made when a `DataLoader` asks for them: nothing is stored, and no sample comes twice.

    Worker *w* of *W* of rank *r* of *R* makes the samples *i* with *i mod RW = rW + w*. Together they make the samples that
    `smashcima generate` writes. Samples that fail are logged, counted (`failure_count`) and left out.

    Batches are made by a collate function, such as `tensors(CollateDetection())`, in the worker processes.
    """

    def __init__(
        self,
        plan: GenerationPlan,
        *,
        endless: bool = False,
        split: str | None = None,
        first: int = 0,
        rank: int | None = None,
        ranks: int | None = None,
    ) -> None:
        """`endless` goes on after `plan.count`, with new samples; otherwise an epoch has `plan.count` samples.

        `split` selects the samples of a split of the plan. `first` is the first sample. `rank` of `ranks` are by default those of
        `torch.distributed` if it is initialised when the data set is made.

        Raises:
            SettingsError: PyTorch is not installed, or an argument is invalid.
        """
        need_torch()
        import torch

        distributed = torch.distributed
        if rank is None and ranks is None and distributed.is_available() and distributed.is_initialized():
            rank, ranks = distributed.get_rank(), distributed.get_world_size()
        self._rank = Share(rank or 0, ranks or 1)
        if split is not None and split not in plan.splits:
            raise SettingsError(f"The plan has no split {split!r}; it has {', '.join(plan.splits)}.")
        if first < 0:
            raise SettingsError(f"The first sample is at least 0, not {first}.")
        # Worker processes that are spawned get a pickled copy of the data set.
        self._parcel = PlanParcel.of(plan)
        self._digest = plan.digest
        self._options: dict[str, Any] = {"endless": endless, "split": split, "first": first}
        self._failed = torch.zeros(_COUNTERS, dtype=torch.int64).share_memory_()
        self._stream: SampleStream | None = None
        self._restored: Mapping[str, Any] | None = None

    def __iter__(self) -> Iterator[Record]:
        """Yields the records of this process, from the start or from the restored position."""
        share, position = self._share(), None
        if self._restored is not None:
            if self._restored["streams"] != share.streams or self._restored["stream"] != share.stream:
                raise SettingsError(
                    f"The state is that of stream {self._restored['stream']} of {self._restored['streams']}, but this is "
                    f"stream {share.stream} of {share.streams}. Resume with the same numbers of ranks and workers."
                )
            position = Position(self._restored["sample"], self._restored["records"])
            self._restored = None

        def failed(failure: SampleFailure) -> None:
            self._failed[share.stream % _COUNTERS] += 1

        self._stream = SampleStream(
            self._parcel.open(), share, position=position, failed=failed, **self._options
        )
        yield from self._stream

    @property
    def failure_count(self) -> int:
        """Number of samples that could not be made, by all workers of this rank."""
        return int(self._failed.sum())

    def state_dict(self) -> dict[str, Any]:
        """The position of this process, for `load_state_dict`.

        Without worker processes, it belongs to the last record that was yielded. With workers, each has a position of its own:
        `StatefulDataLoader` of torchdata collects them.
        """
        share = self._share()
        position = Position(self._options["first"] + share.stream)
        if self._stream is not None:
            position = self._stream.position
        elif self._restored is not None:
            return dict(self._restored)
        return {
            "plan": self._digest,
            "stream": share.stream,
            "streams": share.streams,
            "sample": position.sample,
            "records": position.records,
        }

    def load_state_dict(self, state: Mapping[str, Any]) -> None:
        """Lets the next iteration begin after the record at which `state_dict` was called.

        Raises `SettingsError` if the state is that of another plan.
        """
        if state["plan"] != self._digest:
            raise SettingsError(
                "The state is that of another plan. Resume with the plan that it was made with."
            )
        self._restored = dict(state)
        self._stream = None

    def _share(self) -> Share:
        from torch.utils.data import get_worker_info

        worker = get_worker_info()
        workers, number = (1, 0) if worker is None else (worker.num_workers, worker.id)
        return Share(self._rank.stream * workers + number, self._rank.streams * workers)

    def __getstate__(self) -> dict[str, Any]:
        return {**self.__dict__, "_stream": None}
