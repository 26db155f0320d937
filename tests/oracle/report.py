"""Says at the end of a run how many cells the oracle compared, and keeps the same words as a file."""

from pathlib import Path
from typing import Any

from tests.oracle.facts import OBJECTS, PEOPLE
from tests.oracle.table import deeds

FILE = Path(__file__).resolve().parents[2] / ".carenet" / "oracle.txt"


def tell_of_oracle(terminalreporter: Any) -> None:
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
    rows = [
        (
            part,
            entrance,
            *(
                sum(one[what] for one in found if (one["part"], one["entrance"]) == (part, entrance))
                for what in numbers
            ),
        )
        for part, entrance in sorted({(one["part"], one["entrance"]) for one in found})
    ]
    lines = [f"{'':<20} {'':<10}" + "".join(f"{what:>13}" for what in numbers)]
    lines += [
        f"{part:<20} {entrance:<10}" + "".join(f"{one:>13,}" for one in counts) for part, entrance, *counts in rows
    ]
    sums = [sum(one[what] for one in found) for what in numbers]
    lines.append(f"{'in all':<31}" + "".join(f"{one:>13,}" for one in sums))
    lines.append(closing_line(dict(zip(numbers, sums, strict=True))))
    FILE.parent.mkdir(exist_ok=True)
    FILE.write_text("\n".join(lines) + "\n")
    terminalreporter.section("oracle")
    for line in lines:
        terminalreporter.write_line(line)


def closing_line(sums: dict[str, int]) -> str:
    """What was compared with what: the kinds of actor, actions and objects are counted from the tables themselves."""
    actions = len({deed.said for deed in deeds()})
    return (
        f"oracle: {len(PEOPLE)} kinds of actor × {actions} actions × {len(OBJECTS)} objects: "
        f"{sums['cells']:,} cells, {sums['comparisons']:,} comparisons, mismatches {sums['mismatches']:,}"
    )
