"""How the tests run: few random examples here, many with HYPOTHESIS_PROFILE=thorough."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

SLOW_IS_FINE = [HealthCheck.too_slow, HealthCheck.data_too_large]
settings.register_profile(
    "quick", max_examples=40, stateful_step_count=25, deadline=None,
    suppress_health_check=SLOW_IS_FINE,
)  # fmt: skip
settings.register_profile(
    "thorough", max_examples=2000, stateful_step_count=60, deadline=None,
    suppress_health_check=SLOW_IS_FINE,
)  # fmt: skip
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "quick"))


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The program's own folder, away from the one of whoever runs the tests."""
    folder = tmp_path_factory.getbasetemp() / "keikaku-home"
    monkeypatch.setenv("KEIKAKU_HOME", str(folder))
    return folder
