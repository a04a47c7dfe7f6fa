"""`smashcima playground`; what it serves is tested in tests/web."""

from __future__ import annotations

import socket
import sys
import webbrowser

import pytest
from typer.testing import CliRunner

from smashcima.cli.main import app
from smashcima.web import application, serving


def run(*arguments: str) -> tuple[int, str]:
    result = CliRunner().invoke(app, ["playground", *arguments])
    return result.exit_code, result.output


def test_a_missing_extra_is_named_before_anything_else(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "starlette", None)
    code, said = run("--no-browser")
    assert code == 2
    assert "needs the package starlette, which is not installed: " in said
    assert "[web]'" in said


def test_the_browser_opens_the_address_that_is_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    opened: list[str] = []
    monkeypatch.setattr(application, "need", lambda *needed: None)
    monkeypatch.setattr(webbrowser, "open", opened.append)
    monkeypatch.setattr(serving, "serve", lambda listener: listener.close())
    code, said = run("--port", "0")
    assert code == 0
    assert opened == [said.split(" is at ")[1].split()[0]]
    assert run("--port", "0", "--no-browser")[0] == 0
    assert len(opened) == 1


def test_a_taken_port_is_an_error_if_it_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(application, "need", lambda *needed: None)
    monkeypatch.setattr(serving, "serve", lambda listener: listener.close())
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        code, said = run("--port", str(port), "--no-browser")
        assert code == 2
        assert f"Port {port} cannot be used" in said
        monkeypatch.setattr(serving, "PORT", port)
        assert run("--no-browser")[0] == 0
