"""Below the printed page: what is left to do on this initiative, and who wrote last."""

from collections.abc import Sequence

from PySide6.QtWidgets import QFrame, QVBoxLayout

from app.changes.history import Entry
from app.plan.entities import Initiative
from app.plan.fiscal_year import date_name
from app.plan.placeholders import placeholders_left
from app.plan.plan import Plan
from ui.desktop.parts import label
from ui.desktop.theme import Theme


class FactsPanel(QFrame):
    """この取組."""

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.setObjectName("panel")
        self._left, self._last = label(look="warn"), label(look="quietLabel")
        for each in (self._left, self._last):
            each.setWordWrap(True)
        column = QVBoxLayout(self)
        column.setContentsMargins(*[theme.px(12)] * 4)
        column.setSpacing(theme.px(4))
        for each in (label("この取組", "heading"), self._left, self._last):
            column.addWidget(each)

    def show_facts(self, plan: Plan, initiative: Initiative, entries: Sequence[Entry]) -> None:
        """Show what is known about an initiative."""
        count = placeholders_left(plan, initiative)
        self._left.setText(f"▲ 未設定があと{count}か所あります" if count else "")
        self._left.setVisible(bool(count))
        self._last.setText(last_words(plan, initiative, entries))


def last_words(plan: Plan, initiative: Initiative, entries: Sequence[Entry]) -> str:
    """Who changed an initiative last, and when."""
    parts = {initiative.id, *(year.id for year in plan.years.under(initiative.id))}
    parts |= {kpi.id for kpi in plan.kpis.under(initiative.id)}
    for entry in reversed(entries):
        if entry.action != "open" and any(change.id in parts for change in entry.changes):
            author = f"{entry.author} " if entry.author else ""
            return f"最終更新：{author}{date_name(entry.at.date())} {entry.at:%H:%M}"
    return "この計画を開いてからの変更はありません"
