"""Scene files hold data: what was saved comes back, and a hostile file is an error and nothing more."""

from __future__ import annotations

import json
import pickle
import sys
import zipfile
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import Enum
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smashcima.errors import ExportError, SceneFileError
from smashcima.geometry import Point, Transform
from smashcima.scene.graph import SavableValue, Scene, SceneObject, savable
from smashcima.scene.graph.saving.files import is_scene_file, load_scene_file, save_scene_file


@savable
class Color(Enum):
    RED = "r"
    BLUE = "b"


@savable
@dataclass(frozen=True)
class Span:
    start: Fraction
    length: int = 1


@savable
class Names(dict[str, str]):
    pass


@savable
class Pair(tuple[Any, ...]):
    __slots__ = ()


@savable
class Name(str):
    __slots__ = ()


class Options(SavableValue):
    """A value with options that may be set."""

    _transient = frozenset({"cache"})

    def __init__(self) -> None:
        self.size = 3
        self.cache = object()


class Thing(SceneObject):
    value: object = None
    next: Thing | None = None
    many: list[Thing] = field(default_factory=list)
    fixed: tuple[Thing, ...] = ()


def _round_trip(scene: Scene, path: Path) -> Scene:
    scene.save(path)
    return Scene.load(path)


def _tables(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as archive:
        tables: dict[str, Any] = json.loads(archive.read("scene.json"))
    return tables


def _rewritten(path: Path, name: str, data: str | bytes) -> None:
    """Replaces one entry of the archive."""
    with zipfile.ZipFile(path) as archive:
        entries = {entry: archive.read(entry) for entry in archive.namelist()}
    entries[name] = data.encode() if isinstance(data, str) else data
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for entry, content in entries.items():
            archive.writestr(entry, content)


@pytest.fixture
def saved(tmp_path: Path) -> Path:
    """A file of a scene of two things and an array."""
    scene = Scene()
    scene.add(Thing(np.arange(6.0).reshape(2, 3), Thing((1, "two"))))
    scene.save(tmp_path / "a.scene")
    return tmp_path / "a.scene"


# -- what comes back ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "value",
    [
        None, True, 0, -(2**70), 0.1, -0.0, float("inf"), "", "a\0\ud800é", b"\0\xff", 1j, Fraction(-1, 3),
        (1, (2, "x"), []), [1, [2]], {1: (2,), "a": {}, (1, 2): None}, {3, 1}, frozenset({"b", "a"}),
        Color.BLUE, Span(Fraction(1, 2), 4), Names(a="b"), Pair((1, 2)), Point(1, 2), Transform.translate(Point(1, 2)),
        np.float32(1.5), np.bool_(True),
    ],
)  # fmt: skip
def test_a_value_comes_back_with_its_type(value: object, tmp_path: Path) -> None:
    scene = Scene()
    scene.add(Thing(value))
    (thing,) = _round_trip(scene, tmp_path / "a.scene").find(Thing)
    assert type(thing.value) is type(value)
    assert thing.value == value
    if not isinstance(value, set | frozenset):  # whose order is not kept
        assert repr(thing.value) == repr(value)


@pytest.mark.parametrize("dtype", ["bool", "u1", ">i2", "i8", "f4", ">f8", "c8"])
@pytest.mark.parametrize("shape", [(), (0, 2), (3, 2)])
def test_an_array_comes_back_with_its_type_and_shape(
    dtype: str, shape: tuple[int, ...], tmp_path: Path
) -> None:
    array = np.arange(float(np.prod(shape, dtype=int))).reshape(shape).astype(dtype)
    read_only = array.copy()
    read_only.flags.writeable = False
    scene = Scene()
    scene.add(Thing((array, array.T, read_only)))
    made: Any = _round_trip(scene, tmp_path / "a.scene").find(Thing)[0].value
    for one, other in zip(made, (array, array.T, read_only), strict=True):
        assert one.dtype.name == other.dtype.name
        assert one.shape == other.shape
        assert np.array_equal(one, other)
        assert one.flags.writeable == other.flags.writeable


