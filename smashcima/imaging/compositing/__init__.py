"""From layers of ink to an image of a page."""
