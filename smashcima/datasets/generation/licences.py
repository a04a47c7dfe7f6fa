"""Licences of music and assets, and whether they permit commercial use.

A licence is an SPDX identifier (`CC-BY-4.0`), the usual short name (`CC BY 4.0`, `public domain`), or one of:

- `own`: the user's own work, or work for which the user has all rights;
- `none needed`: generated music, to which nobody has rights;
- `unknown`.
"""

from __future__ import annotations

import re

UNKNOWN = "unknown"
OWN = "own"
NONE_NEEDED = "none needed"

_PERMISSIVE = re.compile(
    r"""own | none\ needed | public\ domain(\ .*)? | pd | cc0(\ .*)? | cc\ pdm(\ .*)? | unlicense
    | cc\ by(\ sa)?(\ \d.*)?
    | apache(\ .*)? | mit | isc | 0bsd | bsd(\ .*)? | (sil\ )?ofl(\ .*)? | [al]?gpl(\ .*)? | mpl(\ .*)?
    """,
    re.VERBOSE,
)


def permits_commercial_use(licence: str) -> bool:
    """Whether a licence is known to permit commercial use of images made from the work.

    Licences that are unknown here do not, nor do those that forbid adaptations: an image is one.
    """
    words = " ".join(re.split(r"[\s_-]+", licence.strip().lower()))
    return _PERMISSIVE.fullmatch(words) is not None
