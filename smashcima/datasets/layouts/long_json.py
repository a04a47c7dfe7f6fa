"""JSON documents of any length, written and read entry by entry in bounded memory.

A document is an object with some short fields, one a line, and long *sections*: arrays or objects with one entry a
line. Any JSON parser reads it; `read_section` reads it line by line.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any, BinaryIO

from smashcima.errors import ExportError


class LongJsonWriter:
    """Writes a document; its entries can be added to all sections in any order."""

    def __init__(self, path: Path, sections: Mapping[str, str]) -> None:
        """`sections` are names with brackets: `[]` for arrays, `{}` for objects."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self._path = path
        self._brackets = dict(sections)
        self._entries: dict[str, BinaryIO] = {
            name: tempfile.TemporaryFile(dir=path.parent)  # noqa: SIM115
            for name in sections
        }

    def add(self, section: str, value: Any, key: str | None = None) -> None:
        """Adds an entry to a section, with a key if the section is an object."""
        self.add_text(section, json_text(value), key)

    def add_text(self, section: str, text: str, key: str | None = None) -> None:
        """Adds an entry that is JSON already."""
        file = self._entries[section]
        before = ",\n" if file.tell() else "\n"
        name = "" if key is None else f"{json.dumps(key)}:"
        file.write(f"{before}{name}{text}".encode())

    def close(self, head: Mapping[str, Any]) -> None:
        """Writes the document with the short fields; it appears when it is complete."""
        temporary = self._path.with_name(f".{self._path.name}.part")
        with temporary.open("wb") as file:
            file.write(b"{\n")
            for name, value in head.items():
                file.write(f"{json.dumps(name)}:{json_text(value)},\n".encode())
            for index, (name, entries) in enumerate(self._entries.items()):
                brackets = self._brackets[name]
                file.write(f"{json.dumps(name)}:{brackets[0]}".encode())
                entries.seek(0)
                shutil.copyfileobj(entries, file)
                entries.close()
                file.write(f"\n{brackets[1]}{',' if index + 1 < len(self._entries) else ''}\n".encode())
            file.write(b"}\n")
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, self._path)


def read_head(path: Path) -> dict[str, Any]:
    """Reads the short fields of a document."""
    head: dict[str, Any] = {}
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            text = line.rstrip("\n")
            if text == "{":
                continue
            if text.endswith((":[", ":{")):
                return head
            try:
                head |= json.loads(f"{{{text.removesuffix(',')}}}")
            except ValueError:
                break
    raise _foreign(path)


def read_section(path: Path, section: str) -> Iterator[Any]:
    """Reads the entries of a section one by one; entries of an object without their keys.

    Raises `ExportError` if the file was changed by other software so that it no longer has one entry a line.
    """
    begin = f"{json.dumps(section)}:"
    with path.open(encoding="utf-8", newline="\n") as file:
        for line in file:
            if line in (f"{begin}[\n", f"{begin}{{\n"):
                break
        else:
            raise _foreign(path)
        is_object = line.endswith("{\n")
        for line in file:
            text = line.rstrip("\n").removesuffix(",")
            if text in ("]", "}"):
                return
            if not text:
                continue  # an empty section
            try:
                yield next(iter(json.loads(f"{{{text}}}").values())) if is_object else json.loads(text)
            except ValueError as error:
                raise _foreign(path) from error


class PartWriter:
    """Writes what one shard contributes to the documents of all splits: `parts/train-000000.jsonl.gz` and so on."""

    def __init__(self, folder: Path, shard: int) -> None:
        self._folder = folder / PARTS
        self._shard = shard
        self._files: dict[str, gzip.GzipFile] = {}
        self._open = ExitStack()

    def add(self, split: str, head: Any, entries: Sequence[str]) -> None:
        """Adds an image: what describes it, and its entries as lines of text, which are copied without being parsed."""
        file = self._files.get(split)
        if file is None:
            self._folder.mkdir(exist_ok=True)
            raw = self._open.enter_context((self._folder / f"{split}-{self._shard:06}.jsonl.gz").open("wb"))
            # Neither name nor time are stored, so that equal entries give equal bytes.
            file = self._open.enter_context(gzip.GzipFile("", "wb", 6, raw, mtime=0))
            self._files[split] = file
        lines = [json_text([len(entries), head]), *entries, ""]
        file.write("\n".join(lines).encode())

    def close(self) -> None:
        """Completes the files."""
        self._open.close()


PARTS = "parts"


def read_parts(paths: Sequence[Path]) -> Iterator[tuple[Any, list[str]]]:
    """What the parts of some shards describe: for each image, its head and entries."""
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8", newline="\n") as file:
            for line in file:
                count, head = json.loads(line)
                yield head, [next(file).rstrip("\n") for _ in range(count)]


def json_text(value: Any) -> str:
    """JSON in one line, without spaces."""
    return json.dumps(value, separators=(",", ":"), ensure_ascii=False)


def _foreign(path: Path) -> ExportError:
    return ExportError(
        f"{path} does not have one entry a line, as Smashcima writes it; other software has changed it. "
        "Restore the original file, or finish the data set again."
    )
