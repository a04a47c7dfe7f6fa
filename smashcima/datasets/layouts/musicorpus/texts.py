"""README and licence of a MusiCorpus data set."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from smashcima.datasets.layouts.musicorpus.manifest import Manifest

Music = Mapping[str, Mapping[str, int]]
"""Numbers of pages by licence and score."""


def readme(
    manifest: Manifest, splits: Mapping[str, Sequence[str]], parts: Mapping[str, int], music: Music
) -> str:
    """The text of `README.md`, which answers the questions of the specification."""
    pages = "".join(f"| pages: {split} | {len(names)} |\n" for split, names in splits.items())
    crops = "".join(
        f"| {name.lower()} | {parts.get(name, 0)} |\n" for name in ("Systems", "Grandstaves", "Staves")
    )
    return (
        f"# {manifest.full_dataset_name}\n\n"
        "Synthetic pages of sheet music for Optical Music Recognition, made by Smashcima: object detection, segmentation, "
        "layout analysis and end-to-end recognition.\n\n"
        f"| | number |\n|---|---|\n{pages}{crops}\n"
        "## Data preparation\n\n"
        "The images are drawn from digital scores, and all annotations are derived from the drawing. Nothing was annotated "
        "by hand. All pages of a score are in the same split.\n\n"
        "## Data structure\n\n"
        "- Page names are the numbers of samples. `plan.yaml`, beside this folder, describes how each is made.\n"
        "- Pages are primary; systems, grand staves and staves are cropped from them. Staves are numbered down the page. A "
        "staff whose voices continue on another staff has no folder of its own.\n"
        "- Classes and relations are those of MuNG 2.0. COCO ids are those of the MuNG nodes of the same image.\n"
        "- `smashcima.json` has the metadata of the sample; other files that begin with `smashcima.` are labels that "
        "MusiCorpus does not define.\n\n"
        f"## Licensing\n\nSee `LICENSE.txt`. Licences of the music: {', '.join(sorted(music)) or 'none'}.\n"
    )


def licence_text(manifest: Manifest, music: Music) -> str:
    """The text of `LICENSE.txt`: the licences of the music that the pages show."""
    scores = "".join(
        f"\n{licence}\n" + "".join(f"- {score} ({count})\n" for score, count in sorted(found.items()))
        for licence, found in sorted(music.items())
    )
    return (
        f"{manifest.folder}: synthetic images of the scores below, made by Smashcima.\n\n"
        "The images and transcriptions are derived from these scores; their licences apply. `unknown` means that the plan of "
        "the data set states no licence. Numbers of pages are in parentheses.\n"
        f"{scores}"
    )
