"""Who works on this PC."""

import os


def author() -> str:
    """Who the log says made an edit: the name this person signed in with."""
    return next(filter(None, map(os.environ.get, ("USERNAME", "LOGNAME", "USER"))), "")
