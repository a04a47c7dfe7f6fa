"""Implementations of the `Engraver` interface, one package each."""
