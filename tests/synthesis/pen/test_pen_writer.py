"""Writers: where they come from, and that they stay who they are."""

from __future__ import annotations

import json
import subprocess
import sys
from dataclasses import fields, replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from smashcima.errors import SettingsError
from smashcima.synthesis.pen import (
    Allograph,
    PenWriter,
    PenWriterDomain,
    SkeletonStroke,
    ink_color,
    resolve_writer,
)
from smashcima.synthesis.pen.priors import PRESETS, PRIORS
from smashcima.testing import StyleDomainContract

STROKE = (SkeletonStroke(((0.0, 0.0), (1.0, 0.0))),)
FORMS = [Allograph("oval", STROKE, 3.0), Allograph("slash", STROKE, 1.0)]


def test_a_seed_has_one_writer_in_any_process() -> None:
    code = "from smashcima.synthesis.pen import PenWriter; print(PenWriter.from_seed(1234).to_json())"
    other = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert other.stdout.strip() == PenWriter.from_seed(1234).to_json()


def test_two_seeds_have_two_writers() -> None:
    one, two = PenWriter.from_seed(1), PenWriter.from_seed(2)
    assert one.pen_width != two.pen_width
    assert one.slant != two.slant


@given(st.integers(0, 2**64 - 1))
@settings(max_examples=30, deadline=None)
def test_writers_keep_within_the_priors_and_survive_json(seed: int) -> None:
    writer = PenWriter.from_seed(seed)
    for name, prior in PRIORS.items():
        assert prior.low <= getattr(writer, name) <= prior.high, name
    assert PenWriter.from_json(writer.to_json()) == writer


def test_every_prior_is_of_a_parameter() -> None:
    assert set(PRIORS) <= {field.name for field in fields(PenWriter)}


def test_pens_are_as_thick_as_measured() -> None:
    stems = [w.pen_width * w.stem_width / 1.8 for w in map(PenWriter.from_seed, range(200))]
    assert 0.16 <= float(np.median(stems)) <= 0.19


def test_there_are_four_presets() -> None:
    assert set(PRESETS) == {"neat", "average", "hasty", "calligraphic"}
    assert (
        PenWriter.preset("neat").wobble
        < PenWriter.preset("average").wobble
        < PenWriter.preset("hasty").wobble
    )
    assert PenWriter.preset("calligraphic").nib_contrast > 0.5
    with pytest.raises(SettingsError, match="'neat'.*'hasty'"):
        PenWriter.preset("tidy")


def test_interpolation_ends_at_both_writers() -> None:
    one, two = PenWriter.preset("neat"), PenWriter.preset("hasty")
    assert one.interpolate(two, 0) is one
    assert one.interpolate(two, 1) is two
    middle = one.interpolate(two, 0.5)
    assert middle.slant == pytest.approx((one.slant + two.slant) / 2)
    assert middle.pen_width == pytest.approx((one.pen_width * two.pen_width) ** 0.5)
    assert one.interpolate(two, 0.4).seed == one.seed
    assert middle.seed == two.seed
    assert one.interpolate(two, 3.0).tremor_frequency > 0


def test_json_tells_what_is_wrong() -> None:
    with pytest.raises(SettingsError, match="not JSON"):
        PenWriter.from_json("{")
    with pytest.raises(SettingsError, match="not list"):
        PenWriter.from_json("[]")
    with pytest.raises(SettingsError, match="no parameter slnat"):
        PenWriter.from_json('{"slnat": 3}')
    with pytest.raises(SettingsError, match="slant"):
        PenWriter.from_json('{"slant": "steep"}')
    assert PenWriter.from_json('{"slant": 3}').slant == 3
    assert json.loads(PenWriter().to_json())["name"] == "plain"


@pytest.mark.parametrize("change", [{"pen_width": 0.0}, {"size": -1}, {"seed": -1}, {"slant": float("nan")}])
def test_nonsense_is_refused(change: dict[str, float]) -> None:
    with pytest.raises(SettingsError):
        replace(PenWriter(), **change)  # type: ignore[arg-type]


