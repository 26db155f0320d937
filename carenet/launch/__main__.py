"""`./x demo`, `./x demo-reset`, `./x test`, `./x bench`, `./x screens`, `./x lock`, `./x messages`."""

import os
import subprocess
import sys

from carenet.launch import environment
from carenet.launch.words import Trouble, give_up, plain

LOCKS = {
    "demo": "demo",
    "demo-reset": "demo",
    "test": "dev",
    "bench": "dev",
    "screens": "dev",
    "lock": None,
    "messages": "dev",
}
# Programs that run by themselves in the virtual environment.
PROGRAMS = {"bench": "tests.load", "screens": "tests.screens"}


def main(words: list[str]) -> int:
    if len(words) != 1 or words[0] not in LOCKS:
        plain(f"usage: ./x {' | '.join(LOCKS)}")
        return 2

    try:
        return run(words[0])
    except Trouble as trouble:
        return give_up(trouble)
    except KeyboardInterrupt:
        return 130


def run(command: str) -> int:
    lock = LOCKS[command]
    if lock is not None:
        environment.make_ready(lock)
        if not environment.is_running_this():
            # From here on in the virtual environment, with everything that the lock holds.
            os.execv(environment.PYTHON, [str(environment.PYTHON), "-m", "carenet.launch", command])  # noqa: S606

    if command in PROGRAMS:
        return subprocess.run([str(environment.PYTHON), "-m", PROGRAMS[command]], check=False).returncode
    elif command == "test":
        from carenet.launch.checks import check_everything

        return check_everything()
    elif command == "lock":
        from carenet.launch.locks import lock_everything

        return lock_everything()
    elif command == "messages":
        from carenet.launch.messages import collect_messages

        return collect_messages()
    else:
        from carenet.launch.demo import run_demo

        return run_demo(afresh=command == "demo-reset")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
