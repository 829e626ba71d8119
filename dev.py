"""Set up and start the project with nothing but Python 3.11 or newer.

    python3 dev.py run             open the window on the sample plan
    python3 dev.py run WORDS ...   run the `keikaku` command with these words
    python3 dev.py test [ARGS ...] format, lint, types and all tests; ARGS go to pytest
    python3 dev.py build           a folder and a ZIP in dist/ that need no Python, tried
    python3 dev.py bench [--quick] how fast it is, in one table, beside other programs

Each does all its own set-up: packages from the lock (hashes checked) into `.venv`, for a build
into `.venv-build`, and on Debian or Ubuntu the system packages. The second time it only looks
and starts.
"""

import importlib.util
import os
import shutil
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036  (an older Python must hear it, not see a traceback)
    sys.exit("Python 3.11 or newer is needed; this is " + sys.version.split()[0])

ROOT = Path(__file__).resolve().parent
OUT = ROOT / "out"
# What is built is built from an environment of its own, that holds nothing else.
VENV, BUILD_VENV = ROOT / ".venv", ROOT / ".venv-build"
INSTALLED = "installed.txt"  # in an environment: what `mark` said when it was made
RUN_LOCK, TEST_LOCK = ROOT / "requirements.txt", ROOT / "requirements-dev.txt"
BUILD_LOCK = ROOT / "requirements-build.txt"

# What Qt loads and its wheels do not hold; the font that sheets are printed with, and two for
# the characters it lacks (names are written with rare kanji).
PACKAGES = [
    *("fonts-morisawa-bizud-gothic", "fonts-droid-fallback", "fonts-hanazono"),
    *("libdbus-1-3", "libegl1", "libfontconfig1", "libgl1", "libglib2.0-0", "libxcb-cursor0"),
    *("libxcb-icccm4", "libxcb-image0", "libxcb-keysyms1", "libxcb-randr0", "libxcb-render-util0"),
    *("libwayland-cursor0", "libxcb-shape0", "libxcb-xkb1", "libxkbcommon-x11-0", "libxkbcommon0"),
]
# Programs that tests look at results with (PDF, workbooks, screen, hand, clipboard), and their
# packages. Only a program that is not there is installed: it may have come another way.
TEST_PROGRAMS = {
    "pdftotext": "poppler-utils",
    "soffice": "libreoffice-calc-nogui",
    "xauth": "xauth",
    "xclip": "xclip",
    "xdotool": "xdotool",
    "Xvfb": "xvfb",
}
# What a build reads libraries with, and the Python library that Debian keeps apart.
BUILD_PACKAGES = ["binutils"]
SHARED_PYTHON = f"libpython3.{sys.version_info.minor}"
VENV_PACKAGE = f"python3.{sys.version_info.minor}-venv"


def main(words: Sequence[str]) -> int:
    """Do what the first word says; the exit code."""
    commands = {"run": run, "test": test, "build": build, "bench": bench}
    if not words or words[0] not in commands:
        print(__doc__, file=sys.stderr)
        return 2
    return commands[words[0]](words[1:])


def run(words: Sequence[str]) -> int:
    """Open the window on a copy of the sample, or run `keikaku WORDS`."""
    missing = set_up(RUN_LOCK, PACKAGES)
    code = keikaku(*words) if words else show_sample()
    if code and missing:
        say_packages(missing)
    return code


def show_sample() -> int:
    """The sample in the window; where there is no display, its sheets as PDF and Excel."""
    OUT.mkdir(exist_ok=True)
    plan = OUT / "見本.keikaku"
    if not plan.exists() and (code := keikaku("sample", plan)):
        return code
    if has_display():
        return keikaku(plan)
    sheets = [OUT / "見本_個票.pdf", OUT / "見本_個票.xlsx"]
    code = max(keikaku("export", plan, sheet) for sheet in sheets)
    if not code:
        say("No display here, so no window. The sample's sheets are in:", *sheets)
    return code


def test(words: Sequence[str]) -> int:
    """Every check, pytest last; 0 where all pass."""
    programs = [name for program, name in TEST_PROGRAMS.items() if not shutil.which(program)]
    set_up(TEST_LOCK, PACKAGES + programs)
    checks = (["ruff", "format", "--check", "."], ["ruff", "check", "."], ["mypy"])
    failed = [" ".join(check) for check in checks if module(*check)]
    code = module("pytest", *words)
    for check in failed:
        say(f"Failed before the tests: {check}")
    return code or int(bool(failed))


def build(words: Sequence[str]) -> int:
    """The program as a folder and a ZIP in dist/, tried; 0 where it holds."""
    python = [SHARED_PYTHON] if sys.base_prefix == "/usr" else []
    set_up(BUILD_LOCK, PACKAGES + BUILD_PACKAGES + python, BUILD_VENV)
    # Sets in compiled modules are laid down in the same order every time.
    os.environ |= {"PYTHONHASHSEED": "0", "PYI_LOG_LEVEL": "ERROR"}
    say("Building the program and trying it (about a minute)")
    pack = ["PyInstaller", "--noconfirm", "build.spec"]
    return module(*pack, venv=BUILD_VENV) or module("release", venv=BUILD_VENV)


