"""Asset bundles: files that are installed once, versioned, checked and shared by all processes."""

from smashcima.assets.bundles.bundle import AssetBundle
from smashcima.assets.bundles.manifest import DependencyRecord, FileRecord, Manifest, SourceRecord
from smashcima.assets.bundles.remote_file import RemoteFile
from smashcima.assets.bundles.repository import AssetRepository, Attempt, InstalledBundle

__all__ = [
    "AssetBundle",
    "AssetRepository",
    "Attempt",
    "DependencyRecord",
    "FileRecord",
    "InstalledBundle",
    "Manifest",
    "RemoteFile",
    "SourceRecord",
]
