"""The choice of a sample's styles."""

from __future__ import annotations

from smashcima._moved import FormerAttributes
from smashcima.errors import SettingsError
from smashcima.short_repr import ShortRepr
from smashcima.synthesis.interfaces import StyleDomain


class Styler(FormerAttributes, ShortRepr):
    """Holds the style domains of a model and makes them choose before each sample."""

    def __init__(self) -> None:
        self._domains: dict[str, StyleDomain] = {}

    def register_domain(self, domain: StyleDomain) -> None:
        """Adds a domain; raises a `SettingsError` if one with that name exists."""
        if self._domains.setdefault(domain.name, domain) is not domain:
            raise SettingsError(f"A style domain named {domain.name!r} exists already; choose another name.")

    @property
    def domains(self) -> tuple[StyleDomain, ...]:
        """The domains, in the order they were added."""
        return tuple(self._domains.values())

    def pick_style(self) -> None:
        """Makes every domain choose, in order."""
        for domain in self._domains.values():
            domain.pick_style()

    @property
    def current_styles(self) -> dict[str, str]:
        """The current style of every domain, by its name."""
        return {name: domain.current_style for name, domain in self._domains.items()}
