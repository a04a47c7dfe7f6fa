"""Installation beside each wheel of OpenCV, in new environments: `make test-install`.

Not part of the ordinary tests, because of its name: it needs a network, and a minute for each environment.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]
EXAMPLE = REPOSITORY / "assets" / "example" / "example.musicxml"
HEADLESS = "opencv-python-headless"
BESIDE = [
    (wheel, version)
    for version in ("4.8.1.78", "4.14.0.94", "5.0.0.93")
    for wheel in ("opencv-python", "opencv-contrib-python", HEADLESS)
]

_DESCRIBE = """
import cv2, hashlib, json
from importlib.metadata import distributions
from pathlib import Path
wheels = {each.metadata["Name"]: each.version for each in distributions() if each.metadata["Name"].startswith("opencv")}
folder = Path(cv2.__file__).parent
files = {
    path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
    for path in sorted(folder.rglob("*"))
    if path.is_file() and path.suffix != ".pyc"
}
gui = next(line.split(":")[1].strip() for line in cv2.getBuildInformation().splitlines() if "GUI:" in line)
print(json.dumps({"wheels": wheels, "version": cv2.__version__, "files": files, "gui": gui}))
"""


class Environment:
    """A new virtual environment."""

    def __init__(self, folder: Path) -> None:
        self.bin = folder / ("Scripts" if os.name == "nt" else "bin")
        _run(sys.executable, "-m", "venv", str(folder))

    def install(self, *requirements: str, **variables: str) -> None:
        pip = ("-m", "pip", "install", "--quiet", "--disable-pip-version-check")
        _run(str(self.bin / "python"), *pip, *requirements, **variables)

    def cv2(self) -> dict:
        return json.loads(_run(str(self.bin / "python"), "-c", _DESCRIBE))

    def check(self) -> None:
        """Raises an error if a requirement of an installed package is missing."""
        _run(str(self.bin / "python"), "-m", "pip", "check")

    def smashcima(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(self.bin / "smashcima"), *arguments],
            capture_output=True,
            text=True,
            env=_variables(),
            check=False,
        )


def _variables(**more: str) -> dict[str, str]:
    kept = {key: value for key, value in os.environ.items() if key not in ("PYTHONPATH", "SMASHCIMA_OPENCV")}
    return {**kept, "SMASHCIMA_OFFLINE": "1", **more}


def _run(*command: str, **variables: str) -> str:
    done = subprocess.run(command, capture_output=True, text=True, env=_variables(**variables), check=False)
    assert done.returncode == 0, f"{' '.join(command)}\n{done.stdout[-4000:]}\n{done.stderr[-4000:]}"
    return done.stdout


def _renders(environment: Environment, out: Path) -> None:
    done = environment.smashcima(
        "render", str(EXAMPLE), "-o", str(out), "--writer", "neat", "--preset", "scan"
    )
    assert done.returncode == 0, done.stderr
    assert len(list(out.glob("*.png"))) == 2


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist and the wheel."""
    folder = tmp_path_factory.mktemp("built")
    tools = Environment(folder / "tools")
    tools.install("build")
    _run(str(tools.bin / "python"), "-m", "build", "--outdir", str(folder / "dist"), str(REPOSITORY))
    return folder / "dist"


@pytest.fixture(scope="module")
def sdist(built: Path) -> str:
    (path,) = built.glob("*.tar.gz")
    return str(path)


@pytest.fixture(scope="module")
def wheel(built: Path) -> str:
    (path,) = built.glob("*.whl")
    return str(path)


@pytest.mark.parametrize(("opencv", "version"), BESIDE)
def test_the_sdist_keeps_the_installed_opencv(opencv: str, version: str, sdist: str, tmp_path: Path):
    environment = Environment(tmp_path / "venv")
    # These versions of OpenCV were built for NumPy 1, which their metadata do not say.
    environment.install(f"{opencv}=={version}", *(["numpy<2"] if version.startswith("4.8") else []))
    before = environment.cv2()
    environment.install(sdist)
    assert environment.cv2() == before
    assert before["wheels"] == {opencv: version}
    assert (before["gui"] == "NONE") is ("headless" in opencv)
    environment.check()
    _renders(environment, tmp_path / "out")


@pytest.mark.parametrize("of", ["sdist", "wheel"])
def test_an_empty_environment_gets_opencv_without_windows(
    of: str, request: pytest.FixtureRequest, tmp_path: Path
):
    environment = Environment(tmp_path / "venv")
    environment.install(request.getfixturevalue(of))
    assert list(environment.cv2()["wheels"]) == [HEADLESS]
    environment.check()
    _renders(environment, tmp_path / "out")


def test_the_wheel_keeps_opencv_without_windows(wheel: str, tmp_path: Path):
    environment = Environment(tmp_path / "venv")
    environment.install(f"{HEADLESS}==4.14.0.94")
    before = environment.cv2()
    environment.install(wheel)
    assert environment.cv2() == before


def test_a_named_opencv_is_installed(sdist: str, tmp_path: Path):
    environment = Environment(tmp_path / "venv")
    environment.install(sdist, SMASHCIMA_OPENCV="opencv-contrib-python-headless")
    assert list(environment.cv2()["wheels"]) == ["opencv-contrib-python-headless"]


def test_without_opencv_a_message_says_what_to_install(sdist: str, tmp_path: Path):
    environment = Environment(tmp_path / "venv")
    environment.install(sdist, SMASHCIMA_OPENCV="none")
    environment.check()
    done = environment.smashcima("render", str(EXAMPLE), "-o", str(tmp_path / "out"))
    assert done.returncode == 1
    assert "opencv-python-headless" in done.stderr
    assert "Traceback" not in done.stderr


def test_make_demo_runs_from_the_unpacked_sdist(sdist: str, tmp_path: Path):
    _run("tar", "xzf", sdist, "-C", str(tmp_path))
    (source,) = tmp_path.glob("smashcima-*")
    _run("make", "-C", str(source), "demo", f"PYTHON={sys.executable}")
    assert len(list((source / "out").glob("*.png"))) == 2


def test_the_sdist_has_every_file_of_the_repository(sdist: str):
    packed = {name.partition("/")[2] for name in _run("tar", "tzf", sdist).split()}
    tracked = _run("git", "-C", str(REPOSITORY), "ls-files").split()
    assert [name for name in tracked if name not in packed] == []
