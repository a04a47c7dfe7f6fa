"""Asset bundles: versioned and verified sets of files, installed once and shared by all processes."""

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.assets.bundles.credits import (
    BUILT_IN,
    Credit,
    credit_of,
    credits_of_record,
    recorded_bundles,
)
from smashcima.assets.bundles.known_bundles import bundle_by_name, bundle_names
from smashcima.assets.bundles.manifest import DependencyRecord, FileRecord, Manifest, SourceRecord
from smashcima.assets.bundles.muscima_pp import MuscimaPP
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.assets.bundles.repository import AssetRepository, Attempt, InstalledBundle

__all__ = [
    "AssetBundle",
    "AssetRepository",
    "Attempt",
    "BUILT_IN",
    "Credit",
    "DependencyRecord",
    "FileRecord",
    "InstalledBundle",
    "Manifest",
    "MuscimaPP",
    "RemoteFile",
    "SourceRecord",
    "bundle_by_name",
    "bundle_names",
    "credit_of",
    "credits_of_record",
    "recorded_bundles",
]
