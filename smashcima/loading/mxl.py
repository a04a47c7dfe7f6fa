"""Reading of compressed MusicXML (.mxl), a zip archive, in memory; nothing is extracted to disk."""

from __future__ import annotations

import io
import lzma
import re
import struct
import zipfile
import zlib

from smashcima import settings
from smashcima.errors import Issue, MalformedSourceError, SmashcimaError, UnsafeSourceError
from smashcima.loading.source import Source
from smashcima.loading.text import decode
from smashcima.loading.xml import local_name, parse_xml

ZIP_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06")

_CONTAINER = "META-INF/container.xml"

_MOST_MEMBERS = 10_000

_MOST_BYTES_OF_CONTAINER = 1024 * 1024

_HARMLESS_BYTES = 16 * 1024 * 1024
"""Uncompressed size up to which the compression ratio is not limited; repetitive scores reach a ratio of 100."""

_LARGEST_RATIO = 200

_MUSIC_SUFFIXES = (".musicxml", ".xml", ".mei")

_MUSIC_MEDIA_TYPES = ("", "application/vnd.recordare.musicxml+xml", "application/vnd.recordare.musicxml")


def open_mxl(source: Source) -> tuple[Source, list[Issue]]:
    """Returns the music inside a compressed MusicXML file, and issues.

    Raises:
        UnsafeSourceError: the file is a zip bomb, or has a nested archive or names that point outside the archive.
        MalformedSourceError: the file is truncated, broken, encrypted, or contains no music.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(source.data)) as archive:
            members = _checked_members(archive, source.name)
            member, issues = _music_member(archive, members, source.name)
            data = _read_member(archive, member, source.name, settings.max_source_bytes())
    except SmashcimaError:  # some are also ValueErrors
        raise
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        struct.error,
        EOFError,
        OSError,
        RuntimeError,  # encrypted
        NotImplementedError,  # an unknown compression method
        ValueError,
        IndexError,
    ) as error:
        raise MalformedSourceError(
            f"{source.name} is not a valid .mxl archive; it may be truncated: {error}."
        ) from error
    if data.startswith(ZIP_SIGNATURES):
        raise UnsafeSourceError(
            f"{source.name} contains a nested archive ({member.filename}), which is not supported."
        )
    if not data.strip():
        raise MalformedSourceError(f"{source.name}: its member {member.filename} is empty.")
    suffix = "." + member.filename.rpartition(".")[2].lower()
    return Source(source.name, data, suffix), issues


def _checked_members(archive: zipfile.ZipFile, name: str) -> dict[str, zipfile.ZipInfo]:
    infos = archive.infolist()
    if len(infos) > _MOST_MEMBERS:
        raise UnsafeSourceError(f"{name} has {len(infos)} members; at most {_MOST_MEMBERS} are allowed.")
    for info in infos:
        if _points_outside(info.filename):
            raise UnsafeSourceError(
                f"{name} has a member whose name points outside the archive: {info.filename!r}."
            )
    total = sum(info.file_size for info in infos)
    limit = settings.max_source_bytes()
    if total > limit:
        raise UnsafeSourceError(
            f"{name} unpacks to {total >> 20} MiB, more than the limit of {limit >> 20} MiB. "
            "Set SMASHCIMA_MAX_SOURCE_MB to raise the limit."
        )
    return {info.filename: info for info in infos}


def _points_outside(filename: str) -> bool:
    parts = re.split(r"[/\\]", filename)
    return ".." in parts or parts[0] == "" or re.match(r"[A-Za-z]:", filename) is not None


def _music_member(
    archive: zipfile.ZipFile, members: dict[str, zipfile.ZipInfo], name: str
) -> tuple[zipfile.ZipInfo, list[Issue]]:
    issues = []
    if _CONTAINER in members:
        path = _root_file(archive, members[_CONTAINER], name)
        if path in members:
            return members[path], []
        issues.append(
            Issue(
                name, _CONTAINER, f"names {path!r}, which is not in the archive; read the first score instead"
            )
        )
    else:
        issues.append(Issue(name, _CONTAINER, "missing; read the first score of the archive"))
    candidates = [
        filename
        for filename in members
        if filename.lower().endswith(_MUSIC_SUFFIXES) and not filename.startswith(("META-INF/", "__MACOSX/"))
    ]
    candidates.sort(key=lambda filename: filename.count("/"))  # stable: those at the root first
    if not candidates:
        listed = ", ".join(list(members)[:5]) or "nothing"
        raise MalformedSourceError(f"{name} contains no score, only {listed}.")
    return members[candidates[0]], issues


def _root_file(archive: zipfile.ZipFile, container: zipfile.ZipInfo, name: str) -> str:
    data = _read_member(archive, container, name, _MOST_BYTES_OF_CONTAINER)
    text, _ = decode(Source(f"{name}: {_CONTAINER}", data))
    for element in parse_xml(text, f"{name}: {_CONTAINER}").iter():
        if local_name(element) == "rootfile" and element.get("media-type", "") in _MUSIC_MEDIA_TYPES:
            path = element.get("full-path", "")
            if _points_outside(path):
                raise UnsafeSourceError(f"{name} names a score outside the archive: {path!r}.")
            return path
    return ""


def _read_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    if member.file_size > _HARMLESS_BYTES and member.file_size > _LARGEST_RATIO * member.compress_size:
        raise UnsafeSourceError(
            f"{name}: {member.filename} unpacks to {member.file_size >> 20} MiB from {member.compress_size} bytes; "
            "the compression ratio is that of a zip bomb."
        )
    with archive.open(member) as stream:
        data = stream.read(limit + 1)  # the size stated in the archive may be wrong
    if len(data) > limit:
        raise UnsafeSourceError(
            f"{name}: {member.filename} unpacks to more than the limit of {limit >> 20} MiB."
        )
    return data
