"""The playground in a real browser; skipped where Chromium, its driver or Selenium is missing."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from browser import CHROMIUM, DRIVER, Server, Visitor

for needed in ("starlette", "uvicorn", "selenium"):
    pytest.importorskip(needed, reason=f"visits to the playground need {needed}")

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(
        CHROMIUM is None or DRIVER is None, reason="visits to the playground need chromium and chromedriver"
    ),
]

ABC = "X:1\nT:<img src=x onerror=document.title='harmed'>\nM:4/4\nL:1/4\nK:C\nCDEF|GABc|\n"


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    started = Server()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def tab(server: Server, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Visitor]:
    visitor = Visitor(server.address, tmp_path_factory.mktemp("downloads"))
    yield visitor
    visitor.driver.quit()


@pytest.fixture
def there(tab: Visitor) -> Iterator[Visitor]:
    """The playground, opened afresh; its console must stay silent."""
    tab.visit()
    tab.complaints()
    yield tab
    assert tab.complaints() == []


def notehead(tab: Visitor) -> Any:
    """A notehead in sight, whose middle nothing covers."""
    return tab.js(
        """return [...document.querySelectorAll("path.symbols[data-id*=notehead]")].find((path) => {
        const box = path.getBoundingClientRect();
        return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) === path; })"""
    )


def picture(tab: Visitor) -> str:
    return str(tab.js("return document.querySelector('figure img').src"))


def test_the_pointer_shows_what_a_symbol_is(there: Visitor) -> None:
    head = notehead(there)
    there.hover(head)
    assert there.text("#told h3").startswith("notehead ")
    told = dict(
        zip((e.text for e in there.all("#told dt")), (e.text for e in there.all("#told dd")), strict=True)
    )
    assert told["label"].startswith("notehead")
    assert told["pitch step"] in "ABCDEFG"
    assert there.text("#told h4") == "Belongs together with"
    assert len(there.all("path.linked")) >= 1
    assert len(there.all("path.hot")) == 1
    assert len(there.all("line.relation")) >= 1

    head.click()  # holds it
    there.hover(there.find("#status"))
    assert there.text("#told h3").endswith("held")
    there.all("#told li button")[-1].click()
    assert there.find("path.hot").get_attribute("data-of") != head.get_attribute("data-id")


def test_a_symbol_stays_shown_under_a_pointer_that_rests(there: Visitor) -> None:
    """Also where only the margin around the symbol is met, which makes thin strokes easy to point at."""
    for kind in ("stem", "notehead"):
        place = there.js(
            """for (const path of document.querySelectorAll(`path.symbols[data-id*=${arguments[0]}]`)) {
              const box = path.getBoundingClientRect(), [x, y] = [box.left - 2, box.top + box.height / 2];
              if (document.elementFromPoint(x, y) === path) return [x, y, path.dataset.id];
            }""",
            kind,
        )
        x, y, id = place
        there.point(x, y)
        for _ in range(3):
            assert there.text("#told dd:last-of-type") == id
            there.js("return new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)))")


def test_every_control_changes_the_page(there: Visitor) -> None:
    seen = [picture(there)]
    for selector, value in (
        ("#example", "speed-the-plough"),
        ("#paper", "parchment"),
        ("#degradation", "photo"),
        ("#writer", "calligraphic"),
        ("#font", "Petaluma"),
        ("#hand", "printed"),
    ):
        there.choose(selector, value)
        seen.append(picture(there))
    for selector in ("#strength", "#dpi"):
        there.js(
            "const e = document.querySelector(arguments[0]); e.value = 70; e.dispatchEvent(new Event('input'))",
            selector,
        )
        there.settle()
        seen.append(picture(there))
    there.find("#another").click()
    there.settle()
    seen.append(picture(there))
    assert len(set(seen)) == len(seen)
    assert 'postprocessing="photo"' in there.js("return document.getElementById('python').textContent")
    there.find("#reset").click()
    there.settle()
    assert there.js("return document.getElementById('paper').value") == "cream-manuscript"


def test_the_address_opens_the_same_page_again(there: Visitor) -> None:
    there.choose("#paper", "parchment")
    there.find("#next").click()
    there.settle()
    shown, address = picture(there), there.driver.current_url
    assert there.text("#page-number") == "2 / 2"
    there.visit("#" + address.partition("#")[2])
    assert picture(there) == shown
    assert there.text("#page-number") == "2 / 2"


def test_an_uploaded_score_is_drawn_and_cannot_bring_code(there: Visitor, tmp_path: Path) -> None:
    (tmp_path / "tune.abc").write_text(ABC, encoding="utf-8")
    there.find("[name=kind][value=file]").click()
    there.find("#file").send_keys(str(tmp_path / "tune.abc"))
    there.wait(lambda: "tune-p1" in there.find("figure img").get_attribute("alt"))
    there.settle()
    assert there.driver.title == "Smashcima playground"
    assert there.find("#opened").is_displayed()
    assert 'model("tune.abc"' in there.js("return document.getElementById('python').textContent")


def test_a_dropped_score_is_drawn(there: Visitor) -> None:
    there.js(
        """const carried = new DataTransfer();
        carried.items.add(new File([arguments[0]], "dropped.abc"));
        for (const type of ["dragenter", "drop"]) {
          document.body.dispatchEvent(new DragEvent(type, { bubbles: true, cancelable: true, dataTransfer: carried }));
        }""",
        ABC,
    )
    there.wait(lambda: "dropped-p1" in there.find("figure img").get_attribute("alt"))
    assert not there.find("#curtain").is_displayed()


def test_a_broken_file_is_told_and_the_page_stays(tab: Visitor, tmp_path: Path) -> None:
    tab.visit()
    (tmp_path / "broken.musicxml").write_text("<score-partwise><part", encoding="utf-8")
    before = picture(tab)
    tab.find("[name=kind][value=file]").click()
    tab.find("#file").send_keys(str(tmp_path / "broken.musicxml"))
    tab.wait(lambda: tab.find("#error").is_displayed())
    assert tab.text("#error p").startswith("broken.musicxml cannot be read: ")
    assert picture(tab) == before
    tab.choose("#paper", "aged")  # goes on with the page that is there
    assert picture(tab) != before
    assert not tab.find("#error").is_displayed()


def test_a_line_is_drawn_while_it_is_typed(there: Visitor) -> None:
    there.find("[name=kind][value=staff]").click()
    there.settle()
    field = there.find("#staff")
    field.clear()
    field.send_keys("clef.G-2 w0 |")
    there.settle()
    assert len(there.all("path[data-id*=notehead]")) == 1
    assert "sc.StaffModel(" in there.js("return document.getElementById('python').textContent")


def test_layers_of_ink_can_be_hidden(there: Visitor) -> None:
    there.find("#as-layers").click()
    there.settle()
    assert [each.get_attribute("value") for each in there.all("#ink-layers input")] == [
        "paper",
        "stafflines",
        "ink",
    ]
    whole = picture(there)
    there.find("#ink-layers [value=paper]").click()
    there.wait(lambda: picture(there) != whole)
    there.wait(
        lambda: there.js(
            "const i = document.querySelector('figure img'); return i.complete && i.naturalWidth"
        )
    )
    there.hover(notehead(there))
    assert there.text("#told h3").startswith("notehead ")


def test_outlines_of_chosen_classes_are_drawn(there: Visitor) -> None:
    there.find("#tab-classes").click()
    there.find("#none").click()
    there.find("#legend [value=gClef]").click()
    shown = there.js(
        """return [...document.querySelectorAll("svg.symbols path.object")].filter((path) =>
        getComputedStyle(path).display !== "none").map((path) => path.dataset.id.replace(/\\d+/g, ""))"""
    )
    assert set(shown) == {"p-clef-"}
    for layer in ("groups", "areas"):
        hidden = there.js(
            "return getComputedStyle(document.querySelector('path.' + arguments[0])).display", layer
        )
        assert hidden == "none"


def test_files_are_downloaded(there: Visitor) -> None:
    there.find("#tab-save").click()
    folder = Path(there.driver.capabilities["chrome"]["userDataDir"])
    assert folder  # the driver runs; where downloads go is said in its options
    for link in there.all("#downloads a"):
        answer = there.js(
            """return await fetch(arguments[0].href).then(async (answer) =>
            [answer.status, (await answer.arrayBuffer()).byteLength, answer.headers.get("Content-Disposition")])""",
            link,
        )
        assert answer[0] == 200
        assert answer[1] > 50
        assert answer[2].startswith('attachment; filename="abendlied')
    there.find("#downloads a[data-kind=recipe]").click()


def test_the_keyboard_is_enough(there: Visitor) -> None:
    from selenium.webdriver.common.keys import Keys

    there.js("document.activeElement.blur()")
    reached = []
    for _ in range(60):
        there.press(Keys.TAB)
        name = there.js("const e = document.activeElement; return e.id || e.name || e.value || e.localName")
        if name in reached:
            break
        reached.append(name)
        ring = there.js(
            """for (let e = document.activeElement, n = 0; e && n < 3; e = e.parentElement, n += 1)
            if (getComputedStyle(e).outlineStyle !== "none") return true;
            return document.activeElement === document.body;"""
        )
        assert ring, f"the focus on {name} cannot be seen"
    for needed in (
        "example",
        "hand",
        "writer",
        "placement",
        "paper",
        "dpi",
        "seed",
        "another",
        "larger",
        "as-layers",
        "view",
        "tab-object",
        "search",
    ):
        assert needed in reached

    there.js("document.getElementById('view').focus()")
    there.press(Keys.ARROW_RIGHT)
    first = there.text("#told h3")
    there.press(Keys.ARROW_RIGHT, Keys.ARROW_DOWN)
    assert there.text("#told h3") not in ("", first)
    width = there.find("figure").rect["width"]
    there.press("+")
    assert there.find("figure").rect["width"] > width
    there.press("0", Keys.ESCAPE)
    assert there.find("figure").rect["width"] == width
    assert there.all("#told h3") == []

    there.js("document.getElementById('search').focus()")
    there.press(*"fClef", Keys.ENTER)
    assert there.text("#told h3").startswith("clef")
    there.js("document.getElementById('tab-object').focus()")
    there.press(Keys.ARROW_RIGHT, Keys.ARROW_RIGHT)
    assert there.find("#code").is_displayed()
    before = picture(there)
    there.js("document.getElementById('paper').focus()")
    there.press(Keys.ARROW_DOWN)
    there.settle()
    assert picture(there) != before


CONTRAST = """
const channel = (v) => (v /= 255) <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
const light = ([r, g, b]) => 0.2126 * channel(r) + 0.7152 * channel(g) + 0.0722 * channel(b);
const rgb = (text) => text.match(/[\\d.]+/g).map(Number);
const ground = (e) => { for (; e; e = e.parentElement) { const c = rgb(getComputedStyle(e).backgroundColor);
  if (c.length < 4 || c[3] === 1) return c; } return [255, 255, 255]; };
