"""Facts about scores, kept between runs."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

from filelock import FileLock

from smashcima import settings
from smashcima.datasets.generation.sources.filtering.facts import ScoreFacts
from smashcima.errors import SmashcimaError
from smashcima.orchestration.versions import versions

_FORMAT = 1
_FLUSHED_AFTER = 100


class FactsIndex:
    """Facts by the SHA-256 of scores, in one file of JSON lines in the cache directory.

    Scores that cannot be loaded are kept with the reason, so that every process rejects the same ones. The file is one for
    each version of Smashcima and Verovio; processes may share it. `close` writes what is new.
    """

    def __init__(self, path: Path | None = None) -> None:
        """Opens the index; by default that of the cache directory."""
        self.path = path or settings.cache_dir() / "score-facts" / _file_name()
        self._lines: dict[str, str] = {}
        """JSON by SHA-256; parsed when needed."""
        self._new: list[str] = []
        self._read()

    def get(self, sha256: str | None, load: Callable[[], ScoreFacts]) -> ScoreFacts | str:
        """The facts about a score, found by `load` if they are not known; or the reason why it cannot be loaded.

        Without a checksum, nothing is kept.
        """
        if sha256 is not None and sha256 in self._lines:
            try:
                known = json.loads(self._lines[sha256])
                return str(known["error"]) if "error" in known else ScoreFacts.from_data(known["facts"])
            except (ValueError, TypeError, KeyError):
                del self._lines[sha256]  # written by an interrupted process
        found: ScoreFacts | str
        try:
            found = load()
        except SmashcimaError as error:
            found = str(error)
        if sha256 is not None:
            self._add(sha256, found)
        return found

    def close(self) -> None:
        """Writes new facts to the file."""
        if not self._new:
            return
        self.path.parent.mkdir(parents=True, exist_ok=True)
        with FileLock(f"{self.path}.lock"), self.path.open("a", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in self._new))
        self._new.clear()

    def _add(self, sha256: str, found: ScoreFacts | str) -> None:
        content = {"error": found} if isinstance(found, str) else {"facts": found.to_data()}
        line = json.dumps({"sha256": sha256, **content}, ensure_ascii=False)
        self._lines[sha256] = line
        self._new.append(line)
        if len(self._new) >= _FLUSHED_AFTER:
            self.close()

    def _read(self) -> None:
        if not self.path.is_file():
            return
        start = '{"sha256": "'
        for line in self.path.read_text(encoding="utf-8", errors="replace").splitlines():
            if line.startswith(start):
                self._lines[line[len(start) : len(start) + 64]] = line


def _file_name() -> str:
    used = versions()
    return f"facts-{_FORMAT}-{used['smashcima']}-{used['verovio']}.jsonl"
