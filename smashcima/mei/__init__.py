"""Lossless conversion between MEI and `Score`."""

from smashcima.mei.reading import read_mei
from smashcima.mei.writing import write_mei, write_mei_part

__all__ = ["read_mei", "write_mei", "write_mei_part"]
