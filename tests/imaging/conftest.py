"""Fixtures of small pages."""

from tests.small_pages import build, music_page

__all__ = ["build", "music_page"]
