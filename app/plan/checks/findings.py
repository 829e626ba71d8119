"""What is inconsistent or missing in a plan (点検): a Finding for each place to look at."""

from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from app.plan.entities import Entity, Initiative, Profile
from app.plan.integrity import problems
from app.plan.kinds import INITIATIVE, RELISTING
from app.plan.lists.listing import Listed, listings, number_key
from app.plan.plan import Plan
from app.plan.texts.mentions import initiatives_by_number, mentions, plain
from app.plan.texts.passages import Passage, passages, plan_passages
from app.plan.texts.per_initiative_cache import PerInitiativeCache
from app.plan.texts.placeholders import PLACEHOLDER
from app.plan.texts.spellings import Variant, Word, spelled, variants
from app.plan.words import entity_words

CHECKS: Final[Mapping[str, str]] = {
    "loose": "つながりの切れた項目",
    "missing": "書かれていない項目",
    "number": "番号の重なりと欠番",
    "relisting": "再掲の番号の食い違い",
    "mention": "文中の番号の食い違い",
    "fit": "1ページに収まらない個票",
    "placeholder": "未設定のままの文",
    "spelling": "書き方の揺れ",
}
"""The checks in the order a person reads them, by key."""
# Facts that every initiative of a plan has where most of them have it.
_FACTS: Final = {"departments": "担当課", "status": "現状", "number": "番号"}
_NO_PLACE: Final = Passage("", "", "", "")


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing to look at: which check (`CHECKS`) found it, what it says, where it is.

    `initiative` is an id, empty where it is about the whole plan; the text of `place` is
    the part to look at. `usual` is how the rest of the plan writes it, empty if nothing else is
    usual.
    """

    check: str
    words: str
    initiative: str = ""
    place: Passage = _NO_PLACE
    usual: str = ""


@dataclass(frozen=True, slots=True)
class Said:
    """What was read of one initiative: its own findings, and what the whole plan decides on."""

    own: tuple[Finding, ...]
    mentioned: tuple[tuple[str, Passage], ...]
    words: Mapping[Word, tuple[int, Passage]]


class Inspector:
    """Goes through a plan; what it has read of an initiative it reads again only when changed."""

    def __init__(self) -> None:
        self._said: PerInitiativeCache[Said] = PerInitiativeCache(_said)

    def read(self, plan: Plan, initiative: Initiative) -> None:
        """Read one initiative, so that `findings` is fast."""
        self._said.of(plan, initiative)

    def findings(self, plan: Plan, required: Collection[str] = ()) -> Iterator[Finding]:
        """Everything there is to look at, check by check.

        `required` are facts that every initiative must have, as its form prints them.
        """
        said = {i.id: self._said.of(plan, i) for i in plan.initiatives.under()}
        # Last: what the initiatives say is more, and decides how a word is written.
        said[""] = _read(plan_passages(plan), "")
        yield from (Finding("loose", words) for words in problems(plan))
        yield from _missing(plan, required)
        yield from _numbers(plan)
        yield from _relistings(plan)
        yield from _unknown_mentions(plan, said)
        for each in said.values():
            yield from each.own
        yield from _spellings(said)


def _said(plan: Plan, initiative: Initiative) -> Said:
    return _read(passages(plan, initiative), initiative.id)


def _read(of: Iterable[Passage], initiative: str) -> Said:
    """What was read of some passages: those of an initiative (its id), or of none ("")."""
    own: list[Finding] = []
    mentioned: list[tuple[str, Passage]] = []
    counts: Counter[Word] = Counter()
    first: dict[Word, Passage] = {}
    for passage in of:
        if passage.is_free:
            own += _placeholders(initiative, passage)
        for mention in mentions(passage.text):
            part = passage.text[mention.start : mention.end]
            mentioned.append((mention.number, _part_of(passage, part)))
        for word in spelled(passage.text):
            counts[word] += 1
            first.setdefault(word, _part_of(passage, word[1]))
    words = {word: (count, first[word]) for word, count in counts.items()}
    return Said(tuple(own), tuple(mentioned), words)


def _part_of(passage: Passage, text: str) -> Passage:
    return replace(passage, text=text)


def _placeholders(initiative: str, passage: Passage) -> Iterator[Finding]:
    for match in PLACEHOLDER.finditer(passage.text):
        text = match[0].strip()
        yield Finding("placeholder", text, initiative, _part_of(passage, text))


def _missing(plan: Plan, required: Collection[str]) -> Iterator[Finding]:
    """A fact that is required, or that most initiatives of the plan have, and this one has not."""
    everything = plan.initiatives.under()
    most = {f for f in _FACTS if sum(bool(i.get(f)) for i in everything) * 2 > len(everything)}
    used = [field for field in _FACTS if field in most or field in required]
    for initiative in everything:
        if not initiative.title.strip():
            yield _lacks(initiative, "name", "取組名がありません")
        if not initiative.categories:
            yield _lacks(initiative, "categories", "区分がなく、一覧表と冊子の柱に載りません")
        for field in used:
            if not initiative.get(field):
                yield _lacks(initiative, field, f"{_FACTS[field]}がありません")


def _lacks(initiative: Initiative, field: str, words: str) -> Finding:
    return Finding("missing", words, initiative.id, Passage(INITIATIVE, initiative.id, field, ""))


def _numbers(plan: Plan) -> Iterator[Finding]:
    """Runs are counted through the plan; numbers of several parts (1-2) within each pillar."""
    runs: dict[tuple[str, tuple[int, ...]], list[Listed]] = {}
    for category, rows in listings(plan).items():
        for row in rows:
            key = number_key(row.number) or ()
            if key:
                scope = plan.categories[category].parent if len(key) > 1 else ""
                runs.setdefault((scope, key[:-1]), []).append(row)
    for run in runs.values():
        yield from _double(run)
        yield from _unordered(run)
        yield from _gaps(run)


def _double(run: Sequence[Listed]) -> Iterator[Finding]:
    bearers: dict[tuple[int, ...], list[Listed]] = {}
    for row in run:
        bearers.setdefault(number_key(row.number) or (), []).append(row)
    for bearer in bearers.values():
        names = "、".join(f"「{_title(row)}」" for row in bearer)
        for row in bearer if len(bearer) > 1 else ():
            yield _about(row, f"No.{row.number}が{len(bearer)}つあります：{names}")


def _unordered(run: Sequence[Listed]) -> Iterator[Finding]:
    """Numbers that do not stand in their order: the index and the sheets disagree."""
    highest: tuple[int, ...] = ()
    for row in run:
        key = number_key(row.number) or ()
        if key < highest:
            yield _about(row, f"No.{row.number}が、並び順の通りの番号ではありません")
        highest = max(highest, key)


def _gaps(run: Sequence[Listed]) -> Iterator[Finding]:
    ordered = sorted(run, key=lambda row: number_key(row.number) or ())
    before = 0
    for row in ordered:
        *start, last = number_key(row.number) or (0,)
        if last > before + 1:
            head = "".join(f"{n}-" for n in start)
            first = f"No.{head}{before + 1}"
            lost = first if last == before + 2 else f"{first}からNo.{head}{last - 1}まで"
            yield _about(row, f"{lost}がなく、No.{row.number}になっています")
        before = max(before, last)


def _title(row: Listed) -> str:
    return f"{row.initiative.title}{'（再掲）' if row.is_again else ''}"


def _about(row: Listed, words: str) -> Finding:
    place = Passage(INITIATIVE, row.initiative.id, "number", "")
    return Finding("number", words, row.initiative.id, place)


def _relistings(plan: Plan) -> Iterator[Finding]:
    for relisting in plan.relistings.values():
        initiative = plan.initiatives[relisting.parent]
        number = relisting.number or ""
        category = plan.categories[relisting.category].name
        points_to = plain(number).removeprefix("再掲").strip() if number.startswith("再掲") else ""
        words = ""
        if relisting.category in initiative.categories[:1]:
            words = f"自分の区分「{category}」に再掲されています"
        elif points_to and initiative.number and points_to != plain(initiative.number):
            words = f"「{category}」の「{number}」が、個票の番号No.{initiative.number}と違います"
        if words:
            place = Passage(RELISTING, relisting.id, "number", number)
            yield Finding("relisting", words, initiative.id, place)


def _unknown_mentions(plan: Plan, said: Mapping[str, Said]) -> Iterator[Finding]:
    known = initiatives_by_number(plan)
    for id, each in said.items():
        for number, place in each.mentioned:
            if known and number not in known:
                words = f"「{place.text}」とありますが、その番号の取組はありません"
                yield Finding("mention", words, id, place)
            elif len(known.get(number, ())) > 1:
                words = f"「{place.text}」とありますが、その番号の取組がいくつもあります"
                yield Finding("mention", words, id, place)


def _spellings(said: Mapping[str, Said]) -> Iterator[Finding]:
    counts: Counter[Word] = Counter()
    for each in said.values():
        for word, (count, _) in each.words.items():
            counts[word] += count
    rare = variants(counts)
    for id, each in said.items():
        for word in each.words.keys() & rare.keys():
            count, place = each.words[word]
            variant = rare[word]
            yield Finding("spelling", _spelling_words(variant, count), id, place, variant.usual)


def _spelling_words(variant: Variant, count: int) -> str:
    times = f"（{count}か所）" if count > 1 else ""
    return f"「{variant.written}」{times}。ほかでは「{variant.usual}」（{variant.times}か所）"


def where(plan: Plan, finding: Finding) -> str:
    """The part of the plan that a finding is about as a person knows it: an initiative, a pillar
    or a category, else 計画全体.
    """
    part: Entity | None = plan.initiatives.get(finding.initiative)
    if part is None and finding.place.kind:
        part = plan.find(finding.place.kind, finding.place.id)
    return entity_words(part) if part and not isinstance(part, Profile) else "計画全体"
