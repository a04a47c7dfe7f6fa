"""Assets for drawing: fonts, and bundles of handwriting and paper."""
