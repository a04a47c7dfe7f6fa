from __future__ import annotations

import dataclasses
import json

import pytest

from smashcima.errors import SettingsError
from smashcima.randomness import stream
from smashcima.synthesis.paper import PaperStyle, PaperStyleDomain


def test_there_are_presets_from_new_to_old():
    assert PaperStyle.preset_names() == (
        "white-office",
        "recycled",
        "ivory-music",
        "cream-manuscript",
        "blue-laid",
        "laid-18th-century",
        "aged",
        "parchment",
    )


@pytest.mark.parametrize("name", PaperStyle.preset_names())
def test_a_style_survives_json(name: str):
    style = PaperStyle.preset(name)
    assert PaperStyle.from_json(style.to_json()) == style
    assert style.name == name


def test_what_json_leaves_out_has_its_default():
    assert PaperStyle.from_json('{"red": 10}') == dataclasses.replace(PaperStyle(), red=10)


@pytest.mark.parametrize(
    "text, told",
    [
        ("{", "not JSON"),
        ("[1]", "not list"),
        ('{"colour": 1}', "has no parameter colour"),
        ('{"red": 256}', "red of a paper must be an integer from 0 to 255, not 256"),
        ('{"red": 1.5}', "an integer"),
        ('{"grain": -1}', "grain of a paper must be a number from 0 to 20"),
        ('{"mottling": 2}', "mottling of a paper must be a number from 0 to 1"),
        ('{"stains": true}', "stains"),
        ('{"foxing": NaN}', "foxing"),
        ('{"chains_across": 1}', "true or false"),
        ('{"name": 3}', "must be text"),
    ],
)
def test_nonsense_is_refused(text: str, told: str):
    with pytest.raises(SettingsError, match=told):
        PaperStyle.from_json(text)


def test_an_unknown_preset_names_those_there_are():
    with pytest.raises(SettingsError, match="'papyrus'.*'parchment'"):
        PaperStyle.preset("papyrus")


def test_a_seed_has_one_style_everywhere():
    assert PaperStyle.from_seed(7) == PaperStyle.from_seed(7)
    # Written down once: a change of the priors is a change of everyone's data.
    assert PaperStyle.from_seed(7).name.endswith("#7")


def test_seeds_differ_and_cover_all_families():
    styles = [PaperStyle.from_seed(seed) for seed in range(200)]
    assert {style.name.partition("#")[0] for style in styles} == set(PaperStyle.preset_names())
    assert len({style.color for style in styles}) > 150


def test_styles_of_seeds_share_few_textures():
    """Textures are what takes time: 3 for each of 8 families."""
    makes = set()
    for seed in range(200):
        style = PaperStyle.from_seed(seed)
        makes.add((style.name.partition("#")[0], style.texture_seed, style.grain, style.laid))
    assert 12 <= len(makes) <= 24


def test_styles_of_seeds_are_natural():
    for seed in range(200):
        style = PaperStyle.from_seed(seed)
        _, green, red = style.color
        assert red >= 150, style
        assert red + 8 >= green, style
        assert style.grain <= 3, style


# -- the domain --------------------------------------------------------------------------------------------


def domain(seed: int = 0) -> PaperStyleDomain:
    return PaperStyleDomain(stream(seed, 0, "model"))


def test_each_sample_has_another_paper():
    styles = domain()
    names, books = [], []
    for _ in range(6):
        styles.pick_style()
        names.append(styles.current_style)
        books.append(styles.book_seed)
    assert len(set(names)) == len(set(books)) == 6
    assert styles.name == "paper"


def test_the_same_generator_gives_the_same_papers():
    one, other = domain(3), domain(3)
    for _ in range(3):
        one.pick_style()
        other.pick_style()
        assert one.style == other.style


@pytest.mark.parametrize("choice", ["aged", 5, PaperStyle("mine", red=1)])
def test_one_paper_can_be_chosen(choice):
    styles = domain()
    styles.choice = choice
    wanted = {"aged": PaperStyle.preset("aged"), 5: PaperStyle.from_seed(5)}.get(choice, choice)
    assert styles.style == wanted
    styles.pick_style()
    assert styles.style == wanted


def test_some_papers_can_be_chosen():
    styles = domain()
    styles.choice = ["aged", "parchment"]
    seen = set()
    for _ in range(30):
        styles.pick_style()
        seen.add(styles.style.name)
    assert seen == {"aged", "parchment"}


def test_no_paper_cannot_be_chosen():
    styles = domain()
    with pytest.raises(SettingsError, match="empty"):
        styles.choice = []
    with pytest.raises(SettingsError, match="papyrus"):
        styles.choice = ["aged", "papyrus"]
    assert styles.choice is None


def test_the_current_style_tells_equal_names_apart():
    styles = domain()
    styles.choice = PaperStyle("x", red=1)
    first = styles.current_style
    styles.choice = PaperStyle("x", red=2)
    assert first != styles.current_style
    assert first.startswith("x (")
    assert json.loads(styles.style.to_json())["red"] == 2
