"""Scans and photographs of pages: the same for music and other pages, so that a classifier cannot tell them apart by it."""

from __future__ import annotations

import cv2
import numpy as np

Gray = np.ndarray


def degraded(page: Gray, rng: np.random.Generator) -> Gray:
    """The page after a random selection of changes; a fifth of pages stay as they are."""
    if rng.random() < 0.2:
        return page
    picture = page.astype(np.float32)
    if rng.random() < 0.5:
        picture = cropped(picture, rng)
    if rng.random() < 0.4:
        picture = paper(rng, picture)
    if rng.random() < 0.7:
        picture = moved(picture, rng)
    if rng.random() < 0.4:
        picture = cv2.GaussianBlur(picture, (0, 0), rng.uniform(0.4, 1.0))
    if rng.random() < 0.4:
        picture = lit(picture, rng)
    if rng.random() < 0.5:
        picture = picture + rng.normal(0, rng.uniform(1, 7), picture.shape)
    result = np.clip(picture, 0, 255).astype(np.uint8)
    if rng.random() < 0.25:
        dark, light = np.quantile(result, [0.01, 0.6])
        limit = dark + (light - dark) * rng.uniform(0.4, 0.75)
        result = np.where(result > limit, 255, 0).astype(np.uint8)
    if rng.random() < 0.2:
        result = speckled(result, rng)
    if rng.random() < 0.4:
        _, data = cv2.imencode(".jpg", result, [cv2.IMWRITE_JPEG_QUALITY, int(rng.integers(35, 95))])
        result = cv2.imdecode(data, cv2.IMREAD_GRAYSCALE)
    return result


def cropped(picture: Gray, rng: np.random.Generator) -> Gray:
    """A part of the page, as large as a third of it at least: other scales, shapes and margins."""
    height, width = picture.shape
    w, h = (int(side * rng.uniform(0.58, 1.0)) for side in (width, height))
    left, top = int(rng.integers(width - w + 1)), int(rng.integers(height // 6 + 1))
    return picture[top : top + h, left : left + w]


def paper(rng: np.random.Generator, picture: Gray) -> Gray:
    """Ink and paper in shades of gray, with blotches."""
    height, width = picture.shape
    blotches = cv2.resize(
        rng.normal(0, rng.uniform(1, 10), (12, 9)).astype(np.float32),
        (width, height),
        interpolation=cv2.INTER_CUBIC,
    )
    dark, light = rng.uniform(0, 70), rng.uniform(180, 255)
    return dark + picture * ((light - dark) / 255) + blotches


def moved(picture: Gray, rng: np.random.Generator) -> Gray:
    """Turned by a few degrees, in perspective, on a lighter or darker ground."""
    height, width = picture.shape
    corners = np.array([(0, 0), (width, 0), (width, height), (0, height)], np.float32)
    angle = np.radians(rng.normal(0, 1.5))
    turn = np.array([[np.cos(angle), -np.sin(angle)], [np.sin(angle), np.cos(angle)]])
    middle = np.array([width / 2, height / 2])
    there = (corners - middle) @ turn.T * rng.uniform(0.8, 1.04) + middle
    there += rng.normal(0, rng.choice([0, 0.004, 0.02]) * width, there.shape)
    matrix = cv2.getPerspectiveTransform(corners, there.astype(np.float32))
    ground = float(rng.choice([255, 230, 120, 20]))
    return cv2.warpPerspective(picture, matrix, (width, height), flags=cv2.INTER_AREA, borderValue=ground)


def lit(picture: Gray, rng: np.random.Generator) -> Gray:
    """Light from one side, and a shadow."""
    height, width = picture.shape
    x, y = np.meshgrid(np.linspace(-1, 1, width), np.linspace(-1, 1, height))
    light = 1 + rng.uniform(-0.3, 0.3) * x + rng.uniform(-0.3, 0.3) * y
    if rng.random() < 0.4:
        edge = rng.uniform(-1, 1) + rng.uniform(-0.5, 0.5) * y
        light = light * np.where(x > edge, rng.uniform(0.6, 0.9), 1.0)
        light = cv2.GaussianBlur(light, (0, 0), width / 60)
    return picture * light


def speckled(page: Gray, rng: np.random.Generator) -> Gray:
    """Black and white dots."""
    result = page.copy()
    for value in (0, 255):
        where = rng.random(page.shape) < rng.uniform(0, 0.003)
        result[where] = value
    return result
