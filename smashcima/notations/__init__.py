"""Text languages of other projects, parsed and written without scores."""
