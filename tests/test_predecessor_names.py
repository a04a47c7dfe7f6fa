"""Users of smashcima 1.1.2 find every name at its old place, or are told where to look."""

from __future__ import annotations

import importlib
import subprocess
import sys
import warnings
from collections.abc import Iterator
from pathlib import Path

import pytest

import smashcima
from smashcima._former_names import FORMER_NAMES

TOP_LEVEL = """Accidental AccidentalValue AffineSpace AffineSpaceVisitor Attributes AttributesChange AugmentationDot
BaseHandwrittenPostprocessor Beam BeamCoordinateSystem BeamHook BeamValue BeamedGroup BitmapRenderer Canvas Chord Clef ClefSign
ComposedGlyph Compositor Contours DebugGlyphRenderer DefaultCompositor Durable Event Filter FilterStack Flag Glyph
GlyphSynthesizer ImageLayer ImageLayerBuilder KeySignature LabeledRegion LayerSet LegerLine LineGlyph LineSynthesizer Measure
MeasureRest Model MungExporter MusicNotationSynthesizer Note Notehead NoteheadSide NullPostprocessor Page PageSynthesizer
PaperSynthesizer Part Pitch Point Polygon Postprocessor Quad Rectangle Region RestSemantic RestVisual Scene SceneObject
ScenePoint Score ScoreEvent ScoreMeasure SmashcimaLabels SmuflLabels Sprite StaffCoordinateSystem StaffMeasure StaffSemantic
StaffVisual StafflinesSynthesizer Stem StemValue SvgExporter System SystemMeasure TimeSignature Transform TypeDuration Vector2
ViewBox mm_to_px px_to_mm __version__""".split()

WITHOUT_COUNTERPART = {
    "AccidentalValue": "Accidental.kind",
    "AffineSpaceVisitor": "scene.find",
    "Attributes": "descendants",
    "AttributesChange": "descendants",
    "BeamCoordinateSystem": "BeamSegment",
    "BeamValue": "smashcima.scene.semantic.Beam",
    "Canvas": "smashcima.imaging.blend",
    "DebugGlyphRenderer": "OverlayRenderer",
    "ImageLayerBuilder": "draw_layers",
    "NoteheadSide": "stem.noteheads",
    "ScoreEvent": "score.events",
    "StaffCoordinateSystem": "staff.line_ys",
}
"""Names that raise an error, with what the error names."""

PATHS = """orchestration.Container.Container orchestration.Container.MissingInterfaceBindingTargetError
orchestration.BaseHandwrittenModel.BaseHandwrittenModel orchestration.BaseHandwrittenModel.BaseHandwrittenScene
orchestration.OmniOMRModel.OmniOMRModel scene.AffineSpace scene.ViewBox scene.Sprite scene.Scene.Scene scene.Glyph.Glyph
scene.LineGlyph.LineGlyph scene.Sprite.Sprite scene.SceneObject.SceneObject scene.SceneObject.Link
scene.SceneObject.SceneRelationshipResolutionException scene.nameof_via_dummy.nameof_via_dummy scene.semantic.Part.Part
scene.visual.RestVisual scene.visual.Notehead.Notehead scene.visual.Page.Page geometry.Rectangle geometry.Transform
geometry.Vector2.Vector2 exporting.SvgExporter exporting.DefaultCompositor exporting.NullPostprocessor
exporting.BaseHandwrittenPostprocessor exporting.BitmapRenderer.BitmapRenderer
exporting.compositing.DefaultCompositor.DefaultCompositor exporting.postprocessing.Filter.Filter
exporting.postprocessing.BaseHandwrittenPostprocessor.BaseHandwrittenPostprocessor loading.MusicXmlLoader.MusicXmlLoader
synthesis.PaperSynthesizer synthesis.SolidColorPaperSynthesizer synthesis.GlyphSynthesizer.GlyphSynthesizer
synthesis.LineSynthesizer.LineSynthesizer synthesis.glyph.MuscimaPPGlyphSynthesizer.MuscimaPPGlyphSynthesizer
synthesis.glyph.MuscimaPPLineSynthesizer.MuscimaPPLineSynthesizer synthesis.glyph.OmniOMRGlyphSynthesizer.OmniOMRGlyphSynthesizer
synthesis.glyph.OmniOMRLineSynthesizer.OmniOMRLineSynthesizer synthesis.style.Styler.Styler
synthesis.style.StyleDomain.StyleDomain synthesis.style.MuscimaPPStyleDomain.MuscimaPPStyleDomain
synthesis.style.MzkPaperStyleDomain.MzkPaperStyleDomain synthesis.style.OmniOMRStyleDomain.OmniOMRStyleDomain
synthesis.notation.column.ColumnMusicNotationSynthesizer.ColumnMusicNotationSynthesizer assets.AssetRepository.AssetRepository
assets.datasets.MuscimaPP.MuscimaPP assets.glyphs.muscima_pp.MuscimaPPGlyphs.MuscimaPPGlyphs
assets.glyphs.omni_omr.OmniOMRGlyphs.OmniOMRGlyphs assets.textures.MzkPaperPatches.MzkPaperPatches
assets.textures.MzkPaperPatches.Patch jupyter.display_scene_graph.display_scene_graph
jupyter.display_scene_graph.display_scene_object_graph jupyter.display_glyphs.display_glyphs config synthesis.PageSynthesizer
synthesis.style.RepositoryStyleDomain synthesis.glyph.RepositoryGlyphSynthesizer scene.Glyph orchestration.BaseHandwrittenModel
synthesis.style.MuscimaPPStyleDomain synthesis.style.OmniOMRStyleDomain synthesis.glyph.OmniOMRLineSynthesizer
scene.visual.LedgerLine.LegerLine scene.semantic.Pitch.Octave scene.semantic.TimeSignature.TimeSymbol
geometry.units.mm_to_px""".split()

