"""A real window on a real (virtual) screen, used with mouse and keyboard as a person does."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from storage.plan_file.plan_file import PlanFile, create_plan_file
from tests.ui.desktop.plans import sample_plan

ROOT = Path(__file__).parents[3]
TOOLS = ("Xvfb", "xdotool", "xclip")
COMMAND = [sys.executable, "-m", "ui"]
WIDTH, HEIGHT = 1366, 768
MOVED, WRITTEN, TYPED = "段階を変更", "記入", "（窓口で試行）"

pytestmark = pytest.mark.skipif(
    not all(map(shutil.which, TOOLS)), reason="Xvfb, xdotool or xclip is missing"
)


def wait_for(condition: Callable[[], object], what: str, seconds: float = 20) -> object:
    """Poll until the condition holds, and give its value back."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        value = condition()
        if value:
            return value
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


class Screen:
    """An X display of its own, with a mouse, a keyboard and a clipboard."""

    def __init__(self) -> None:
        self.programs: list[subprocess.Popen[bytes]] = []
        # A display that another one is just leaving may come without its socket: take the next.
        wait_for(self._start, "an X display answers")

    def _start(self) -> bool:
        read, write = os.pipe()
        # Without -noreset it begins anew, and refuses the next one, whenever all have left it.
        screen = ["-noreset", "-screen", "0", f"{WIDTH}x{HEIGHT}x24"]
        command = ["Xvfb", "-displayfd", str(write), *screen]
        self._server = subprocess.Popen(command, pass_fds=[write], stderr=subprocess.DEVNULL)
        os.close(write)
        with os.fdopen(read) as pipe:
            display = pipe.readline().strip()
        self.environment = {**os.environ, "DISPLAY": f":{display}", "QT_QPA_PLATFORM": "xcb"}
        answers = self.do("getdisplaygeometry") == f"{WIDTH} {HEIGHT}"
        if not answers:
            self.close()
        return answers

    def close(self) -> None:
        """End the display, and what a test that failed has left on it."""
        for program in self.programs:
            program.kill()
            program.wait()
        self._server.terminate()
        self._server.wait()

    def do(self, *words: str) -> str:
        """Run xdotool."""
        run = subprocess.run(
            ["xdotool", *words], env=self.environment, capture_output=True, text=True, timeout=20
        )
        return run.stdout.strip()

    def press(self, *keys: str) -> None:
        """Press keys one after the other."""
        self.do("key", "--delay", "30", *keys)

    def drag(self, start: tuple[int, int], end: tuple[int, int], key: str = "") -> None:
        """Drag with the left button by way of some places; press a key before letting go."""
        shown = self._windows()
        self.do("mousemove", *map(str, start), "mousedown", "1")
        for step in range(1, 11):
            place = (start[n] + (end[n] - start[n]) * step // 10 for n in (0, 1))
            self.do("mousemove", "--sync", *map(str, place))
        if key:
            self.press(key)
        self.do("mouseup", "1")
        # A press that comes with the end of the drag in one go belongs to neither. The card
        # under the pointer is a window of its own until then.
        wait_for(lambda: self._windows() == shown, "the drag is over")

    def _windows(self) -> list[str]:
        return sorted(self.do("search", "--onlyvisible", "--class", ".*").split())

    def click(self, place: tuple[int, int], held: str = "") -> None:
        """Click while a key is held down."""
        held_down, let_go = (["keydown", held], ["keyup", held]) if held else ([], [])
        self.do("mousemove", "--sync", *map(str, place), *held_down, "click", "1", *let_go)

    def paste(self, text: str) -> None:
        """Paste a text with Ctrl+V."""
        subprocess.run(
            ["xclip", "-selection", "clipboard"],
            input=text.encode(), env=self.environment, check=True,
        )  # fmt: skip
        self.press("ctrl+v")


class Window:
    """The program, open on a plan file."""

    def __init__(self, screen: Screen, path: Path) -> None:
        self.screen, self.path = screen, path
        self.process = subprocess.Popen([*COMMAND, str(path)], env=screen.environment, cwd=ROOT)
        screen.programs.append(self.process)
        self.id = str(wait_for(self._find, "the window is there"))
        screen.do("windowmove", "--sync", self.id, "0", "0")
        screen.do("windowsize", "--sync", self.id, str(WIDTH), str(HEIGHT))
        screen.do("windowfocus", "--sync", self.id)

    def _find(self) -> str:
        assert self.process.poll() is None, "the program has ended"
        # It bears the name of the plan: what says meanwhile that the plan is opened does not.
        found = self.screen.do("search", "--onlyvisible", "--name", "－ 計画カンバン$").split()
        return found[0] if found else ""

    def times_kept(self, word: str) -> int:
        """How often this PC holds a word: the log keeps every edit as plain text."""
        home = Path(self.screen.environment["KEIKAKU_HOME"])
        copies = home.glob("workspaces/*/*/work.sqlite3")
        return sum(copy.read_bytes().count(word.encode()) for copy in copies)

    def save(self) -> None:
        """Save, and wait until the file is another one."""
        before = self.path.read_bytes()
        self.screen.press("ctrl+s")
        wait_for(lambda: self.path.read_bytes() != before, "the file is saved")

    def focus(self, name: str) -> None:
        """Wait for a window of this name and give it the keyboard: no window manager does."""

        def find() -> str:
            return self.screen.do("search", "--onlyvisible", "--name", name)

        found = str(wait_for(find, f"the window {name} is there"))
        self.screen.do("windowfocus", "--sync", found.split()[0])

    def export(self, target: Path) -> None:
        """Write the first output there, by the menu."""
        self.screen.press("alt+o", "Return")
        self.focus("を出力")
        self.screen.press("ctrl+a")
        self.screen.paste(str(target))
        self.screen.press("Return")
        wait_for(lambda: target.exists() and target.stat().st_size > 0, "the output is there")
        self.focus("^計画カンバン$")
        self.screen.press("Escape")
        self.screen.do("windowfocus", "--sync", self.id)

    def close(self) -> None:
        """Leave the program by its menu key and wait for it."""
        self.screen.press("ctrl+q")
        assert self.process.wait(20) == 0


@pytest.fixture
def screen(tmp_path: Path) -> Iterator[Screen]:
    screen = Screen()
    screen.environment["KEIKAKU_HOME"] = str(tmp_path / "home")
    yield screen
    screen.close()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "実施 計画.keikaku"
    create_plan_file(path, sample_plan(), "見本")
    return path


def stage_and_name(path: Path) -> tuple[str, str]:
    with PlanFile.view(path) as file:
        initiative = file.plan().initiatives["i0"]
    return initiative.stage, initiative.name


def first_card_of(lane: int) -> tuple[int, int]:
    """A place on the first card of a lane (the rail is 74 px wide, lanes share the rest)."""
    width = (WIDTH - 74 - 24 + 10) // 5
    return 74 + 12 + width * lane + width // 2, 185


def test_a_day_with_the_window(screen: Screen, path: Path) -> None:
    stages = sample_plan().profile.stages
    name = sample_plan().initiatives["i0"].name

    window = Window(screen, path)
    screen.drag(first_card_of(0), first_card_of(2))
    wait_for(lambda: window.times_kept(MOVED), "the move is in the file")

    screen.press("Return")
    screen.press("ctrl+End")
    screen.paste(TYPED)
    wait_for(lambda: window.times_kept(TYPED), "what was typed is in the file")

    screen.press("ctrl+1", "ctrl+z", "ctrl+z")
    wait_for(lambda: window.times_kept(MOVED) >= 2, "the move was taken back")
    screen.press("ctrl+y", "ctrl+y")
    wait_for(lambda: window.times_kept(MOVED) >= 3, "the move was done again")
    window.export(path.parent / "個票.pdf")
    window.save()
    window.close()
    assert stage_and_name(path) == (stages[2], name + TYPED)

    window = Window(screen, path)
    before = window.times_kept(WRITTEN)
    screen.press("ctrl+z")
    wait_for(lambda: window.times_kept(WRITTEN) > before, "the typing was taken back")
    window.save()
    window.close()
    assert stage_and_name(path) == (stages[2], name)


def test_a_drag_that_is_called_off_changes_nothing(screen: Screen, path: Path) -> None:
    window = Window(screen, path)
    screen.drag(first_card_of(0), first_card_of(2), key="Escape")
    screen.drag(first_card_of(0), (WIDTH // 2, 50))
    screen.drag(first_card_of(1), first_card_of(3))
    wait_for(lambda: window.times_kept(MOVED), "the third drag is kept")
    window.save()
    window.close()
    with PlanFile.view(path) as file:
        plan, entries = file.plan(), file.history().entries
    assert [entry.action for entry in entries] == ["open", "do"]
    assert plan.initiatives["i1"].stage == plan.profile.stages[3]


def test_what_has_the_keyboard_after_opening_is_moved_and_cards_of_three_lanes_are_dragged(
    screen: Screen, path: Path
) -> None:
    window = Window(screen, path)
    screen.press("ctrl+shift+Right")
    wait_for(lambda: window.times_kept(MOVED), "the first card is moved by keys")
    for lane, key in ((0, ""), (1, "ctrl"), (2, "ctrl")):
        screen.click(first_card_of(lane), key)
    # Not from where the last click was: that would be a double one.
    screen.drag(first_card_of(1), first_card_of(4))
    wait_for(lambda: window.times_kept(MOVED) >= 2, "the drag is kept")
    window.save()
    window.close()
    with PlanFile.view(path) as file:
        plan, entries = file.plan(), file.history().entries
    moved = {i.id for i in plan.initiatives.under() if i.stage == plan.profile.stages[4]}
    assert moved == {"i4", "i1", "i2"}
    assert plan.initiatives["i0"].stage == plan.profile.stages[1]
    assert [entry.action for entry in entries] == ["open", "do", "do"]
