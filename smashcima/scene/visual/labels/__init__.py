"""What drawn things are called: SMuFL's canonical names, and our own where SMuFL has none."""

from smashcima.scene.visual.labels.label import Label, LabelLike
from smashcima.scene.visual.labels.smashcima_labels import SmashcimaLabels
from smashcima.scene.visual.labels.smufl_labels import SmuflLabels

__all__ = ["Label", "LabelLike", "SmashcimaLabels", "SmuflLabels"]
