"""Plans of an invented city, and a store that keeps them in memory."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from threading import Event

from app.changes.change import ChangeSet, apply
from app.changes.diff import diff
from app.changes.history import NOWHERE, Entry, History, Source
from app.changes.merge import Asked, KeptConflict, Merge
from app.documents.order import Order
from app.documents.pages.drawing import Progress
from app.errors import DamagedError, KeikakuError
from app.forms.fitting.metrics import PageFonts
from app.plan.board.stages import STAGES
from app.plan.entities import Category, Initiative, Pillar, Profile, Relisting, YearPlan
from app.plan.plan import Plan
from app.plan.table import Table
from app.ports import (
    Copy,
    FileNews,
    IncomingChanges,
    Licence,
    OpenMode,
    OpenStatus,
    Saving,
    Section,
    UnfinishedWords,
)
from app.session import Session
from storage.pdf.fonts import find_fonts
from ui.desktop.pending_edits import ForgottenWords
from ui.desktop.plan_widget import PlanWidget
from ui.desktop.session_signals import SessionSignals
from ui.desktop.shared_state import SharedState
from ui.desktop.theme import Theme
from ui.documents import Document

STATUSES = ("調査・研究中", "着手中", "運用中")
_PILLARS = (
    ("市民サービスの向上", ("窓口・届出", "子育て", "税")),
    ("業務の効率化", ("働き方", "各課業務")),
    ("人財育成", ("すべての職員",)),
)
_NAMES = (
    "来庁予約と待ち人数の案内",
    "証明書手数料のキャッシュレス決済",
    "庁内問い合わせの自動応答",
    "保育施設の空き状況公開\n（空き枠見える化事業）",
    "公園台帳の地図化",
    "災害時に市民と職員が同じ地図を見ながら被害の状況を知らせ合い、避難所の開設と物資の配分を決められるしくみづくり",
)


def sample_plan(count: int = 12) -> Plan:
    """A plan with `count` initiatives spread over stages, pillars, statuses."""
    pillars, categories = [], []
    for n, (name, inside) in enumerate(_PILLARS, 1):
        pillars.append(Pillar(id=f"p{n}", position=n, name=name))
        categories += [
            Category(id=f"p{n}-{m}", parent=f"p{n}", position=m, number=m, name=category)
            for m, category in enumerate(inside, 1)
        ]
    initiatives = [_initiative(n, categories) for n in range(count)]
    return Plan(
        profile=_profile(),
        pillars=Table(pillars),
        categories=Table(categories),
        initiatives=Table(initiatives),
        years=Table(year for i in initiatives for year in _years(i.id)),
        relistings=Table(
            Relisting(id=f"{i.id}/1", parent=i.id, category="p2-2") for i in initiatives[3::9]
        ),
    )


def _profile() -> Profile:
    return Profile(
        id="plan", municipality="見本市", title="見本市デジタル市役所計画",
        subtitle="第1期実施計画", edition="令和5年度改訂版", issued="2023-06", form="matsue",
        first_fiscal_year=2022, term_years=(2, 2, 2, 2), stages=STAGES, statuses=STATUSES,
    )  # fmt: skip


def _initiative(n: int, categories: Sequence[Category]) -> Initiative:
    category = categories[n % len(categories)]
    return Initiative(
        id=f"i{n}", position=float(n), categories=(category.id,),
        number=f"{category.parent[1:]}-{n}",
        name=_NAMES[n % len(_NAMES)], departments=("市民課", "情報政策課")[: n % 2 + 1],
        stage=STAGES[n % 4], status=STATUSES[n % 3], new_label="新規掲載" if n % 5 == 1 else None,
        desired_states=("手続きの手間は最小限に抑えられる",),
        texts={"overview": f"・概要{n}。窓口をひとつにする。", "background": "・待ち時間が長い。",
               "final_goals": "・待たずに済む。"},
    )  # fmt: skip


def _years(parent: str) -> list[YearPlan]:
    texts = (
        {"actions": "・調べる。（～8月）\n・決める。", "goals": "・方針を決定する。"},
        {"actions": "・試行する。（通年）", "goals": "・電話を30％減らす。"},
        {"actions": "（令和5年度中に設定）", "goals": "(令和5年度中に設定)"},
    )
    return [
        YearPlan(
            id=f"{parent}/{2022 + n}", parent=parent, position=float(n), fiscal_year=2022 + n,
            mark="continue" if n else "start", texts=text,
        )
        for n, text in enumerate(texts)
    ]  # fmt: skip


class MemoryStore:
    """Keeps entries; `is_full` makes the next commits fail."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.is_full = False

    def commit(self, entry: Entry, plan: Plan) -> None:
        """Keep an entry."""
        if self.is_full:
            raise KeikakuError("ディスクの空きがありません。計画は元のままです。")
        self.entries.append(entry)


