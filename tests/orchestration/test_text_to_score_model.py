"""Texts become pages: what was asked for is in the score and on the page, and is said again by caption and metadata."""

from __future__ import annotations

import dataclasses
import pickle
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from smashcima.composing.descriptions import parse_description
from smashcima.composing.descriptions.words import drawing
from smashcima.datasets.layouts.piece_facts import instrumentation, key_name
from smashcima.engraving import PageSize
from smashcima.engraving.layout_options import MusicFont
from smashcima.errors import SettingsError
from smashcima.imaging.filters import PRESETS
from smashcima.mei import write_mei
from smashcima.orchestration import DescribedScene, Recipe, SampleRecord, TextToScoreModel
from smashcima.scene.semantic import KeySignature, Tempo
from smashcima.synthesis.paper import PaperStyle
from smashcima.synthesis.pen import PenWriter

WALTZ = "a romantic waltz in A minor for piano, allegro, 8 bars, by hand on old paper, photographed"
TEXTS = (
    WALTZ,
    "Fuge in H-Moll für Orgel, 6 Takte, dreistimmig, gedruckt, gescannt",
    "valse en do mineur pour flûte et piano, 8 mesures, manuscrit, papier vergé",
    "a Latin hymn for SATB in E flat major, 4/4, printed, bitonal, 8 bars",
    "a music score, instrumentation is violin, key is A major, number of measures is 8",
    "string quartet in D, minuet, 3/4, 8 measures, hasty handwriting, photocopied",
)


def model(**options: Any) -> TextToScoreModel:
    return TextToScoreModel(**{"seed": 1, "dpi": 40, "hand": "pen", **options})


@pytest.fixture(scope="module")
def scenes() -> dict[str, DescribedScene]:
    made = model()
    return {text: made(text) for text in TEXTS}


def test_pages_follow_their_texts(scenes: dict[str, DescribedScene]):
    facts = {
        text: (scene.metadata["Key"], scene.metadata["Instrumentation"], len(scene.score.staves))
        for text, scene in scenes.items()
    }
    assert facts == {
        TEXTS[0]: ("A minor", "piano", 2),
        TEXTS[1]: ("B minor", "organ", 2),
        TEXTS[2]: ("C minor", "flute and piano", 3),
        TEXTS[3]: ("E-flat major", "satb", 4),
        TEXTS[4]: ("A major", "violin", 1),
        TEXTS[5]: ("D major", "string quartet", 4),
    }  # fmt: skip
    assert all(scene.issues == () for scene in scenes.values())
    assert all(scene.description.ignored == () for scene in scenes.values())


def test_the_score_itself_is_as_asked(scenes: dict[str, DescribedScene]):
    score = scenes[WALTZ].score
    signature = score.measures[0].staves[0].key_signature
    assert isinstance(signature, KeySignature)
    assert (signature.fifths, signature.mode) == (0, "minor")
    assert [mark.text for mark in score.marks() if isinstance(mark, Tempo)] == ["Allegro"]
    assert len([measure for measure in score.measures if measure.n != "0"]) == 8
    for scene in scenes.values():
        assert key_name(scene.score) == scene.metadata["Key"]
    assert instrumentation(scenes[TEXTS[2]].score) == "flute, piano"


def test_captions_say_what_was_made(scenes: dict[str, DescribedScene]):
    for scene in scenes.values():
        found = parse_description(scene.caption)
        assert found.ignored == ()
        assert found.drawing == scene.description.drawing
        wanted = scene.description.conditions
        for each in dataclasses.fields(wanted):
            value = getattr(wanted, each.name)
            if value is not None and each.name != "title":
                assert getattr(found.conditions, each.name) == value
        assert found.conditions.title == scene.score.title
        assert found.conditions.composer == scene.score.composer
    assert "key is A minor, piece style is romantic, genre is waltz, metre is 3/4" in scenes[WALTZ].caption


