"""Says at the end of a run what its tests have counted and clocked: taps, seconds, rounds of a race."""

from typing import Any

from tests.oracle.report import tell_of_oracle

# Said by the oracle in a table of its own.
TOLD_ELSEWHERE = {"oracle"}


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """A line for each test that kept something with `record_property`, whichever process ran it; then the oracle's table."""
    rows = sorted(
        (report.nodeid.rpartition("::")[2], kept)
        for reports in terminalreporter.stats.values()
        for report in reports
        if getattr(report, "when", "") == "call" and (kept := kept_by(report))
    )
    if rows:
        terminalreporter.section("counted and clocked")
    for name, kept in rows:
        terminalreporter.write_line(f"{name}: {kept}")
    tell_of_oracle(terminalreporter)


def kept_by(report: Any) -> str:
    kept = [f"{name} {said}" for name, said in getattr(report, "user_properties", []) if name not in TOLD_ELSEWHERE]
    return ", ".join(kept)
