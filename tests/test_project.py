"""Rules about the code as a whole, which no single module's test can hold."""

from __future__ import annotations

import ast
import configparser
import subprocess
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import grimp
import pytest

PACKAGE = Path(__file__).resolve().parent.parent / "smashcima"
MODULES = sorted(PACKAGE.rglob("*.py"))

LONGEST_MODULE_LINES = 400

TABLES = {
    "scene/visual/labels/smufl_labels.py",  # one line for each glyph name of SMuFL
}
"""Modules that are one long table of data, which would not read better in pieces."""

HEAVY_MODULES = [
    "cv2",
    "fontTools",
    "lxml",
    "matplotlib",
    "music21",
    "pooch",
    "scipy",
    "shapely",
    "svgwrite",
    "verovio",
]
"""These take long to load, so they load on first use."""

ALLOWED_CALLS: dict[str, set[str]] = {
    "imaging/regions/outline_arrays.py": {
        "id"
    },  # tells shared outlines apart while they are held; numbered in order
    "imaging/compositing/painted_outlines.py": {"id"},  # tells outlines apart while the scene holds them
    "imaging/compositing/painting.py": {"id"},  # reads each shared bitmap once
    "exporting/annotation/plan.py": {"id"},  # finds what it keeps for a selection that it holds
    "exporting/classes/selection.py": {"id"},  # classifies each shared sign once, while it holds it
    "exporting/svg/document.py": {"id"},  # embeds each shared bitmap once; named in order
    "verifying/drawn_page.py": {"id"},  # measures each shared outline once
    "mashcima/seeds.py": {"secrets"},  # picks the seed of a call that was given none; the scene records it
    "orchestration/model.py": {
        "secrets"
    },  # picks the seed of a model that was given none; the scene records it
    "scene/semantic/timing.py": {"id"},  # adds the same objects once, while it holds them
    "scene/graph/copying.py": {"id"},  # the memo of `copy.deepcopy` is keyed so
    "scene/graph/inits.py": {"exec"},  # writes accessors as `dataclasses` does, for speed
    "scene/graph/saving/encoder.py": {"id"},  # finds values that it holds, to write shared ones once
    "placement/page_facts.py": {"id"},  # finds what it knows about pages that it holds
    "quick_init.py": {"exec"},  # writes an `__init__` as `dataclasses` does, for speed
    "synthesis/pen/pen.py": {"id"},  # finds the plan of strokes that it holds
    "synthesis/pen/plan.py": {"id"},  # finds what it knows about strokes that it holds
    "synthesis/text/letter_sides.py": {"id"},  # as above
    "scene/graph/scene_object.py": {"id"},  # a set of the links that are left, within one call
}
"""Banned uses that are sound where they stand: path of the module below the package, names of what it uses."""

BANNED_CALLS = {
    "print": "the library logs",
    "id": "an address differs from process to process",
    "hash": "the hash of a text differs with PYTHONHASHSEED",
    "input": "the library does not ask",
    "exec": "code is written, not made",
    "eval": "code is written, not made",
    "breakpoint": "left from debugging",
    "time.time": "the wall clock must not reach output",
    "time.time_ns": "the wall clock must not reach output",
    "time.localtime": "the wall clock must not reach output",
    "time.gmtime": "the wall clock must not reach output",
    "time.strftime": "the wall clock must not reach output",
    "datetime.datetime.now": "the wall clock must not reach output",
    "datetime.datetime.utcnow": "the wall clock must not reach output",
    "datetime.datetime.today": "the wall clock must not reach output",
    "datetime.date.today": "the wall clock must not reach output",
    "os.urandom": "randomness is an argument",
    "uuid.uuid1": "ids come from traversal order",
    "uuid.uuid4": "ids come from traversal order",
}

RANDOM_CLASSES = {
    "random.Random",
    "numpy.random.Generator",
    "numpy.random.SeedSequence",
    "numpy.random.BitGenerator",
    "numpy.random.PCG64",
    "numpy.random.PCG64DXSM",
    "numpy.random.Philox",
}
"""What may be taken from the random modules: classes that are given their seed."""


def relative(module: Path) -> str:
    return module.relative_to(PACKAGE).as_posix()


def imported_names(tree: ast.AST) -> dict[str, str]:
    """Full names of what the imports of a module bind: `{"np": "numpy", "Path": "pathlib.Path"}`."""
    names = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            for alias in node.names:
                names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            for alias in node.names:
                names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
    return names


def full_name(node: ast.expr, names: dict[str, str]) -> str | None:
    """`np.random.seed` as `numpy.random.seed`; None for what is not a chain of names."""
    if isinstance(node, ast.Name):
        return names.get(node.id, node.id)
    if isinstance(node, ast.Attribute):
        base = full_name(node.value, names)
        return f"{base}.{node.attr}" if base else None
    return None


