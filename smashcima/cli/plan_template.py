"""The plan that `smashcima plan new` writes."""

from __future__ import annotations


def plan_template() -> str:
    """A plan in YAML with comments on every field."""
    from smashcima.datasets.generation.image_spec import CROPS, FORMATS
    from smashcima.datasets.generation.labels import LABELS
    from smashcima.datasets.layouts.registry import known_layouts

    return f"""\
# A plan of a data set. Make it with: smashcima generate plan.yaml -o out --workers 2
version: 1

# Equal plans give equal data sets; another seed gives other pages.
seed: 9

# Number of samples. A sample is one page of a score.
count: 1000

# Where the music comes from. Paths are relative to this file. By default, every score has the same weight.
sources:
  - folder: scores/
  # - {{files: [a.musicxml, b.krn], weight: 2, licence: CC0-1.0}}
  # - {{archive: scores.zip, filter: {{parts: 1, staves: 2, without: [lyrics]}}}}
  # - corpus: [bach/bwv66.6, joplin]        # works that music21 includes
  # - primus: primusCalvoRizoAppliedSciences2018.tgz
  # - annotations: {{generate: musical}}    # single staves, for the model staff
  # - {{remix: {{folder: scores/}}, measures: [4, 12], runs: 3, balance: [tuplets, grace notes]}}

# handwritten, printed, staff or printed staff, or a recipe with options.
# Any option may be random: {{choose: [a, b], weights: [3, 1]}}, {{uniform: [low, high]}}, {{normal: [mean, deviation]}},
# {{log_uniform: [low, high]}} or {{integers: [low, high]}}.
model:
  model: handwritten
  options:
    hand: pen
    postprocessing: {{choose: [null, scan, photo], weights: [2, 2, 1]}}
    staff_height_mm: {{uniform: [6, 9]}}

# format: {", ".join(FORMATS)}. crops: {", ".join(CROPS)}.
image: {{dpi: 150, format: jpg, quality: 90, gray: false, crops: none}}

# Any of: {", ".join(LABELS)}.
labels: [coco, mung, musicxml]

# One of: {", ".join(known_layouts())}; or a mapping with options:
# {{name: webdataset, samples_per_shard: 100}}.
layout: webdataset

# Weights of the splits. All pages of a score are in the same one.
splits: {{train: 0.9, validation: 0.05, test: 0.05}}

# any, or commercial, which refuses music and assets that do not permit commercial use.
licence: any

# A sample that exceeds these limits is given up and listed.
limits: {{seconds: 120, memory_mb: 4000}}

# Whether each page is proven to show what its score says: true (disagreements are listed in the metadata of the sample), reject (the sample is
# left out), or false.
verify: true
"""
