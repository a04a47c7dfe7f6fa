"""Implementations of the interface `Engraver`, a package each."""
