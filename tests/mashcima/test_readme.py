"""The readme of Mashcima 1.0 runs as printed, with another import."""

from __future__ import annotations

import runpy
import sys
from pathlib import Path
from types import SimpleNamespace

import numpy as np
import pytest

import smashcima.mashcima as mc

README = """
import mashcima as mc
import matplotlib.pyplot as plt

# the input annotation
annotation = "h-5 ( ) e=-5 =s=-4 #-3 =s-3 s=-2 =s=-1 N0 =s=0 #1 =s1 | " + \\
    "h2 ( ) e=2 =s=3 #4 =s4 s=5 =s=6 N7 =s=7 #8 =s8 | q9 qr hr"

# turn the annotation into an image
img = mc.synthesize_for_training(annotation)

# display the image
plt.imshow(img)
plt.show()

# constraint symbol repository to the writer 01
# (from the MUSCIMA++ dataset, used as the source of symbols)
mc.use_only_writer_number_one()

# synthesize with no distortions
img = mc.synthesize_for_beauty(annotation)
plt.imshow(img)

# render the surrounding staves as well
img = mc.synthesize_for_beauty(
    annotation,
    above_annotation=mc.generate_random_annotation(),
    below_annotation=mc.generate_random_annotation()
)
plt.imshow(img)

img = mc.synthesize_for_beauty(
    mc.generate_random_annotation()
)
plt.imshow(img)

# you can omit the "take=5" argument to load the whole dataset
data = mc.load_primus_as_mashcima_annotations(take=5)

img = mc.synthesize_for_beauty(
    data[0]["mashcima"]
)
plt.imshow(img)

# prints "clef.G-2 #4 #1 time.C"
print(mc.convert_primus_annotation_to_mashcima_annotation(
    "clef.G-L2\\taccidental.sharp-L5\\taccidental.sharp-S3\\tmetersign.C-L3"
))
"""
"""The code of the readme. Lines that its text lacks are filled in."""

INCIPIT = "clef.C-L1\taccidental.flat-L4\tdigit.2-L4\tdigit.2-L2\tnote.half-S4\tnote.half-L4\tbarline-L1\t"


@pytest.fixture
def primus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A corpus of six incipits, of which one cannot be converted."""
    for number in range(6):
        name = f"00010429{number}-1_1_1"
        folder = tmp_path / "package_aa" / name
        folder.mkdir(parents=True)
        rest = "digit.4-S5\tmultirest-L3" if number == 2 else "rest.quarter-L3"
        (folder / f"{name}.agnostic").write_text(INCIPIT + rest, encoding="utf-8")
    monkeypatch.setenv("SMASHCIMA_PRIMUS", str(tmp_path))
    return tmp_path


@pytest.mark.filterwarnings("ignore::smashcima.mashcima.AnnotationWarning")
@pytest.mark.filterwarnings("ignore::smashcima.mashcima.CutInkWarning")
def test_the_readme_runs_as_printed(
    primus: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    shown: list[np.ndarray] = []
    plot = SimpleNamespace(imshow=shown.append, show=lambda: None)
    monkeypatch.setitem(sys.modules, "matplotlib", SimpleNamespace(pyplot=plot))
    monkeypatch.setitem(sys.modules, "matplotlib.pyplot", plot)
    script = tmp_path / "script.py"
    script.write_text(
        README.replace("import mashcima as mc", "import smashcima.mashcima as mc"), encoding="utf-8"
    )
    with pytest.warns(UserWarning, match="The pen writes") as caught:
        made = runpy.run_path(str(script))
    (told,) = (each for each in caught if "The pen writes" in str(each.message))
    assert told.filename == str(script)
    assert capsys.readouterr().out == "clef.G-2 #4 #1 time.C\n"
    assert len(shown) == 5
    for image in shown:
        assert image.dtype == np.float32
        assert 0.02 < image.mean() < 0.3
    assert [image.shape[0] for image in shown[1:]] == [354] * 4
    assert made["data"] == [
        {
            "path": f"package_aa/00010429{number}-1_1_1/00010429{number}-1_1_1.agnostic",
            "primus": INCIPIT + "rest.quarter-L3",
            "mashcima": "clef.C-4 b2 time.2 time.2 h3 h2 | qr",
        }
        for number in (0, 1, 3, 4, 5)
    ]


def test_the_code_is_that_of_the_readme(shared_data: Path):
    readme = shared_data.parent / "seeds" / "mashcima-1.0-readme.txt"
    if not readme.exists():
        pytest.skip(f"{readme} is not there")
    beginnings = ("import ", "annotation = ", '    "h2', "img = ", "data = ", "# ")
    printed = [
        line.rstrip()
        for line in readme.read_text(encoding="utf-8").splitlines()
        if line.startswith(beginnings)
    ]
    assert len(printed) > 12
    lines = README.splitlines()
    assert [line for line in printed if line not in lines] == []


def test_incipits_that_are_left_out_are_logged_on_request(primus: Path, caplog: pytest.LogCaptureFixture):
    assert len(mc.load_primus_as_mashcima_annotations()) == 5
    assert not caplog.records
    config = mc.Config(primus_path=primus)
    assert len(mc.load_primus_as_mashcima_annotations(take=2, print_warnings=True, config=config)) == 2
    assert not caplog.records
    mc.load_primus_as_mashcima_annotations(print_warnings=True, config=config)
    (record,) = caplog.records
    assert "000104292-1_1_1.agnostic is left out" in record.getMessage()


def test_numbers_of_incipits_are_checked(primus: Path):
    assert mc.load_primus_as_mashcima_annotations(take=0) == []
    with pytest.raises(ValueError, match="take must be a number of incipits"):
        mc.load_primus_as_mashcima_annotations(take=-1)
