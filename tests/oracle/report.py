"""Says at the end of a run how many cells the oracle compared, and keeps the same words as a file."""

from pathlib import Path
from typing import Any

import pytest

FILE = Path(__file__).resolve().parents[2] / ".carenet" / "oracle.txt"


@pytest.hookimpl
def pytest_terminal_summary(terminalreporter: Any) -> None:
    """One line for every part that ran here, whichever process ran it, and their sum."""
    found = [
        dict(said)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call"
        for name, said in getattr(report, "user_properties", [])
        if name == "oracle"
    ]
    if not found:
        return
    numbers = ["cells", "mismatches", "comparisons", "knocks"]
    rows = sorted([one["part"], one["entrance"], *(one[what] for what in numbers)] for one in found)
    lines = [f"{'':<20} {'':<10}" + "".join(f"{what:>13}" for what in numbers)]
    lines += [
        f"{part:<20} {entrance:<10}" + "".join(f"{one:>13,}" for one in counts) for part, entrance, *counts in rows
    ]
    sums = [sum(one[what] for one in found) for what in numbers]
    lines.append(f"{'in all':<31}" + "".join(f"{one:>13,}" for one in sums))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(lines) + "\n")
    terminalreporter.section("oracle")
    for line in lines:
        terminalreporter.write_line(line)
