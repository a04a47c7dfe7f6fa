"""Makes the pictures of the page about paper: runs its code and scales its pictures down.

Run: `python docs/make_paper_pictures.py`. The same versions of the dependencies give the same files.
"""

from __future__ import annotations

import tempfile
from pathlib import Path

import code_blocks
import cv2

PICTURES = code_blocks.ROOT / "assets" / "paper-styles"

WIDTHS = {"page": 800, "presets": 1100, "damage": 1000, "quilted": 900}
"""Width in pixels, by the name of the file that the page writes."""

MOST_BYTES = 150 * 1024
"""Maximum size of a picture of the documentation, as the tests require."""


def main() -> None:
    """Runs the page and stores its pictures as JPEG with the highest quality that fits."""
    PICTURES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        made = Path(place)
        code_blocks.run_page(code_blocks.ROOT / "docs" / "paper.md", made)
        for name, width in WIDTHS.items():
            picture = cv2.imread(str(made / f"{name}.png"))
            height = round(picture.shape[0] * width / picture.shape[1])
            small = cv2.resize(picture, (width, height), interpolation=cv2.INTER_AREA)
            for quality in range(90, 40, -5):
                data = cv2.imencode(".jpg", small, [cv2.IMWRITE_JPEG_QUALITY, quality])[1].tobytes()
                if len(data) <= MOST_BYTES:
                    break
            (PICTURES / f"{name}.jpg").write_bytes(data)


if __name__ == "__main__":
    main()