const found = [];
for (const e of document.querySelectorAll("body *")) {
  const own = [...e.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const box = e.getBoundingClientRect();
  if (!own || !box.width || e.disabled || e.closest("svg") || getComputedStyle(e).visibility === "hidden") continue;
  const [a, b] = [light(rgb(getComputedStyle(e).color)), light(ground(e))].sort((x, y) => y - x);
  found.push([(a + 0.05) / (b + 0.05), e.localName + "#" + e.id + " " + e.textContent.trim().slice(0, 30)]);
}
return found;
"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_all_texts_have_the_contrast_of_wcag_aa(there: Visitor, scheme: str) -> None:
    from selenium.webdriver.common.keys import Keys

    there.driver.execute_cdp_cmd(
        "Emulation.setEmulatedMedia", {"features": [{"name": "prefers-color-scheme", "value": scheme}]}
    )
    there.js("document.getElementById('view').focus()")
    there.press(Keys.ARROW_RIGHT)
    checked = 0
    for tab_name in ("object", "classes", "code", "save"):
        there.find(f"#tab-{tab_name}").click()
        found = there.js(CONTRAST)
        checked += len(found)
        assert [each for each in found if each[0] < 4.5] == []
    assert checked > 100
    there.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {"features": []})


def test_controls_have_names(there: Visitor) -> None:
    nameless = there.js(
        """return [...document.querySelectorAll("input, select, textarea, button")].filter((e) => !(e.labels?.length ||
        e.getAttribute("aria-label") || e.textContent.trim())).map((e) => e.outerHTML)"""
    )
    assert nameless == []