def session_of(plan: Plan) -> Session:
    """An open session on a plan."""
    return Session(plan, MemoryStore(), author="情報政策課")


def plan_widget(session: Session, theme: Theme) -> PlanWidget:
    """The views of a session."""
    return PlanWidget(SharedState(SessionSignals(session)), MemoryDocuments(), theme)


class MemoryDocument:
    """A document in memory. `answers` are what the next savings come to."""

    def __init__(self, path: str, session: Session) -> None:
        self.path, self.session, self.is_read_only = path, session, False
        self.remark = ""
        self.answers: list[Saving] = []
        self.arriving: dict[str, IncomingChanges] = {}
        self.gate = Event()
        self.gate.set()
        self.theirs: Merge | None = None
        self.asked: list[KeptConflict] = []
        self.is_closed = False
        self.kept: dict[Copy, Plan] = {}
        self.backed_up = 0
        self.saved = session.history.next_sequence

    def unsaved(self) -> int:
        """Since the last saving."""
        return self.session.history.next_sequence - self.saved

    def others(self) -> str:
        """Nobody."""
        return ""

    def news(self) -> FileNews:
        """Nothing."""
        return ""

    def saving(self) -> Callable[[], Saving]:
        """The next of the answers; `gate` lets it go on."""
        now = self.session.history.next_sequence

        def save() -> Saving:
            assert self.gate.wait(10)
            answer = self.answers.pop(0) if self.answers else Saving("saved", "保存しました。")
            if answer.state == "saved":
                self.saved = now
            return answer

        return save

    def save_as(self, path: str) -> Saving:
        """The same under another name."""
        self.path, self.is_read_only = path, False
        return self.saving()()

    def catch_up(self) -> Merge:
        """What `theirs` brings."""
        assert self.theirs is not None
        plan = apply(self.session.plan, self.theirs.changes)
        self.session = session_of(plan)
        self.saved = 0
        self.asked = [KeptConflict(n, c) for n, c in enumerate(self.theirs.conflicts, 1)]
        return self.theirs

    def conflicts(self) -> Sequence[KeptConflict]:
        """Those that no edit in force has settled."""
        edits = (entry.changes for entry in self.session.history.in_force)
        states = {decision.number: decision.after for edit in edits for decision in edit.decisions}
        decided = [replace(k, decision=states.get(k.number, k.decision)) for k in self.asked]
        return [kept for kept in decided if kept.decision is None]

    def last_saved(self) -> Entry | None:
        """The last edit before the last saving."""
        entries = self.session.history.entries
        return next((e for e in reversed(entries) if e.sequence < self.saved), None)

    def read(self, path: str) -> Callable[[], IncomingChanges]:
        """What `arriving` says of this path."""
        if path not in self.arriving:
            raise KeikakuError("計画のファイルではありません。計画は元のままです。")
        return lambda: self.arriving[path]

    def bring_in(self, edit: ChangeSet, asked: Asked, source: Source = NOWHERE) -> None:
        """Make the edit."""
        self.asked += asked.new
        self.session.bring_in(edit, source)

    def copies(self) -> Sequence[Copy]:
        """As `kept` says."""
        return tuple(self.kept)

    def restoring(self, copy: Copy) -> ChangeSet:
        """Back to the plan kept under this path."""
        return diff(self.session.plan, self.kept[copy], "控えに戻す")

    def back_up(self) -> None:
        """One more copy."""
        self.backed_up += 1

    def close(self) -> None:
        """It has been let go."""
        self.is_closed = True


