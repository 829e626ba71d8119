"""What a plan is and what can be done with it: values and rules, no disk, no screen."""

from typing import Final

VERSION: Final = "0.1.0"
"""The version of the program, as in pyproject.toml."""
