"""What all tests share: `--update` writes expected outputs anew, and no test uses the cache of the machine's user."""

from __future__ import annotations

import os
from collections.abc import Iterator

# The engine's kernel is the same code without numba: only a long run of the laws compiles it (a minute or two).
if os.environ.get("GRID_LAWS") != "long":
    os.environ.setdefault("NUMBA_DISABLE_JIT", "1")

import hypothesis
import pytest

# A busy machine is no failure. In CI Hypothesis takes its own profile: the same cases each time.
hypothesis.settings.register_profile("house", deadline=None)
if not os.environ.get("CI"):
    hypothesis.settings.load_profile("house")


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the golden outputs anew; read the difference after")


@pytest.fixture
def update(request: pytest.FixtureRequest) -> bool:
    """Whether golden outputs are to be written instead of compared."""
    return bool(request.config.getoption("--update"))


@pytest.fixture(scope="session", autouse=True)
def _own_cache(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield
