"""Data sets as input of training: batches from records, and samples that are made while a model trains.

The collate functions take lists of records, from `smashcima.datasets.load` or from `StreamingDataset`, and return batches
of NumPy arrays; `tensors` makes PyTorch tensors of them. `StreamingDataset` and `tensors` need PyTorch (extra `torch`).
"""

from typing import TYPE_CHECKING, Any

from smashcima.datasets.consuming.detection import CollateDetection, Detection, detection_of
from smashcima.datasets.consuming.pictures import picture_of
from smashcima.datasets.consuming.sample_stream import SampleStream
from smashcima.datasets.consuming.segmentation import CollateSegmentation
from smashcima.datasets.consuming.sequences import CollateSequences, text_of
from smashcima.datasets.consuming.vocabulary import Vocabulary

if TYPE_CHECKING:
    from smashcima.datasets.consuming.torch_streaming import StreamingDataset
    from smashcima.datasets.consuming.torch_tensors import tensors

__all__ = [
    "CollateDetection",
    "CollateSegmentation",
    "CollateSequences",
    "Detection",
    "SampleStream",
    "StreamingDataset",
    "Vocabulary",
    "detection_of",
    "picture_of",
    "tensors",
    "text_of",
]


def __getattr__(name: str) -> Any:
    """Imports what needs PyTorch on first use."""
    if name == "StreamingDataset":
        from smashcima.datasets.consuming.torch_streaming import StreamingDataset

        return StreamingDataset
    if name == "tensors":
        from smashcima.datasets.consuming.torch_tensors import tensors

        return tensors
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