def test_edges_come_back_in_both_directions_and_in_order(tmp_path: Path) -> None:
    scene = Scene()
    hub = Thing("hub")
    things = [Thing(number, next=hub) for number in range(5)]
    hub.many = [things[3], things[1], things[3]]
    hub.fixed = (things[0], things[4])
    things[2].next = None
    things[2].next = hub  # links it anew, as the last
    scene.add(hub)
    loaded = _round_trip(scene, tmp_path / "a.scene")
    (twin,) = loaded.contents
    assert isinstance(twin, Thing)
    assert [source.value for source in Thing.many_of(twin, "next")] == [0, 1, 3, 4, 2]
    assert [thing.value for thing in twin.many] == [3, 1, 3]
    assert [thing.value for thing in twin.fixed] == [0, 4]
    twin.many.append(Thing("new"))
    assert [type(found) for found in loaded.connected()] == [Scene] + [Thing] * 7


def test_a_shared_value_is_still_shared(tmp_path: Path) -> None:
    shared: list[int] = [1]
    scene = Scene()
    scene.add(Thing(shared), Thing((shared, scene)))
    one, other = _round_trip(scene, tmp_path / "a.scene").find(Thing)
    assert isinstance(other.value, tuple)
    assert other.value[0] is one.value


def test_a_text_of_a_class_of_its_own_keeps_its_class(tmp_path: Path) -> None:
    scene = Scene()
    scene.add(Thing({Name("a"): Name("b")}))
    (thing,) = _round_trip(scene, tmp_path / "a.scene").find(Thing)
    assert thing.value == {"a": "b"}
    assert {type(part) for pair in thing.value.items() for part in pair} == {Name}  # type: ignore[attr-defined]


def test_the_options_of_a_value_come_back_without_what_is_transient(tmp_path: Path) -> None:
    options = Options()
    options.size = 4
    scene = Scene()
    scene.add(Thing(options))
    (thing,) = _round_trip(scene, tmp_path / "a.scene").find(Thing)
    assert isinstance(thing.value, Options)
    assert vars(thing.value) == {"size": 4}


def test_attributes_that_are_no_fields_come_back_but_indices_do_not(tmp_path: Path) -> None:
    scene = Scene()
    thing = Thing()
    thing.remark = "of mine"  # type: ignore[attr-defined]
    scene.add(thing)
    assert scene.find(Thing) == [thing]
    loaded = _round_trip(scene, tmp_path / "a.scene")
    assert set(vars(loaded)) == {"root_space", "contents"}
    assert vars(loaded.contents[0])["remark"] == "of mine"


def test_the_same_scene_makes_the_same_bytes(tmp_path: Path) -> None:
    scene = Scene()
    scene.add(Thing(frozenset("abcdef")))
    scene.save(tmp_path / "a.scene")
    _round_trip(scene, tmp_path / "b.scene").save(tmp_path / "c.scene")
    assert (tmp_path / "a.scene").read_bytes() == (tmp_path / "c.scene").read_bytes()


def test_classes_have_the_names_by_which_packages_export_them(tmp_path: Path) -> None:
    scene = Scene()
    scene.add(Thing(Point(1, 2)))
    scene.save(tmp_path / "a.scene")
    names = [name for name, _ in _tables(tmp_path / "a.scene")["shapes"]]
    assert names == ["smashcima.scene.graph:Scene", f"{__name__}:Thing", "smashcima.geometry:Point"]


def test_a_field_that_was_added_later_has_its_default(saved: Path) -> None:
    tables = _tables(saved)
    (shape,) = (shape for shape in tables["shapes"] if shape[0].endswith(":Thing"))
    number, place = tables["shapes"].index(shape), shape[1].index("value")
    del shape[1][place]
    for kind, values, _ in tables["objects"]:
        if kind == number:
            del values[place]
    _rewritten(saved, "scene.json", json.dumps(tables))
    assert [thing.value for thing in Scene.load(saved).find(Thing)] == [None, None]


# -- what is refused ---------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Unmarked:
    value: int = 0


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (object(), "builtins:object"),
        (Unmarked(), "test_files:Unmarked"),
        ((1, [Path()]), "Path"),
        (len, "builtin_function_or_method"),
        (np.array([None]), "does not contain numbers"),
    ],
)
def test_a_value_of_an_unknown_class_is_not_saved(value: object, told: str, tmp_path: Path) -> None:
    scene = Scene()
    scene.add(Thing(value))
    with pytest.raises(SceneFileError, match=rf"Thing\.value: .*{told}"):
        scene.save(tmp_path / "a.scene")
    assert not (tmp_path / "a.scene").exists()