TOLD = {
    "OmniOMR": "glyphs_from_mung",
    "Link": "Edges are declared",
    "MusicXmlLoader": "load_score",
    "Octave": "an integer",
}
"""What the error of a path without a counterpart says, by a part of the path."""


@pytest.fixture(autouse=True)
def _without_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def test_all_87_names_are_listed() -> None:
    assert len(set(TOP_LEVEL)) == 87


@pytest.mark.parametrize("name", TOP_LEVEL)
def test_a_name_of_the_package_resolves_or_names_the_new_place(name: str) -> None:
    if name not in WITHOUT_COUNTERPART:
        assert getattr(smashcima, name) is not None
        return
    with pytest.raises(AttributeError, match=WITHOUT_COUNTERPART[name]) as told:
        getattr(smashcima, name)
    assert "has no counterpart" in str(told.value)
    with pytest.raises(ImportError, match=WITHOUT_COUNTERPART[name]):
        exec(f"from smashcima import {name}")  # noqa: S102


@pytest.mark.parametrize("path", PATHS)
def test_a_documented_import_path_resolves_or_names_the_new_place(path: str) -> None:
    module, _, name = f"smashcima.{path}".rpartition(".")
    told = next((text for part, text in TOLD.items() if part in path), None)
    if told is None:
        namespace: dict[str, object] = {}
        exec(f"from {module} import {name}", namespace)  # noqa: S102
        assert namespace[name] is not None
        return
    with pytest.raises(ImportError, match=told):
        exec(f"from {module} import {name}")  # noqa: S102


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("scene.Glyph.Glyph", "scene.visual.Glyph"),
        ("scene.SceneObject.SceneRelationshipResolutionException", "errors.NotExactlyOneError"),
        ("orchestration.BaseHandwrittenModel.BaseHandwrittenScene", "orchestration.MusicScene"),
        ("scene.visual.RestVisual.RestVisual", "scene.visual.RestMark"),
        ("scene.visual.LedgerLine.LegerLine", "scene.visual.LedgerLine"),
        ("scene.semantic.TypeDuration.TypeDuration", "scene.semantic.DurationType"),
        ("assets.textures.MzkPaperPatches.Patch", "assets.paper.PaperPatch"),
        ("exporting.compositing.DefaultCompositor.DefaultCompositor", "imaging.DefaultCompositor"),
    ],
)
def test_an_old_path_leads_to_the_class_of_today(old: str, new: str) -> None:
    def found(path: str) -> object:
        module, _, name = f"smashcima.{path}".rpartition(".")
        return getattr(importlib.import_module(module), name)

    assert found(old) is found(new)


