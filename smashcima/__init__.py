"""Smashcima: synthetic sheet music with complete ground truth.

```python
import smashcima as sc

model = sc.BaseHandwrittenModel()
scene = model("score.musicxml")
bitmap = scene.render(scene.pages[0])
```

Names and subpackages are loaded on first use, so that `import smashcima` is fast.
"""

from __future__ import annotations

import importlib
from typing import TYPE_CHECKING, Any

from smashcima import _moved

# ruff: noqa: F401 - the imports below show type checkers and editors what `__getattr__` loads

if TYPE_CHECKING:
    from smashcima import (
        assets,
        comparing,
        composing,
        config,
        datasets,
        engravers,
        engraving,
        errors,
        exporting,
        geometry,
        imaging,
        jupyter,
        loading,
        mashcima,
        mei,
        orchestration,
        placement,
        randomness,
        scene,
        settings,
        synthesis,
        testing,
        verifying,
    )
    from smashcima.assets.bundles import AssetBundle, AssetRepository, MuscimaPP, RemoteFile
    from smashcima.assets.glyphs import GlyphStore, glyphs_from_folder, glyphs_from_mung
    from smashcima.assets.muscima import MuscimaPPGlyphs
    from smashcima.assets.paper import (
        IiifPaperPatches,
        MzkPaperPatches,
        PaperPatch,
        check_patch_table,
        paper_patches_from_folder,
    )
    from smashcima.comparing import Comparison, compare_scores
    from smashcima.composing import Conditions, CorpusComposer, CoverageComposer, GrammarComposer
    from smashcima.datasets import PrimusCorpus, PrimusIncipit
    from smashcima.engravers.staff import StaffEngraver, StaffSpacing
    from smashcima.engraving import Breaks, Engraver, Engraving, LayoutOptions, Margins, MusicFont, PageSize
    from smashcima.errors import Issue, SmashcimaError
    from smashcima.exporting import (
        AlignmentExporter,
        BaseHandwrittenPostprocessor,
        BitmapRenderer,
        ClassSelection,
        CocoExporter,
        Compositor,
        CropExporter,
        DeepScoresExporter,
        DefaultCompositor,
        DisplacementMap,
        Filter,
        FilterStack,
        HtmlExporter,
        HumdrumExporter,
        ImageLayer,
        LayerSet,
        LmxExporter,
        MashcimaExporter,
        MaskExporter,
        MeiExporter,
        MidiExporter,
        MroExporter,
        MungExporter,
        MusicXmlExporter,
        NullPostprocessor,
        OverlayRenderer,
        PageXmlExporter,
        PixelMap,
        Postprocessor,
        PrimusExporter,
        ProjectiveMap,
        SvgExporter,
        TimeMapExporter,
        YoloExporter,
        preset,
        write_image,
    )
    from smashcima.geometry import (
        Contours,
        Point,
        Polygon,
        Quad,
        Rectangle,
        Transform,
        Vector2,
        mm_to_px,
        px_to_mm,
    )
    from smashcima.loading import Loaded, load_score, load_scores
    from smashcima.orchestration import (
        BaseHandwrittenModel,
        ComposedModel,
        Container,
        EngravedModel,
        Look,
        Model,
        MusicScene,
        Neighbours,
        PrintedComposedModel,
        PrintedStaffModel,
        Recipe,
        StaffModel,
        StaffScene,
        TextToScoreModel,
        register_model,
    )
    from smashcima.placement import PlacementStyle
    from smashcima.scene.graph import Scene, SceneObject
    from smashcima.scene.semantic import Chord, Measure, Note, Rest, Score, ScoreBuilder
    from smashcima.scene.visual import (
        AffineSpace,
        ComposedGlyph,
        Glyph,
        InkPath,
        LabeledRegion,
        LineGlyph,
        Notehead,
        Page,
        ScenePoint,
        Sprite,
        Stem,
        ViewBox,
    )
    from smashcima.scene.visual.labels import Label, SmashcimaLabels, SmuflLabels
    from smashcima.synthesis.curve import SampledCurveSynthesizer
    from smashcima.synthesis.glyph import SampledGlyphSynthesizer
    from smashcima.synthesis.interfaces import (
        CurveSynthesizer,
        GlyphSynthesizer,
        LineSynthesizer,
        MusicNotationSynthesizer,
        PageSynthesizer,
        PaperSynthesizer,
        StafflinesSynthesizer,
        StyleDomain,
        TextSynthesizer,
    )
    from smashcima.synthesis.line import SampledLineSynthesizer
    from smashcima.synthesis.paper import (
        PaperStyle,
        PaperStyleDomain,
        ProceduralPaperSynthesizer,
        QuiltedPaperSynthesizer,
        SolidColorPaperSynthesizer,
    )
    from smashcima.synthesis.pen import PenWriter
    from smashcima.synthesis.samples import GlyphVariation, MuscimaPPStyleDomain, SampledWriterDomain
    from smashcima.synthesis.style import Styler
    from smashcima.verifying import Disagreement, Verification, verify

