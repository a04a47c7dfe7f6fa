"""A proof that finds nothing is worth nothing: each fault that is put into a page has to be found."""

from __future__ import annotations

from collections import Counter

import numpy as np
import pytest

from smashcima.orchestration import MusicScene
from smashcima.verifying import verify
from tests.page_faults import MUTATIONS

TRIES = 8


def disagreements(scene: MusicScene) -> Counter[str]:
    return Counter(map(str, verify(scene).issues))


@pytest.mark.parametrize("hand", ["printed", "written"])
@pytest.mark.parametrize("name", MUTATIONS)
def test_a_fault_is_found_wherever_it_is(name: str, hand: str, request: pytest.FixtureRequest) -> None:
    scene: MusicScene = request.getfixturevalue(hand)
    clean = disagreements(scene)
    assert not clean
    tried = 0
    for seed in range(TRIES):
        mutation = MUTATIONS[name](scene, np.random.default_rng(seed))
        if mutation is None:
            continue
        tried += 1
        found = disagreements(scene)
        mutation.undo()
        assert found, mutation.words
    assert tried
    assert disagreements(scene) == clean
