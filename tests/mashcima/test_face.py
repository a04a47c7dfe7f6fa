"""All names of Mashcima 1.0 exist, with its signatures."""

from __future__ import annotations

import importlib
import inspect

import pytest

import smashcima.mashcima as mc
from smashcima.mashcima import vocabulary

STAVES = ["main_annotation", "above_annotation", "below_annotation"]
OPTIONS = [
    "main_canvas_options",
    "above_canvas_options",
    "below_canvas_options",
    "min_width",
    "crop_horizontally",
    "crop_vertically",
    "transform_image",
]

SIGNATURES = {
    "synthesize": [*STAVES, *OPTIONS, "symbol_repository"],
    "synthesize_with_truth": [*STAVES, *OPTIONS, "symbol_repository"],
    "synthesize_for_beauty": [*STAVES, "symbol_repository"],
    "synthesize_for_training": [*STAVES, "symbol_repository"],
    "use_only_writer_number_one": [],
    "use_default_setup": [],
    "generate_random_annotation": ["seed"],
    "load_primus_as_mashcima_annotations": ["take", "print_warnings", "config"],
    "convert_primus_annotation_to_mashcima_annotation": ["primus_annotation"],
    "SymbolRepository": ["documents", "take_writers", "skip_writers", "config"],
    "SymbolRepository.load_default": [],
    "Config.load_default": [],
    "Config.automatic_download_config": ["download"],
    "Config.manual_download_config": ["muscima_pp_path", "primus_path"],
    "Canvas": ["options"],
    "Canvas.add": ["self", "item"],
    "Canvas.get_annotations": ["self"],
    "Canvas.finish_construction": ["self"],
    "Canvas.render": ["self", "repo"],
    "Canvas.render_onto_image": ["self", "repo", "img", "pitch_positions", "head_start"],
    "CanvasOptions.get_empty": [],
    "CanvasOptions.override_values_from": ["self", "other"],
    "annotation_to_image.annotation_to_canvas": ["canvas", "annotation", "print_warnings"],
    "annotation_to_image.annotation_to_image": ["repo", "annotation"],
    "annotation_to_image.multi_staff_annotation_to_image": ["repo", *STAVES, *OPTIONS],
}
"""Names of parameters that may be given by position."""

RANDOM = {"synthesize", "synthesize_with_truth", "synthesize_for_beauty", "synthesize_for_training"} | {
    "Canvas.render",
    "Canvas.render_onto_image",
    "annotation_to_image.annotation_to_image",
    "annotation_to_image.multi_staff_annotation_to_image",
}
"""Functions with a seed, by keyword."""


def found(name: str) -> object:
    thing: object = mc
    for part in name.split("."):
        thing = getattr(thing, part)
    return thing


@pytest.mark.parametrize("name", SIGNATURES)
def test_a_name_has_its_parameters(name: str):
    parameters = inspect.signature(found(name)).parameters.values()  # type: ignore[arg-type]
    assert [each.name for each in parameters if each.kind is not each.KEYWORD_ONLY] == SIGNATURES[name]
    assert [each.name for each in parameters if each.kind is each.KEYWORD_ONLY] == ["seed"] * (name in RANDOM)


def test_the_defaults_of_synthesize():
    parameters = inspect.signature(mc.synthesize).parameters
    defaults = [parameters[name].default for name in SIGNATURES["synthesize"][1:]]
    assert defaults == [None, None, None, None, None, 0, True, True, True, None]


LISTS = """
WHOLE_NOTES HALF_NOTES QUARTER_NOTES EIGHTH_NOTES SIXTEENTH_NOTES LONGA_RESTS BREVE_RESTS WHOLE_RESTS HALF_RESTS
QUARTER_RESTS EIGHTH_RESTS SIXTEENTH_RESTS FLATS SHARPS NATURALS DOTS LEDGER_LINES BAR_LINES TALL_BAR_LINES G_CLEFS
F_CLEFS C_CLEFS TIME_MARKS
""".split()


@pytest.mark.parametrize("name", LISTS)
def test_a_repository_has_the_list(name: str):
    inspect.getattr_static(mc.SymbolRepository, name)


VOCABULARY = """
VOCABULARY PITCHES HIGHEST_PITCH LOWEST_PITCH to_generic get_pitch is_before_attachment is_after_attachment
is_attachment is_duration_dot is_note is_beamed_note is_rest is_clef is_accidental is_numeric_time_signature is_barline
get_measures TokenGroup TimeSignatureTokenGroup KeySignatureTokenGroup parse_annotation_into_token_groups
validate_annotation stringify_token_groups_to_annotation repair_annotation trim_non_repeat_barlines is_important_token
count_important_tokens iter_raw_transformation iter_trained_transformation iter_slurless_transformation
iter_ornamentless_transformation iter_pitchless_transformation
""".split()


def test_the_vocabulary_has_its_names():
    assert sorted(VOCABULARY) == sorted(vocabulary.__all__)
    assert all(hasattr(vocabulary, name) for name in VOCABULARY)
    assert len(vocabulary.VOCABULARY) == 547


@pytest.mark.parametrize("module", ["vocabulary", "annotation_to_image", "primus_adapter", "delete_files"])
def test_a_module_has_its_place(module: str):
    assert importlib.import_module(f"smashcima.mashcima.{module}")


def test_the_defaults_can_be_read_from_the_package(written: mc.SymbolRepository):
    assert mc.DEFAULT_REPOSITORY is written
    assert mc.DEFAULT_CONFIG is None
    config = mc.Config.load_default()
    assert mc.DEFAULT_CONFIG is config is mc.Config.load_default()
    with pytest.raises(AttributeError, match="no attribute 'DEFAULT'"):
        mc.DEFAULT  # noqa: B018
