"""Millimetres and pixels."""

from __future__ import annotations

MM_PER_INCH = 25.4


def mm_to_px(mm: float, dpi: float) -> float:
    """Length in pixels of `mm` millimetres at `dpi` pixels per inch; not rounded."""
    return mm * dpi / MM_PER_INCH


def px_to_mm(px: float, dpi: float) -> float:
    """Length in millimetres of `px` pixels at `dpi` pixels per inch."""
    return px * MM_PER_INCH / dpi
