"""The description of a MusiCorpus data set: `musicorpus.json`."""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from smashcima.datasets.generation.fields import Where

VERSION = "1.0"

CAP_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
"""Short names of institutions and data sets."""

DATASET_VERSION = re.compile(r"\d+\.\d+")

_TEXTS = ("full_institution_name", "institution_url", "full_dataset_name", "dataset_url")
OPTIONS = (
    "short_institution_name",
    "short_dataset_name",
    "created_at",
    "dataset_version",
    "author_emails",
    *_TEXTS,
)


@dataclass(frozen=True, kw_only=True)
class Manifest:
    """The description of a data set."""

    short_institution_name: str
    short_dataset_name: str
    created_at: datetime.datetime
    full_institution_name: str
    full_dataset_name: str
    institution_url: str = ""
    dataset_url: str = ""
    dataset_version: str = VERSION
    author_emails: tuple[str, ...] = ()

    @property
    def folder(self) -> str:
        """Name of the folder of the data set."""
        return f"{self.short_institution_name}.{self.short_dataset_name}"

    @property
    def info(self) -> dict[str, Any]:
        """The field `info` of COCO files."""
        return {
            "year": self.created_at.year,
            "version": self.dataset_version,
            "description": self.folder,
            "contributor": self.full_institution_name,
            "url": self.dataset_url,
            "date_created": self.created_at.strftime("%Y/%m/%d"),
        }

    @property
    def licences(self) -> list[dict[str, Any]]:
        """The field `licenses` of COCO files."""
        path = f"{self.folder}/LICENSE.txt"
        return [{"id": 0, "name": path, "url": f"musicorpus://{path}"}]

    def image(self, file_name: str, width: int, height: int) -> dict[str, Any]:
        """An item of the field `images` of COCO files."""
        return {
            "id": 0,
            "width": width,
            "height": height,
            "file_name": file_name,
            "license": 0,
            "date_captured": self.created_at.strftime("%Y-%m-%d %H:%M:%S"),
        }

    def to_data(self) -> dict[str, Any]:
        """The content of `musicorpus.json`."""
        return {
            "musicorpus_version": VERSION,
            "full_institution_name": self.full_institution_name,
            "short_institution_name": self.short_institution_name,
            "institution_url": self.institution_url,
            "full_dataset_name": self.full_dataset_name,
            "short_dataset_name": self.short_dataset_name,
            "dataset_url": self.dataset_url,
            "dataset_version": self.dataset_version,
            "created_at": self.created_at.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "author_emails": list(self.author_emails),
        }

    @staticmethod
    def from_options(options: Mapping[str, Any], where: Where) -> Manifest:
        """Reads the options of a layout, or the content of `musicorpus.json`. Raises `PlanError`."""
        short = {
            name: _cap_case(options, name, where) for name in ("short_institution_name", "short_dataset_name")
        }
        texts = {name: where.at(name).text(options.get(name, "")) for name in _TEXTS}
        texts["full_institution_name"] = texts["full_institution_name"] or short["short_institution_name"]
        texts["full_dataset_name"] = texts["full_dataset_name"] or short["short_dataset_name"]
        version = where.at("dataset_version").text(options.get("dataset_version", VERSION))
        if not DATASET_VERSION.fullmatch(version):
            raise where.at("dataset_version").error(
                f"expected two numbers in quotes, such as '1.0', got {version!r}"
            )
        emails_at = where.at("author_emails")
        emails = emails_at.list(options.get("author_emails", ()))
        return Manifest(
            **short,
            **texts,
            dataset_version=version,
            created_at=_time(options, where),
            author_emails=tuple(emails_at.at(index).text(email) for index, email in enumerate(emails)),
        )


def _cap_case(options: Mapping[str, Any], name: str, where: Where) -> str:
    text = where.at(name).text(options.get(name, ""))
    if not CAP_CASE.fullmatch(text):
        said = f"got {text!r}" if text else "it is missing"
        raise where.at(name).error(
            f"expected letters and digits that begin with a capital, such as Ufal; {said}"
        )
    return text


def _time(options: Mapping[str, Any], where: Where) -> datetime.datetime:
    place = where.at("created_at")
    value = options.get("created_at")
    hint = "expected a date or time in quotes, such as '2026-03-05' or '2026-03-05T10:16:37Z'"
    if value is None:
        raise place.error(
            f"{hint}; it is missing. It is not taken from the clock, so that the data set can be made again."
        )
    if not isinstance(value, str):
        raise place.error(f"{hint}, got {value!r}")
    time = parsed_time(value)
    if time is None:
        raise place.error(f"{hint}, got {value!r}")
    return time


def parsed_time(text: str) -> datetime.datetime | None:
    """A time in ISO 8601, in UTC; `None` if the text is not one."""
    try:
        time = datetime.datetime.fromisoformat(text.replace("Z", "+00:00"))
    except ValueError:
        return None
    return (
        time.astimezone(datetime.timezone.utc) if time.tzinfo else time.replace(tzinfo=datetime.timezone.utc)
    )
