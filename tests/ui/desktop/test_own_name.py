"""One's own 課 and name."""

from pytestqt.qtbot import QtBot

from storage.this_pc import author
from tests.ui.desktop.plans import MemoryDocuments
from ui.desktop.dialogs import own_name_dialog
from ui.desktop.dialogs.own_name_dialog import DEPARTMENT, EARLIER, NAME, OwnNameDialog
from ui.desktop.plan_widget import PlanWidget


def test_what_was_typed_is_remembered_with_the_name_before(
    qtbot: QtBot, widget: PlanWidget
) -> None:
    documents = MemoryDocuments()
    for name in ("佐藤", "鈴木"):
        dialog = OwnNameDialog(widget, widget.signals.pending, documents, widget.theme)
        dialog.department.setText(" 情報政策課 ")
        dialog.name.setText(name)
        dialog.keep()
    assert documents.settings == {
        DEPARTMENT: "情報政策課", NAME: "鈴木", EARLIER: ["情報政策課 佐藤"],
    }  # fmt: skip
    assert (
        OwnNameDialog(widget, widget.signals.pending, documents, widget.theme).name.text() == "鈴木"
    )


def test_the_settings_are_those_that_the_log_reads() -> None:
    names = ("DEPARTMENT", "NAME", "EARLIER")
    assert [getattr(author, n) for n in names] == [getattr(own_name_dialog, n) for n in names]
