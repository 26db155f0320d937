"""What the launcher promises before anything is installed, and how it says no."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest

from carenet.launch import demo, environment, lockfiles, messages, packages, processes
from carenet.launch.words import Trouble
from tests.postgres import PROJECT


def test_the_entrance_says_in_one_sentence_that_python_is_missing(tmp_path):
    nothing = tmp_path / "bin"
    nothing.mkdir()
    for program in ("sh", "dirname"):
        (nothing / program).symlink_to(shutil.which(program) or "")

    answer = subprocess.run(
        [nothing / "sh", PROJECT / "x", "demo"], env={"PATH": str(nothing)}, capture_output=True, text=True, check=False
    )

    assert answer.returncode == 1
    assert answer.stderr.count("\n") == 1
    assert "apt-get install -y python3 python3-venv" in answer.stderr


def test_everything_before_the_virtual_environment_needs_the_standard_library_only():
    words = [
        sys.executable,
        "-I",
        "-S",
        "-c",
        f"import sys; sys.path.insert(0, {str(PROJECT)!r}); import carenet.launch.__main__",
    ]

    answer = subprocess.run(words, cwd="/", capture_output=True, text=True, check=False)

    assert answer.stderr == ""
    assert answer.returncode == 0


def test_an_unknown_command_is_answered_with_the_known_ones():
    answer = subprocess.run(
        [sys.executable, "-m", "carenet.launch", "dance"], cwd=PROJECT, capture_output=True, text=True, check=False
    )

    assert (answer.returncode, answer.stdout) == (
        2,
        "usage: ./x demo | demo-reset | test | bench | screens | lock | messages\n",
    )


def test_a_missing_venv_module_is_named(monkeypatch):
    monkeypatch.setattr(environment, "uv", lambda: None)
    monkeypatch.setattr(environment.importlib.util, "find_spec", lambda name: None)

    with pytest.raises(Trouble, match="apt-get install -y python3-venv"):
        environment.make()


def test_a_changed_lock_is_installed_again_and_an_unchanged_one_is_not(monkeypatch, tmp_path):
    installed = []
    lock = tmp_path / "requirements" / "demo.lock"
    lock.parent.mkdir()
    lock.write_text("one")
    monkeypatch.setattr(environment, "PROJECT", tmp_path)
    monkeypatch.setattr(environment, "HOME", tmp_path)
    monkeypatch.setattr(environment, "works", lambda: True)
    monkeypatch.setattr(environment, "install", installed.append)
    (tmp_path / "requirements" / "dev.lock").write_text("more")

    environment.make_ready("demo")
    environment.make_ready("demo")
    assert installed == ["demo"]

    lock.write_text("two")
    environment.make_ready("demo")
    assert installed == ["demo", "demo"]


@pytest.mark.parametrize("port", ["", "eighty", "0", "65536", "-1", "８０００"])
def test_a_port_that_is_none_is_refused(port):
    with pytest.raises(Trouble, match="PORT must be a number"):
        demo.check_port(port)


def test_a_taken_port_is_refused_with_the_way_out():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()

        with pytest.raises(Trouble, match="PORT=8001 make demo"):
            demo.check_port(str(taken.getsockname()[1]))


def test_two_demos_in_one_directory_are_refused(monkeypatch, tmp_path):
    monkeypatch.setattr(demo, "HOME", tmp_path)

    with demo.alone(), pytest.raises(Trouble, match="already running"), demo.alone():
        pass
    with demo.alone():
        pass


def test_the_reset_never_touches_a_database_that_somebody_named(monkeypatch):
    monkeypatch.setenv("DATABASE_URL", "postgres:///precious")

    with pytest.raises(Trouble, match="will not empty"):
        demo.forget()


def test_children_of_a_dead_launcher_are_stopped_and_strangers_are_not(tmp_path):
    notes = tmp_path / "notes"
    ours = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)", "ours-to-stop"])
    stranger = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"])
    notes.write_text(f"{ours.pid}\n{stranger.pid}\nnonsense\n")
    # The real launcher is gone and init reaps; here somebody has to.
    signal.signal(signal.SIGCHLD, lambda *_: ours.poll())
    try:
        processes.stop_left_behind(notes, program="ours-to-stop")

        assert ours.wait(5) == -signal.SIGTERM
        assert stranger.poll() is None
        assert not notes.exists()
    finally:
        signal.signal(signal.SIGCHLD, signal.SIG_DFL)
        for process in (ours, stranger):
            process.kill()
            process.wait()


@pytest.mark.skipif(sys.platform != "linux", reason="Only Linux ends children with their parent.")
def test_children_end_with_a_launcher_that_is_killed(tmp_path):
    program = (
        "import os, sys, time; from pathlib import Path; from carenet.launch import processes\n"
        "child = processes.start('sleeper', [sys.executable, '-c', 'import time; time.sleep(60)'], environ=os.environ,"
        f" cwd=Path({str(tmp_path)!r}), notes=Path({str(tmp_path / 'notes')!r}), is_quiet=True)\n"
        "print(child.process.pid, flush=True); time.sleep(60)"
    )
    launcher = subprocess.Popen([sys.executable, "-c", program], cwd=PROJECT, stdout=subprocess.PIPE, text=True)
    assert launcher.stdout is not None
    child = int(launcher.stdout.readline())
    assert "time.sleep(60)" in processes.command_line(child)

    launcher.kill()
    launcher.communicate()

    until = time.monotonic() + 10
    while processes.command_line(child) and time.monotonic() < until:
        time.sleep(0.02)
    assert processes.command_line(child) == ""


def test_translations_are_compiled_when_they_are_older_than_their_sentences(monkeypatch, tmp_path):
    monkeypatch.setattr(messages, "LOCALE", tmp_path)
    sentences = tmp_path / "ja" / "LC_MESSAGES" / "django.po"
    sentences.parent.mkdir(parents=True)
    sentences.write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Talk"\nmsgstr "トーク"\n'
    )

    assert messages.compile_messages() == [sentences.with_suffix(".mo")]
    assert "トーク".encode() in sentences.with_suffix(".mo").read_bytes()
    assert messages.compile_messages() == []

    later = time.time() + 5
    os.utime(sentences, (later, later))
    assert messages.compile_messages() == [sentences.with_suffix(".mo")]


def test_the_locks_hold_hashes_and_no_address():
    locks = sorted((PROJECT / "requirements").glob("*.lock"))

    assert [lock.name for lock in locks] == ["demo.lock", "dev.lock", "server.lock"]
    assert [fault for lock in locks for fault in lockfiles.faults(lock)] == []


@pytest.mark.parametrize(
    "text",
    [
        "",
        "django==5.2\n",
        "django>=5.2 \\\n    --hash=sha256:00\n",
        "-e .\n",
        "django @ https://example.org/django.whl \\\n    --hash=sha256:00\n",
    ],
)
def test_a_lock_that_is_none_is_found_out(tmp_path, text):
    lock = tmp_path / "bad.lock"
    lock.write_text(text)

    assert lockfiles.faults(lock)


def test_what_cannot_be_installed_is_named(monkeypatch):
    monkeypatch.setattr(packages, "missing_packages", lambda: iter(["chromium", "fonts-noto-cjk"]))
    monkeypatch.setattr(packages, "may_install", lambda: False)

    with pytest.raises(Trouble, match=r"sudo apt-get install .* chromium fonts-noto-cjk"):
        packages.have_packages()


def test_a_stranger_s_folder_of_the_right_name_is_refused(tmp_path):
    from carenet.launch.unprivileged import Runner

    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    trap = tmp_path / "socket"
    trap.symlink_to(elsewhere)

    with pytest.raises(Trouble, match="belongs to somebody else"):
        Runner(uid=os.geteuid(), gid=os.getegid(), is_somebody_else=False).own_folder(Path(trap))
