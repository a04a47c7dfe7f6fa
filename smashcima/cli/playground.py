"""`smashcima playground`: a page in the browser for trying everything."""

from __future__ import annotations

from typing import Annotated

import typer

from smashcima.errors import SmashcimaError


def playground(
    port: Annotated[
        int | None,
        typer.Option(
            min=0,
            max=65535,
            help="Port of the server; 0 for any free one.",
            show_default="8765, or a free one if that is taken",
        ),
    ] = None,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
) -> None:
    """Open a page in the browser that draws scores and shows their ground truth.

    The server answers this machine only. Ctrl-C ends it. Needs the extra web: pip install 'smashcima[web]'
    """
    import webbrowser

    from smashcima.web.serving import address_of, listening_socket, serve

    try:
        listener = listening_socket(port)
    except SmashcimaError as error:
        typer.secho(f"Error: {error}", fg="red", err=True)
        raise typer.Exit(2) from error
    address = address_of(listener)
    typer.echo(f"The playground is at {address} (Ctrl-C ends it)")
    if browser:
        webbrowser.open(address)
    serve(listener)
