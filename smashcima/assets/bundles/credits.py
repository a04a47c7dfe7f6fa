"""Licences and citations of the assets used in images, for built-in assets and for the bundles recorded in scenes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from smashcima.assets.bundles.known_bundles import bundle_by_name, bundle_names
from smashcima.assets.bundles.manifest import Manifest
from smashcima.assets.bundles.repository import AssetRepository

_KEY = "bundle "
_CHECKSUM = "sha256:"


@dataclass(frozen=True, slots=True)
class Credit:
    """Licence and citation of one asset."""

    name: str
    version: str
    license: str
    """Short name of the licence."""

    citation: str
    """Owner, or reference to cite."""

    remark: str = ""
    """Remark about the installed copy."""


_FONTS = {
    "Bravura": "Steinberg Media Technologies GmbH",
    "Gootville": "after the Gonville font by Simon Tatham",
    "Leipzig": "the Verovio project",
    "Leland": "MuseScore Limited",
    "Petaluma": "Steinberg Media Technologies GmbH",
}

BUILT_IN = (
    Credit("the pen and its writers", "", "Apache-2.0", "the authors of Smashcima"),
    Credit(
        "Hershey fonts (letters of the pen)",
        "",
        "public domain",
        "Dr. A. V. Hershey, U.S. National Bureau of Standards",
    ),
    Credit(
        "Liberation Serif (printed text)",
        "1.04",
        "GPL-2.0 with an exception for documents that use the font",
        "Ascender Corporation, for Red Hat, Inc.",
    ),
    *(Credit(f"{font} (music font)", "", "SIL OFL 1.1", owner) for font, owner in _FONTS.items()),
)
"""Credits of assets included in Smashcima and its dependencies, which are used unless bundles are."""


def credit_of(manifest: Manifest) -> Credit:
    """The credit of an installed bundle."""
    return Credit(manifest.name, manifest.version, manifest.license, manifest.citation)


def recorded_bundles(data: Any) -> dict[str, str]:
    """Entries of `Manifest.versions` found anywhere in the `versions` of a scene, or in JSON made from them."""
    found: dict[str, str] = {}
    if isinstance(data, Mapping):
        for key, value in data.items():
            if isinstance(key, str) and key.startswith(_KEY) and isinstance(value, str):
                found[key] = value
            else:
                found |= recorded_bundles(value)
    elif isinstance(data, Iterable) and not isinstance(data, str | bytes):
        for value in data:
            found |= recorded_bundles(value)
    return found


def credits_of_record(recorded: Mapping[str, str], repository: AssetRepository) -> tuple[Credit, ...]:
    """The credits of recorded bundles, from the installed bundles, or else from bundle classes known by name."""
    installed = [each.manifest for each in repository.list() if each.manifest is not None]
    credits = []
    for key, value in recorded.items():
        name = key.removeprefix(_KEY)
        version, _, checksum = value.partition(" ")
        of_that_name = [manifest for manifest in installed if manifest.name == name]
        same = [each for each in of_that_name if f"{_CHECKSUM}{each.checksum}" == checksum]
        if same:
            credits.append(credit_of(same[0]))
            continue
        remark = "installed here with different content" if of_that_name else "not installed here"
        if name in bundle_names():
            known = bundle_by_name(name)
            credits.append(Credit(name, version, known.license, known.citation, remark))
        else:
            credits.append(Credit(name, version, "unknown", "unknown", remark))
    return tuple(credits)
