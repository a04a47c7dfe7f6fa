"""Deletes the files that this package has installed or cached: `python -m smashcima.mashcima.delete_files`.

Bundles that were installed in another way (`smashcima assets install`, or a model) are kept, as are copies of data sets
that a `Config` names.
"""

from __future__ import annotations

import shutil

from rich.console import Console

from smashcima.assets.bundles import AssetRepository
from smashcima.mashcima.installations import installed_here, own_directory


def delete_files() -> list[str]:
    """Deletes the files, and returns a line for each thing that was deleted or kept.

    Raises:
        AssetError: a bundle cannot be removed.
    """
    assets = AssetRepository.default()
    said = []
    for bundle in installed_here(assets):
        assets.remove(bundle.name, bundle.version)
        said.append(f"Deleted {bundle.directory}")
    directory = own_directory()
    if directory.exists():
        shutil.rmtree(directory)
        said.append(f"Deleted {directory}")
    for bundle in assets.list():
        said.append(
            f"Kept {bundle.directory}, which was not installed by smashcima.mashcima. "
            f"To delete it: smashcima assets remove {bundle.name}"
        )
    return said or ["There are no files to delete."]


def main() -> None:
    """Deletes the files and says which."""
    console = Console()
    for line in delete_files():
        console.print(line, markup=False, highlight=False, soft_wrap=True)


if __name__ == "__main__":
    main()
