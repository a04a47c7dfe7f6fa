"""Names of smashcima 1.1.2, with their places now: the one table behind `smashcima._moved`."""

from __future__ import annotations

VISUAL = "smashcima.scene.visual"
SEMANTIC = "smashcima.scene.semantic"
IMAGING = "smashcima.imaging"
FILTERS = "smashcima.imaging.filters"
GEOMETRY = "smashcima.geometry"
INTERFACES = "smashcima.synthesis.interfaces"
PAPER = "smashcima.synthesis.paper"

_OMNI_OMR = (
    "!The glyphs of OmniOMR are not available. Make a glyph store from any data set in the format MuNG, with "
    "`glyphs_from_mung`, and pass it as hand=store: see docs/migrating.md."
)
_COLUMNS = "!The engraver places columns now. Its result is a value: `model.lay_out(load_score(path))`."
_EXTRACTION = (
    "!Symbols are extracted by `smashcima.assets.glyphs.glyphs_from_mung`, which makes a `GlyphStore`."
)
_INDEX = "!A `smashcima.assets.glyphs.GlyphStore` holds the symbols of all writers and finds them by label and writer."
_ATTRIBUTES = "!Clefs, keys and time signatures are objects of the score: `score.descendants(Clef)`."

FORMER_NAMES: dict[str, dict[str, str]] = {
    "smashcima.geometry": {
        name: f"{GEOMETRY}:{name}"
        for name in "Contours Point Polygon Quad Rectangle Transform Vector2 mm_to_px px_to_mm".split()
    },
    "smashcima.scene": {
        **{
            name: f"{VISUAL}:{name}"
            for name in "AffineSpace ComposedGlyph Glyph LabeledRegion LineGlyph ScenePoint Sprite ViewBox".split()
        },
        "Scene": "smashcima.scene.graph:Scene",
        "SceneObject": "smashcima.scene.graph:SceneObject",
        "SmashcimaLabels": f"{VISUAL}:SmashcimaLabels",
        "SmuflLabels": f"{VISUAL}:SmuflLabels",
        "Region": f"{VISUAL}:LabeledRegion",
        "SceneRelationshipResolutionException": "smashcima.errors:NotExactlyOneError",
        "nameof_via_dummy": "smashcima.scene.graph:nameof_via_dummy",
        "Link": "!Edges are declared by the fields of a class: `Notehead.edges()`, `Notehead.many_of(note, 'note')`.",
        "AffineSpaceVisitor": "!Use `scene.find(Glyph)` for all objects of a class, and `Sprite.many_of(space, 'space')`.",
    },
    "smashcima.scene.semantic": {
        **{
            name: f"{SEMANTIC}:{name}"
            for name in (
                "Chord Clef Event KeySignature Measure MeasureRest Note Part Pitch Score TimeSignature Step Alter TimeSymbol"
            ).split()
        },
        "TypeDuration": f"{SEMANTIC}:DurationType",
        "StemValue": f"{SEMANTIC}:StemDirection",
        "ClefSign": f"{SEMANTIC}:ClefShape",
        "RestSemantic": f"{SEMANTIC}:Rest",
        "StaffSemantic": f"{SEMANTIC}:Staff",
        "BeamedGroup": f"{SEMANTIC}:Beam",
        "Durable": f"{SEMANTIC}:Event",
        "AccidentalValue": "!The kind of an accidental is text, as in MEI: `Accidental.kind` is 's', 'f', 'n', 'x' or 'ff'.",
        "BeamValue": "!A `smashcima.scene.semantic.Beam` contains its notes and chords, in order.",
        "Octave": "!The octave of a `Pitch` is an integer.",
        "Attributes": _ATTRIBUTES,
        "AttributesChange": _ATTRIBUTES,
        "ScoreEvent": "!`score.events()` are all events, with `onset`; those at one onset sound together.",
        "ScoreMeasure": f"{SEMANTIC}:Measure",
    },
    "smashcima.scene.visual": {
        **{
            name: f"{VISUAL}:{name}"
            for name in "AugmentationDot Flag Notehead Page StaffMeasure Stem System SystemMeasure".split()
        },
        "Accidental": f"{VISUAL}:AccidentalMark",
        "Beam": f"{VISUAL}:BeamSegment",
        "BeamHook": f"{VISUAL}:BeamSegment",
        "LegerLine": f"{VISUAL}:LedgerLine",
        "LedgerLine": f"{VISUAL}:LedgerLine",
        "RestVisual": f"{VISUAL}:RestMark",
        "StaffVisual": f"{VISUAL}:SystemStaff",
        "NoteheadSide": "!A `Stem` has its noteheads (`stem.noteheads`); the side follows from their positions.",
        "BeamCoordinateSystem": "!A `BeamSegment` has its stems (`segment.stems`) and its outline (`segment.glyph`).",
        "StaffCoordinateSystem": "!A `SystemStaff` has its lines (`staff.line_ys`) and `staff.staff_space`, in mm.",
    },
    "smashcima.exporting": {
        name: f"smashcima.exporting:{name}" for name in "BitmapRenderer MungExporter SvgExporter".split()
    }
    | {
        "DebugGlyphRenderer": "!`OverlayRenderer('outlines')` draws the ground truth over an image.",
    },
    "smashcima.exporting.compositing": {
        name: f"{IMAGING}:{name}" for name in "Compositor DefaultCompositor".split()
    },
    "smashcima.exporting.image": {
        "ImageLayer": f"{IMAGING}:ImageLayer",
        "LayerSet": f"{IMAGING}:LayerSet",
        "Canvas": "!`smashcima.imaging.blend` lays one image over another.",
        "ImageLayerBuilder": "!`smashcima.imaging.draw_layers(page, dpi)` draws layers, and `merge_layers` merges them.",
    },
    "smashcima.exporting.postprocessing": {
        "BaseHandwrittenPostprocessor": f"{FILTERS}:BaseHandwrittenPostprocessor",
        "Filter": f"{FILTERS}:Filter",
        "FilterStack": f"{FILTERS}:FilterStack",
        "NullPostprocessor": f"{IMAGING}:NullPostprocessor",
        "Postprocessor": f"{IMAGING}:Postprocessor",
    },
    "smashcima.loading": {
        "load_score": "smashcima.loading:load_score",
        "MusicXmlLoader": "!`load_score(path)` reads MusicXML and other formats; `load_score(data=text)` reads text.",
    },
    "smashcima.orchestration": {
        **{
            name: f"smashcima.orchestration:{name}"
            for name in "BaseHandwrittenModel Container MissingInterfaceBindingTargetError Model".split()
        },
        "BaseHandwrittenScene": "smashcima.orchestration:MusicScene",
        "OmniOMRModel": _OMNI_OMR,
    },
    "smashcima.synthesis": {
        **{
            name: f"{INTERFACES}:{name}"
            for name in (
                "GlyphSynthesizer LineSynthesizer MusicNotationSynthesizer PageSynthesizer PaperSynthesizer "
                "StafflinesSynthesizer"
            ).split()
        },
        "SolidColorPaperSynthesizer": f"{PAPER}:SolidColorPaperSynthesizer",
    },
    "smashcima.synthesis.glyph": {
        "MuscimaPPGlyphSynthesizer": "smashcima.synthesis.glyph:SampledGlyphSynthesizer",
        "MuscimaPPLineSynthesizer": "smashcima.synthesis.line:SampledLineSynthesizer",
        "RepositoryGlyphSynthesizer": "smashcima.synthesis.glyph:SampledGlyphSynthesizer",
        "RepositoryLineSynthesizer": "smashcima.synthesis.line:SampledLineSynthesizer",
        "NaiveLineSynthesizer": "smashcima.synthesis.line:PrintedLineSynthesizer",
        "OmniOMRGlyphSynthesizer": _OMNI_OMR,
        "OmniOMRLineSynthesizer": _OMNI_OMR,
    },
    "smashcima.synthesis.style": {
        "Styler": "smashcima.synthesis.style:Styler",
        "StyleDomain": f"{INTERFACES}:StyleDomain",
        "MuscimaPPStyleDomain": "smashcima.synthesis.samples:MuscimaPPStyleDomain",
        "RepositoryStyleDomain": "smashcima.synthesis.samples:SampledWriterDomain",
        "MzkPaperStyleDomain": f"{PAPER}:PaperStyleDomain",
        "OmniOMRStyleDomain": _OMNI_OMR,
    },
    "smashcima.synthesis.page": {
        "SolidColorPaperSynthesizer": f"{PAPER}:SolidColorPaperSynthesizer",
        "MzkQuiltingPaperSynthesizer": f"{PAPER}:QuiltedPaperSynthesizer",
        "Quilter": f"{PAPER}:QuiltTexture",
        "NaiveStafflinesSynthesizer": "smashcima.synthesis.line:PrintedStafflinesSynthesizer",
        "SimplePageSynthesizer": "smashcima.synthesis.page:SimplePageSynthesizer",
        "PageSetup": "!The sheet and its margins are options: EngravedModel(page='A4', layout=LayoutOptions(margins=...)).",
    },
    "smashcima.synthesis.notation": {
        "BeamStemSynthesizer": "!The engraver places stems and beams; a `LineSynthesizer` draws them.",
    },
    "smashcima.synthesis.notation.column": {
        "ColumnMusicNotationSynthesizer": "smashcima.synthesis.notation:EngravedNotationSynthesizer",
        **dict.fromkeys(
            "AccidentalsColumn AugmentationDotsColumn BarlinesColumn ClefsColumn Column ColumnBase EventColumn "
            "NoteheadsColumn RestsColumn Skyline".split(),
            _COLUMNS,
        ),
    },
    "smashcima.assets": {
        "AssetBundle": "smashcima.assets.bundles:AssetBundle",
        "AssetRepository": "smashcima.assets.bundles:AssetRepository",
        "download_file": "!An `AssetBundle` lists its files as `RemoteFile`, which are downloaded and checked.",
    },
    "smashcima.assets.datasets": {
        "MuscimaPP": "smashcima.assets.bundles:MuscimaPP",
        "OmniOMRProto": _OMNI_OMR,
    },
    "smashcima.assets.glyphs.muscima_pp": {
        "MuscimaPPGlyphs": "smashcima.assets.muscima:MuscimaPPGlyphs",
        "MppGlyphMetadata": "smashcima.assets.glyphs:DrawnGlyph",
        "MppPage": _EXTRACTION,
    },
    "smashcima.assets.glyphs.omni_omr": {
        "OmniOMRGlyphs": _OMNI_OMR,
        "OmniOMRGlyphMetadata": _OMNI_OMR,
        "OmniOMRSymbolExtractor": _OMNI_OMR,
    },
    "smashcima.assets.glyphs.mung": {"MungGlyphMetadata": "smashcima.assets.glyphs:DrawnGlyph"},
    "smashcima.assets.glyphs.mung.extraction": dict.fromkeys(
        "BaseSymbolExtractor ExtractedBag MungDocument MungSymbolExtractor PointCloud".split(), _EXTRACTION
    ),
    "smashcima.assets.glyphs.mung.repository": dict.fromkeys(
        "GlyphsIndex LineGlyphsIndex MungSymbolRepository PackedGlyph PackedLineGlyph PackedLineList".split(),
        _INDEX,
    ),
    "smashcima.assets.textures": {
        "MzkPaperPatches": "smashcima.assets.paper:MzkPaperPatches",
        "Patch": "smashcima.assets.paper:PaperPatch",
    },
    "smashcima": {"random_between": "!Draw from the generator of a service: `rng.uniform(low, high)`."},
}
"""Places now by former package and name: `package:name`, or advice after `!` where nothing has taken its place.

In 1.1.2, each class is in a module of its own name, and in the package above.
"""

FORMER_MODULES = {
    "smashcima.scene.visual.LedgerLine",
    "smashcima.geometry.units",
}
"""Former modules that are not named after what is in them; what they hold is in the table of their package."""

TOP_LEVEL = (
    "smashcima.geometry",
    "smashcima.scene",
    "smashcima.scene.visual",
    "smashcima.scene.semantic",
    "smashcima.exporting",
    "smashcima.exporting.compositing",
    "smashcima.exporting.image",
    "smashcima.exporting.postprocessing",
    "smashcima.synthesis",
    "smashcima.orchestration",
    "smashcima.assets",
    "smashcima",
)
"""Former packages whose names were also names of `smashcima`, in order of precedence."""
