"""Recipes as files: what is written, and what is said about files that are wrong."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import smashcima as sc
from smashcima.errors import RecipeError
from smashcima.imaging.filters import PRESETS

YAML = """\
version: 1
model: BaseHandwrittenModel
options:
  seed: 7
  hand: pen
  writer: {slant: 4.5}
  layout:
    page: A4
    staff_space: 1.6e0
  postprocessing:
    type: BaseHandwrittenPostprocessor
    strength: 1
    f_camera: {force_dont: true}
"""


def load(tmp_path: Path, text: str, name: str = "recipe.yaml") -> sc.Recipe:
    path = tmp_path / name
    path.write_text(text, encoding="utf-8")
    return sc.Recipe.load(path)


def test_a_person_can_write_a_recipe(tmp_path: Path) -> None:
    model = load(tmp_path, YAML).build()
    assert isinstance(model, sc.BaseHandwrittenModel)
    assert model.writers.choice == sc.PenWriter(slant=4.5)
    assert (model.layout.page, model.layout.staff_space) == ("A4", 1.6)
    assert model.postprocessor.f_camera.force_dont


def test_the_example_of_a_recipe_can_be_built(repository: Path) -> None:
    model = sc.Recipe.load(repository / "assets" / "recipes" / "hasty-scan.yaml").build()
    assert (model.seed, model.recipe.options["writer"]) == (7, "hasty")


@pytest.mark.parametrize("name", ["recipe.yaml", "recipe.yml", "recipe.json"])
def test_a_recipe_comes_back_from_its_file(tmp_path: Path, name: str) -> None:
    recipe = load(tmp_path, YAML).build().recipe
    path = tmp_path / "again" / name
    path.parent.mkdir()
    recipe.write(path)
    assert sc.Recipe.load(path) == recipe
    first = path.read_bytes()
    sc.Recipe.load(path).write(path)
    assert path.read_bytes() == first


def test_the_bytes_of_a_file_do_not_depend_on_the_order_of_options(tmp_path: Path) -> None:
    one = sc.Recipe("EngravedModel", {"seed": 1, "dpi": 50})
    two = sc.Recipe("EngravedModel", {"dpi": 50, "seed": 1})
    one.write(tmp_path / "one.yaml")
    two.write(tmp_path / "two.yaml")
    text = (tmp_path / "one.yaml").read_text()
    assert text == (tmp_path / "two.yaml").read_text()
    assert text == "version: 1\nmodel: EngravedModel\noptions: {dpi: 50, seed: 1}\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("", "a recipe is a mapping"),
        ("- 1", "a recipe is a mapping"),
        ("model: [", r"recipe\.yaml, line 1: invalid YAML"),
        ("model: EngravedModel", r"version: .* reads recipes of version 1; the field is missing"),
        ("version: 2\nmodel: EngravedModel", r"recipe\.yaml, line 1: version: .* it is 2"),
        ("version: true\nmodel: EngravedModel", "it is true"),
        ("version: 1", "model: expected the name of a model class"),
        ("version: 1\nmodel: 3", "line 2: model: expected the name"),
        ("version: 1\nmodel: EngravedModel\nopitons: {}", r"line 3: opitons: .*closest: options"),
        (
            "version: 1\nmodel: EngravedModel\noptions: [1]",
            r"line 3: options: expected a mapping, got \[1\]",
        ),
        ("version: 1\nmodel: EngravedModel\nplugins: json", "line 3: plugins: expected a list"),
        ("version: 1\nmodel: EngravedModel\nversion: 1", r"line 3: duplicate field 'version'"),
        ("version: 1\nmodel: &a EngravedModel\noptions: {page: *a}", r"line 3: aliases .* are not supported"),
        ("version: 1\nmodel: E\noptions: {seed: 2020-01-01}", r"line 3: '2020-01-01' is read as a date"),
        (
            "version: 1\nmodel: E\noptions:\n  a: {type: PenWritr}",
            r"line 4: options\.a\.type: .*closest: PenWriter",
        ),
        ("version: 1\nmodel: E\noptions: {a: .inf}", r"options\.a: the number inf is not finite"),
        ("version: 1\nmodel: E\noptions: {a: !!python/object:os.system {}}", "is not supported"),
        ("a: " + "[" * 2000, "nested too deeply|not YAML"),
    ],
)
def test_what_is_wrong_in_a_file_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    with pytest.raises(RecipeError, match=message):
        load(tmp_path, text)


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "model: NoModel",
            r"line 2: model: there is no model 'NoModel'.*Models are BaseHandwrittenModel, ComposedModel",
        ),
        ("model: EngravdModel", r"closest: EngravedModel"),
        ("model: PenWriter", r"model: PenWriter is not a model class"),
        ("model: nowhere.at_all:Model", r"model: the module nowhere\.at_all cannot be imported"),
        ("model: json:NoSuchModel", r"the module json has no NoSuchModel"),
        ("model: smashcima.orchestration.model:secrets.token_bytes", r"not a class of Smashcima"),
        (
            "plugins: [nowhere_at_all]\nmodel: EngravedModel",
            r"line 2: plugins\[0\]: the module nowhere_at_all",
        ),
        (
            "model: EngravedModel\noptions:\n  pge: A4",
            r"line 4: options\.pge: .*closest: page.*its options are .*seed, dpi, page",
        ),
        ("model: EngravedModel\noptions: {hand: pen}", r"options\.hand: EngravedModel has no such option"),
        (
            "model: EngravedModel\noptions:\n  dpi: fast",
            r'line 4: options\.dpi: expected a number, got "fast"',
        ),
        ("model: EngravedModel\noptions: {dpi: true}", "expected a number, got true"),
        ("model: EngravedModel\noptions: {seed: 1.5}", r"options\.seed: expected an integer or null"),
        ("model: EngravedModel\noptions: {dpi: 1}", r"options: .*between 10 and 2400"),
        (
            "model: EngravedModel\noptions:\n  layout:\n    pgae: A4",
            r"line 5: options\.layout\.pgae: .*closest: page",
        ),
        ("model: EngravedModel\noptions:\n  layout:\n    page: A7plus", r"line 4: options\.layout: .*A7plus"),
        (
            "model: EngravedModel\noptions: {layout: 5}",
            r"options\.layout: expected LayoutOptions or null, got 5",
        ),
        ("model: EngravedModel\noptions: {layout: {type: Margins, top: 1}}", r"options\.layout: "),
        (
            "model: EngravedModel\noptions: {layout: {type: 'subprocess:Popen'}}",
            "cannot be constructed from a recipe",
        ),
        (
            "model: EngravedModel\noptions: {postprocessing: {type: Skew, angl: 3}}",
            r"postprocessing\.angl: Skew has no",
        ),
        (
            "model: EngravedModel\noptions: {postprocessing: {type: Skew, p: 3}}",
            r"options\.postprocessing: .*p must be between 0 and 1",
        ),
        (
            "model: BaseHandwrittenModel\noptions: {hand: pen}\nservices:\n  Postprocessor:\n    f_camera: {p: 7}",
            r"line 6: services\.Postprocessor\.f_camera\.p: .*p must be between 0 and 1",
        ),
        (
            "model: EngravedModel\nservices: {PaperSynthesizer: {type: Skew}}",
            "Skew is not a PaperSynthesizer",
        ),
        (
            "model: EngravedModel\nservices: {PaperSynthesizer: {colour: 1}}",
            "has no field 'colour'.*its fields are color",
        ),
        ("model: EngravedModel\nattributes: {call: 1}", r"attributes\.call: EngravedModel has no option"),
    ],
)
def test_what_cannot_be_built_is_said_with_its_line(tmp_path: Path, text: str, message: str) -> None:
    recipe = load(tmp_path, f"version: 1\n{text}\n")
    with pytest.raises(RecipeError, match=f"(?s)^recipe.yaml.*{message}"):
        recipe.build()


def test_json_errors_say_the_line(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"recipe\.json, line 2: invalid JSON"):
        load(tmp_path, '{"version": 1,\n oops}', "recipe.json")
    with pytest.raises(RecipeError, match="duplicate field"):
        load(tmp_path, '{"version": 1, "version": 1}', "recipe.json")


def test_files_that_cannot_be_read_or_written_are_recipe_errors(tmp_path: Path) -> None:
    with pytest.raises(RecipeError, match=r"gone\.yaml cannot be read"):
        sc.Recipe.load(tmp_path / "gone.yaml")
    with pytest.raises(RecipeError, match=r"\.txt"):
        sc.EngravedModel(seed=1).recipe.write(tmp_path / "recipe.txt")


def test_loading_imports_nothing(tmp_path: Path) -> None:
    (tmp_path / "trap_on_import.py").write_text("raise AssertionError('was imported')", encoding="utf-8")
    recipe = load(
        tmp_path,
        "version: 1\nmodel: trap_on_import:Model\nplugins: [trap_too]\noptions: {a: {import: 'trap_on_import:f'}}\n"
        "services: {'other_trap:Paper': {type: PenWriter}}",
    )
    assert recipe.foreign_modules == ("trap_too", "trap_on_import", "other_trap")
    assert sc.EngravedModel(seed=1).recipe.foreign_modules == ()
    # Modules that are called as classes of Smashcima are foreign all the same.
    assert sc.Recipe("Skew:Model", plugins=("Jpeg",)).foreign_modules == ("Jpeg", "Skew")


# -- any set of options ----------------------------------------------------------------------------------------

_numbers = st.floats(0.1, 1.0, allow_nan=False)
_writers = st.one_of(
    st.sampled_from(["neat", "average", "hasty", "calligraphic"]),
    st.integers(0, 2**32),
    st.builds(sc.PenWriter, slant=st.floats(-9, 9), name=st.text(max_size=8), seed=st.integers(0, 2**64 - 1)),
)
_layouts = st.builds(
    sc.LayoutOptions,
    page=st.sampled_from(["A4", "Letter landscape", sc.PageSize(250, 333.3)]),
    margins=st.one_of(st.floats(0, 30), st.builds(sc.Margins, _numbers, _numbers, _numbers, _numbers)),
    breaks=st.sampled_from(sc.Breaks),
    measure_numbers=st.one_of(st.booleans(), st.integers(1, 64)),
    hidden_staves=st.frozensets(st.integers(1, 9)),
    hidden_parts=st.frozensets(st.text(max_size=5), max_size=3),
    verovio=st.dictionaries(
        st.text(max_size=5), st.one_of(st.booleans(), st.integers(), st.text()), max_size=2
    ),
)
_papers = st.one_of(
    st.sampled_from(["solid", "any", *sc.PaperStyle.preset_names()]),
    st.lists(st.one_of(st.integers(0, 2**32), st.builds(sc.PaperStyle, grain=st.floats(0, 20))), min_size=1),
)
_options = st.fixed_dictionaries(
    {"seed": st.integers(0, 2**64 - 1)},
    optional={
        "dpi": st.floats(10, 2400),
        "writer": _writers,
        "layout": _layouts,
        "paper": _papers,
        "placement": st.one_of(st.floats(0, 3), st.builds(sc.PlacementStyle.from_seed, st.integers(0, 99))),
        "postprocessing": st.one_of(
            st.floats(0, 3), st.builds(sc.preset, st.sampled_from(PRESETS), _numbers)
        ),
    },
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(options=_options)
def test_any_options_survive_being_written(
    options: dict[str, object], tmp_path_factory: pytest.TempPathFactory
) -> None:
    recipe = sc.BaseHandwrittenModel(hand="pen", **options).recipe  # type: ignore[arg-type]
    assert sc.Recipe.from_dict(recipe.to_dict()) == recipe
    assert sc.Recipe.from_dict(recipe.to_dict()).to_dict() == recipe.to_dict()
    folder = tmp_path_factory.mktemp("recipe")
    for name in ("recipe.json", "recipe.yaml"):
        recipe.write(folder / name)
        assert sc.Recipe.load(folder / name) == recipe
    assert recipe.build().recipe == recipe