def test_the_caption_makes_a_piece_with_the_same_caption(scenes: dict[str, DescribedScene]):
    again = model()(scenes[WALTZ].caption)
    assert again.caption == scenes[WALTZ].caption


def test_metadata_are_in_the_fields_of_imslp(scenes: dict[str, DescribedScene]):
    metadata = scenes[TEXTS[3]].metadata
    assert list(metadata) == ["Work Title", "Composer", "Key", "Language", "Instrumentation", "Genre"]
    assert metadata["Language"] == "Latin"


def test_the_same_text_and_address_give_the_same_bytes():
    first = model()(WALTZ, index=3)
    made = model()
    made("printed, for violin, 4 measures")
    again = made(WALTZ, index=3)
    assert write_mei(again.score) == write_mei(first.score)
    assert np.array_equal(again.render(again.pages[0]), first.render(first.pages[0]))
    other = model()(WALTZ, index=4)
    assert write_mei(other.score) != write_mei(first.score)


def test_a_page_follows_from_its_recipe_and_record(scenes: dict[str, DescribedScene]):
    for text in (TEXTS[0], TEXTS[1]):
        scene = scenes[text]
        assert scene.recipe.options["text"] == text
        made = Recipe.from_dict(scene.recipe.to_dict()).build()(index=scene.index)
        assert np.array_equal(made.render(made.pages[0]), scene.render(scene.pages[0]))
    repeated = SampleRecord.from_dict(scene.record_with_source()).repeat()
    assert isinstance(repeated, DescribedScene)
    assert repeated.caption == scene.caption


def test_choices_are_made_in_the_caption():
    scene = model()("a waltz or a mazurka for flute or oboe, in G or D major, 4 to 6 bars")
    conditions = scene.conditions
    assert conditions.genre in ("waltz", "mazurka")
    assert conditions.ensemble in ("flute", "oboe")
    assert conditions.key in ("G major", "D major")
    assert conditions.measures in (4, 5, 6)


def test_options_replace_what_the_text_says():
    made = model(paper="parchment", dpi=50)
    scene = made("for violin, 4 measures, on blue paper, 150 dpi")
    assert scene.dpi == 50
    assert scene.recipe.options["paper"] == "parchment"
    printed = model(writer="neat")("printed, for violin, 4 measures")
    assert printed.recipe.model == "PrintedDescribedModel"


def test_scenes_are_saved_with_their_texts(scenes: dict[str, DescribedScene], tmp_path: Path):
    scenes[WALTZ].save(tmp_path / "scene.bin")
    again = DescribedScene.load(tmp_path / "scene.bin")
    assert again.to_data() == scenes[WALTZ].to_data()


def test_models_are_sent_to_other_processes():
    made = model().model_for("for violin, 4 measures")
    again = pickle.loads(pickle.dumps(made))
    assert again(index=2).caption == made(index=2).caption


@pytest.mark.parametrize(
    ("options", "message"),
    [({"text": "a"}, "text is no option"), ({"conditions": {}}, "conditions is no option")],
)
def test_wrong_options_are_refused(options: dict[str, Any], message: str):
    with pytest.raises(SettingsError, match=message):
        TextToScoreModel(**options)


def test_texts_that_are_no_texts_are_refused():
    with pytest.raises(SettingsError, match="at most 5000 characters"):
        model()("a" * 5001)
    with pytest.raises(SettingsError, match="A description is a text"):
        model()(7)  # type: ignore[arg-type]


def test_all_names_of_drawings_exist():
    for name in drawing.PAPER_WORDS:
        assert name == "any" or PaperStyle.preset(name)
    assert all(PenWriter.preset(name) for name in drawing.WRITER_WORDS)
    assert set(drawing.DEGRADATION_WORDS) == set(PRESETS)
    assert all(PageSize.named(name) for name in drawing.SHEETS)
    assert all(MusicFont(name) for name in drawing.FONTS)
