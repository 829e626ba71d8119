"""A disk whose n-th operation fails, put in the place of the real one."""

from collections.abc import Callable
from typing import Any

import pytest

from storage import safe_io


class FailingDisk:
    """Counts the operations, and makes the one numbered `fails_at` (from 1) raise `error`."""

    def __init__(self, fails_at: int = 0, error: OSError | None = None) -> None:
        self.names: list[str] = []
        self.fails_at, self.error = fails_at, error

    def operate(self, call: Callable[..., Any], *args: Any, **kwargs: Any) -> Any:
        self.names.append(call.__name__)
        if len(self.names) == self.fails_at and self.error:
            raise self.error
        return call(*args, **kwargs)

    def put_in(self, patch: pytest.MonkeyPatch) -> "FailingDisk":
        patch.setattr(safe_io, "operate", self.operate)
        return self


def windows_error(number: int) -> OSError:
    """What Windows raises: 32 another program has it open, 112 the disk is full."""
    error = OSError(13, "Access is denied")
    error.winerror = number  # type: ignore[attr-defined]
    return error
