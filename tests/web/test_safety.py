"""What the playground refuses: foreign pages and hosts, other files of the machine, and files that harm."""

from __future__ import annotations

import io
import re
import sys
import zipfile
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from smashcima.errors import SettingsError
from smashcima.web import scores
from smashcima.web.scores import safe_name

SCORE = b"""<?xml version="1.0"?><score-partwise version="4.0"><part-list><score-part id="P1"><part-name>V</part-name>
</score-part></part-list><part id="P1"><measure number="1"><attributes><divisions>1</divisions><clef><sign>G</sign>
<line>2</line></clef></attributes><note><pitch><step>C</step><octave>5</octave></pitch><duration>4</duration>
<type>whole</type></note></measure></part></score-partwise>"""

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]><score-partwise>&d;</score-partwise>"""

LOCAL_FILE = b"""<?xml version="1.0"?><!DOCTYPE score-partwise [<!ENTITY secret SYSTEM "file:///etc/passwd">]>
<score-partwise><part-list>&secret;</part-list></score-partwise>"""


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8765", "localhost:8765", "LOCALHOST:1", "[::1]:8765", "localhost"]
)
def test_requests_to_this_machine_are_answered(client: Any, host: str) -> None:
    assert client.get("/api/menu", headers={"Host": host}).status_code == 200


@pytest.mark.parametrize(
    "host",
    [
        "evil.example",
        "127.0.0.1.evil.example:8765",
        "localhost.evil.example",
        "evil.example:127.0.0.1",
        "",
        "[::2]:1",
    ],
)
def test_names_that_resolve_to_this_machine_are_refused(client: Any, host: str) -> None:
    for path in ("/", "/api/menu", "/nowhere"):
        answer = client.get(path, headers={"Host": host})
        assert answer.status_code == 403
        assert "localhost only" in answer.json()["error"]


@pytest.mark.parametrize(
    "headers",
    [
        {"Origin": "https://evil.example"},
        {"Origin": "null"},
        {"Origin": "http://127.0.0.1:9999"},
        {"Origin": "http://localhost:8765"},  # another site than 127.0.0.1
        {"Sec-Fetch-Site": "cross-site"},
        {"Sec-Fetch-Site": "same-site"},
        {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"},
    ],
)
def test_requests_of_other_sites_are_refused(client: Any, headers: dict[str, str]) -> None:
    assert client.request("POST", "/api/pages", json={}, headers=headers).status_code == 403
    assert client.get("/api/menu", headers=headers).status_code == 403


def test_requests_of_the_page_itself_are_answered(client: Any) -> None:
    own = {"Origin": "http://127.0.0.1:8765", "Sec-Fetch-Site": "same-origin"}
    answer = client.request("POST", "/api/pages", json={"kind": "staff", "source": "q0"}, headers=own)
    assert answer.status_code == 200
    assert "access-control-allow-origin" not in answer.headers


def test_a_link_from_elsewhere_may_lead_to_the_page(client: Any) -> None:
    visit = {"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "navigate"}
    assert client.get("/", headers=visit).status_code == 200


@pytest.mark.parametrize(
    "kind", ["text/plain", "application/x-www-form-urlencoded", "multipart/form-data", ""]
)
def test_content_that_forms_can_send_is_refused(client: Any, kind: str) -> None:
    for path in ("/api/pages", "/api/scores?name=a.abc"):
        answer = client.request("POST", path, content=b"{}", headers={"Content-Type": kind})
        assert answer.status_code == 415


def test_pages_may_use_nothing_foreign_and_stand_in_no_frame(client: Any) -> None:
    headers = client.get("/").headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cross-origin-resource-policy"] == "same-origin"


@pytest.mark.parametrize("name", ["index.html", "playground.css", "playground.js", "page_view.js"])
def test_the_page_asks_for_nothing_elsewhere(name: str) -> None:
    text = Path(scores.__file__).with_name("page").joinpath(name).read_text(encoding="utf-8")
    assert set(re.findall(r"\w+://[^\"\s]*", text)) <= {
        "http://www.w3.org/2000/svg",
        "http://www.inkscape.org/namespaces/inkscape",
    }
    assert "@import" not in text
    assert "style=" not in text  # the policy forbids it
    assert "innerHTML" not in text


@pytest.mark.parametrize(
    "path",
    [
        "/../../../../etc/passwd",
        "/%2e%2e/%2e%2e/etc/passwd",
        "/..%2f..%2fetc%2fpasswd",
        "//etc/passwd",
        "/application.py",
        "/page/index.html",
        "/examples/chords.mei",
        "/playground.css/../application.py",
        "/playground.css%00.py",
        "/api/pages/../../etc/passwd/png",
        "/api/pages/0123456789abcdef/png",
        "/api/pages/..%2f..%2f/score",
    ],
)
def test_no_file_of_the_machine_is_reachable(client: Any, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 404
    assert b"root:" not in answer.content
    assert b"import" not in answer.content


def test_an_unknown_download_is_not_found(client: Any) -> None:
    page = client.draw(kind="staff", source="q0").json()
    answer = client.get(f"/api/pages/{page['id']}/etc")
    assert answer.status_code == 404
    assert "mung" in answer.json()["error"]


# -- uploads ----------------------------------------------------------------------------------------------------


def test_an_uploaded_score_is_drawn(client: Any) -> None:
    answer = client.upload("song.musicxml", SCORE)
    assert answer.status_code == 201
    page = client.draw(kind="file", source=answer.json()["id"]).json()
    assert page["scoreName"] == "song.musicxml"
    assert any(each["label"] == "noteheadWhole" for each in page["objects"])


def test_the_content_tells_the_format_if_the_suffix_does_not(client: Any) -> None:
    assert client.upload("song.txt", SCORE).status_code == 201


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("cut.musicxml", SCORE[:200]),
        ("empty.musicxml", b""),
        ("noise.mxl", bytes(range(256)) * 20),
        ("noise.mid", b"MThd" + bytes(range(200))),
        ("noise.krn", b"**kern\n4c\n=\x00\n"),
        ("page.html", b"<html><body>Songs</body></html>"),
        ("laughs.musicxml", LAUGHS),
        ("secret.musicxml", LOCAL_FILE),
    ],
)
def test_a_broken_or_hostile_file_is_refused_in_words(client: Any, name: str, content: bytes) -> None:
    answer = client.upload(name, content)
    if answer.status_code == 201:  # repaired; whatever is read must not be from this machine
        assert b"root:" not in answer.content
        return
    assert answer.status_code == 422
    text = answer.json()["error"]
    assert "root:" not in text
    assert str(Path(__file__).parents[2]) not in text
    assert client.draw(kind="staff", source="q0").status_code == 200


def test_a_zip_bomb_is_refused(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SMASHCIMA_MAX_SOURCE_MB", "4")
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "META-INF/container.xml",
            '<container><rootfiles><rootfile full-path="a.xml"/></rootfiles></container>',
        )
        archive.writestr("a.xml", b"<score-partwise>" + b" " * (8 << 20))
    answer = client.upload("bomb.mxl", packed.getvalue())
    assert answer.status_code == 422
    assert "MiB" in answer.json()["error"]


def test_an_import_that_takes_too_long_is_ended(client: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    measure = SCORE[SCORE.index(b"<measure") : SCORE.index(b"</part></score")]
    many = b"".join(measure.replace(b'"1"', b'"%d"' % number) for number in range(1, 4000))
    long = SCORE.replace(measure, many)
    monkeypatch.setenv("SMASHCIMA_IMPORT_TIMEOUT_S", "0.02")
    answer = client.upload("long.musicxml", long)
    assert answer.status_code == 422
    assert "0.02 s" in answer.json()["error"]
    monkeypatch.delenv("SMASHCIMA_IMPORT_TIMEOUT_S")
    assert client.upload("short.musicxml", SCORE.replace(b"<step>C", b"<step>D")).status_code == 201


def test_a_large_file_is_refused_before_it_is_read_whole(client: Any) -> None:
    taken = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal taken
        while True:
            taken += 1 << 20
            yield b" " * (1 << 20)

    answer = client.upload("large.musicxml", endless())
    assert answer.status_code == 413
    assert taken <= 10 << 20
    declared = client.request(
        "POST",
        "/api/scores",
        content=b"short",
        headers={"Content-Type": "application/octet-stream", "Content-Length": str(9 << 20)},
    )
    assert declared.status_code == 413


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd.xml", "passwd.xml"),
        ("C:\\scores\\..\\a b.krn", "a b.krn"),
        ("..", "score"),
        ("", "score"),
        ('x"; rm -rf <b>.abc', "x_ rm -rf _b_.abc"),
        ("Größe.mei", "Größe.mei"),
        ("a" * 300 + ".musicxml", "a" * 71 + ".musicxml"),
    ],
)
def test_names_of_uploads_are_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


@pytest.mark.parametrize("content", [b"", b"{", b"[1]", b'"x"', b"[" * 20000])
def test_options_that_are_no_object_are_refused(client: Any, content: bytes) -> None:
    answer = client.request(
        "POST", "/api/pages", content=content, headers={"Content-Type": "application/json"}
    )
    assert answer.status_code in (400, 422)
    assert answer.json()["error"]


def test_an_upload_that_breaks_off_is_no_error_of_the_server(
    client: Any, caplog: pytest.LogCaptureFixture
) -> None:
    import asyncio

    from smashcima.web.requests import WITHDRAWN, RefusedError, body_of

    starlette = pytest.importorskip("starlette.requests")

    async def receive() -> dict[str, Any]:
        return {"type": "http.disconnect"}

    request = starlette.Request({"type": "http", "headers": [], "method": "POST"}, receive)
    with pytest.raises(RefusedError) as raised:
        asyncio.run(body_of(request, 100))
    assert raised.value.status == WITHDRAWN
    assert caplog.records == []


# -- the server -------------------------------------------------------------------------------------------------


def test_the_server_listens_on_the_loopback_interface_only(client: Any) -> None:
    from smashcima.web import listening_socket
    from smashcima.web.serving import address_of

    with listening_socket(0) as listener:
        assert listener.getsockname()[0] == "127.0.0.1"
        assert address_of(listener) == f"http://127.0.0.1:{listener.getsockname()[1]}/"
        with pytest.raises(SettingsError, match="cannot be used"):
            listening_socket(listener.getsockname()[1])


def test_a_missing_extra_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    from smashcima.web import application

    monkeypatch.setitem(sys.modules, "starlette", None)
    with pytest.raises(SettingsError, match=r"pip install .*\[web\]'"):
        application.create_app()
