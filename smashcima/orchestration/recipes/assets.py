"""Encodes glyph stores, asset bundles and placement styles."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from smashcima.assets.bundles import AssetBundle, AssetRepository, bundle_by_name
from smashcima.assets.glyphs import GlyphStore
from smashcima.errors import SmashcimaError
from smashcima.orchestration.recipes.field_error import FieldError
from smashcima.orchestration.recipes.values import (
    TYPE,
    Data,
    Form,
    call,
    decode,
    encode,
    only,
    shown,
    text_of,
)
from smashcima.placement import PlacementStyle, Quantity


def _encode_store(store: GlyphStore, where: str) -> dict[str, Data]:
    if store.path is None:
        raise FieldError(
            f"{where}",
            "the glyph store is in memory only; create it with `path=`, which writes it to a file.",
        )
    return {TYPE: "GlyphStore", "path": str(store.path), "sha256": store.sha256}


def _open_store(_: Any, fields: Mapping[str, Data], where: str) -> GlyphStore:
    only(fields, ("path", "sha256"), where)
    path = text_of(fields.get("path"), f"{where}.path")
    try:
        store = GlyphStore.open(path)
    except SmashcimaError as error:
        raise FieldError(f"{where}.path", f"{error}") from error
    wanted = fields.get("sha256")
    if wanted is not None and wanted != store.sha256:
        raise FieldError(
            f"{where}.sha256",
            f"the glyph store {path} has changed: its SHA-256 is {store.sha256}, not {wanted}.",
        )
    return store


def _encode_bundle(bundle: AssetBundle, where: str) -> dict[str, Data]:
    return {TYPE: "AssetBundle", "name": type(bundle).__name__, "version": bundle.version}


def _resolve_bundle(_: Any, fields: Mapping[str, Data], where: str) -> AssetBundle:
    only(fields, ("name", "version"), where)
    name = text_of(fields.get("name"), f"{where}.name")
    try:
        bundle = AssetRepository.default().resolve_bundle(bundle_by_name(name))
    except SmashcimaError as error:
        raise FieldError(f"{where}.name", f"{error}") from error
    wanted = fields.get("version", bundle.version)
    if wanted != bundle.version:
        raise FieldError(
            f"{where}.version",
            f"the recipe needs version {wanted} of {name}, but version {bundle.version} is installed.",
        )
    return bundle


def _encode_placement(style: PlacementStyle, where: str) -> dict[str, Data]:
    """Encodes the quantities that differ from those of the average writer."""
    average = PlacementStyle().quantities
    quantities = {
        name: encode(quantity, f"{where}.quantities.{name}")
        for name, quantity in style.quantities.items()
        if quantity != average[name]
    }
    found = {TYPE: "PlacementStyle", "name": style.name, "amplitude": style.amplitude}
    return {**found, "quantities": quantities} if quantities else found


def _make_placement(cls: Any, fields: Mapping[str, Data], where: str) -> Any:
    only(fields, ("name", "amplitude", "quantities"), where)
    hints = {"name": str, "amplitude": float}
    arguments = {
        name: decode(data, hints[name], f"{where}.{name}") for name, data in fields.items() if name in hints
    }
    quantities = fields.get("quantities", {})
    if not isinstance(quantities, Mapping):
        raise FieldError(f"{where}.quantities", f"expected a mapping, got {shown(quantities)}.")
    arguments["quantities"] = {
        name: decode(data, Quantity | None, f"{where}.quantities.{name}") for name, data in quantities.items()
    }
    return call(cls, arguments, where)


ASSET_FORMS = (
    Form(GlyphStore, _encode_store, _open_store),
    Form(AssetBundle, _encode_bundle, _resolve_bundle),
    Form(PlacementStyle, _encode_placement, _make_placement),
)