class MemoryProgram:
    """A program that remembers what was told."""

    def __init__(self) -> None:
        self.diagnoses: dict[str, Sequence[Section]] = {}
        self.faults: list[BaseException] = []

    def about(self) -> Sequence[Section]:
        """One fact."""
        return (Section("版", (("計画カンバン", "9.9"),)),)

    def licences(self) -> Sequence[Licence]:
        """Two parts, one of them without a text."""
        return (
            Licence("計画カンバン", "9.9", "MIT", "自由に使えます。"),
            Licence("部品", "1.0", "BSD", ""),
        )

    def save_diagnosis(self, path: str, more: Sequence[Section]) -> None:
        """Remember what the window knew."""
        self.diagnoses[path] = more

    def note_fault(self, fault: BaseException) -> str:
        """Remember it."""
        self.faults.append(fault)
        return type(fault).__name__


class MemoryDocuments:
    """Plans by path."""

    def __init__(self, **plans: Plan) -> None:
        self.sessions = {path: session_of(plan) for path, plan in plans.items()}
        self.exported: list[tuple[str, tuple[str, ...], str]] = []
        self.standing = OpenStatus()
        self.opened: list[tuple[str, OpenMode]] = []
        self.dropped: list[str] = []
        self.settings: dict[str, object] = {}
        self.issued: list[tuple[tuple[str, ...], str]] = []
        self.kept: dict[Copy, Plan | None] = {}
        self.damaged: set[str] = set()
        self.last: MemoryDocument | None = None
        self.documents: list[MemoryDocument] = []
        self.program = MemoryProgram()
        self.words: dict[str, ForgottenWords] = {}

    def recent(self) -> Sequence[str]:
        """All of them."""
        return tuple(self.sessions)

    def sample(self) -> Document:
        """The sample."""
        self.sessions["見本.keikaku"] = session_of(sample_plan())
        return self.open("見本.keikaku")

    def create(self, path: str, plan: Plan) -> Document:
        """A new plan."""
        self.sessions[path] = session_of(plan)
        return self.open(path)

    def look(self, path: str) -> OpenStatus:
        """As `standing` says."""
        return self.standing

    def open(self, path: str, way: OpenMode = "edit") -> Document:
        """The plan of a path."""
        if path not in self.sessions:
            raise KeikakuError("計画のファイルが見つかりません。場所を確かめてください。")
        if path in self.damaged:
            raise DamagedError("計画はこわれているため、開けません。ファイルには触れていません。")
        self.opened.append((path, way))
        self.last = MemoryDocument(path, self.sessions[path])
        self.last.is_read_only = way == "view"
        self.documents.append(self.last)
        return self.last

    def issue(self, plan: Plan, departments: Sequence[str], path: str) -> None:
        """Remember who was given something."""
        if "書けない課" in departments:
            raise KeikakuError("許可されていないため、書き込めませんでした。")
        self.issued.append((tuple(departments), path))

    @property
    def copies(self) -> "MemoryDocuments":
        """It has them itself."""
        return self

    def of(self, path: str) -> Sequence[Copy]:
        """As `kept` says."""
        return tuple(self.kept)

    def peek(self, copy: Copy) -> History:
        """The log of a copy; damaged ones have none."""
        if self.kept[copy] is None:
            raise DamagedError("控えもこわれています。")
        return History([Entry(1, copy.at, "市民課", "open", ChangeSet("取り込み"))])

    def put_back(self, path: str, copy: Copy) -> None:
        """The plan of the copy is there again."""
        plan = self.kept[copy]
        assert plan is not None
        self.sessions[path] = session_of(plan)
        self.damaged.discard(path)

    def drop_draft(self, path: str) -> None:
        """There is none any more."""
        self.dropped.append(path)
        self.standing = OpenStatus()

    def setting(self, name: str) -> object:
        """What was kept."""
        return self.settings.get(name)

    def keep_setting(self, name: str, value: object) -> None:
        """Keep it."""
        self.settings[name] = value

    def save_all(self, *_: object) -> None:
        """Nothing is unsaved any more: closing asks nothing."""
        for document in self.documents:
            document.saved = document.session.history.next_sequence

    def unfinished(self, plan: str) -> UnfinishedWords:
        """Kept as long as this is."""
        return self.words.setdefault(plan, ForgottenWords())

    def page_fonts(self, family: str) -> PageFonts:
        """Those of this PC."""
        return find_fonts(family)

    def export(self, order: Order, target: str, tell: Progress) -> None:
        """Remember what was asked for."""
        for n in range(3):
            tell(n, 3)
        self.exported.append((order.output.key, order.initiatives, target))
