"""Plans of data sets, and the samples that they describe."""

from smashcima.datasets.generation.image_spec import ImageSpec
from smashcima.datasets.generation.making import SampleMaker
from smashcima.datasets.generation.plan import GenerationPlan
from smashcima.datasets.generation.record import Record, SampleFailure
from smashcima.datasets.generation.sources import RejectedScore, ScoreItem, ScoreSource, register_source

__all__ = [
    "GenerationPlan",
    "ImageSpec",
    "Record",
    "RejectedScore",
    "SampleFailure",
    "SampleMaker",
    "ScoreItem",
    "ScoreSource",
    "register_source",
]
