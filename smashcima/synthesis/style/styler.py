"""Choosing the style of a sample."""

from __future__ import annotations

from smashcima.errors import SettingsError
from smashcima.synthesis.interfaces import StyleDomain


class Styler:
    """Holds the style domains of a model and has them all choose before each sample."""

    def __init__(self) -> None:
        self._domains: dict[str, StyleDomain] = {}

    def register_domain(self, domain: StyleDomain) -> None:
        """Adds a domain; a `SettingsError` if another one of that name is there."""
        if self._domains.setdefault(domain.name, domain) is not domain:
            raise SettingsError(
                f"There is a style domain {domain.name!r} already; give the other one a name."
            )

    @property
    def domains(self) -> tuple[StyleDomain, ...]:
        """The domains, in the order in which they were added."""
        return tuple(self._domains.values())

    def pick_style(self) -> None:
        """Has every domain choose, in order."""
        for domain in self._domains.values():
            domain.pick_style()

    @property
    def current_styles(self) -> dict[str, str]:
        """What every domain has chosen, by its name."""
        return {name: domain.current_style for name, domain in self._domains.items()}
