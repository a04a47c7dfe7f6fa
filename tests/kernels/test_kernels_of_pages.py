"""Pages are the same with compiled kernels, which work only where they pay off."""

import sys

import pytest

from smashcima import BaseHandwrittenModel, EngravedModel, kernels
from smashcima.errors import SettingsError
from smashcima.exporting.annotation import annotate
from smashcima.exporting.coco import CocoExporter
from smashcima.exporting.mung import MungExporter

SONG = "X:1\nM:3/4\nL:1/8\nK:D\n|:A|d2 f2 (ab)|{g}f3 e d2|[Adf]6|!p!d2 z2 F2:|\nw: la la la_ la"


@pytest.mark.parametrize("postprocessing", ["clean", "scan"])
@pytest.mark.parametrize("printed", [False, True])
def test_a_page_has_the_same_pixels_and_labels(both, postprocessing, printed):
    def page():
        options = {"seed": 2, "dpi": 90, "postprocessing": postprocessing}
        model = EngravedModel(**options) if printed else BaseHandwrittenModel(hand="pen", **options)
        image = model(data=SONG, format=".abc").compose_page(0)
        annotation = annotate(image)
        return (
            image.bitmap.tobytes(),
            annotation.masks().instance_map.tobytes(),
            CocoExporter().export_string(annotation),
            CocoExporter(segmentation="counts").export_string(annotation),
            MungExporter().export_string(annotation),
        )

    for one, other in zip(*both(page), strict=True):
        assert one == other


def test_kernels_take_over_after_some_pages(monkeypatch):
    monkeypatch.delenv("SMASHCIMA_KERNELS", raising=False)
    monkeypatch.setattr(kernels, "_numba_is_installed", lambda: True)
    monkeypatch.setattr(kernels._Pixels, "drawn", 0)
    assert not kernels.kernels_are_used()
    for _ in range(16):
        kernels.count_pixels(2582 * 3652)
    assert kernels.kernels_are_used()
    monkeypatch.setenv("SMASHCIMA_KERNELS", "off")
    assert not kernels.kernels_are_used()


def test_kernels_are_never_used_without_numba(monkeypatch):
    monkeypatch.delenv("SMASHCIMA_KERNELS", raising=False)
    monkeypatch.setattr(kernels, "_numba_is_installed", lambda: False)
    monkeypatch.setattr(kernels._Pixels, "drawn", 10**9)
    assert not kernels.kernels_are_used()
    monkeypatch.setenv("SMASHCIMA_KERNELS", "on")
    with pytest.raises(SettingsError, match=r'pip install "smashcima\[fast\]"'):
        kernels.kernels_are_used()


def test_numba_is_loaded_with_the_first_kernel_only(monkeypatch):
    monkeypatch.setenv("SMASHCIMA_KERNELS", "off")
    monkeypatch.setitem(sys.modules, "numba", None)  # importing it fails
    model = EngravedModel(seed=2, dpi=60)
    assert CocoExporter().export(model(data=SONG, format=".abc").compose_page(0))["annotations"]
