"""The public face: the names that are promised to users are there, and importing them costs nothing early."""

from __future__ import annotations

import ast
import importlib
import subprocess
import sys
from pathlib import Path

import pytest

import smashcima

PROMISED = """
AffineSpace BaseHandwrittenModel BitmapRenderer ComposedGlyph Compositor Container Contours CurveSynthesizer
DefaultCompositor Glyph GlyphSynthesizer ImageLayer LabeledRegion LayerSet LineGlyph LineSynthesizer Model
MusicNotationSynthesizer NullPostprocessor PageSynthesizer PaperSynthesizer PenWriter PlacementStyle Point
Polygon Postprocessor Quad Rectangle Scene SceneObject ScenePoint SmashcimaLabels SmuflLabels
SolidColorPaperSynthesizer Sprite StafflinesSynthesizer StyleDomain Styler SvgExporter TextSynthesizer
Transform Vector2 ViewBox mm_to_px px_to_mm
""".split()


@pytest.mark.parametrize("name", sorted({*PROMISED, *smashcima.__all__}))
def test_a_promised_name_is_at_top_level(name: str) -> None:
    assert name in smashcima.__all__
    assert getattr(smashcima, name) is not None


def test_type_checkers_see_the_names_that_are_loaded_at_run_time() -> None:
    tree = ast.parse(Path(smashcima.__file__).read_text(encoding="utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    shown = {
        alias.name: node.module
        for node in guarded.body
        if isinstance(node, ast.ImportFrom)
        for alias in node.names
    }
    assert {name for name, module in shown.items() if module == "smashcima"} == smashcima._SUBPACKAGES
    assert {name: module for name, module in shown.items() if module != "smashcima"} == smashcima._MODULE_OF


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'Nonsense'"):
        smashcima.Nonsense  # noqa: B018


@pytest.mark.parametrize(
    ("package", "name"),
    [
        ("orchestration", "BaseHandwrittenModel"),
        ("exporting", "SvgExporter"),
        ("geometry", "Transform"),
        ("synthesis", "GlyphSynthesizer"),
        ("scene.visual", "Notehead"),
        ("scene.semantic", "Note"),
    ],
)
def test_packages_re_export_their_names(package: str, name: str) -> None:
    assert hasattr(importlib.import_module(f"smashcima.{package}"), name)


def test_names_load_when_asked_for_and_no_sooner() -> None:
    code = (
        "import sys, smashcima;"
        "assert 'numpy' not in sys.modules, 'numpy is loaded at import';"
        "smashcima.Point;"
        "assert 'smashcima.geometry' in sys.modules;"
        "assert 'verovio' not in sys.modules and 'smashcima.orchestration' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
