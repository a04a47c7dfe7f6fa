"""Batches of PyTorch tensors."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from smashcima.datasets.consuming.requirements import need_torch
from smashcima.datasets.generation import Record


def tensors(collate: Callable[[Sequence[Record]], Any]) -> Callable[[Sequence[Record]], Any]:
    """A collate function for `torch.utils.data.DataLoader`: that of NumPy arrays, with tensors in their place.

    Raises `SettingsError` if PyTorch is not installed.
    """
    need_torch()
    return _Tensors(collate)


@dataclass(frozen=True)
class _Tensors:
    """A class, since worker processes that are spawned need collate functions that can be pickled."""

    collate: Callable[[Sequence[Record]], Any]

    def __call__(self, records: Sequence[Record]) -> Any:
        return _as_tensors(self.collate(records))


def _as_tensors(value: Any) -> Any:
    import torch

    if isinstance(value, np.ndarray):
        return torch.from_numpy(np.ascontiguousarray(value))
    if isinstance(value, dict):
        return {key: _as_tensors(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_as_tensors(item) for item in value)
    return value
