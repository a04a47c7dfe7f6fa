"""Bundles by name: ours, and those that other packages offer by entry points."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from smashcima.assets.bundles import AssetBundle, MuscimaPP, bundle_by_name, bundle_names
from smashcima.errors import AssetError

OFFERED = """
from smashcima.assets.bundles import AssetBundle

class Offered(AssetBundle):
    version = "1"
    def install(self):
        (self.directory / "file.txt").write_text("x")
"""


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An installed package that offers one bundle that works, and two that do not."""
    site = tmp_path / "site"
    site.mkdir()
    (site / "offering_package.py").write_text(OFFERED)
    metadata = site / "offering_package-1.0.dist-info"
    metadata.mkdir()
    (metadata / "METADATA").write_text("Metadata-Version: 2.1\nName: offering-package\nVersion: 1.0\n")
    (metadata / "entry_points.txt").write_text(
        "[smashcima.bundles]\n"
        "Offered = offering_package:Offered\n"
        "Absent = offering_package_that_is_absent:Absent\n"
        "Wrong = offering_package:AssetBundle.install\n"
    )
    monkeypatch.syspath_prepend(str(site))
    monkeypatch.delitem(sys.modules, "offering_package", raising=False)


def test_every_bundle_of_ours_can_be_loaded_and_tells_its_terms():
    names = bundle_names()
    assert "MuscimaPP" in names
    for name in names:
        bundle = bundle_by_name(name)
        assert issubclass(bundle, AssetBundle)
        assert bundle.name == name
        assert all((bundle.version, bundle.license, bundle.citation, bundle.homepage))


def test_capitals_do_not_matter():
    assert bundle_by_name("muscimapp") is MuscimaPP


def test_a_name_of_nothing_is_told_with_the_closest():
    with pytest.raises(AssetError, match=r"no asset bundle 'MuscimaP'.* Known bundles: .*Closest: MuscimaPP"):
        bundle_by_name("MuscimaP")


def test_bundles_of_other_packages_are_found(package: None):
    assert bundle_names()[-3:] == ("Absent", "Offered", "Wrong")
    assert bundle_by_name("offered").__module__ == "offering_package"


def test_bundles_that_cannot_be_had_are_told(package: None):
    with pytest.raises(AssetError, match="Absent cannot be imported: No module named"):
        bundle_by_name("Absent")
    with pytest.raises(AssetError, match="not a subclass of AssetBundle"):
        bundle_by_name("Wrong")
