"""What the window tells about the program itself (`ui.documents.Program`)."""

from collections.abc import Sequence
from pathlib import Path

from app.ports import Licence, Section
from storage.this_pc import event_log


class LocalProgram:
    """The program on this PC. What only the About dialog asks for is loaded when it does."""

    def about(self) -> Sequence[Section]:
        """Facts about the program and this PC: versions, fonts, where files lie."""
        from storage.program.diagnosis import about

        return about()

    def licences(self) -> Sequence[Licence]:
        """The parts of the program, with their licences; the program itself first."""
        from storage.program.licences import licences

        return licences()

    def save_diagnosis(self, path: str, more: Sequence[Section]) -> None:
        """Write what helps to find a fault: no text of a plan, no name of a person or a PC.

        Raises KeikakuError.
        """
        from storage.program.diagnosis import write_diagnosis

        write_diagnosis(Path(path), more)

    def note_fault(self, fault: BaseException) -> str:
        """Write a fault of the program down; its kind and place, without any text."""
        return event_log.note_fault(fault)
