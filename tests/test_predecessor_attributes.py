"""Users of smashcima 1.1.2 find every attribute of its objects, or are told what has taken its place."""

from __future__ import annotations

import importlib
import inspect
import random
import re
import warnings
from collections.abc import Iterator
from enum import Enum
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import smashcima as sc
from smashcima._former_attributes import FORMER_ATTRIBUTES, FORMER_CLASS_ATTRIBUTES
from smashcima._moved import former_attribute
from smashcima.errors import ExportError

ATTRIBUTES = {
    "geometry.Vector2": "x y left top magnitude magnitude_squared rotate90degCC rotate90degCW normalize",
    "geometry.Point": "vector x y left top from_origin_vector",
    "geometry.Rectangle": "left top right bottom center top_left_corner top_right_corner bottom_left_corner bottom_right_corner has_no_area snap_grow snap_shrink dilate intersect_with relativize_to absolutize_to",
    "geometry.Quad": "points from_rectangle bbox a b c d",
    "geometry.Polygon": "points from_rectangle from_quad from_cv2_contour bbox",
    "geometry.Contours": "polygons from_cv2_contours bbox",
    "geometry.Transform": "matrix matrix2 matrix3 determinant inverse apply_to then identity translate scale rotateDegCC",
    "scene.SceneObject": "inlinks outlinks of of_or_none many_of _of_impl",
    "scene.Scene": "objects has add add_many add_closure find",
    "scene.AffineSpace": "get_children get_root transform_from parent_space transform",
    "scene.ScenePoint": "transform_to detach place_debug_overlay point space",
    "scene.ViewBox": "space rectangle",
    "scene.Sprite": "pixel_width pixel_height physical_width physical_height pixels_bbox get_pixels_to_origin_space_transform get_pixels_to_parent_space_transform many_of_space detach debug_box rectangle traverse_sprites space bitmap bitmap_origin dpi transform",
    "scene.Region": "detach many_of_space get_contours_in_space get_bbox_in_space space contours",
    "scene.LabeledRegion": "label",
    "scene.Glyph": "label detach build_region_from_sprites_alpha_channel get_bbox_in_space place_debug_overlay region space sprites",
    "scene.LineGlyph": "line_length start_point end_point",
    "scene.ComposedGlyph": "build detach sub_glyphs",
    "scene.semantic.TypeDuration": "thousand_twenty_fourth five_hundred_twelfth two_hundred_fifty_sixth hundred_twenty_eighth sixty_fourth thirty_second sixteenth eighth quarter half whole breve long maxima to_quarter_multiple",
    "scene.semantic.StemValue": "down up none",
    "scene.semantic.ClefSign": "G F C percussion TAB jianpu",
    "scene.semantic.TimeSymbol": "common cut normal",
    "scene.semantic.Step": "A B C D E F G",
    "scene.semantic.Pitch": "parse get_linear_pitch from_linear_pitch octave step alter",
    "scene.semantic.Clef": "clef_line_to_pitch_position origin_pitch pitch_to_pitch_position pitch_position_to_pitch sign line after_barline",
    "scene.semantic.KeySignature": "fifths",
    "scene.semantic.TimeSignature": "beats beat_type symbol",
    "scene.semantic.Durable": "type_duration augmentation_dots fractional_duration",
    "scene.semantic.Note": "pitch accidental_value type_duration augmentation_dots fractional_duration",
    "scene.semantic.RestSemantic": "display_pitch type_duration augmentation_dots fractional_duration",
    "scene.semantic.MeasureRest": "fractional_duration display_pitch",
    "scene.semantic.Chord": "of_note get_event get_type_duration add_note notes stem_value",
    "scene.semantic.BeamedGroup": "of_chord_or_none add_chord is_complete iterate_beams iterate_hooks chords beam_values",
    "scene.semantic.Event": "of_durable fractional_measure_onset durables attributes attributes_change",
    "scene.semantic.StaffSemantic": "staff_index of_durable staff_number durables",
    "scene.semantic.Measure": "first_event of_durable of_event of_staff add_attributes_change add_durable get_or_create_event get_or_create_staff events staves",
    "scene.semantic.Part": "of_measure append_measure compute_event_attributes validate measures staff_count",
    "scene.semantic.Score": "staff_count measure_count first_staff_index_of_part staff_index_of_durable get_score_measure validate parts new_system_measure_indices new_page_measure_indices",
    "scene.semantic.ScoreMeasure": "from_part_measures measure_for_staff iterate_staves_with_measures",
    "scene.visual.Page": "space view_box staves detach",
    "scene.visual.StaffVisual": "width staff_coordinate_system space glyph staff_height",
    "scene.visual.Notehead": "glyph notes clef staff pitch_position up_stem_attachment_side down_stem_attachment_side of_note detach",
    "scene.visual.RestVisual": "glyph rest_semantic clef staff pitch_position of_rest default_display_pitch display_pitch_to_glyph_pitch_position",
    "scene.visual.Stem": "glyph chord base tip of_chord of_chord_or_none detach",
    "scene.visual.Flag": "glyph stem",
    "scene.visual.Beam": "glyph beamed_group chords beam_number",
    "scene.visual.BeamHook": "glyph beamed_group chord beam_number hook_type",
    "scene.visual.Accidental": "glyph notehead",
    "scene.visual.AugmentationDot": "glyph owners augmentation_dot_index pitch_position",
    "scene.visual.LegerLine": "glyph affected_noteheads affected_rest",
    "scene.visual.StaffMeasure": "measure staff_semantic staff_visual region of_staff_semantic many_of_staff_visual",
    "scene.visual.SystemMeasure": "score_measure staff_measures region",
    "scene.visual.System": "first_measure_index measure_count last_measure_index",
    "orchestration.Container": "instance type interface factory resolve has registered_types",
    "orchestration.Model": "register_services resolve_services configure_services container scene rng styler compositor postprocessor call",
    "orchestration.BaseHandwrittenModel": "load_score call notation_synthesizer page_synthesizer mpp_style_domain mzk_paper_style_domain",
    "orchestration.MusicScene": "root_space score mpp_writer mzk_background_patch pages compositor dpi compose_page render",
    "synthesis.GlyphSynthesizer": "supports_label create_glyph synthesize_glyph synthesize_glyph_at",
    "synthesis.LineSynthesizer": "supports_label create_glyph synthesize_line line_to_line_transform_preserving_thickness",
    "synthesis.StafflinesSynthesizer": "staff_height synthesize_stafflines",
    "synthesis.PaperSynthesizer": "synthesize_paper",
    "synthesis.PageSynthesizer": "synthesize_page",
    "synthesis.MusicNotationSynthesizer": "fill_page synthesize_system",
    "synthesis.SolidColorPaperSynthesizer": "color dpi",
    "synthesis.page.NaiveStafflinesSynthesizer": "staff_space_unit line_thickness line_color staff_height",
    "synthesis.page.SimplePageSynthesizer": "page_setup",
    "synthesis.style.StyleDomain": "pick_style",
    "synthesis.style.Styler": "domains register_domains_from_container register_domain resolve_domain pick_style",
    "synthesis.style.RepositoryStyleDomain": "all_styles current_style",
    "synthesis.style.MuscimaPPStyleDomain": "all_writers current_writer all_styles",
    "synthesis.style.MzkPaperStyleDomain": "all_patches current_patch",
    "synthesis.glyph.RepositoryGlyphSynthesizer": "fallback_synthesizer all_repository_labels pick",
    "exporting.BitmapRenderer": "render default_viewbox_render",
    "exporting.SvgExporter": "export export_string",
    "exporting.MungExporter": "export",
    "exporting.Compositor": "run",
    "exporting.DefaultCompositor": "run extract_layers",
    "exporting.ImageLayer": "bitmap dpi space regions width height",
    "exporting.LayerSet": "__getitem__ __setitem__ __contains__",
    "exporting.Postprocessor": "process_extracted_layers process_final_layer",
    "exporting.Filter": "force_do force_dont __call__ apply_to",
    "exporting.FilterStack": "filters",
    "assets.AssetBundle": "install version __post_init__ remove write_metadata needs_installation metadata_exists",
    "assets.AssetRepository": "default resolve_bundle",
    "assets.datasets.MuscimaPP": "cropobjects_directory",
    "assets.glyphs.muscima_pp.MuscimaPPGlyphs": "symbol_repository_path load_symbol_repository build_debug_folder",
    "assets.textures.MzkPaperPatches": "load_patch_index get_patch_path load_bitmap_for_patch",
    "assets.textures.Patch": "is_commented mzk_uuid rectangle dpi",
}
"""Attributes and methods by the former place of their class."""

