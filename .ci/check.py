"""`make check`: lint the changed files, and run the tests of the affected packages.

Changed files are those that differ from the commit at which the branch left `main` (or from BASE), and untracked files.
The tests mirror the tree of the package, so the path of a changed file determines its tests:

- a module: its doctests, and the tests of its package except the slow ones;
- a test file: all its tests; other files in `tests` (`conftest.py`, data): the tests of their directory;
- a page of the documentation: its code, commands and links;
- other files: the tests listed in the tables below.

The rules for the whole code base (`tests/test_project.py`, `tests/test_face.py`) run for every changed module.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

REPOSITORY = Path(__file__).resolve().parent.parent

FOR_EVERY_MODULE = ("tests/test_face.py", "tests/test_project.py")

ALSO = {
    "smashcima/engraving": ("tests/engravers",),
    "smashcima/imaging/filters": ("tests/imaging/compositing/test_warping.py",),
    "smashcima/synthesis": ("tests/synthesis/test_contracts.py", "tests/synthesis/test_interfaces.py"),
    "smashcima/testing": ("tests/engravers/verovio/test_contract.py", "tests/synthesis/test_contracts.py"),
    "smashcima/errors.py": ("tests/cli", "tests/loading"),
}
"""Further tests of a package, outside the directory that mirrors it."""

ELSEWHERE = {
    ".ci": ("tests/ci",),
    "Makefile": ("tests/ci", "tests/docs/test_pages.py"),
    "assets": ("tests/docs/test_pages.py", "tests/test_example_score.py"),
    "benchmarks": ("tests/benchmarks",),
    "docs": ("tests/docs",),
    "examples": ("tests/examples",),
    "mkdocs.yml": ("tests/docs",),
    "pyproject.toml": ("tests/test_project.py",),
}
"""Tests of files that are neither modules nor tests nor pages."""

PAGE_TESTS = (
    "test_the_code_of_a_page_runs_and_prints_what_it_says",
    "test_the_commands_of_a_page_work",
    "test_what_a_page_links_to_is_there",
)


@dataclass
class Selection:
    """Arguments for pytest."""

    quick: set[str] = field(default_factory=set)
    """Run without the slow tests."""
    whole: set[str] = field(default_factory=set)
    """Run with the slow tests."""


def select_tests(changed: Iterable[str], repository: Path = REPOSITORY) -> Selection:
    """Selects the tests for changed or removed files, given as paths relative to the repository."""
    selection = Selection()
    for name in changed:
        path = PurePosixPath(name)
        exists = (repository / path).exists()
        if path.parts[0] == "tests":
            if not path.name.startswith("test_"):
                selection.quick.add(_nearest(path.parent, repository))
            elif exists:
                selection.whole.add(name)
        elif path.parts[0] == "smashcima":
            selection.quick.update(FOR_EVERY_MODULE, _of_module(path, repository))
            if exists and path.suffix == ".py":
                selection.quick.add(name)
        elif path.suffix == ".md" and path.parts[0] in ("README.md", "docs", "tutorials"):
            selection.quick.add("tests/docs")
            if exists:
                selection.whole.update(f"tests/docs/test_pages.py::{test}[{name}]" for test in PAGE_TESTS)
        else:
            selection.quick.update(_listed(path, ELSEWHERE))
    selection.quick = _without_inner(selection.quick)
    return selection


def _of_module(path: PurePosixPath, repository: Path) -> set[str]:
    """The directory that mirrors the package of a module, the test file with its name, and the tests in `ALSO`."""
    inside = PurePosixPath(*path.parts[1:])
    own = PurePosixPath("tests", f"test_{PurePosixPath(inside.parts[0]).stem}.py")
    mirror = _nearest("tests" / inside.parent, repository)
    tests = {str(own)} if (repository / own).exists() else set()
    return tests | set(_listed(path, ALSO)) | ({mirror} - {"tests"})


def _nearest(directory: PurePosixPath, repository: Path) -> str:
    """The directory, or its nearest parent that exists."""
    return next(str(place) for place in (directory, *directory.parents) if (repository / place).is_dir())


def _listed(path: PurePosixPath, table: dict[str, tuple[str, ...]]) -> Iterable[str]:
    around = {str(path), *map(str, path.parents)}
    return (test for place, tests in table.items() if place in around for test in tests)


def _without_inner(paths: set[str]) -> set[str]:
    """Drops paths inside other selected directories."""
    return {path for path in paths if not any(str(place) in paths for place in PurePosixPath(path).parents)}


def changed_files(base: str | None) -> list[str]:
    """Files that differ from the base, and untracked files."""
    if base is None:
        known = [
            name for name in ("origin/main", "main") if _git("rev-parse", "-q", "--verify", name, check=False)
        ]
        base = _git("merge-base", "HEAD", known[0])[0] if known else "HEAD"
    changed = _git("diff", "--name-only", "--no-renames", base)
    return sorted({*changed, *_git("ls-files", "--others", "--exclude-standard")})


def _git(*arguments: str, check: bool = True) -> list[str]:
    done = subprocess.run(["git", *arguments], cwd=REPOSITORY, check=check, text=True, stdout=subprocess.PIPE)
    return done.stdout.splitlines()


def commands(changed: Iterable[str], workers: str) -> list[list[str]]:
    """The commands that check these files."""
    changed = list(changed)
    run = [sys.executable, "-m"]
    python = [name for name in changed if name.endswith(".py") and (REPOSITORY / name).exists()]
    found = []
    if python:
        found += [[*run, "ruff", "check", *python], [*run, "ruff", "format", "--check", *python]]
    if any(name.startswith("smashcima/") or name == "pyproject.toml" for name in changed):
        lint_imports = str(Path(sys.executable).with_name("lint-imports"))
        found += [[*run, "mypy"], [lint_imports, "--no-logo", "--no-cache"]]
    tests = select_tests(changed)
    if tests.quick:
        spread = ["-n", workers, "--dist", "worksteal"]
        found.append([*run, "pytest", "-q", *spread, "-m", "not slow", *sorted(tests.quick)])
    if tests.whole:
        found.append([*run, "pytest", "-q", *sorted(tests.whole)])
    return found


def main(base: str | None = None, workers: str = "2") -> int:
    """Runs all commands; returns 1 if one of them failed."""
    failed = []
    for command in commands(changed_files(base or None), workers):
        shown = " ".join(command[2:] if command[1] == "-m" else [Path(command[0]).name, *command[1:]])
        sys.stdout.write(f"=== {shown}\n")
        sys.stdout.flush()
        # Pytest exits with 5 if it has no test to run, for example if all selected tests are slow.
        if subprocess.run(command, cwd=REPOSITORY, check=False).returncode not in (0, 5):
            failed.append(shown.split()[0])
    sys.stdout.write(f"=== {', '.join(failed)} FAILED\n" if failed else "=== passed\n")
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
