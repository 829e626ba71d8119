"""Things that are named now and imported when they are first used.

A name is "module:function", as in entry points. Tables of commands and outputs hold such names, so
that a program start imports only what it does. A test resolves each name in the source, and counts
it as an import of the module that holds it.
"""

from importlib import import_module
from typing import Any


def load(name: str) -> Any:
    """Import what "module:function" names. Raises ImportError or AttributeError if absent."""
    module, _, attribute = name.partition(":")
    return getattr(import_module(module), attribute)
