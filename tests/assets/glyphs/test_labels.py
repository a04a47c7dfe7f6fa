from __future__ import annotations

import pytest

from smashcima.assets.glyphs import checked_label
from smashcima.errors import UnsupportedLabelError


def test_prefixes_may_be_left_out():
    assert checked_label("gClef") == "smufl::gClef"
    assert checked_label("smashcima::legerLine") == "smashcima::legerLine"
    assert checked_label("beam") == "smashcima::beam"
    assert checked_label("letterSmallA") == "smashcima::letterSmallA"


def test_smufl_comes_first():
    assert checked_label("flag8thUp") == "smufl::flag8thUp"
    assert checked_label("smashcima::flag8thUp") == "smashcima::flag8thUp"


def test_the_closest_labels_are_named():
    with pytest.raises(UnsupportedLabelError, match=r"no label 'gclef' .*closest: smufl::gClef"):
        checked_label("gclef")
    with pytest.raises(UnsupportedLabelError, match="smufl::noteheadBlack"):
        checked_label("smufl::noteheadBlak")
