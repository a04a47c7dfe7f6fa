"""What a sample consists of: the graph (`graph`), the music (`semantic`), the picture (`visual`)."""
