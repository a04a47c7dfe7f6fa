"""Curation of real pages: keeps pages of music of good quality from folders of images and PDF files.

`curate` carries out the stages of the data set MusicScore (Lin, Dai and Kong 2024) on any folder.
"""

from smashcima.datasets.curation.classifier import PageClassifier
from smashcima.datasets.curation.curating import CurationReport, PageVerdict, curate
from smashcima.datasets.curation.look_fitting import fitted_look
from smashcima.datasets.curation.mimicry import (
    CollectionLook,
    PageLook,
    look_of_collection,
    look_of_page,
    plan_like,
)
from smashcima.datasets.curation.picture_measures import PictureMeasures, measure_picture
from smashcima.datasets.curation.quality import PageQuality, measure
from smashcima.datasets.curation.rules import REASONS, CurationRules
from smashcima.datasets.curation.source_pages import SourcePage, find_sources, read_pages

__all__ = [
    "REASONS",
    "CollectionLook",
    "CurationReport",
    "CurationRules",
    "PageClassifier",
    "PageLook",
    "PageQuality",
    "PageVerdict",
    "PictureMeasures",
    "SourcePage",
    "curate",
    "find_sources",
    "fitted_look",
    "look_of_collection",
    "look_of_page",
    "measure",
    "measure_picture",
    "plan_like",
    "read_pages",
]
