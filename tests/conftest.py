"""What every test may use: Hypothesis profiles and the folder `shared` beside the repository."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).resolve().parent.parent

# "short" is the default. On CI it draws the same examples every time, so that a red build can be
# repeated; elsewhere each run looks at new ones. "long" is for the night:
# NEMCON_LONG=1, or --hypothesis-profile=long.
settings.register_profile(
    "short", max_examples=100, deadline=None, derandomize=bool(os.environ.get("CI"))
)
settings.register_profile(
    "long",
    max_examples=100_000,
    deadline=None,
    derandomize=False,
    print_blob=True,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.load_profile("long" if os.environ.get("NEMCON_LONG") == "1" else "short")


@pytest.fixture(scope="session")
def root() -> Path:
    """The top folder of the repository."""
    return ROOT


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder `shared` beside the repository: seeds, acceptance answers, cases, data.

    A test that asks for it is skipped where only the repository was cloned.
    """
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip(f"{folder} is not here")
    return folder
