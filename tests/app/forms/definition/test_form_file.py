"""A form file says what it means, or one sentence says where it does not."""

import pytest

from app.errors import KeikakuError
from app.forms.definition.form_file import read_form
from resources import resource
from tests.app.forms.forms import KEYS, built_in, toml

SMALL = """
[[band]]
columns = [1, 2]
rows = ["head  text",
        "head  note"]

[cell.head]
label = "概要"

[cell.text]
field = "overview"

[cell.note]
field = "status_note"
"""


def refusal(text: str) -> str:
    with pytest.raises(KeikakuError) as caught:
        read_form(text, "みなと.toml")
    return str(caught.value)


def line_of(text: str, part: str) -> int:
    return 1 + next(n for n, line in enumerate(text.splitlines()) if part in line)


@pytest.mark.parametrize("key", KEYS)
def test_the_built_in_forms_are_right_and_known_by_their_key(key: str) -> None:
    assert built_in(key).key == key


def test_the_fields_of_a_form_are_named_in_the_order_of_its_grid() -> None:
    assert built_in("matsue").text_fields == (
        "name", "departments", "pillars", "status", "status_note", "desired_states",
        "overview", "background", "final_goals",
    )  # fmt: skip
    assert built_in("matsue").year_fields == ("actions", "goals")


def test_the_small_form_is_right() -> None:
    assert read_form(toml(SMALL), "a.toml").cells["text"].field == "overview"


@pytest.mark.parametrize(
    ("old", "new", "place", "what"),
    [
        ('label = "概要"', 'lable = "概要"', "cell.head", "lable"),
        ('label = "概要"', "label = 3", "cell.head", "label"),
        ('label = "概要"', 'tinted = true', "cell.head", "label・field・stack"),
        ('label = "概要"', 'label = "{nunber}"', "cell.head", "{nunber}"),
        ('label = "概要"', 'label = "{ordinal}年目"', "1番目の [[band]]", "{ordinal}"),
        ('label = "概要"', 'label = "概要"\nper = "term"', "1番目の [[band]]", "per"),
        ('label = "概要"', 'label = "概要"\nalign = "middle"', "cell.head", "left・center・right"),
        ('label = "概要"', 'label = "概要"\nscale = 9', "cell.head", "scale"),
        ('label = "概要"', 'label = "概要"\nno_line = ["up"]', "cell.head", "no_line"),
        ('label = "概要"', 'stack = ["nobody"]', "cell.head", "nobody"),
        ('field = "overview"', 'field = "overview"\nvertical = true', "cell.text", "vertical"),
        ('field = "overview"', 'field = "overview"\nper = "all"', "cell.text", "per"),
        ('field = "overview"', 'field = "status_note"', "cell.note", "status_note"),
        ('field = "overview"', 'field = "desired_states"', "cell.text", "item"),
        ('field = "overview"', 'field = "mark"', "1番目の [[band]]", "mark"),
        ('field = "overview"', 'field = "a"\nchoices = "departments"', "cell.text", "choices"),
        ('field = "overview"', 'field = "a"\nchoices = [1]', "cell.text", "choices"),
        ('"head  note"', '"head"', "1番目の [[band]]", "1 個"),
        ('"head  note"', '"note  head"', "1番目の [[band]]", "四角形"),
        ('"head  note"', '"head  nobody"', "1番目の [[band]]", "nobody"),
        ('"head  note"', '"head  text"', "cell.note", "rows"),
        ('"head  note"', '"head  note*"', "1番目の [[band]]", "over"),
        ("columns = [1, 2]", "columns = [1, 0]", "1番目の [[band]]", "columns"),
        ("columns = [1, 2]", "columns = [1, 2]\ndown = true", "1番目の [[band]]", "down"),
        ("columns = [1, 2]", 'columns = [1, 2]\nover = "years"', "1番目の [[band]]", "*"),
        ("columns = [1, 2]", 'columns = [1, 2]\nover = "months"', "[[band]]", "years・kpis"),
        ("columns = [1, 2]", "columns = [1, 2]\nheight = nan", "1番目の [[band]]", "height"),
        ('paper = "A4"', 'paper = "B4"', "page", "paper"),
        ("top = 20,", "top = 280,", "page", "top"),
        ("top = 20,", "top = inf,", "page", "top"),
        ("top = 20, ", "", "page", "margins"),
        ("largest = 11", "largest = 6", "font", "smallest"),
        ("largest = 11", "largest = 400", "font", "largest"),
        ("largest = 11", "largest = true", "font", "largest"),
        ("largest = 11", 'largest = 11\nfamily = "serif"', "font", "gothic・mincho"),
        ("[font]", '[look]\ntint = "青"\n[font]', "look", "tint"),
        ("[font]", "[years]\nmost = 0\n[font]", "years", "most"),
        ("[font]", '[above]\nleft = "No."\n[font]', "above", "left"),
        ("[font]", '[above]\nright = ["{ordinal}"]\n[font]', "above", "{ordinal}"),
        ("version = 1", "version = 2", "先頭", "version"),
        ('name = "試しの様式"', "", "先頭", "name"),
    ],
)  # fmt: skip
def test_a_mistake_is_named_with_file_line_and_cell(
    old: str, new: str, place: str, what: str
) -> None:
    text = toml(SMALL).replace(old, new)
    assert text != toml(SMALL)
    message = refusal(text)
    assert message.startswith("様式ファイル「みなと.toml」の")
    assert place in message
    assert what in message
    assert "計画は変わっていません" in message