WITHOUT_COUNTERPART = {"StemValue.none", "ClefSign.jianpu", "TimeSymbol.normal"}
"""Members of enumerations for which `None` stands now, or nothing."""

CALLED_ON_CLASSES = [
    ("scene.ComposedGlyph", "build", "compose"),
    ("scene.Sprite", "debug_box", "Sprite.rectangle"),
    ("scene.Sprite", "traverse_sprites", "scene.find(Sprite)"),
    ("scene.Region", "many_of_space", "LabeledRegion.many_of"),
    ("scene.semantic.Pitch", "from_linear_pitch", "of_diatonic"),
    ("scene.semantic.Measure", "of_durable", "measure"),
    ("scene.semantic.Part", "of_measure", "score.parts"),
    ("scene.semantic.BeamedGroup", "of_chord_or_none", "beam"),
    ("scene.semantic.StaffSemantic", "of_durable", "staff"),
    ("scene.visual.RestVisual", "of_rest", "RestMark.of"),
    ("scene.visual.Stem", "of_chord", "Stem.of_notehead"),
    ("scene.visual.StaffMeasure", "of_staff_semantic", "StaffMeasure.many_of"),
]


@pytest.fixture(autouse=True)
def _without_warnings() -> Iterator[None]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        yield


def former_class(path: str) -> Any:
    module, _, name = f"smashcima.{path}".rpartition(".")
    return getattr(importlib.import_module(module), name)


