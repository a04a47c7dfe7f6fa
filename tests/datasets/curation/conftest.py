"""Pages drawn with numpy: music, text, ruled paper."""

from __future__ import annotations

from collections.abc import Callable

import cv2
import numpy as np
import pytest

Draw = Callable[..., np.ndarray]


@pytest.fixture(scope="session")
def music() -> Draw:
    """A page with staves of a space of 8 px, 100 px apart, with notes; `seed` chooses the notes."""

    def draw(staves: int = 9, seed: int = 0, height: int = 1100, width: int = 850) -> np.ndarray:
        rng = np.random.default_rng(seed)
        page = np.full((height, width), 255, np.uint8)
        for staff in range(staves):
            top = 100 + 100 * staff
            for line in range(5):
                page[top + 8 * line : top + 8 * line + 2, 60 : width - 60] = 0
            for x in (60, width // 2, width - 62):
                page[top : top + 34, x : x + 2] = 0
            for x in range(90, width - 80, 24):
                y = top + 1 + 4 * int(rng.integers(-2, 11))
                cv2.ellipse(page, (x, y), (5, 4), -20, 0, 360, 0, -1)
                page[y - 28 : y, x + 5 : x + 7] = 0
                if x % 48 == 42:
                    page[y - 28 : y - 23, x + 5 : x + 31] = 0
        return page

    return draw


@pytest.fixture(scope="session")
def text_page() -> np.ndarray:
    """A page of text."""
    page = np.full((1100, 850), 255, np.uint8)
    for row in range(36):
        words = "Lorem ipsum dolor sit amet consetetur sadipscing elitr"
        cv2.putText(page, words, (60, 80 + 28 * row), cv2.FONT_HERSHEY_COMPLEX, 0.75, 0, 1, cv2.LINE_AA)
    return page


@pytest.fixture(scope="session")
def ruled() -> np.ndarray:
    """Ruled paper."""
    page = np.full((1100, 850), 255, np.uint8)
    page[60:1060:24] = 0
    return page