def test_a_writer_keeps_to_one_form() -> None:
    writer = PenWriter.from_seed(5)
    before = writer.allograph("smufl::noteheadBlack", FORMS)
    writer.allograph("smufl::gClef", FORMS)
    assert writer.allograph("smufl::noteheadBlack", FORMS) is before


def test_a_writer_of_second_forms_has_another_one_besides_the_usual() -> None:
    for seed in range(20):
        usual, second = PenWriter(seed=seed, second_forms=0.2).allographs("smufl::noteheadBlack", FORMS)
        assert usual is PenWriter(seed=seed).allograph("smufl::noteheadBlack", FORMS)
        assert second in FORMS
        assert second is not usual


def test_other_writers_have_one_form() -> None:
    assert len(PenWriter(second_forms=0.0).allographs("smufl::noteheadBlack", FORMS)) == 1
    assert PenWriter(second_forms=0.5).allographs("smufl::noteheadBlack", FORMS[:1]) == (FORMS[0],)


def test_forms_are_chosen_by_their_weight() -> None:
    chosen = [PenWriter(seed=seed).allograph("smufl::noteheadBlack", FORMS).name for seed in range(400)]
    assert 0.68 <= chosen.count("oval") / 400 <= 0.82


def test_a_form_is_needed() -> None:
    with pytest.raises(SettingsError, match="gClef"):
        PenWriter().allograph("smufl::gClef", [])


class TestWriterDomain(StyleDomainContract):
    def make_domain(self) -> PenWriterDomain:
        return PenWriterDomain(np.random.default_rng(7))


def test_every_sample_has_a_writer_of_its_own_unless_one_is_chosen() -> None:
    domain = PenWriterDomain(np.random.default_rng(0))
    domain.pick_style()
    first = domain.writer
    domain.pick_style()
    assert domain.writer != first
    domain.choice = "hasty"
    for _ in range(2):
        domain.pick_style()
        assert domain.writer == PenWriter.preset("hasty")


def test_a_writer_keeps_the_pen() -> None:
    domain = PenWriterDomain(np.random.default_rng(0))
    domain.choice = 5
    pen = domain.pen
    domain.choice = 6
    assert domain.pen is not pen
    domain.choice = 5
    assert domain.pen is pen
    assert pen.writer == PenWriter.from_seed(5)


def test_styles_tell_writers_apart() -> None:
    domain = PenWriterDomain(np.random.default_rng(0))
    domain.choice = PenWriter(slant=1.0)
    one = domain.current_style
    domain.choice = PenWriter(slant=2.0)
    assert domain.current_style != one


def test_a_writer_is_named_drawn_or_given() -> None:
    assert resolve_writer("neat") == PenWriter.preset("neat")
    assert resolve_writer(12) == PenWriter.from_seed(12)
    assert resolve_writer(PenWriter(slant=4.0)).slant == 4.0


def test_ink_keeps_its_colour_and_varies_in_density() -> None:
    domain = PenWriterDomain(np.random.default_rng(0))
    domain.choice = PenWriter(ink_blue=60, ink_green=40, ink_red=30, ink_opacity=0.9, ink_jitter=0.05)
    colors = {domain.ink_color(np.random.default_rng(seed)) for seed in range(20)}
    assert {color[:3] for color in colors} == {(60, 40, 30)}
    alphas = [color[3] for color in colors]
    assert len(alphas) > 5
    assert max(alphas) <= 230
    assert min(alphas) >= 180


def test_strokes_of_one_colour_share_it() -> None:
    writer = replace(PenWriter.preset("average"), ink_blue=60, ink_green=50, ink_red=40, ink_opacity=1.0)
    assert ink_color(writer, 0.0) == (60, 50, 40, 255)
    assert ink_color(writer, 0.0) is ink_color(writer.with_seed(7), 0.0)
