"""What drawn things are called: SMuFL's canonical names, and our own where SMuFL has none."""

from smashcima.scene.visual.labels.smashcima_labels import SmashcimaLabels
from smashcima.scene.visual.labels.smufl_labels import SmuflLabels

Label = str | SmuflLabels | SmashcimaLabels
"""A label as users give it: an enum member, or its text."""

__all__ = ["Label", "SmashcimaLabels", "SmuflLabels"]
