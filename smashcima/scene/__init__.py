"""The contents of a sample: the scene graph (`graph`), the music (`semantic`), the visual objects (`visual`)."""
