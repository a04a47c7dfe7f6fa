"""Layouts of data sets on disk: how records become files, and how they are read back."""

from smashcima.datasets.layouts.coco import CocoLayout
from smashcima.datasets.layouts.deepscores import DeepScoresLayout
from smashcima.datasets.layouts.folders import FoldersLayout
from smashcima.datasets.layouts.layout import Layout, ShardWriter
from smashcima.datasets.layouts.loading import layout_of, load
from smashcima.datasets.layouts.musicorpus import MusiCorpusLayout, validate_musicorpus
from smashcima.datasets.layouts.musicscore import MusicScoreLayout
from smashcima.datasets.layouts.parquet import ParquetLayout
from smashcima.datasets.layouts.registry import check_layout, known_layouts, make_layout, register_layout
from smashcima.datasets.layouts.visionscores import VisionScoresLayout
from smashcima.datasets.layouts.webdataset import WebDatasetLayout
from smashcima.datasets.layouts.yolo import YoloLayout

__all__ = [
    "CocoLayout",
    "DeepScoresLayout",
    "FoldersLayout",
    "Layout",
    "MusiCorpusLayout",
    "MusicScoreLayout",
    "ParquetLayout",
    "ShardWriter",
    "VisionScoresLayout",
    "WebDatasetLayout",
    "YoloLayout",
    "check_layout",
    "known_layouts",
    "layout_of",
    "load",
    "make_layout",
    "register_layout",
    "validate_musicorpus",
]
