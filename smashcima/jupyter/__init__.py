"""Glyphs and the scene graph as pictures in notebooks. Pages, scenes and images show themselves."""

from smashcima.jupyter.display_glyphs import display_glyphs
from smashcima.jupyter.display_scene_graph import display_scene_graph, display_scene_object_graph

__all__ = ["display_glyphs", "display_scene_graph", "display_scene_object_graph"]
