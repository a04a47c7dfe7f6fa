"""What symbols are made from: fonts, and bundles of handwriting and paper."""