def test_other_origins_get_no_answer(there: Visitor, server: Server) -> None:
    there.driver.get("data:text/html,<title>evil</title>")
    answer = there.driver.execute_async_script(
        """const done = arguments[1];
        fetch(arguments[0] + "api/menu").then((r) => done("read " + r.status), () => done("refused"));""",
        server.address,
    )
    assert answer == "refused"
    there.complaints()


def test_fifty_pages_asked_at_once_are_all_drawn(there: Visitor) -> None:
    statuses = there.driver.execute_async_script(
        """const done = arguments[0];
        Promise.all([...Array(50).keys()].map((seed) => fetch("api/pages", { method: "POST",
          headers: { "Content-Type": "application/json" },
          body: JSON.stringify({ kind: "staff", source: "q0 h2 |", dpi: 50, seed }) }).then((r) => r.status))).then(done);"""
    )
    assert statuses == [200] * 50


def test_a_slider_that_moves_fast_shows_its_last_value(there: Visitor) -> None:
    there.js(
        """const e = document.getElementById("dpi");
        for (let dpi = 60; dpi <= 140; dpi += 10) { e.value = dpi; e.dispatchEvent(new Event("input")); }"""
    )
    there.settle()
    assert "1205 ×" in there.text("#status")  # 218.6 mm at 140 dpi
