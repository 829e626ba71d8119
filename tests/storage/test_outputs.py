"""Everything that can be made of a plan: how far it is, stopped in the middle, on a full disk."""

import errno
from pathlib import Path

import pytest

from app.changes.change import apply, field_change
from app.documents.order import Choices, Order, Output
from app.documents.outputs import OUTPUTS
from app.edits.initiative import remove_initiatives
from app.errors import KeikakuError
from app.plan.plan import Plan
from resources import resource
from storage.interchange.interchange import read_interchange
from storage.outputs import write_output
from tests.storage.failing_disk import FailingDisk, windows_error

FILES = pytest.mark.parametrize(
    "output", [o for o in OUTPUTS if not o.is_folder], ids=lambda output: output.key
)
FOLDERS = pytest.mark.parametrize(
    "output", [o for o in OUTPUTS if o.is_folder], ids=lambda output: output.key
)
COUNTED = [output for output in OUTPUTS if output.thing != "plan" and output.suffix != ".csv"]


def sample_plan(count: int = 12) -> Plan:
    """The first initiatives of the sample."""
    plan = read_interchange(resource("sample/sample.json").read_bytes()).plan
    return apply(plan, remove_initiatives(plan, list(plan.initiatives)[count:]))


class StopError(Exception):
    """A person has had enough."""


class Listener:
    """Hears how far it is, and stops it at the n-th word (from 1; 0 never)."""

    def __init__(self, stops_at: int = 0) -> None:
        self.heard: list[tuple[int, int]] = []
        self._stops_at = stops_at

    def __call__(self, done: int, everything: int) -> None:
        self.heard.append((done, everything))
        if len(self.heard) == self._stops_at:
            raise StopError


@FILES
def test_each_output_is_written(tmp_path: Path, output: Output) -> None:
    target = tmp_path / f"出力{output.suffix}"
    write_output(Order(sample_plan(), output), target)
    assert target.stat().st_size > 500
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("output", COUNTED, ids=lambda output: output.key)
def test_how_far_it_is_goes_up_to_the_end(tmp_path: Path, output: Output) -> None:
    listener = Listener()
    write_output(Order(sample_plan(9), output), tmp_path / "x", listener)
    known = [(done, everything) for done, everything in listener.heard if everything]
    assert known == sorted(known)
    assert all(0 <= done <= everything for done, everything in known)
    assert len({done for done, _ in known}) > 1


@FILES
def test_a_stop_leaves_the_old_file_and_nothing_else(tmp_path: Path, output: Output) -> None:
    target = tmp_path / f"出力{output.suffix}"
    target.write_bytes(b"old")
    listener = Listener()
    write_output(Order(sample_plan(5), output), tmp_path / "probe", listener)
    (tmp_path / "probe").unlink()
    for number in range(1, len(listener.heard) + 1):
        with pytest.raises(StopError):
            write_output(Order(sample_plan(5), output), target, Listener(number))
        assert target.read_bytes() == b"old"
        assert list(tmp_path.iterdir()) == [target]


@FILES
@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left on device"), windows_error(32)], ids=str
)
def test_what_cannot_be_written_leaves_the_old_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output, error: OSError
) -> None:
    target = tmp_path / f"出力{output.suffix}"
    target.write_bytes(b"old")
    plan = sample_plan(3)
    disk = FailingDisk().put_in(monkeypatch)
    write_output(Order(plan, output), tmp_path / "probe")
    (tmp_path / "probe").unlink()
    FailingDisk(disk.names.index("write") + 1, error).put_in(monkeypatch)
    with pytest.raises(KeikakuError):
        write_output(Order(plan, output), target)
    assert target.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [target]


@pytest.mark.parametrize("output", [o for o in OUTPUTS if o.is_whole], ids=lambda o: o.key)
def test_what_is_of_the_whole_plan_is_not_made_of_a_part(tmp_path: Path, output: Output) -> None:
    with pytest.raises(KeikakuError, match="取組は選べません"):
        write_output(Order(sample_plan(), output, ("i1",)), tmp_path / "x")
    assert not list(tmp_path.iterdir())


def test_every_choice_makes_a_difference(tmp_path: Path) -> None:
    """An option that an output offers is heeded by it."""
    others = {
        "both_sides": Choices(both_sides=True), "binding": Choices(binding="left"),
        "paper": Choices(paper="A4"), "columns": Choices(columns=("name",)),
        "encoding": Choices(encoding="cp932"),
    }  # fmt: skip
    plan = sample_plan()
    for output in (o for o in OUTPUTS if not o.is_folder):
        usual, other = tmp_path / "usual", tmp_path / "other"
        write_output(Order(plan, output), usual)
        for option in output.options:
            write_output(Order(plan, output, choices=others[option]), other)
            assert other.read_bytes() != usual.read_bytes(), (output.key, option)


@FOLDERS
def test_a_folder_is_written_whole_and_the_one_before_stays(tmp_path: Path, output: Output) -> None:
    target, plan = tmp_path / "出力", sample_plan(3)
    target.mkdir()
    write_output(Order(plan, output), target)
    first = {file.name: file.read_bytes() for file in target.iterdir()}
    assert len(first) == 4
    for name in ("出力（前の出力）", "出力（前の出力2）"):
        write_output(Order(plan, output), target)
        assert {file.name: file.read_bytes() for file in (tmp_path / name).iterdir()} == first
    assert len(list(tmp_path.iterdir())) == 3


@FOLDERS
def test_a_folder_of_others_is_never_touched(tmp_path: Path, output: Output) -> None:
    target = tmp_path / "出力"
    target.mkdir()
    (target / "大事な書類.txt").write_text("文", encoding="utf-8")
    with pytest.raises(KeikakuError, match="ほかのファイルがあるため"):
        write_output(Order(sample_plan(2), output), target)
    file = tmp_path / "ファイル"
    file.write_text("文", encoding="utf-8")
    with pytest.raises(KeikakuError, match="というファイルがあるため"):
        write_output(Order(sample_plan(2), output), file)
    assert [p.name for p in target.iterdir()] == ["大事な書類.txt"]
    assert file.read_text(encoding="utf-8") == "文"
    assert len(list(tmp_path.iterdir())) == 2


@FOLDERS
def test_a_folder_that_cannot_be_filled_leaves_the_one_before(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, output: Output
) -> None:
    target, plan = tmp_path / "出力", sample_plan(2)
    write_output(Order(plan, output), target)
    before = {file.name: file.read_bytes() for file in target.iterdir()}
    disk = FailingDisk().put_in(monkeypatch)
    write_output(Order(plan, output), tmp_path / "probe")
    # Up to the renaming that puts the new folder in place; the mark, each file, the sync.
    for number in range(1, len(disk.names)):
        FailingDisk(number, OSError(errno.ENOSPC, "No space left")).put_in(monkeypatch)
        with pytest.raises(KeikakuError):
            write_output(Order(plan, output), target)
        assert {file.name: file.read_bytes() for file in target.iterdir()} == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["probe", "出力"]


@FOLDERS
def test_two_initiatives_of_one_name_are_two_files(tmp_path: Path, output: Output) -> None:
    plan = sample_plan(2)
    first, second = plan.initiatives
    for field in ("number", "name"):
        value = plan.initiatives[first].get(field)
        plan = apply(plan, field_change(plan.initiatives[second], field, value))
    write_output(Order(plan, output), tmp_path / "出力")
    assert len(list((tmp_path / "出力").glob("*.pdf"))) == 2