def test_a_list_that_contains_itself_is_not_saved(tmp_path: Path) -> None:
    items: list[Any] = []
    items.append(items)
    scene = Scene()
    scene.add(Thing(items))
    with pytest.raises(SceneFileError, match="contains itself"):
        scene.save(tmp_path / "a.scene")


def test_a_pickle_of_earlier_versions_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "a.scene"
    path.write_bytes(b"smashcima-scene-1\n" + pickle.dumps(Scene()))
    assert is_scene_file(path)
    with pytest.raises(SceneFileError, match="as a pickle.*no longer read.*from its score and seed"):
        Scene.load(path)


@pytest.mark.parametrize("data", [b"", b"something else", b"PK\3\4"])
def test_a_file_that_is_no_scene_is_refused(data: bytes, tmp_path: Path) -> None:
    path = tmp_path / "a.scene"
    path.write_bytes(data)
    assert not is_scene_file(path)
    with pytest.raises(ExportError, match="is not a scene file"):
        Scene.load(path)


def test_another_archive_is_no_scene(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("score.xml", "<score/>")
    assert not is_scene_file(path)
    with pytest.raises(SceneFileError, match="damaged"):
        Scene.load(path)


def test_every_truncated_file_is_refused(saved: Path) -> None:
    data = saved.read_bytes()
    for length in range(0, len(data), 7):
        saved.write_bytes(data[:length])
        with pytest.raises(SceneFileError):
            Scene.load(saved)


def test_files_with_changed_bytes_load_or_are_refused(saved: Path) -> None:
    data = saved.read_bytes()
    for place in range(0, len(data), 5):
        saved.write_bytes(data[:place] + bytes([data[place] ^ 0x55]) + data[place + 1 :])
        try:
            Scene.load(saved)
        except SceneFileError:
            continue


def test_a_version_of_the_future_is_named(saved: Path) -> None:
    about = {"format": "smashcima scene", "version": 7, "written_by": "smashcima 9.1"}
    _rewritten(saved, "format.json", json.dumps(about))
    with pytest.raises(SceneFileError, match=r"version 7 .* written by smashcima 9\.1.* reads version 1"):
        Scene.load(saved)


@pytest.mark.parametrize(
    "name",
    [
        "os:system",
        "posix:system",
        "builtins:eval",
        "subprocess:Popen",
        "smashcima:Scene.load",
        "smashcima.__main__:main",
        "smashcima.cli.licenses:subprocess",
        "smashcima.scene.graph.scene:Scene.load",
        "smashcima.scene.graph.scene:Path",
        "smashcima.scene.graph.saving.files:_DAMAGE",
        "smashcima.nothing:Here",
        "antigravity:x",
        f"{__name__}:Unmarked",
        "",
    ],
)
def test_a_class_that_is_not_known_is_named_and_not_imported(name: str, saved: Path) -> None:
    tables = _tables(saved)
    tables["shapes"].append([name, ["value"]])
    _rewritten(saved, "scene.json", json.dumps(tables))
    with pytest.raises(SceneFileError, match="is not known.*import the module"):
        Scene.load(saved)
    assert "antigravity" not in sys.modules


def test_messages_about_a_file_are_short(saved: Path) -> None:
    tables = _tables(saved)
    tables["shapes"].append(["x" * 10**6, None])
    _rewritten(saved, "scene.json", json.dumps(tables))
    with pytest.raises(SceneFileError) as error:
        Scene.load(saved)
    assert len(str(error.value)) < 1000


def test_a_class_of_ones_own_is_known_once_its_module_is_imported(tmp_path: Path) -> None:
    def define() -> type[SceneObject]:
        class Local(SceneObject):
            value: int

        return Local

    made = define()(3)  # type: ignore[call-arg]
    save_scene_file(made, tmp_path / "a.scene")
    newest = define()  # as if the cell of a notebook ran again
    assert type(load_scene_file(tmp_path / "a.scene")) is newest
    with pytest.raises(SceneFileError, match="another class has its name"):
        save_scene_file(made, tmp_path / "b.scene")


def _set(path: list[Any], value: Any) -> Callable[[dict[str, Any]], None]:
    def change(tables: dict[str, Any]) -> None:
        target: Any = tables
        for step in path[:-1]:
            target = target[step]
        target[path[-1]] = value

    return change


@pytest.mark.parametrize(
    "change",
    [
        _set(["objects"], []),
        _set(["objects", 0, 0], -1),
        _set(["objects", 0, 0], 99),
        _set(["objects", 0, 1], []),
        _set(["objects", 1, 1, 0], [10**6]),
        _set(["objects", 1, 1, 0], [-1]),
        _set(["objects", 1, 1, 0], [True]),
        _set(["objects", 1, 1, 0], {"a": 1}),
        _set(["objects", 1, 1, 1], None),  # an edge that only its target knows
        _set(["objects", 1, 2], {}),  # and one that only its source knows
        _set(["values", 0], ["no such kind"]),
        _set(["values", 0], ["array", "float64", 0, [10**12, 10**12]]),
        _set(["values", 0], ["array", "float64", -3, [2, 3]]),
        _set(["values", 0], ["array", "float64", 0, [2.0, 3]]),
        _set(["values", 0], ["array", "object", 0, [2, 3]]),
        _set(["values", 0], ["fraction", "1e999999999", 1]),
        _set(["values", 0], ["fraction", 1, 0]),
        _set(["values", 0], ["tuple", [10**6]]),
        _set(["values", 0], ["set", [3]]),  # a value that comes later
        _set(["values", 0], ["dict", 1]),
        _set(["shapes", 0, 1], ["root_space", "contents", "load"]),
        _set(["shapes", 0, 1], ["root_space", "__class__"]),
        _set(["shapes", 0, 1], ["root_space", "_incoming"]),
        _set(["shapes", 0, 1], ["root_space", "_index"]),
        _set(["shapes", 0, 1], ["root_space", "not an attribute"]),
        _set(["shapes", 0, 0], "smashcima.geometry.point:Point"),
    ],
)
def test_tables_that_make_no_sense_are_refused(change: Callable[[dict[str, Any]], None], saved: Path) -> None:
    tables = _tables(saved)
    change(tables)
    _rewritten(saved, "scene.json", json.dumps(tables))
    with pytest.raises(SceneFileError):
        Scene.load(saved)


@pytest.mark.parametrize("text", ["", "[]", "{}", "[" * 100_000, '{"shapes": 1}', "\0", "1" * 100_000])
def test_text_that_holds_no_tables_is_refused(text: str, saved: Path) -> None:
    _rewritten(saved, "scene.json", text)
    with pytest.raises(SceneFileError):
        Scene.load(saved)


class _Bomb:
    def __reduce__(self) -> tuple[Any, ...]:
        return (pytest.fail, ("code of a file has run",))


def test_arrays_are_not_unpickled(saved: Path, tmp_path: Path) -> None:
    np.save(tmp_path / "bomb.npy", np.array([_Bomb()], dtype=object), allow_pickle=True)
    for data in (
        (tmp_path / "bomb.npy").read_bytes(),
        pickle.dumps(_Bomb()),
        b"\x93NUMPY\x01\x00\x76\x00{'descr': '<f8', 'fortran_order': False, 'shape': (999999999999,), }",
    ):
        _rewritten(saved, "arrays/float64.npy", data)
        with pytest.raises(SceneFileError):
            Scene.load(saved)


def test_a_bomb_is_not_unpacked(saved: Path) -> None:
    _rewritten(saved, "arrays/uint8.npy", bytes(3 * 2**20))
    assert saved.stat().st_size < 10_000
    with pytest.raises(SceneFileError, match=r"3\.0 MiB when unpacked.*the limit is 2\.0 MiB"):
        Scene.load(saved, max_bytes=2 * 2**20)
    _rewritten(saved, "scene.json", " " * 2**20)
    with pytest.raises(SceneFileError, match="a quarter can be text"):
        Scene.load(saved, max_bytes=2 * 2**20)


def test_a_scene_of_another_class_is_refused(saved: Path) -> None:
    class OtherScene(Scene):
        pass

    with pytest.raises(SceneFileError, match="contains a Scene, not a OtherScene"):
        OtherScene.load(saved)
