"""Checks of the files that describe a whole data set."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from smashcima.datasets.layouts.musicorpus.manifest import CAP_CASE, DATASET_VERSION, VERSION, parsed_time
from smashcima.datasets.layouts.musicorpus.validation.findings import Findings

_MANDATORY = ("musicorpus.json", "README.md", "LICENSE.txt", "splits.json")
_SPLITS = ("train", "validation", "test")
_TEXTS = ("full_institution_name", "institution_url", "full_dataset_name", "dataset_url")

FORBIDDEN = re.compile(r'[\x00-\x1f<>:"/\\|?* ]')
"""Characters that names of folders must not have."""


def check_root_files(findings: Findings, pages: Sequence[Path]) -> Mapping[str, Any]:
    """Checks the mandatory files, and returns the content of `musicorpus.json`."""
    root = findings.root
    for name in _MANDATORY:
        if not (root / name).is_file():
            findings.add(root, name, "is missing")
    manifest: Mapping[str, Any] = {}
    if (root / "musicorpus.json").is_file():
        manifest = findings.mapping(root / "musicorpus.json") or {}
        _check_manifest(findings, manifest)
    for path in sorted(root.glob("splits*.json")):
        _check_splits(findings, path, {page.name for page in pages})
    for path in root.rglob("*"):
        if path.is_dir() and (FORBIDDEN.search(path.name) or not path.name.isascii()):
            findings.add(
                path,
                "name",
                'has characters that are not allowed: only ASCII without spaces and < > : " / \\ | ? *',
            )
    return manifest


def _check_manifest(findings: Findings, manifest: Mapping[str, Any]) -> None:
    path = findings.root / "musicorpus.json"
    findings.choice(path, "musicorpus_version", manifest.get("musicorpus_version"), (VERSION,))
    for name in _TEXTS:
        if not isinstance(manifest.get(name), str):
            findings.add(path, name, f"must be text, not {manifest.get(name)!r}")
    short = [manifest.get(f"short_{each}_name") for each in ("institution", "dataset")]
    for name, value in zip(("short_institution_name", "short_dataset_name"), short, strict=True):
        if not isinstance(value, str) or not CAP_CASE.fullmatch(value):
            findings.add(path, name, f"must be letters and digits that begin with a capital, not {value!r}")
    expected = f"{short[0]}.{short[1]}"
    if findings.root.name != expected:
        findings.add(findings.root, "name", f"the folder must be named {expected}, not {findings.root.name}")
    version, created = manifest.get("dataset_version"), manifest.get("created_at")
    if not isinstance(version, str) or not DATASET_VERSION.fullmatch(version):
        findings.add(path, "dataset_version", f"must be two numbers such as '1.0', not {version!r}")
    if not isinstance(created, str) or parsed_time(created) is None:
        findings.add(path, "created_at", f"must be a time in ISO 8601, not {created!r}")
    emails = manifest.get("author_emails")
    if not isinstance(emails, list) or not all(isinstance(each, str) for each in emails):
        findings.add(path, "author_emails", f"must be a list of texts, not {emails!r}")


def _check_splits(findings: Findings, path: Path, pages: set[str]) -> None:
    splits = findings.mapping(path)
    if splits is None:
        return
    is_main = path.name == "splits.json"
    seen: dict[str, str] = {}
    for split, names in splits.items():
        if is_main and split not in _SPLITS:
            findings.add(path, split, f"is not a split of MusiCorpus; these are {', '.join(_SPLITS)}")
        if not isinstance(names, list) or not all(isinstance(name, str) for name in names):
            findings.add(path, split, "must be a list of the names of pages")
            continue
        for name in names:
            if name in seen:
                findings.add(path, name, f"is in {seen[name]} and again in {split}")
            elif name not in pages:
                findings.add(path, name, f"is in {split}, but has no folder")
            seen[name] = split
    if is_main:
        for split in _SPLITS:
            if split not in splits:
                findings.add(path, split, "is missing")
        for name in sorted(pages - seen.keys()):
            findings.add(path, name, "is in no split")