_HOME_OF = {
    "smashcima.assets.bundles": "AssetBundle AssetRepository MuscimaPP RemoteFile",
    "smashcima.assets.glyphs": "GlyphStore glyphs_from_folder glyphs_from_mung",
    "smashcima.assets.muscima": "MuscimaPPGlyphs",
    "smashcima.assets.paper": "IiifPaperPatches MzkPaperPatches PaperPatch check_patch_table paper_patches_from_folder",
    "smashcima.comparing": "Comparison compare_scores",
    "smashcima.composing": "Conditions CorpusComposer CoverageComposer GrammarComposer",
    "smashcima.datasets": "PrimusCorpus PrimusIncipit",
    "smashcima.engravers.staff": "StaffEngraver StaffSpacing",
    "smashcima.engraving": "Breaks Engraver Engraving LayoutOptions Margins MusicFont PageSize",
    "smashcima.errors": "Issue SmashcimaError",
    "smashcima.exporting": "AlignmentExporter BaseHandwrittenPostprocessor BitmapRenderer ClassSelection CocoExporter Compositor CropExporter DeepScoresExporter DefaultCompositor DisplacementMap Filter FilterStack HtmlExporter HumdrumExporter ImageLayer LayerSet LmxExporter MashcimaExporter MaskExporter MeiExporter MidiExporter MroExporter MungExporter MusicXmlExporter NullPostprocessor OverlayRenderer PageXmlExporter PixelMap Postprocessor PrimusExporter ProjectiveMap SvgExporter TimeMapExporter YoloExporter preset write_image",
    "smashcima.geometry": "Contours Point Polygon Quad Rectangle Transform Vector2 mm_to_px px_to_mm",
    "smashcima.loading": "Loaded load_score load_scores",
    "smashcima.orchestration": (
        "BaseHandwrittenModel ComposedModel Container EngravedModel Look Model MusicScene Neighbours PrintedComposedModel "
        "PrintedStaffModel Recipe StaffModel "
        "StaffScene TextToScoreModel register_model"
    ),
    "smashcima.scene.graph": "Scene SceneObject",
    "smashcima.scene.semantic": "Chord Measure Note Rest Score ScoreBuilder",
    "smashcima.scene.visual": "AffineSpace ComposedGlyph Glyph InkPath LabeledRegion LineGlyph Notehead Page ScenePoint Sprite Stem ViewBox",
    "smashcima.scene.visual.labels": "Label SmashcimaLabels SmuflLabels",
    "smashcima.synthesis.curve": "SampledCurveSynthesizer",
    "smashcima.synthesis.glyph": "SampledGlyphSynthesizer",
    "smashcima.synthesis.interfaces": "CurveSynthesizer GlyphSynthesizer LineSynthesizer MusicNotationSynthesizer PageSynthesizer PaperSynthesizer StafflinesSynthesizer StyleDomain TextSynthesizer",
    "smashcima.synthesis.line": "SampledLineSynthesizer",
    "smashcima.synthesis.paper": "PaperStyle PaperStyleDomain ProceduralPaperSynthesizer QuiltedPaperSynthesizer SolidColorPaperSynthesizer",
    "smashcima.synthesis.pen": "PenWriter",
    "smashcima.placement": "PlacementStyle",
    "smashcima.synthesis.samples": "GlyphVariation MuscimaPPStyleDomain SampledWriterDomain",
    "smashcima.synthesis.style": "Styler",
    "smashcima.verifying": "Disagreement Verification verify",
}
_MODULE_OF = {name: module for module, names in _HOME_OF.items() for name in names.split()}

_SUBPACKAGES = frozenset(
    "assets comparing composing config datasets engravers engraving errors exporting geometry imaging jupyter loading mashcima mei orchestration placement "
    "randomness scene settings synthesis testing verifying".split()
)

__all__ = [  # noqa: PLE0604 - names are listed once, in the table above
    *sorted(_MODULE_OF),
    *sorted(_SUBPACKAGES),
    "__version__",
]


_moved.install_finder()


def __getattr__(name: str) -> Any:
    """Imports a public name or a subpackage on first access."""
    if name in _MODULE_OF:
        value = getattr(importlib.import_module(_MODULE_OF[name]), name)
    elif name in _SUBPACKAGES:
        value = importlib.import_module(f"smashcima.{name}")
    elif name == "__version__":
        from smashcima._version import VERSION

        value = VERSION
    else:
        value = _moved.former_top_level_name(name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
