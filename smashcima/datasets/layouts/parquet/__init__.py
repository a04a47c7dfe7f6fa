"""Parquet shards for the package `datasets` of Hugging Face."""

from smashcima.datasets.layouts.parquet.layout import ParquetLayout

__all__ = ["ParquetLayout"]
