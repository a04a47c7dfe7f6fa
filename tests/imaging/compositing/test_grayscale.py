from __future__ import annotations

import cv2
import numpy as np
import pytest

from smashcima.errors import ExportError
from smashcima.exporting import DefaultCompositor, ImageLayer
from smashcima.imaging import encode_image, write_image


def picture(*pixels: tuple[int, int, int, int]) -> ImageLayer:
    return ImageLayer(np.array([pixels], np.uint8), 100)


def test_gray_is_what_the_eye_sees_on_white():
    # 0.114 of blue, 0.587 of green and 0.299 of red; half transparent black on white is half gray.
    image = picture((255, 0, 0, 255), (0, 255, 0, 255), (0, 0, 255, 255), (0, 0, 0, 128), (9, 9, 9, 0))
    assert image.as_gray().tolist() == [[29, 150, 76, 127, 255]]


def test_black_and_white_by_a_threshold():
    image = picture((99, 99, 99, 255), (100, 100, 100, 255), (101, 101, 101, 255))
    assert image.as_bitonal(100).tolist() == [[False, True, True]]
    assert image.as_bitonal(0).all()


def test_otsu_parts_ink_from_paper(build):
    page = build.page(2, 2, (150, 170, 180, 255))
    build.path(page, build.inch_box(0.5, 0.5, 1.5, 1.5), (60, 40, 40, 230))
    image = DefaultCompositor().compose(page, dpi=20)
    white = image.as_bitonal()
    assert (~white).sum() == 20 * 20
    assert not white[10:30, 10:30].any()


@pytest.mark.parametrize(("shade", "is_white"), [(0, False), (100, False), (200, True), (255, True)])
def test_a_picture_of_one_shade_is_black_or_white(shade, is_white):
    assert (picture(*[(shade, shade, shade, 255)] * 3).as_bitonal() == is_white).all()


@pytest.mark.parametrize("threshold", [-1, 256, "sauvola"])
def test_thresholds_that_make_no_sense_are_refused(threshold):
    with pytest.raises(ExportError, match='0 to 255, or "otsu"'):
        picture((0, 0, 0, 255)).as_bitonal(threshold)


@pytest.mark.parametrize("suffix", [".png", ".tif", ".jpg", ".bmp"])
def test_files_of_gray_have_one_channel(tmp_path, suffix):
    gray = np.arange(0, 250, 10, np.uint8).reshape(5, 5)
    write_image(gray, tmp_path / f"gray{suffix}")
    found = cv2.imread(str(tmp_path / f"gray{suffix}"), cv2.IMREAD_UNCHANGED)
    assert found.shape == (5, 5)
    assert np.abs(found.astype(int) - gray).max() <= (6 if suffix == ".jpg" else 0)


@pytest.mark.parametrize("width", [1, 7, 8, 13])
@pytest.mark.parametrize("suffix", [".png", ".tiff", ".bmp"])
def test_files_of_black_and_white_are_read_as_they_were_written(tmp_path, suffix, width):
    white = np.random.default_rng(width).random((9, width)) > 0.4
    write_image(white, tmp_path / f"page{suffix}")
    found = cv2.imread(str(tmp_path / f"page{suffix}"), cv2.IMREAD_UNCHANGED)
    assert found.shape == white.shape
    assert np.array_equal(found, np.where(white, 255, 0))


def test_black_and_white_take_one_bit_a_pixel():
    white = np.random.default_rng(1).random((200, 320)) > 0.5
    png = encode_image(white, ".png")
    assert (png[24], png[25]) == (1, 0)  # bits of a sample, and the colour type: gray
    assert len(png) < 1.1 * 200 * 320 / 8
    tiff = encode_image(white, ".tif")
    assert tiff[:4] == b"II*\0"
    assert len(tiff) < 1.1 * 200 * 320 / 8
