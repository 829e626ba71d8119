"""`python -m ui` is the same as `keikaku`."""

from ui.cli import main

main()
