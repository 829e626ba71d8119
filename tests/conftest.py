"""How the tests run: few random examples here, many with HYPOTHESIS_PROFILE=thorough."""

import os

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
