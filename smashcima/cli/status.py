"""Exit statuses of commands, besides 0 for success, 1 for a failure, and 2 for wrong options."""

DISAGREES = 3
"""The proof (`--verify`) found a page that does not show what its score says."""
