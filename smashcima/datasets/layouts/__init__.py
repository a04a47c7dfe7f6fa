"""Layouts of data sets on disk: how records become files, and how they are read back."""

from smashcima.datasets.layouts.folders import FoldersLayout
from smashcima.datasets.layouts.layout import Layout, ShardWriter
from smashcima.datasets.layouts.registry import check_layout, make_layout, register_layout
from smashcima.datasets.layouts.webdataset import WebDatasetLayout

__all__ = [
    "FoldersLayout",
    "Layout",
    "ShardWriter",
    "WebDatasetLayout",
    "check_layout",
    "make_layout",
    "register_layout",
]
