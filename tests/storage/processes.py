"""Programs that run at the same time, for tests."""

import os
import signal
from collections.abc import Callable, Sequence


def forked(action: Callable[..., object], *args: object) -> int:
    """Run in a process of its own; its exit code, or minus the signal that ended it."""
    return ended(started(action, *args))


def started(action: Callable[..., object], *args: object) -> int:
    """Start a process and return its number; `action` may return its exit code."""
    child = os.fork()
    if not child:
        code = 111
        try:
            code = int(action(*args) or 0)  # type: ignore[call-overload]
        finally:
            os._exit(code)
    return child


def ended(child: int) -> int:
    """Wait for a process; its exit code, or minus the signal that ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


def together(actions: Sequence[Callable[[], object]]) -> list[int]:
    """Run all at the same time; their exit codes."""
    ready, go = os.pipe()
    children = [started(_waiting, ready, go, action) for action in actions]
    os.close(go)
    codes = [ended(child) for child in children]
    os.close(ready)
    return codes


def _waiting(ready: int, go: int, action: Callable[[], object]) -> object:
    os.close(go)
    os.read(ready, 1)
    return action()


KILLED = -signal.SIGKILL
