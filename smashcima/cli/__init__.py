"""The command line: `smashcima render`, `smashcima info`."""

from smashcima.cli.main import main

__all__ = ["main"]