@pytest.mark.parametrize(
    ("old", "new", "line"),
    [
        ('field = "status_note"', 'fields = "status_note"', 'fields = "status_note"'),
        ('"head  note"', '"head"', "rows = ["),
        ("smallest = 7", "smallest = 70", "smallest = 70"),
        ("[cell.note]", "[cell.spare]\nlabel = '余り'\n[cell.note]", "[cell.spare]"),
        ("[cell.note]", "[ cell . note ]\nscale = 0", "scale = 0"),
    ],
)
def test_the_line_is_the_one_to_mend(old: str, new: str, line: str) -> None:
    text = toml(SMALL).replace(old, new)
    assert f"の{line_of(text, line)}行目" in refusal(text)


def test_the_second_band_is_counted_as_the_second() -> None:
    text = toml(SMALL).replace(
        "[cell.head]", '[[band]]\ncolumns = [1]\nrows = ["head text"]\n\n[cell.head]'
    )
    message = refusal(text)
    line = line_of(text, 'rows = ["head text"]')
    assert f"の{line}行目（2番目の [[band]]）" in message


def test_what_is_not_toml_is_named_with_its_line() -> None:
    text = toml(SMALL).replace("[cell.text]", "[cell.text")
    assert f"{line_of(text, '[cell.text')}行目（11文字目）がTOMLとして読めません" in refusal(text)


@pytest.mark.parametrize("text", ["", "x = " + "[" * 20_000, "a = 1\n" + "#" * 300_000])
def test_what_is_no_form_at_all_is_refused(text: str) -> None:
    assert "様式ファイル「みなと.toml」" in refusal(text)


def test_a_number_without_end_is_refused() -> None:
    assert "数が大きすぎます" in refusal("format = " + "9" * 5000)


def test_a_cell_too_large_for_its_page_is_refused() -> None:
    text = (
        toml(SMALL, "landscape = true")
        .replace("smallest = 7", "smallest = 40")
        .replace("largest = 11", "largest = 40\nline = 3")
    )
    assert "大きすぎ" in refusal(text)


def test_a_target_has_no_other_fields_than_its_own() -> None:
    text = toml(
        '[[band]]\nover = "kpis"\ndown = true\ncolumns = [1]\nrows = ["k*"]\n'
        '[cell.k]\nfield = "parent"'
    )
    assert "due・text" in refusal(text)


def test_the_built_in_forms_stand_in_files_of_their_key() -> None:
    assert {path.stem for path in resource("forms").glob("*.toml")} == set(KEYS)
