"""`smashcima assets`: lists, installs, verifies and removes asset bundles."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from smashcima.cli.licenses import licenses
from smashcima.cli.messages import text_of
from smashcima.cli.patches import check_patches
from smashcima.errors import AssetError, SettingsError, SmashcimaError

if TYPE_CHECKING:
    from smashcima.assets.bundles import AssetBundle, AssetRepository, InstalledBundle

app = typer.Typer(no_args_is_help=True, help="Manage asset bundles: handwriting and paper for pages.")
app.command()(licenses)
app.command()(check_patches)

_MOST_SOURCES = 5
"""Maximum number of sources shown for a bundle."""

_Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Name of the bundle, as shown by `smashcima assets list`.")
]


@app.command("list")
def list_bundles() -> None:
    """List the known and the installed bundles."""
    with _errors():
        from smashcima.assets.bundles import AssetRepository, bundle_by_name, bundle_names

        repository = AssetRepository.default()
        table = Table(box=None, padding=(0, 2, 0, 0))
        for column in ("name", "version", "state", "size", "licence"):
            table.add_column(column, justify="right" if column == "size" else "left")
        installed = {(each.name, each.version): each for each in repository.list()}
        for name in bundle_names():
            try:
                bundle_type = bundle_by_name(name)
            except AssetError as error:
                table.add_row(escape(name), "", f"[red]{escape(str(error))}[/]")
                continue
            found = installed.pop((name, bundle_type.version), None)
            table.add_row(
                name, bundle_type.version, _state(repository, bundle_type), _size(found), bundle_type.license
            )
        for each in installed.values():
            state = "old version" if each.name in bundle_names() else "unknown bundle"
            terms = each.manifest.license if each.manifest else ""
            table.add_row(escape(each.name), escape(each.version), state, _size(each), escape(terms))
    console = Console()
    console.print(table)
    console.print(f"in {repository.directory}", style="dim", markup=False, highlight=False, soft_wrap=True)


@app.command()
def info(name: _Name) -> None:
    """Show a bundle and its installed versions."""
    with _errors():
        from smashcima.assets.bundles import AssetRepository

        repository, bundle_type = AssetRepository.default(), _bundle_named(name)
        rows = [
            ("name", bundle_type.name),
            ("version", bundle_type.version),
            ("licence", bundle_type.license),
            ("cite", bundle_type.citation),
            ("homepage", bundle_type.homepage),
            ("needs", ", ".join(each.name for each in bundle_type.dependencies)),
            ("state", _state(repository, bundle_type)),
        ]
        for each in repository.list():
            if each.name == bundle_type.name:
                rows += _installed_rows(each)
    console = Console()
    for label, value in rows:
        if value:
            console.print(f"[bold]{label:<11}[/] {escape(value)}", highlight=False, soft_wrap=True)


@app.command()
def install(
    name: _Name,
    source: Annotated[
        Path | None,
        typer.Option(
            "--from",
            metavar="PATH",
            exists=True,
            help="A file to use instead of downloading it, or a folder that contains the files under their names.",
        ),
    ] = None,
    force: Annotated[bool, typer.Option("--force", help="Reinstall the bundle if it is installed.")] = False,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Install a bundle and its dependencies.

    Without --from, files are taken from SMASHCIMA_ASSETS_FROM, from SMASHCIMA_MIRRORS, or from the URLs of their authors.

    Example: smashcima assets install MuscimaPP --from ~/Downloads/MUSCIMA-pp_v1.0.zip
    """
    console = Console(stderr=True, quiet=quiet)
    with _errors():
        from smashcima.assets.bundles import AssetRepository

        bundle_type = _bundle_named(name)
        repository = AssetRepository(
            local_sources=[source.absolute()] if source else [], progress_bars=False if quiet else None
        )
        was_installed = repository.is_installed(bundle_type) and not force
        manifest = repository.resolve_bundle(bundle_type, force_install=force).manifest
        directory = repository.directory / manifest.name / manifest.version
    was = "was already installed" if was_installed else "is installed"
    console.print(
        f"[green]✓[/] {manifest.name} {manifest.version} {was} in {escape(str(directory))}, "
        f"{_megabytes(manifest.size)}, {manifest.license}",
        highlight=False,
        soft_wrap=True,
    )
    if source is not None and not repository.used_sources:
        needs = " and ".join(each.name for each in bundle_type.dependencies)
        hint = ""
        if was_installed:
            hint = " Use --force to reinstall."
        elif needs:
            hint = f" Its dependency {needs} was already installed; install that with --from and --force."
        console.print(
            f"[yellow]{escape(str(source))} was not used.{hint}[/]", highlight=False, soft_wrap=True
        )


