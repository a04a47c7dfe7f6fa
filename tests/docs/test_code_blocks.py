"""The runner of pages finds what is wrong with them; else the tests that use it would say nothing."""

from __future__ import annotations

import os
from pathlib import Path
from types import ModuleType

import pytest

PAGE = """# Title

```py
a = 1
```

Words.

```python
print(a + 1)
```

```text
2
```

```sh
make test
```
"""


def written(directory: Path, text: str) -> Path:
    page = directory / "page.md"
    page.write_text(text, encoding="utf-8")
    return page


def test_blocks_have_their_language_place_and_output(code: ModuleType):
    blocks = code.code_blocks(PAGE)
    assert [(block.language, block.line, block.output) for block in blocks] == [
        ("py", 4, None),
        ("python", 10, "2\n"),
        ("text", 14, None),
        ("sh", 18, None),
    ]


def test_blocks_share_a_namespace(code: ModuleType, tmp_path: Path):
    assert code.run_page(written(tmp_path, PAGE), tmp_path)["a"] == 1


@pytest.mark.parametrize("lie", ["3", "2\n2"])
def test_a_page_that_shows_another_output_fails(code: ModuleType, tmp_path: Path, lie: str):
    page = written(tmp_path, PAGE.replace("```text\n2", f"```text\n{lie}"))
    with pytest.raises(AssertionError, match=r"page\.md, line 10"):
        code.run_page(page, tmp_path)


def test_output_that_the_page_does_not_show_fails(code: ModuleType, tmp_path: Path):
    page = written(tmp_path, PAGE.replace("```text", "```sh"))
    with pytest.raises(AssertionError, match="but the code prints\n2"):
        code.run_page(page, tmp_path)


def test_an_error_names_the_line_of_the_page(code: ModuleType, tmp_path: Path):
    page = written(tmp_path, PAGE.replace("a + 1", "a + b"))
    with pytest.raises(NameError) as raised:
        code.run_page(page, tmp_path)
    assert raised.traceback[-1].lineno == 9  # counted from 0


def test_code_runs_in_the_directory_and_comes_back(code: ModuleType, tmp_path: Path):
    before = Path.cwd()
    text = "```py\nfrom pathlib import Path\nPath('assets/example/example.musicxml').rename('moved')\n```\n"
    code.run_page(written(tmp_path, text), tmp_path)
    assert (tmp_path / "moved").exists()
    assert Path.cwd() == before


def test_pages_run_as_on_a_machine_without_assets_and_network(
    code: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setenv("SMASHCIMA_ASSETS_FROM", "/somewhere")
    monkeypatch.setenv("SMASHCIMA_OFFLINE", "0")
    monkeypatch.delenv("SMASHCIMA_TEST_DATA", raising=False)
    text = (
        "```py\nimport os\nseen = {k: v for k, v in os.environ.items() if k.startswith('SMASHCIMA')}\n```\n"
    )
    seen = code.run_page(written(tmp_path, text), tmp_path)["seen"]
    assert seen == {"SMASHCIMA_CACHE": str(tmp_path / "cache"), "SMASHCIMA_OFFLINE": "1"}
    assert os.environ["SMASHCIMA_ASSETS_FROM"] == "/somewhere"
    assert os.environ["SMASHCIMA_OFFLINE"] == "0"
