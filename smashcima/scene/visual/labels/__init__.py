"""Labels of drawn objects: canonical SMuFL names, and names of Smashcima for objects without one."""

from smashcima.scene.visual.labels.label import Label, LabelLike
from smashcima.scene.visual.labels.smashcima_labels import SmashcimaLabels
from smashcima.scene.visual.labels.smufl_labels import SmuflLabels

__all__ = ["Label", "LabelLike", "SmashcimaLabels", "SmuflLabels"]
