"""The pages of the documentation, and the module that runs their code."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

REPOSITORY = Path(__file__).resolve().parents[2]


@pytest.fixture(scope="session")
def code() -> ModuleType:
    """`docs/code_blocks.py`, which belongs to no package."""
    name = "docs_code_blocks"
    if name not in sys.modules:
        spec = importlib.util.spec_from_file_location(name, REPOSITORY / "docs" / "code_blocks.py")
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        sys.modules[name] = module
        spec.loader.exec_module(module)
    return sys.modules[name]
