"""Composition of layers of ink and paper to the image of a page."""
