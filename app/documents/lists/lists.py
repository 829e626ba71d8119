"""Lists (一覧データ) for other programs: one row an initiative, one datum a cell.

After the rules of the Ministry of Internal Affairs for machine-readable tables
(総務省「統計表における機械判読可能なデータの表記方法の統一ルール」): a head of one row, no
merged cells, nothing left out because it stands above, no blanks or line ends for looks,
several values in several columns, western years beside 和暦.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain, count

from app.documents.lists.list_columns import GROUPS, Datum, Listing
from app.errors import KeikakuError
from app.forms.form import Form
from app.plan.entities import Initiative
from app.plan.plan import Plan


@dataclass(frozen=True, slots=True)
class ListTable:
    """A list: its title, one head a column, and rows as long as the heads."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[Datum, ...], ...]


def list_table(
    form: Form | None, plan: Plan, initiatives: Sequence[Initiative], groups: Sequence[str] = ()
) -> ListTable:
    """The list of these initiatives with the chosen groups of columns (none: all).

    Groups are named by key or Japanese name (GROUPS). Raises KeikakuError for others.
    """
    chosen = dict.fromkeys(map(_key, groups)) or GROUPS
    listing = Listing(form, plan, initiatives)
    columns = [column for key in chosen for column in GROUPS[key].columns(listing)]
    return ListTable(
        title=plan.profile.title or "取組一覧",
        heads=tuple(_told_apart([head for head, _ in columns])),
        rows=tuple(tuple(value(i) for _, value in columns) for i in initiatives),
    )


def _told_apart(heads: Sequence[str]) -> Iterator[str]:
    """Heads of which no two are the same: a text may bear the name of a fact."""
    taken: set[str] = set()
    for head in heads:
        numbered = (f"{head}（{n}）" for n in count(2))
        free = next(name for name in chain([head], numbered) if name not in taken)
        taken.add(free)
        yield free


def _key(name: str) -> str:
    for key, group in GROUPS.items():
        if name.strip() in (key, group.name):
            return key
    known = "、".join(group.name for group in GROUPS.values())
    raise KeikakuError(f"「{name}」という列はありません。選べる列: {known}")
