"""Entry point of `python -m smashcima`, the command line."""

from smashcima.cli import main

if __name__ == "__main__":
    main()
