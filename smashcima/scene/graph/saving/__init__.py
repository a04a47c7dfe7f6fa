"""Scene files: a scene as data, which cannot become code when it is read.

A file is a zip archive. `format.json` has the format and its version, `scene.json` the objects and values, and
`arrays/*.npy` the numbers of all NumPy arrays, one file for each type of number. Reading makes objects of known classes only:
`known_classes` says which these are. No constructor runs. `files`, which needs NumPy and zip archives, is not imported
before a scene is saved or loaded.
"""

from smashcima.scene.graph.saving.known_classes import SavableValue, savable

__all__ = ["SavableValue", "savable"]
