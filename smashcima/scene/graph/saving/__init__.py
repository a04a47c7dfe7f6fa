"""Scene files: a scene as data, which cannot become code when it is read.

A file is a zip archive. `format.json` has the format and its version, `scene.json` the objects and values, and
`arrays/*.npy` the numbers of all NumPy arrays, one file for each type of number. Reading makes objects of known classes only:
`known_classes` says which these are. No constructor runs.
"""

from smashcima.scene.graph.saving.files import is_scene_file, load_scene_file, save_scene_file
from smashcima.scene.graph.saving.known_classes import SavableValue, savable

__all__ = ["SavableValue", "is_scene_file", "load_scene_file", "savable", "save_scene_file"]
