"""The command line `smashcima`."""

from smashcima.cli.main import main

__all__ = ["main"]
