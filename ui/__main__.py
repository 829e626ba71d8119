"""`python -m ui` is the same as `keikaku`; both programs of the built package begin here."""

import sys

from app.errors import KeikakuError
from ui.package import package_folder, require_whole
from ui.telling import drop_unwritten, tell


def main() -> None:
    """Run a command and exit, where the program is whole."""
    try:
        # Before anything is imported that may be among what is missing.
        require_whole(package_folder())
    except KeikakuError as error:
        tell(str(error))
        drop_unwritten()
        sys.exit(2)
    from ui.cli import main as run

    run()


main()
