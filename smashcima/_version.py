"""The version of the package, which the build reads from here."""

VERSION = "2.0.0"