@app.command()
def remove(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Name of an installed bundle.")],
    version: Annotated[str | None, typer.Option(help="Remove only this version.")] = None,
    quiet: Annotated[bool, typer.Option("-q", "--quiet", help="Print errors only.")] = False,
) -> None:
    """Remove all installed versions of a bundle."""
    console = Console(stderr=True, quiet=quiet)
    with _errors():
        from smashcima.assets.bundles import AssetRepository

        repository = AssetRepository.default()
        known = {each.name.lower(): each.name for each in repository.list()}
        removed = repository.remove(known.get(name.lower(), name), version)
        if not removed:
            there = ", ".join(f"{each.name} {each.version}" for each in repository.list()) or "nothing"
            _fail(f"{name}{f' {version}' if version else ''} is not installed. Installed: {there}.")
    for each in removed:
        console.print(f"[green]✓[/] {escape(each.name)} {escape(each.version)} was removed", highlight=False)


@app.command()
def verify(
    name: Annotated[
        str | None, typer.Argument(metavar="[NAME]", help="Name of an installed bundle; all by default.")
    ] = None,
) -> None:
    """Compare installed files with their checksums; list missing, changed and added files."""
    console = Console()
    with _errors():
        from smashcima.assets.bundles import AssetRepository

        repository = AssetRepository.default()
        chosen = [each for each in repository.list() if name is None or each.name.lower() == name.lower()]
        if name is not None and not chosen:
            _fail(f"{name} is not installed.")
        is_sound = True
        for each in chosen:
            try:
                found = [f"{issue.where} {issue.what}" for issue in repository.verify(each)]
            except AssetError as error:
                found = [str(error)]
            mark = "[red]✗[/]" if found else "[green]✓[/]"
            console.print(f"{mark} {escape(each.name)} {escape(each.version)}", highlight=False)
            for problem in found:
                console.print(f"  {problem}", style="red", markup=False, highlight=False, soft_wrap=True)
            if found:
                console.print(
                    f"  To repair it: smashcima assets install {each.name} --force", highlight=False
                )
            is_sound = is_sound and not found
    if not chosen:
        console.print("Nothing is installed.")
    if not is_sound:
        raise typer.Exit(1)


def _installed_rows(installed: InstalledBundle) -> list[tuple[str, str]]:
    """Labels and values of the manifest of an installed version."""
    manifest = installed.manifest
    rows = [("installed", f"{installed.version}, in {installed.directory}")]
    if manifest is None:
        return [*rows, ("record", "damaged; install the bundle again with --force")]
    files = "1 file" if len(manifest.files) == 1 else f"{len(manifest.files)} files"
    rows += [
        ("content", f"{files}, {_megabytes(manifest.size)}, sha256 {manifest.checksum}"),
        (
            "details",
            ", ".join(f"{key.replace('_', ' ')}: {value}" for key, value in manifest.details.items()),
        ),
    ]
    for record in manifest.dependencies:
        rows.append(("made from", f"{record.name} {record.version}, sha256 {record.checksum}"))
    for source in manifest.sources[:_MOST_SOURCES]:
        checked = "verified" if source.is_known else "checksum not known in advance"
        rows.append(("source", f"{source.origin}, {source.size} bytes, sha256 {source.sha256} ({checked})"))
    if len(manifest.sources) > _MOST_SOURCES:
        rows.append(("source", f"and {len(manifest.sources) - _MOST_SOURCES} more, in its manifest.json"))
    return rows


def _state(repository: AssetRepository, bundle_type: type[AssetBundle]) -> str:
    problem = repository.problem(bundle_type)
    if problem is None:
        return "installed"
    for each in repository.list():
        if (each.name, each.version) == (bundle_type.name, bundle_type.version):
            return f"out of date: {problem}" if each.manifest else "damaged"
    return "not installed"


def _bundle_named(name: str) -> type[AssetBundle]:
    from smashcima.assets.bundles import bundle_by_name

    try:
        return bundle_by_name(name)
    except AssetError as error:
        _fail(str(error), code=2)


def _size(installed: InstalledBundle | None) -> str:
    return _megabytes(installed.manifest.size) if installed and installed.manifest else ""


def _megabytes(size: int) -> str:
    """Formats a size in bytes as MB or kB."""
    return f"{size / 1e6:.1f} MB" if size >= 100_000 else f"{size / 1e3:.1f} kB"


@contextmanager
def _errors() -> Iterator[None]:
    """Converts errors to messages and exit codes."""
    try:
        yield
    except SettingsError as error:
        _fail(str(error), code=2)
    except (SmashcimaError, OSError) as error:
        _fail(text_of(error))


def _fail(text: str, code: int = 1) -> NoReturn:
    Console(stderr=True).print(f"Error: {text}", style="red", markup=False, highlight=False, soft_wrap=True)
    raise typer.Exit(code)
