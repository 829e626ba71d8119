"""Words of a card are read whole where a lane is narrow: the card grows instead."""

from app.plan.board.cards import Card
from ui.desktop.board.card_layout import CardLayouts, Ruler, broken
from ui.desktop.board.lane_model import Outline
from ui.desktop.theme import Theme

NARROW, WIDE = 148, 210
"""Room for words in px at 100 %: five lanes at 125 % on 1366 px, and at 100 %."""


def outline(*departments: str, badges: tuple[str, ...] = (), has_days: bool = False) -> Outline:
    return Outline("窓口予約", departments, "調査・研究中", badges, has_days)


def card(departments: str, days: int = 0, left: int = 2) -> Card:
    words = ("1-2", "窓口予約", "市民", 0, "窓口・届出", departments, "調査・研究中", ())
    return Card("a", *words, days=days, placeholders=left)


def test_departments_that_do_not_fit_beside_the_status_stand_on_a_line_of_their_own(
    theme: Theme,
) -> None:
    layouts, width = CardLayouts(theme), theme.px(NARROW)

    short, long = layouts.of(outline("市民課"), width), layouts.of(outline("情報政策推進課"), width)

    assert (short.departments, short.is_split) == (("市民課",), False)
    assert (long.departments, long.is_split) == (("情報政策推進課",), True)
    assert long.height > short.height


def test_several_departments_are_broken_between_their_names(theme: Theme) -> None:
    names = ("健康づくり課", "こども政策課", "長寿介護課")

    layout = CardLayouts(theme).of(outline(*names), theme.px(NARROW))

    assert layout.departments == ("健康づくり課・", "こども政策課・長寿介護課")


def test_badges_leave_the_head_to_the_category_where_it_is_narrow(theme: Theme) -> None:
    layouts, new = CardLayouts(theme), outline("市民課", badges=("新規",))

    assert layouts.of(new, theme.px(NARROW)).below == ("新規", "調査・研究中")
    assert layouts.of(new, theme.px(WIDE)).above == ("新規",)


def test_no_badge_is_lost_where_not_all_of_them_fit_below(theme: Theme) -> None:
    many = outline("市民課", badges=("新規", "再掲"))

    layout = CardLayouts(theme).of(many, theme.px(NARROW))

    assert (*layout.above, *layout.below) == ("新規", "再掲", "調査・研究中")


def test_what_is_left_open_is_said_shorter_and_elsewhere_before_it_is_cut(theme: Theme) -> None:
    layouts = CardLayouts(theme)

    def said(department: str, width: int, days: int = 0) -> tuple[str, str, bool]:
        layout = layouts.of(outline(department, has_days=bool(days)), theme.px(width))
        words = layouts.quiet(card(department, days), layout, theme.px(width))
        return words.days, words.mark, words.is_above

    assert said("市民課", WIDE) == ("", "未設定2", False)
    assert said("市民課", NARROW) == ("", "▲2", False)
    assert said("情報政策", NARROW) == ("", "未設定2", False)
    assert said("情報政策推進課", WIDE) == ("", "▲2", False)
    assert said("情報政策推進企画課", WIDE) == ("", "▲2", True)
    assert said("市民課", WIDE, days=7) == ("7日経過", "▲2", False)


def test_a_name_ends_its_line_between_words_where_that_costs_no_line(theme: Theme) -> None:
    ruler = Ruler(theme.font(13.5, bold=True))
    width = ruler.width("書かずに済む転入手続")

    assert broken("書かずに済む転入手続き", width, ruler) == ("書かずに済む", "転入手続き")
    assert broken("書かずに済む", width, ruler) == ("書かずに済む",)


def test_a_name_is_not_cut_for_the_sake_of_a_word(theme: Theme) -> None:
    ruler = Ruler(theme.font(13.5, bold=True))
    name = "窓口の予約で待たずに済む手続きと案内"
    width = ruler.width(name) // 3 + theme.px(14)

    assert "".join(broken(name, width, ruler)) == name
