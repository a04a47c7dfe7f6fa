"""Renders the picture of the playground: `python docs/make_playground_picture.py`.

Needs the extra `smashcima[web]`, Selenium, Chromium and its driver.
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

import cv2
import numpy as np

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "assets" / "playground" / "page.jpg"

FREE_NOTEHEAD = """return [...document.querySelectorAll("path.symbols[data-id*=notehead]")].find((path) => {
const box = path.getBoundingClientRect(), [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
return y > 580 && x > 520 && document.elementFromPoint(x, y) === path; })"""
"""A notehead in the middle of the window, which nothing covers."""


def main() -> None:
    """Points at a notehead of the example, and takes a picture of the window."""
    sys.path.insert(0, str(ROOT / "tests" / "web"))
    from browser import Server, Visitor

    server = Server()
    visitor = Visitor(server.address, Path(tempfile.gettempdir()))
    try:
        visitor.visit("#page=1&seed=5&writer=average")
        visitor.hover(visitor.js(FREE_NOTEHEAD))
        shot = cv2.imdecode(np.frombuffer(visitor.driver.get_screenshot_as_png(), np.uint8), cv2.IMREAD_COLOR)
    finally:
        visitor.driver.quit()
        server.stop()
    PICTURE.parent.mkdir(exist_ok=True)
    cv2.imwrite(str(PICTURE), shot, [cv2.IMWRITE_JPEG_QUALITY, 62])


if __name__ == "__main__":
    main()
