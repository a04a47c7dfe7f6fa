"""Performance of a score by the engraver."""

from __future__ import annotations

import base64
import json
from typing import Any

from smashcima.engravers.verovio.mei_edits import Additions, with_attributes
from smashcima.engravers.verovio.toolkit import Toolkit
from smashcima.errors import ExportError
from smashcima.mei import write_mei
from smashcima.scene.semantic import Score


class PlayingToolkit(Toolkit):
    """Verovio toolkit with a score, used for playback."""

    def __init__(self, score: Score, repeats: bool) -> None:
        """Loads an updated score."""
        super().__init__({"breaks": "none"} if repeats else {"breaks": "none", "expandNever": True})
        # Verovio plays notes without a pitch as key 0.
        silent: Additions = {note.id: {"vel": "0"} for note in score.notes() if note.pitch is None}
        mei = write_mei(score)
        self.load_mei(with_attributes(mei, silent) if silent else mei)
        self.page_count()  # lays out the score now, while messages of Verovio are collected

    def midi(self) -> bytes:
        """Returns a standard MIDI file."""
        data = base64.b64decode(str(self._toolkit.renderToMIDI()))
        if not data.startswith(b"MThd"):
            raise ExportError("Verovio made no MIDI file of the score.")
        return data

    def time_map(self) -> list[dict[str, Any]]:
        """Returns the moments in order: `tstamp` in ms, `qstamp` in quarters, `on` and `off` with note ids."""
        found = self._toolkit.renderToTimemap({"includeMeasures": False, "includeRests": True})
        moments: list[dict[str, Any]] = json.loads(found) if isinstance(found, str) else found
        return moments