def is_there(cls: Any, name: str) -> bool:
    """Whether the class has the attribute or field, or sets it in a method."""
    if name in vars(sc.scene.SceneObject) or hasattr(cls, name):
        return hasattr(cls, name)
    annotated = {field for base in cls.__mro__ for field in inspect.get_annotations(base)}
    return name in annotated or any(
        name in method.__code__.co_names and method.__name__ in ("__init__", "resolve_services")
        for base in cls.__mro__
        for method in vars(base).values()
        if hasattr(method, "__code__")
    )


@pytest.mark.parametrize(
    ("path", "name"), [(path, name) for path, names in ATTRIBUTES.items() for name in names.split()]
)
def test_an_attribute_is_there_or_its_place_is_told(path: str, name: str) -> None:
    if f"{path.rpartition('.')[2]}.{name}" in WITHOUT_COUNTERPART:
        return
    cls = former_class(path)
    if not is_there(cls, name):
        assert "Its place has been taken by" in former_attribute(cls, name)


@pytest.mark.parametrize(("path", "name", "told"), CALLED_ON_CLASSES)
def test_a_method_that_was_called_on_a_class_is_told_there(path: str, name: str, told: str) -> None:
    cls = former_class(path)
    with pytest.raises(AttributeError, match=re.escape(told)):
        getattr(cls, name)
    assert not hasattr(cls, name)


def test_all_methods_of_classes_are_in_the_table() -> None:
    for cls, names in FORMER_CLASS_ATTRIBUTES.items():
        assert set(names) <= FORMER_ATTRIBUTES[cls].keys(), cls


_PLACES = (
    "geometry", "scene.graph", "scene.semantic", "scene.visual", "orchestration", "synthesis.interfaces", "synthesis.style", "synthesis.glyph",
    "synthesis.line",
    "synthesis.samples", "synthesis.pen", "synthesis.paper", "imaging", "assets.bundles", "assets.muscima", "assets.paper",
)  # fmt: skip
_OF_OTHERS = {
    "event",
    "len",
    "note",
    "part",
    "postprocessor",
    "scene",
    "score",
    "smashcima",
    "system",
    "system_measure",
}
"""Objects that advice begins with, whose attributes it names."""


def class_of_today(name: str) -> Any:
    modules = [importlib.import_module(f"smashcima.{place}") for place in _PLACES]
    found = next((getattr(module, name) for module in modules if name in module.__all__), None)
    return found or importlib.import_module("smashcima.assets.paper.iiif_paper_patches").IiifPaperPatches


@pytest.mark.parametrize(
    ("cls", "name", "advice"),
    [(cls, name, advice) for cls, names in FORMER_ATTRIBUTES.items() for name, advice in names.items()],
)
def test_advice_names_what_exists(cls: str, name: str, advice: str) -> None:
    known = class_of_today(cls)
    assert known.__name__ == cls
    word = re.match(r"`(\w+)", advice)
    if word is None or word[1] in _OF_OTHERS:
        return
    if word[1][0].isupper():
        assert class_of_today(word[1]).__name__ == word[1] or hasattr(sc, word[1])
    else:
        assert is_there(known, word[1]) or word[1] == "container"


