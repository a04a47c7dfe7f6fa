"""Packages load the modules of their names when these are used."""

from __future__ import annotations

import subprocess
import sys

import pytest

import smashcima.imaging.filters
import smashcima.synthesis.samples
from smashcima.lazy_names import lazy_names


def test_a_name_is_loaded_from_its_module_and_kept() -> None:
    load = lazy_names("smashcima.geometry", {"point": "Point Corner=Vector2"})
    from smashcima.geometry.point import Point, Vector2

    assert load("Point") is Point
    assert load("Corner") is Vector2
    del vars(sys.modules["smashcima.geometry"])["Corner"]


def test_other_names_are_missing_or_left_to_the_package() -> None:
    with pytest.raises(AttributeError, match=r"module 'smashcima.geometry' has no attribute 'Circle'"):
        lazy_names("smashcima.geometry", {"point": "Point"})("Circle")
    asked = lazy_names("smashcima.geometry", {}, lambda package, name: (package, name))
    assert asked("Circle") == ("smashcima.geometry", "Circle")


@pytest.mark.parametrize("package", [smashcima.imaging.filters, smashcima.synthesis.samples])
def test_every_public_name_can_be_loaded(package: object) -> None:
    for name in package.__all__:  # type: ignore[attr-defined]
        assert getattr(package, name) is not None


def test_one_name_does_not_load_the_others() -> None:
    program = "import sys; from smashcima.imaging.filters import Skew; print('smashcima.imaging.filters.presets' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert done.stdout == "False\n"