def test_every_place_in_the_table_exists() -> None:
    for package, names in FORMER_NAMES.items():
        for name, place in names.items():
            if not place.startswith("!"):
                module, _, new = place.partition(":")
                assert hasattr(importlib.import_module(module), new), (package, name, place)


def test_advice_names_what_exists() -> None:
    from smashcima.assets import glyphs
    from smashcima.imaging import blend, draw_layers, merge_layers
    from smashcima.scene import semantic, visual

    assert callable(blend)
    assert callable(draw_layers)
    assert callable(merge_layers)
    assert hasattr(glyphs, "glyphs_from_mung")
    assert hasattr(glyphs, "GlyphStore")
    assert callable(semantic.Score.descendants)
    assert callable(semantic.Score.events)
    assert "line_ys" in set(visual.SystemStaff.__dataclass_fields__)
    assert (Path(__file__).parents[1] / "docs" / "migrating.md").exists()


def test_classes_stay_attributes_of_their_package_after_their_module_is_imported() -> None:
    code = (
        "from smashcima.scene.Glyph import Glyph\n"
        "from smashcima.loading.load_score import load_score\n"
        "import smashcima.assets.textures.MzkPaperPatches\n"
        "from smashcima.assets.textures import MzkPaperPatches\n"
        "import smashcima as sc\n"
        "assert isinstance(sc.scene.Glyph, type) and sc.scene.Glyph is Glyph is sc.Glyph\n"
        "assert sc.loading.load_score is load_score\n"
        "assert MzkPaperPatches is sc.assets.textures.MzkPaperPatches is sc.MzkPaperPatches\n"
    )
    subprocess.run([sys.executable, "-W", "error", "-c", code], check=True)


def test_a_name_that_changed_is_told_in_a_warning() -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("always")
        vars(smashcima).pop("RestVisual", None)
        with pytest.warns(DeprecationWarning, match=r"RestVisual is smashcima\.scene\.visual\.RestMark now"):
            smashcima.RestVisual  # noqa: B018


def test_names_that_never_were_stay_unknown() -> None:
    for code in (
        "from smashcima import Nonsense",
        "from smashcima.scene import Nonsense",
        "from smashcima.scene.Glyph import Nonsense",
        "import smashcima.scene.Nonsense",
        "from smashcima.scene.visual.Nonsense import Nonsense",
    ):
        with pytest.raises(ImportError):
            exec(code)  # noqa: S102
    assert not hasattr(smashcima.scene, "Nonsense")
    assert not hasattr(smashcima.scene.visual, "NoteheadSide")


def test_the_version_is_that_of_the_successor() -> None:
    assert smashcima.__version__ == "2.0.0"


def test_the_directories_are_looked_up_when_they_are_read(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("SMASHCIMA_CACHE", raising=False)
    monkeypatch.setenv("MC_HOME", str(tmp_path / "home"))
    assert str(tmp_path / "home") == smashcima.config.MC_CACHE_HOME
    assert tmp_path / "home" / "assets" == smashcima.config.MC_ASSETS_CACHE
    monkeypatch.setenv("MC_ASSETS_CACHE", str(tmp_path / "own"))
    assert tmp_path / "own" == smashcima.config.MC_ASSETS_CACHE
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "xdg"))
    assert str(tmp_path / "xdg") == smashcima.config.XDG_CACHE_HOME
    with pytest.raises(AttributeError):
        smashcima.config.NONSENSE  # type: ignore[attr-defined]  # noqa: B018


def test_warnings_are_shown_at_the_code_that_uses_a_former_name(tmp_path: Path) -> None:
    script = tmp_path / "old.py"
    script.write_text(
        "import smashcima as sc\n"
        "sc.RestVisual\n"
        "from smashcima.scene.visual import StaffVisual\n"
        "from smashcima.scene.visual.LedgerLine import LegerLine\n",
        encoding="utf-8",
    )
    done = subprocess.run([sys.executable, str(script)], capture_output=True, text=True, check=True)
    lines = [line for line in done.stderr.splitlines() if "DeprecationWarning" in line]
    assert [line.partition("old.py:")[2].partition(":")[0] for line in lines] == ["2", "3", "4"]
