"""The table of the benchmarks: what its lines say. How fast anything is, no test asks."""

import pytest

from benchmarks import merging
from benchmarks.__main__ import PARTS, main, shown
from benchmarks.measuring import QUICK, Cost, Row, card, cost_of, script


def test_a_line_says_what_it_took_beside_what_and_marks_what_is_over() -> None:
    fine = Row("sheets as PDF", "72", Cost(0.5, 0.4, 60), 0.8, "Typst", Cost(0.625), 1.0)
    assert shown(fine).split() == [
        *("sheets", "as", "PDF", "72", "0.50", "s", "0.40", "s", "60", "MB"),
        *("Typst", "×0.80", "0.80", "s,", "×1.00"),
    ]
    too_slow = Row("a key", "72", Cost(0.06), 0.05)
    assert shown(too_slow).split() == ["a", "key", "72", "60.0", "ms", "50.0", "ms", "!"]
    slower_than_the_peer = Row("sheets", "72", Cost(0.5), 0.0, "Typst", Cost(0.4), 1.0)
    assert shown(slower_than_the_peer).endswith("×1.25  ×1.00 !")


def test_what_fails_is_no_figure() -> None:
    assert cost_of(script("pass"), 1).seconds > 0
    with pytest.raises(SystemExit, match="broken"):
        cost_of(script("import sys; sys.exit('broken')"), 1)


def test_a_word_that_is_no_part_is_told(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["nothing"]) == 2
    told = capsys.readouterr().err
    assert [part for part in PARTS if part not in told] == []


def test_the_plans_that_are_measured_go_through_the_program() -> None:
    rows = list(merging.rows(QUICK))
    assert [row.what for row in rows] == [
        "merge in process",
        "merge: see what comes",
        "merge: open, merge, save",
    ]
    assert card(0) != card(1)
