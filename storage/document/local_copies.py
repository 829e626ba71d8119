"""The earlier states of documents (`ui.documents.Copies`)."""

import os
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from app.changes.change import ChangeSet
from app.changes.history import History
from app.errors import KeikakuError
from app.ports import Copy
from storage.document import exchange, workspace
from storage.document.backups import backups
from storage.document.local_document import copy_of
from storage.this_pc.author import author


class LocalCopies:
    """The copies in 履歴 and on this PC. Every method raises KeikakuError."""

    def of(self, path: str) -> Sequence[Copy]:
        """The earlier states of a document, the latest first, also of one that is damaged."""
        target, plan = Path(os.path.realpath(path)), "*"
        # Of a damaged or lost document the name has to do.
        with suppress(KeikakuError):
            plan = workspace.read_document(target).plan.profile.id
        return [copy_of(found) for found in backups(target, plan)]

    def peek(self, copy: Copy) -> History:
        """The log of an earlier state, which shows that it is whole."""
        return History(workspace.read_document(Path(copy.path)).entries)

    def restoring(self, path: str, copy: Copy) -> ChangeSet:
        """What going back to an earlier state would change."""
        return exchange.restoring(Path(path), Path(copy.path))[1]

    def put_back(self, path: str, copy: Copy) -> str:
        """Go back to an earlier state; returns where a damaged document is kept, "" for none."""
        kept = exchange.restore(Path(os.path.realpath(path)), Path(copy.path), author())
        return str(kept) if kept else ""
