"""Scene files, which store a scene as data and cannot run code when read.

A file is a zip archive. `format.json` contains the format and its version, `scene.json` the objects and values, and
`arrays/*.npy` the numbers of all NumPy arrays, one file per dtype. Reading makes objects of known classes only (see
`known_classes`) and calls no constructor. `files`, which imports NumPy and zipfile, is imported only when a scene is
saved or loaded.
"""

from smashcima.scene.graph.saving.known_classes import SavableValue, savable

__all__ = ["SavableValue", "savable"]
