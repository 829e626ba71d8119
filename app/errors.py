"""The errors that a person reads."""


class KeikakuError(Exception):
    """Something a person must know: one Japanese sentence or two.

    The message says what happened, what is safe and what to do next. The command
    line prints it and exits with 2; the window shows it in a dialog.
    """


class DamagedError(KeikakuError):
    """A document is not whole, or not what it should be: an earlier state may help."""
