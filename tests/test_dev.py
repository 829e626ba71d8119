"""The set-up that `dev.py` does, tried with stand-ins for the system's own tools."""

import os
import re
import subprocess
import tomllib
from pathlib import Path

import pytest

import dev

ROOT = Path(__file__).parents[1]


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A Debian with one package, whose apt-get installs what it is told; its log is `calls`."""
    scripts = {
        "dpkg-query": 'cat "$SYSTEM/installed"',
        "apt-get": 'echo "$*" >> "$SYSTEM/calls"\n'
        'for name in "$@"; do echo "installed $name, " >> "$SYSTEM/installed"; done',
    }
    for name, text in scripts.items():
        (tmp_path / name).write_text(f"#!/bin/sh\n{text}\n")
        (tmp_path / name).chmod(0o755)
    (tmp_path / "calls").touch()
    (tmp_path / "installed").write_text(
        "installed libglib2.0-0t64, libglib2.0-0 (= 2.80)\nconfig-files xclip, \n"
    )
    monkeypatch.setenv("SYSTEM", str(tmp_path))
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    return tmp_path


needs_sh = pytest.mark.skipif(os.name == "nt", reason="stand-ins are shell scripts")


@needs_sh
def test_root_installs_only_what_is_missing(system: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert dev.install_packages(["libglib2.0-0", "xclip"]) == []
    update, install = (system / "calls").read_text().splitlines()
    assert update.endswith(" update")
    assert install.endswith(" xclip")
    assert "libglib2.0-0" not in install

    assert dev.install_packages(["libglib2.0-0", "xclip"]) == []
    assert len((system / "calls").read_text().splitlines()) == 2


@needs_sh
def test_others_are_told_one_line_to_type(
    system: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    assert dev.install_packages(["xclip", "xvfb"]) == ["xclip", "xvfb"]
    assert (system / "calls").read_text() == ""
    told = [line.strip() for line in capsys.readouterr().err.splitlines()]
    assert "sudo apt-get install -y --no-install-recommends xclip xvfb" in told


@needs_sh
def test_the_check_sees_what_a_newcomer_sees(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    python = tmp_path / "python3"
    python.write_text(
        f'#!/bin/sh\necho "$*" > "{tmp_path}/words"\nenv > "{tmp_path}/env"\nexit 3\n'
    )
    python.chmod(0o755)
    monkeypatch.setenv("PATH", f"{tmp_path}{os.pathsep}{os.environ['PATH']}")
    hiding = ("PYTHONUNBUFFERED", "PYTHONPATH", "PIP_REQUIRE_VIRTUALENV", "PIP_USER")
    reaching = ("PIP_CERT", "PIP_INDEX_URL", "PIP_FIND_LINKS", "PIP_DEFAULT_TIMEOUT")
    for name in (*hiding, *reaching, "LANG"):
        monkeypatch.setenv(name, "1")
    # The exit code of the tests is that of the check.
    assert subprocess.run([ROOT / ".ci" / "run"]).returncode == 3
    assert (tmp_path / "words").read_text() == "dev.py test\n"
    seen = {line.partition("=")[0] for line in (tmp_path / "env").read_text().splitlines()}
    assert seen.isdisjoint(hiding)
    assert seen.issuperset((*reaching, "LANG"))


def test_an_environment_is_kept_until_its_lock_changes(
    tmp_path: Path,
) -> None:
    lock, python = tmp_path / "requirements.txt", dev.python_of(tmp_path)
    lock.write_text("one==1")
    assert not dev.is_installed(lock, tmp_path)

    python.parent.mkdir()
    python.touch()
    (tmp_path / dev.INSTALLED).write_text(dev.mark(lock))
    assert dev.is_installed(lock, tmp_path)

    lock.write_text("one==2")
    assert not dev.is_installed(lock, tmp_path)


def test_without_a_command_the_usage_is_shown(capsys: pytest.CaptureFixture[str]) -> None:
    assert dev.main([]) == 2
    assert "python3 dev.py test" in capsys.readouterr().err


def locked(name: str) -> dict[str, str]:
    """Name and version of every package in a lock file."""
    text = (ROOT / name).read_text(encoding="utf-8")
    return dict(re.findall(r"^([\w.-]+)==(\S+)", text, re.MULTILINE))


def test_the_locks_agree_and_hold_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    run, test = locked("requirements.txt"), locked("requirements-dev.txt")
    build = locked("requirements-build.txt")

    def asked(requirements: list[str]) -> set[str]:
        names = (re.split(r"[<>=\[ ;]", requirement)[0] for requirement in requirements)
        return {name.lower().replace("_", "-") for name in names}

    assert asked(project["dependencies"]) <= set(run)
    assert asked(project["optional-dependencies"]["dev"]) <= set(test)
    assert asked(project["optional-dependencies"]["build"]) <= set(build)
    assert run.items() <= test.items()
    assert run.items() <= build.items()


LOCKS = ["requirements.txt", "requirements-dev.txt", "requirements-build.txt"]


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_has_a_hash_for_everything_and_names_no_host(name: str) -> None:
    text = (ROOT / name).read_text(encoding="utf-8")
    entries = re.split(r"^(?=[\w.-]+==)", text, flags=re.MULTILINE)[1:]
    assert entries
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in text
    assert "index-url" not in text
