"""The scene graph: objects with declared, bidirectional edges. Independent of music and images."""

from smashcima.scene.graph.copy_plan import CopyPlan
from smashcima.scene.graph.declarations import Edge
from smashcima.scene.graph.edge_list import EdgeList
from smashcima.scene.graph.garbage import garbage_collection_paused, with_older_objects_set_aside
from smashcima.scene.graph.index_state import IndexState
from smashcima.scene.graph.nameof_via_dummy import nameof_via_dummy
from smashcima.scene.graph.releasing import release
from smashcima.scene.graph.saving import SavableValue, savable
from smashcima.scene.graph.scene import Scene
from smashcima.scene.graph.scene_object import SceneObject

__all__ = [
    "CopyPlan",
    "Edge",
    "EdgeList",
    "IndexState",
    "SavableValue",
    "Scene",
    "SceneObject",
    "nameof_via_dummy",
    "release",
    "savable",
    "garbage_collection_paused",
    "with_older_objects_set_aside",
]