@pytest.mark.parametrize(
    ("made", "name", "told"),
    [
        (lambda: sc.Pitch.parse("C4"), "get_linear_pitch", "diatonic"),
        (lambda: sc.scene.semantic.DurationType.QUARTER, "to_quarter_multiple", "quarter_length"),
        (lambda: sc.Quad.from_rectangle(sc.Rectangle(0, 0, 1, 1)), "a", "points"),
        (lambda: sc.Contours.empty(), "polygons", "rings"),
        (lambda: sc.Note(), "accidental_value", "accidental.kind"),
        (lambda: sc.Note(), "type_duration", "duration.type"),
        (lambda: sc.Score(), "measure_count", "measures"),
        (lambda: sc.EngravedModel(), "load_score", "load_score(path)"),
        (lambda: sc.EngravedModel().styler, "resolve_domain", "domains"),
        (lambda: sc.NullPostprocessor(), "process_final_layer", "process_image"),
        (lambda: sc.DefaultCompositor(), "extract_layers", "draw_layers"),
        (lambda: sc.SolidColorPaperSynthesizer(), "dpi", "color"),
    ],
)
def test_objects_tell_what_has_taken_the_place(made: Any, name: str, told: str) -> None:
    with pytest.raises(AttributeError, match=re.escape(told)):
        getattr(made(), name)


def test_what_never_was_an_attribute_stays_unknown() -> None:
    with pytest.raises(AttributeError, match="no attribute 'nonsense'$"):
        sc.Pitch.parse("C4").nonsense  # type: ignore[attr-defined]  # noqa: B018
    with pytest.raises(AttributeError, match="nonsense"):
        sc.Sprite.nonsense  # type: ignore[attr-defined]  # noqa: B018


def test_a_class_of_a_user_may_have_a_former_name() -> None:
    class Stem(sc.SceneObject):
        @staticmethod
        def of_chord(chord: object) -> str:
            return "mine"

    assert Stem.of_chord(None) == "mine"


# -- values and options that would be ignored otherwise -----------------------------------------------------------


def test_former_members_of_enumerations() -> None:
    duration, stem = sc.scene.semantic.DurationType, sc.scene.semantic.StemDirection
    names = (
        "maxima long breve whole half quarter eighth sixteenth thirty_second sixty_fourth hundred_twenty_eighth "
        "two_hundred_fifty_sixth five_hundred_twelfth thousand_twenty_fourth"
    ).split()
    lengths = [32, 16, 8, 4, 2, 1, 1 / 2, 1 / 4, 1 / 8, 1 / 16, 1 / 32, 1 / 64, 1 / 128, 1 / 256]
    assert [getattr(duration, name).quarter_length for name in names] == lengths
    assert (stem.up, stem.down) == (stem.UP, stem.DOWN)
    assert sc.scene.semantic.ClefShape.percussion is sc.scene.semantic.ClefShape.PERCUSSION
    for kind in (duration, stem):
        assert issubclass(kind, Enum)
        assert all(member.name.isupper() for member in kind)


@pytest.mark.parametrize(
    ("domain", "option", "told"),
    [
        ("synthesis.style.MuscimaPPStyleDomain", "all_styles", "only"),
        ("synthesis.style.MuscimaPPStyleDomain", "current_style", "choice"),
        ("synthesis.style.MuscimaPPStyleDomain", "current_writer", "choice"),
        ("synthesis.style.MzkPaperStyleDomain", "current_patch", "choice"),
        ("synthesis.style.MzkPaperStyleDomain", "all_patches", "choice"),
    ],
)
def test_setting_a_former_option_is_not_ignored(domain: str, option: str, told: str) -> None:
    cls = former_class(domain)
    with pytest.raises(AttributeError, match=re.escape(f"`{told}`")):
        setattr(cls.__new__(cls), option, ["28"])


def test_the_thickness_of_staff_lines_is_an_option() -> None:
    song = Path(__file__).parent / "short_song.musicxml"
    heights = []
    for thickness in (None, 0.1, 0.8):
        model = sc.EngravedModel(seed=1, dpi=50)
        model.container.resolve(sc.StafflinesSynthesizer).line_thickness = thickness
        line = model(song, pages=[0]).find(sc.scene.visual.StaffLine)[0]
        heights.append(line.bbox().height)
        if thickness is not None:
            again = model.recipe.build()
            assert again.container.resolve(sc.StafflinesSynthesizer).line_thickness == thickness
    assert heights[1:] == pytest.approx([0.1, 0.8])
    assert heights[0] not in heights[1:]


