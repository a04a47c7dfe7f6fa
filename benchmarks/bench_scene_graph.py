"""Scene graph with 10,000 objects of three edges each: creation, reverse queries, copies, pickles, files, look-ups.

Run: `python benchmarks/bench_scene_graph.py`. Budget for creation: 20 ms.
"""

from __future__ import annotations

import copy
import pickle
import tempfile
from pathlib import Path

from reference_work import measure, print_table, python_reference

from smashcima.scene.graph import Scene, SceneObject
from smashcima.scene.semantic import Score, Section

OBJECTS = 10_000


class Hub(SceneObject):
    """Target of many edges, like the page and staff of glyphs."""

    number: int = 0


class Thing(SceneObject):
    """Object with three edges."""

    previous: Thing | Hub
    page: Hub
    staff: Hub
    number: int


def build() -> tuple[list[Hub], Thing]:
    """Builds a chain of 10,000 objects, each linked to two of twenty hubs."""
    hubs = [Hub(number) for number in range(20)]
    last: Thing | Hub = hubs[0]
    for number in range(OBJECTS):
        last = Thing(last, hubs[number % 20], hubs[number * 7 % 20], number)
    assert isinstance(last, Thing)
    return hubs, last


def main() -> None:
    """Prints the table."""
    hubs, last = build()
    pickled = pickle.dumps(last, protocol=5)
    scene = Scene()
    scene.add(last)
    path = Path(tempfile.mkdtemp()) / "a.scene"

    def find_after_a_change() -> int:
        last.previous = last.previous
        return len(scene.find(Thing))

    score, other = (
        Score(children=[Section(id=f"{name}{n}") for n in range(OBJECTS)]) for name in ("here", "there")
    )

    def look_up_while_another_is_edited() -> None:
        for number in range(20):
            other.children[number].id += "x"  # type: ignore[union-attr]
            score.by_id(f"here{number}")

    timings = [
        measure("create", build),
        measure("reverse query of all", lambda: [Thing.many_of(hub, "page") for hub in hubs]),
        measure(
            "reverse query of one, 10,000 times",
            lambda: [Thing.many_of(last, "previous") for _ in range(OBJECTS)],
        ),
        measure("deep copy", lambda: copy.deepcopy(last)),
        measure("pickle", lambda: pickle.dumps(last, protocol=5)),
        measure("unpickle", lambda: pickle.loads(pickled)),
        measure("save to a file", lambda: scene.save(path)),
        measure("load from a file", lambda: Scene.load(path)),
        measure("find, graph unchanged", lambda: scene.find(Thing)),
        measure("find, graph changed", find_after_a_change),
        measure("20 look-ups in one score while another is edited", look_up_while_another_is_edited),
    ]
    print_table(timings, python_reference(), {"create": 20})
    print(
        f"size of the pickle: {len(pickled) / 1024:.0f} KiB, of the file: {path.stat().st_size / 1024:.0f} KiB"
    )
    path.unlink()
    path.parent.rmdir()


if __name__ == "__main__":
    main()
