"""Values in recipes: each is encoded as plain data, and decoded to an equal value."""

from __future__ import annotations

import json
import math
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima.assets.bundles import AssetRepository
from smashcima.errors import RecipeError
from smashcima.orchestration.recipes.values import decode, encode
from smashcima.synthesis.pen import Scribe

OFFERED = """
from smashcima.assets.bundles import AssetBundle

class Offered(AssetBundle):
    version = "1"
    def install(self):
        (self.directory / "file.txt").write_text("x")
"""


@pytest.mark.parametrize(
    ("value", "data"),
    [
        (None, None),
        (True, True),
        (1.5, 1.5),
        ("é", "é"),
        ((1, (2, "x")), [1, [2, "x"]]),
        ({"a": 1}, {"a": 1}),
        ({"type": "waltz"}, {"type": "mapping", "items": {"type": "waltz"}}),
        (frozenset({2, 1}), {"type": "set", "items": [1, 2]}),
        (math.inf, {"type": "number", "value": "inf"}),
        (Path("a/b"), {"type": "path", "value": "a/b"}),
        (sc.PageSize(210, 297), {"type": "PageSize", "width": 210, "height": 297}),
        (sc.PenWriter(slant=3.0), {"type": "PenWriter", "slant": 3.0}),
        (
            sc.PenWriter(scribe=Scribe("mine", blots=2.0)),
            {"type": "PenWriter", "scribe": {"type": "Scribe", "name": "mine", "blots": 2.0}},
        ),
        (sc.EngravedModel, {"import": "EngravedModel"}),
        (json.dumps, {"import": "json:dumps"}),
    ],
)
def test_a_value_survives_as_data(value: Any, data: Any) -> None:
    assert encode(value, "x") == data
    assert decode(json.loads(json.dumps(data)), Any, "x") == value


def test_numbers_of_numpy_are_numbers() -> None:
    assert encode((np.float32(0.5), np.int64(3), np.bool_(True)), "x") == [0.5, 3, True]


def test_members_of_enums_are_named(own_module: ModuleType) -> None:
    data = {"type": "own_music:Mood", "value": "WILD"}
    assert encode(own_module.Mood.WILD, "x") == data
    assert decode(data, Any, "x") is own_module.Mood.WILD
    with pytest.raises(RecipeError, match="CALM, WILD"):
        decode({**data, "value": "SAD"}, Any, "x")


@pytest.mark.parametrize("value", [object(), np.zeros(2), {1: 2}, lambda: None, b"bytes", iter([])])
def test_other_values_are_refused_with_their_place(value: object) -> None:
    with pytest.raises(RecipeError, match=r"^x\[0\]"):
        encode([value], "x")


@pytest.mark.parametrize(
    "data",
    [
        {"type": "smashcima.assets.bundles:AssetRepository", "directory": "x"},
        {"type": "subprocess:Popen", "args": ["x"]},
        {"type": "builtins:eval"},
        {"type": "EngravedModel"},
        {"type": "NoSuchThing"},
        {"type": 3},
        {"type": "set", "items": 3},
        {"type": "number", "value": "many"},
    ],
)
def test_objects_of_other_classes_are_not_made(data: Any) -> None:
    with pytest.raises(RecipeError, match="^x"):
        decode(data, Any, "x")


def test_a_bundle_is_named_with_its_version(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "offering_bundles.py").write_text(OFFERED)
    metadata = tmp_path / "offering_bundles-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: offering-bundles\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text("[smashcima.bundles]\nOffered = offering_bundles:Offered\n")
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setenv("SMASHCIMA_CACHE", str(tmp_path / "cache"))
    from offering_bundles import Offered  # type: ignore[import-not-found]

    bundle = AssetRepository.default().resolve_bundle(Offered)
    data = {"type": "AssetBundle", "name": "Offered", "version": "1"}
    assert encode(bundle, "x") == data
    assert type(decode(data, Any, "x")) is Offered
    with pytest.raises(RecipeError, match=r"x\.version: the recipe needs version 2 of Offered"):
        decode({**data, "version": "2"}, Any, "x")
    with pytest.raises(RecipeError, match=r"x\.name: There is no asset bundle|x\.name: .*Nowhere"):
        decode({**data, "name": "Nowhere"}, Any, "x")
    del sys.modules["offering_bundles"]
