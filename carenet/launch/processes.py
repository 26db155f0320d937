"""Other processes: what they are, how they end."""

import subprocess
from pathlib import Path


def command_line(pid: int) -> str:
    """The words the process was started with; empty when there is no such process."""
    # A bare Debian has no `ps`; a Mac has no /proc.
    if Path("/proc/self").exists():
        try:
            return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except OSError:
            return ""
    else:
        answer = subprocess.run(
            ["ps", "-ww", "-o", "args=", "-p", str(pid)], capture_output=True, text=True, check=False
        )
        return answer.stdout