def offences(source: str, allowed: frozenset[str] | set[str] = frozenset()) -> Iterator[str]:
    """Uses of what is banned, each as `line N: what`."""
    tree = ast.parse(source)
    names = imported_names(tree)
    hash_methods = [n for n in ast.walk(tree) if isinstance(n, ast.FunctionDef) and n.name == "__hash__"]
    in_hash_methods = {node for method in hash_methods for node in ast.walk(method)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = full_name(node.func, names)
            if name == "hash" and node in in_hash_methods:
                continue
            if name in BANNED_CALLS and name not in allowed:
                yield f"line {node.lineno}: {name}() ({BANNED_CALLS[name]})"
            if name == "numpy.random.default_rng" and not (node.args or node.keywords):
                yield f"line {node.lineno}: {name}() without a seed"
            if name == "random.Random" and not (node.args or node.keywords):
                yield f"line {node.lineno}: {name}() without a seed"
        if isinstance(node, (ast.Attribute, ast.Name)):
            name = full_name(node, names) or ""
            is_function = name.startswith(("random.", "numpy.random.")) and name not in RANDOM_CLASSES
            if is_function and name != "numpy.random.default_rng" and name.count(".") <= 2:
                yield f"line {node.lineno}: {name} draws from a global generator"
        if isinstance(node, (ast.Import, ast.ImportFrom)):
            module = node.module if isinstance(node, ast.ImportFrom) else node.names[0].name
            if module == "secrets" and module not in allowed:
                yield f"line {node.lineno}: {module} (randomness is an argument)"


@pytest.mark.parametrize("module", MODULES, ids=relative)
def test_no_global_randomness_wall_clock_addresses_or_print(module: Path):
    found = list(offences(module.read_text(encoding="utf-8"), ALLOWED_CALLS.get(relative(module), set())))
    assert not found, f"{relative(module)}: {'; '.join(found)}"


@pytest.mark.parametrize(
    "source",
    [
        "print('x')",
        "key = id(object())",
        "import random\nrandom.shuffle([1])",
        "from random import choice\nchoice([1])",
        "import numpy as np\nnp.random.seed(1)",
        "import numpy as np\nx = np.random.rand",
        "import numpy as np\nnp.random.default_rng()",
        "from numpy.random import default_rng\ndefault_rng()",
        "import random\nrandom.Random()",
        "import time\ntime.time()",
        "from datetime import datetime\ndatetime.now()",
        "import uuid\nuuid.uuid4()",
        "import secrets",
        "hash('a')",
    ],
)
def test_the_ban_finds(source: str):
    assert len(list(offences(source))) == 1


@pytest.mark.parametrize(
    "source",
    [
        "import numpy as np\ndef f(rng: np.random.Generator) -> float:\n    return rng.random()",
        "import numpy as np\nnp.random.default_rng(1)",
        "import random\nrandom.Random(1).random()",
        "import time\ntime.monotonic()",
        "class A:\n    def __hash__(self) -> int:\n        return hash('a')",
    ],
)
def test_the_ban_lets_pass(source: str):
    assert list(offences(source)) == []


def test_the_allow_list_has_no_stale_entries():
    for name, calls in ALLOWED_CALLS.items():
        text = (PACKAGE / name).read_text(encoding="utf-8")
        found = " ".join(offences(text))
        for call in calls:
            assert f": {call}" in found, f"{name} no longer uses {call}; take it off the list"


@pytest.mark.parametrize("module", [m for m in MODULES if relative(m) not in TABLES], ids=relative)
def test_a_module_is_one_concept(module: Path):
    lines = len(module.read_text(encoding="utf-8").splitlines())
    assert lines <= LONGEST_MODULE_LINES, f"{relative(module)} has {lines} lines; split it by duty"


def test_every_directory_of_modules_is_a_package():
    missing = sorted({relative(m.parent) for m in MODULES if not (m.parent / "__init__.py").exists()})
    assert missing == []


def test_the_package_says_that_it_is_typed():
    assert (PACKAGE / "py.typed").exists()


def test_every_package_has_its_layer(repository: Path):
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    layers = text.split('id = "layers"')[1].split("]\nexhaustive = true")[0]
    for module in PACKAGE.iterdir():
        name = module.stem
        if (module.suffix == ".py" or (module / "__init__.py").exists()) and not name.startswith("_"):
            assert f"({name})" in layers or f'"{name}"' in layers, f"{name} has no layer in pyproject.toml"


def loaded_by(statement: str, repository: Path) -> set[str]:
    code = f"import sys; {statement}; print(*sorted(sys.modules))"
    result = subprocess.run(
        [sys.executable, "-c", code], cwd=repository, capture_output=True, text=True, check=True, timeout=120
    )
    return set(result.stdout.split())


def test_import_smashcima_loads_nothing_heavy(repository: Path):
    loaded = loaded_by("import smashcima", repository)
    assert "smashcima" in loaded
    assert loaded.isdisjoint(HEAVY_MODULES)


def test_the_probe_for_heavy_modules_would_see_one(repository: Path):
    assert "lxml" in loaded_by("import lxml.etree", repository)


def test_the_console_script_is_declared_where_the_command_line_lives(repository: Path):
    text = (repository / "pyproject.toml").read_text(encoding="utf-8")
    section = text[text.index("[project.scripts]") :].split("\n\n")[0]
    parser = configparser.ConfigParser()
    parser.read_string(section)
    assert parser["project.scripts"]["smashcima"] == '"smashcima.cli:main"'


def test_no_modules_import_each_other_in_a_circle() -> None:
    graph = grimp.build_graph("smashcima", exclude_type_checking_imports=True, cache_dir=None)
    imports = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    order = TopologicalSorter(imports)
    try:
        order.prepare()
    except CycleError as error:
        pytest.fail(f"These modules import each other: {' <- '.join(error.args[1])}.")


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_caches_of_functions_have_bounds(module: Path) -> None:
    for function in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
        if isinstance(function, ast.FunctionDef):
            for decorator in map(ast.unparse, function.decorator_list):
                arguments = function.args
                keeps_all = decorator.endswith("cache") and "cached_property" not in decorator
                keeps_all = keeps_all or "maxsize=None" in decorator
                takes_any = arguments.args or arguments.posonlyargs or arguments.kwonlyargs
                assert not (keeps_all and takes_any), (
                    f"{function.name}: say how much is kept, by lru_cache(maxsize=...)"
                )


def test_the_citation_names_the_version() -> None:
    import smashcima

    text = (Path(__file__).resolve().parent.parent / "CITATION.cff").read_text(encoding="utf-8")
    assert f"version: {smashcima.__version__}\n" in text
