"""MUSCIMA++, annotated handwriting of 50 writers, as distributed by its authors."""

from __future__ import annotations

import re
import zipfile
import zlib
from collections.abc import Iterable
from functools import cached_property
from pathlib import Path
from typing import Any

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.errors import CorruptAssetError

DOCUMENTS_OF_THE_WHOLE_SET = 140
WRITERS_OF_THE_WHOLE_SET = 50

_URL = (
    "https://lindat.mff.cuni.cz/repository/xmlui/bitstream/handle/11372/LRT-2372/MUSCIMA-pp_v1.0.zip"
    "?sequence=1&isAllowed=y"
)
_ARCHIVE = "annotations.zip"
_DOCUMENT = re.compile(r"(?P<document>CVC-MUSCIMA_W-(?P<writer>\d\d)_N-\d\d_D-\w+)\.xml")
_ANNOTATIONS = {
    "cropobjects_withstaff": "1.0",
    "annotations": "2.0",
}
"""Directories of documents in the archive, in order of preference, with the version of MUSCIMA++ that has them."""

_MOST_BYTES = 4 << 30
"""Maximum accepted uncompressed size; version 1.0 has about 300 MB."""


class MuscimaPP(AssetBundle):
    """The original archive of MUSCIMA++: version 1.0, or 2.0 from a local source.

    The archive is not unpacked. Subsets of the data set are accepted; `details` has the numbers of documents and
    writers. Its sha256 is not known in advance, so the first copy is trusted if its structure and internal checksums
    are valid.
    """

    version = "1"
    license = "CC BY-NC-SA 4.0"
    citation = (
        'Jan Hajič jr. and Pavel Pecina: "The MUSCIMA++ Dataset for Handwritten Optical Music Recognition", '
        "ICDAR 2017, pp. 39-46. "
        'The pages are of CVC-MUSCIMA: Alicia Fornés, Anjan Dutta, Albert Gordo, Josep Lladós: "CVC-MUSCIMA: '
        'A Ground-truth of Handwritten Music Score Images for Writer Identification and Staff Removal", '
        "IJDAR 15(3), 2012, pp. 243-251."
    )
    homepage = "http://hdl.handle.net/11372/LRT-2372"

    file = RemoteFile(
        "MUSCIMA-pp_v1.0.zip",
        urls=(_URL,),
        other_names=("MUSCIMA-pp_v2.0.zip",),
    )

    @property
    def archive(self) -> Path:
        """The zip file."""
        return self.directory / _ARCHIVE

    @cached_property
    def documents(self) -> dict[str, str]:
        """The annotated pages with staves, in order: names of pages mapped to members of the archive.

        The name `CVC-MUSCIMA_W-01_N-10_D-ideal`, for example, means writer 1, page 10.
        """
        with zipfile.ZipFile(self.archive) as archive:
            return _documents_in(archive.namelist())[1]

    @property
    def writers(self) -> tuple[int, ...]:
        """The numbers of the writers, in order."""
        return _writers_of(self.documents)

    def read(self, document: str) -> bytes:
        """The annotations of one of `documents`, as XML."""
        with zipfile.ZipFile(self.archive) as archive:
            return archive.read(self.documents[document])

    def install(self) -> None:
        fetched = self.fetch(self.file)
        self.details = _check(fetched)
        fetched.rename(self.archive)


def _check(path: Path) -> dict[str, Any]:
    """Metadata of the archive's content; raises `CorruptAssetError` if it is not (a subset of) MUSCIMA++."""
    wanted = (
        "MUSCIMA-pp_v1.0.zip has directories v1.0/data/cropobjects_withstaff, v2.0 has v2.0/data/annotations"
    )
    try:
        with zipfile.ZipFile(path) as archive:
            version, documents = _documents_in(archive.namelist())
            if not documents:
                raise CorruptAssetError(
                    f"The fetched archive has no annotated pages of MUSCIMA++: {wanted}, with files such as "
                    "CVC-MUSCIMA_W-01_N-10_D-ideal.xml."
                )
            size = sum(member.file_size for member in archive.infolist())
            if size > _MOST_BYTES:
                raise CorruptAssetError(
                    f"The fetched archive has an uncompressed size of {size} bytes, which is too large for MUSCIMA++."
                )
            damaged = archive.testzip()
    except (
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        RuntimeError,
    ) as error:  # RuntimeError: it requires a password
        raise CorruptAssetError(
            f"The fetched file is not a zip archive, or is damaged ({error}). MUSCIMA++ is a zip archive."
        ) from error
    if damaged is not None:
        raise CorruptAssetError(f"The fetched archive is damaged: the checksum of {damaged} is wrong.")
    return {
        "annotations": f"MUSCIMA++ {version}",
        "documents": len(documents),
        "documents_of_the_whole_set": DOCUMENTS_OF_THE_WHOLE_SET,
        "writers": len(_writers_of(documents)),
        "writers_of_the_whole_set": WRITERS_OF_THE_WHOLE_SET,
    }


def _documents_in(members: Iterable[str]) -> tuple[str, dict[str, str]]:
    """The version of MUSCIMA++, and the members that are annotated pages with staves, by page name."""
    names = sorted(members)
    for directory, version in _ANNOTATIONS.items():
        found = {}
        for member in names:
            parts = member.split("/")
            match = _DOCUMENT.fullmatch(parts[-1])
            if match and parts[-2:-1] == [directory]:
                found[match["document"]] = member
        if found:
            return version, found
    return "", {}


def _writers_of(documents: Iterable[str]) -> tuple[int, ...]:
    matches = (_DOCUMENT.fullmatch(f"{document}.xml") for document in documents)
    return tuple(sorted({int(match["writer"]) for match in matches if match}))