def test_layers_are_read_and_replaced_by_name() -> None:
    space = sc.AffineSpace()
    layers = sc.imaging.draw_layers(sc.ViewBox(space, sc.Rectangle(0, 0, 10, 5)), 25.4)
    assert "ink" in layers
    assert "paper" in layers
    assert "lead" not in layers
    names = [name for name, _ in layers]
    layers["stafflines"], layers["paper"] = layers["ink"], layers.paper
    assert layers["stafflines"] is layers["ink"]
    assert [name for name, _ in layers] == names
    with pytest.raises(ExportError, match=r"The paper is an image: `layers\.paper`"):
        layers["paper"]
    with pytest.raises(ExportError, match="'ink' cannot be an ImageLayer"):
        layers["ink"] = layers.paper
    larger = sc.imaging.draw_layers(sc.ViewBox(space, sc.Rectangle(0, 0, 10, 9)), 25.4)
    with pytest.raises(ExportError, match="10 x 5 px like the others, not 10 x 9 px"):
        layers["ink"] = larger["ink"]


# -- the other lines ----------------------------------------------------------------------------------------------


def test_a_glyph_is_built_as_in_the_third_tutorial() -> None:
    label = sc.SmuflLabels.noteheadWhole.value
    assert label == "smufl::noteheadWhole"
    assert (sc.SmashcimaLabels.beam.value, sc.SmashcimaLabels.staffMeasure.value) == (
        "smashcima::beam",
        "smashcima::staffMeasure",
    )
    space = sc.AffineSpace()
    disc = np.zeros((36, 36, 4), np.uint8)
    disc[4:32, 4:32] = (0, 0, 255, 255)
    sprite = sc.Sprite(
        space=space, bitmap=disc, bitmap_origin=sc.Point(0.5, 0.5), dpi=300, transform=sc.Transform.identity()
    )
    region = sc.Glyph.build_region_from_sprites_alpha_channel(label=label, sprites=[sprite])
    assert region.space is sprite.space is space
    glyph = sc.Glyph(space=space, region=region, sprites=[sprite])
    assert glyph.label == label
    assert isinstance(
        sc.Sprite.rectangle(space, sc.Rectangle(0, 0, 3, 2), (0, 0, 255, 64), dpi=300), sc.Sprite
    )


def test_noteheads_of_a_class_of_ones_own_are_found_by_their_edges() -> None:
    class NoteColor(sc.SceneObject):
        color: str
        note: sc.Note | None = None

    note = sc.Note()
    colored = NoteColor("red", note)
    assert NoteColor.of(note, lambda n: n.note) is colored
    assert NoteColor.of_or_none(sc.Note(), lambda n: n.note) is None
    assert NoteColor.many_of(note, lambda n: n.note) == [colored]
    scene = sc.Scene(root_space=sc.AffineSpace())
    scene.add(colored)
    assert scene.has(note)
    colored.note = None
    assert NoteColor.many_of(note, "note") == []


def test_an_asset_bundle_is_declared_as_before() -> None:
    for name in ("install", "version", "__post_init__"):
        assert hasattr(sc.AssetBundle, name)
    assert sc.AssetRepository.default() is not None


def test_a_color_and_a_generator_are_set_as_in_the_second_tutorial() -> None:
    class Tinted(sc.BaseHandwrittenModel):
        def register_services(self) -> None:
            super().register_services()
            self.container.type(sc.SolidColorPaperSynthesizer)
            self.container.interface(sc.PaperSynthesizer, sc.SolidColorPaperSynthesizer)
            self.container.instance(random.Random, random.Random(3))

        def resolve_services(self) -> None:
            super().resolve_services()
            self.paper_synth = self.container.resolve(sc.PaperSynthesizer)

        def configure_services(self) -> None:
            super().configure_services()
            self.paper_synth.color = (187, 221, 234, 255)

    model = Tinted(hand="pen", dpi=40)
    assert model.container.resolve(random.Random) is model.rng
    assert model.container.resolve(sc.PaperSynthesizer) is model.paper_synth
    scene = model(Path(__file__).parent / "short_song.musicxml")
    colors, counts = np.unique(scene.render(scene.pages[0]).reshape(-1, 4), axis=0, return_counts=True)
    assert colors[counts.argmax()].tolist() == [187, 221, 234, 255]