def bench(words: Sequence[str]) -> int:
    """How fast the program is, in one table; benchmarks/ says what WORDS there are."""
    set_up(TEST_LOCK, PACKAGES)
    return module("benchmarks", *words)


def module(*words: str | Path, venv: Path = VENV) -> int:
    """Run `python -m WORDS` of an environment here; its exit code."""
    command = [python_of(venv), "-m", *words]
    return subprocess.run(command, cwd=ROOT, env=os.environ | {"PYTHONUTF8": "1"}).returncode


def keikaku(*words: str | Path) -> int:
    """Run the program; its exit code."""
    return module("ui", *words)


def has_display() -> bool:
    """Whether a window can be shown."""
    on_screen = ("DISPLAY", "WAYLAND_DISPLAY")
    return sys.platform in ("win32", "darwin") or any(map(os.environ.get, on_screen))


def set_up(lock: Path, packages: Sequence[str], venv: Path = VENV) -> list[str]:
    """Bring system packages and environment up to date; the system packages still missing."""
    missing = install_packages(packages)
    # What tests need includes what the program needs.
    if not any(is_installed(enough, venv) for enough in (lock, TEST_LOCK)):
        say(f"Installing {lock.name} into {venv.name} (some minutes the first time)")
        make_environment(venv)
        install = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([python_of(venv), *install, "--require-hashes", "-r", lock], check=True)
        (venv / INSTALLED).write_text(mark(lock), encoding="utf-8")
    return missing


def python_of(venv: Path) -> Path:
    """The Python of an environment."""
    return venv / ("Scripts/python.exe" if os.name == "nt" else "bin/python")


def is_installed(lock: Path, venv: Path) -> bool:
    """Whether the environment is of this Python and holds what the lock says now."""
    note = venv / INSTALLED
    return python_of(venv).exists() and note.exists() and note.read_text("utf-8") == mark(lock)


def mark(lock: Path) -> str:
    """What has to stay the same for an environment to be kept."""
    return f"{sys.version}\n{lock.read_text('utf-8')}"


def make_environment(venv: Path) -> None:
    """A virtual environment of this Python; one that was finished once is added to."""
    if importlib.util.find_spec("ensurepip") is None and install_packages([VENV_PACKAGE]):
        sys.exit(1)
    note = venv / INSTALLED
    finished = note.exists() and note.read_text("utf-8").startswith(sys.version)
    if not (finished and python_of(venv).exists()):
        subprocess.run([sys.executable, "-m", "venv", "--clear", venv], check=True)
    # An installation that breaks off must not pass for the one before.
    note.unlink(missing_ok=True)


def install_packages(names: Sequence[str]) -> list[str]:
    """Install Debian or Ubuntu packages where root does this; those that are still missing."""
    missing = missing_packages(names)
    if missing and os.geteuid() == 0:
        say("Installing " + " ".join(missing))
        apt_get("update")
        apt_get("install", "--no-install-recommends", *missing)
        missing = missing_packages(missing)
    if missing:
        say_packages(missing)
    return missing


def apt_get(*words: str) -> None:
    """Run apt-get without questions, and wait while another one runs."""
    command = ["apt-get", "-qq", "-y", "-o", "DPkg::Lock::Timeout=300", *words]
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    subprocess.run(command, env=os.environ | quiet, stdout=subprocess.DEVNULL)


def missing_packages(names: Sequence[str]) -> list[str]:
    """The packages that this Debian or Ubuntu lacks; none on any other system."""
    if not shutil.which("dpkg-query") or not shutil.which("apt-get"):
        return []
    # A package may go by a new name that provides the old one (libglib2.0-0t64).
    form = "${db:Status-Status} ${Package}, ${Provides}\n"
    query = subprocess.run(["dpkg-query", "-W", "-f", form], capture_output=True, text=True)
    present: set[str] = set()
    for line in query.stdout.splitlines():
        state, _, provided = line.partition(" ")
        if state == "installed":
            present |= {name.split()[0] for name in provided.split(",") if name.strip()}
    return [name for name in names if name not in present]


def say_packages(names: Sequence[str]) -> None:
    """The one line that installs what is missing, for a person to type."""
    say("Something is missing on this system. This line installs it:")
    say("  sudo apt-get install -y --no-install-recommends " + " ".join(names))


def say(*lines: str | Path) -> None:
    """A message for the person at the terminal; output proper goes to stdout."""
    print(*lines, sep="\n  ", file=sys.stderr, flush=True)


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except subprocess.CalledProcessError as error:
        sys.exit(f"Set-up stopped: this command failed: {' '.join(map(str, error.cmd))}")
    except KeyboardInterrupt:
        sys.exit(130)
