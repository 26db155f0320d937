"""Checks an exported ledger on the auditor's own machine: Python 3.9 or newer, nothing else, no network.

    python3 verify_ledger.py EXPORT.ndjson [--key FINGERPRINT] [--heads ANCHORS.ndjson] [--earlier EARLIER.ndjson]

Ends with 0 and OK, or with 1 and the first bad entry and what was done to it; with 2 where the file is no whole export.
It shares no line with the program that keeps the ledger. What is hashed and signed (RFC 6962, RFC 8032):
an entry is the leaf SHA-256(0x00 | JSON bytes), a node SHA-256(0x01 | left | right), a head and a key are lines of text.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

LINE = re.compile(rb',"hash":"([0-9a-f]{64})","number":([0-9]{1,18}),"sealed_at":"([0-9TZ:.-]{27})"\}\n$')
ENTRY = b'{"entry":'
GONE = b"null"
WORDS = {
    "change": "変更: 記録の内容が書き換えられています",
    "deletion": "削除: 記録が取り除かれています",
    "insertion": "挿入: 後から記録が差し込まれています",
    "reordering": "並べ替え: 記録の順番が入れ替えられています",
    "truncation": "末尾の切り捨て: 最後の方の記録がなくなっています",
    "fork": "分岐: 一度署名された記録とは別の記録が作られています",
    "signature": "署名の不一致: 署名または鍵が本物ではありません",
    "incomplete": "書き出しファイルが最後までそろっていません。もう一度書き出してください",
}


class Bad(Exception):
    """What was found, from which entry on, up to which."""

    def __init__(self, kind: str, first: int = 0, last: int = 0) -> None:
        super().__init__(kind)
        self.kind, self.first, self.last = kind, first, last or first


class Head(NamedTuple):
    size: int
    root: str
    signed_at: str
    key: int
    signature: str


class Line(NamedTuple):
    number: int
    entry: bytes
    stored: bytes
    sealed_at: str


# -- Ed25519, RFC 8032: a signature holds where S·B - h·A is R. Multiples are looked up, so that heads are checked fast.

P = 2**255 - 19
L = 2**252 + 27742317777372353535851937790883648493
D = -121665 * pow(121666, P - 2, P) % P


def added(one: Any, two: Any) -> Any:
    a, b = (one[1] - one[0]) * (two[1] - two[0]) % P, (one[1] + one[0]) * (two[1] + two[0]) % P
    c, d = 2 * D * one[3] * two[3] % P, 2 * one[2] * two[2] % P
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % P, g * h % P, f * g % P, e * h % P


def point_of(data: bytes) -> Any:
    y = int.from_bytes(data, "little")
    sign, y = y >> 255, y & (2**255 - 1)
    square = (y * y - 1) * pow(D * y * y + 1, P - 2, P) % P
    x = pow(square, (P + 3) // 8, P)
    if x * x % P != square:
        x = x * pow(2, (P - 1) // 4, P) % P
    if y >= P or x * x % P != square or (x == 0 and sign):
        raise Bad("signature")
    x = P - x if x & 1 != sign else x
    return x, y, 1, x * y % P


class Multiples:
    """A point times any number: 32 looked-up points are added."""

    def __init__(self, point: Any) -> None:
        self.rows = []
        for _byte in range(32):
            row = [(0, 1, 1, 0)]
            for _times in range(256):
                row.append(added(row[-1], point))
            self.rows.append(row)
            point = row.pop()

    def times(self, number: int) -> Any:
        found: Any = (0, 1, 1, 0)
        for row, byte in zip(self.rows, number.to_bytes(32, "little")):
            found = added(found, row[byte]) if byte else found
        return found


class Key:
    base: Multiples | None = None

    def __init__(self, public: bytes) -> None:
        x, y, z, t = point_of(public)
        self.public, self.minus = public, Multiples((P - x, y, z, P - t))

    def has_signed(self, told: str, signature: bytes) -> bool:
        Key.base = Key.base or Multiples(point_of((4 * pow(5, P - 2, P) % P).to_bytes(32, "little")))
        s = int.from_bytes(signature[32:], "little")
        if len(signature) != 64 or s >= L:
            return False
        mixed = hashlib.sha512(signature[:32] + self.public + told.encode()).digest()
        x, y, z, _ = added(Key.base.times(s), self.minus.times(int.from_bytes(mixed, "little") % L))
        flat = pow(z, P - 2, P)
        x, y = x * flat % P, y * flat % P
        return (y | (x & 1) << 255).to_bytes(32, "little") == signature[:32]

    @property
    def fingerprint(self) -> str:
        digits = hashlib.sha256(self.public).hexdigest()[:32]
        return "-".join(digits[at : at + 4] for at in range(0, 32, 4))


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


class Tree:
    """Grows leaf by leaf and knows its root; of the leaves only what the next ones need is kept."""

    def __init__(self, size: int = 0, peaks: list[bytes] | None = None) -> None:
        self.size, self.peaks = size, list(peaks or [])

    def grow(self, leaf: bytes) -> None:
        size = self.size
        while size & 1:
            leaf, size = node_hash(self.peaks.pop(), leaf), size >> 1
        self.peaks.append(leaf)
        self.size += 1

    def root(self) -> str:
        peaks = list(self.peaks) or [hashlib.sha256(b"").digest()]
        found = peaks.pop()
        while peaks:
            found = node_hash(peaks.pop(), found)
        return found.hex()

    def root_with(self, leaves: list[bytes]) -> str:
        other = Tree(self.size, self.peaks)
        for leaf in leaves:
            other.grow(leaf)
        return other.root()


class Export:
    """Reads an export: its keys and heads at once, its entries as often as they are wanted."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self.keys: dict[int, Key] = {}
        self.heads: list[Head] = []
        with path.open("rb") as file:
            self.head = told(file.readline())
            if self.head.get("kind") != "ledger" or self.head.get("version") != 1:
                raise Bad("incomplete")
            self.place = str(self.head["place"])
            for line in file:
                if line.startswith(ENTRY):
                    break
                self.take(told(line))

    def take(self, line: dict[str, Any]) -> None:
        if line.get("kind") == "head":
            self.heads.append(Head(*(line[name] for name in Head._fields)))
        elif line.get("kind") == "key":
            number, key = int(line["number"]), Key(bytes.fromhex(line["public"]))
            text = f"carenet-ledger-key-v1\n{self.place}\n{number}\n{line['public']}\n"
            voucher = self.keys.get(number - 1) if number > 1 else key
            if voucher is None or not voucher.has_signed(text, bytes.fromhex(line["endorsement"])):
                raise Bad("signature")
            self.keys[number] = key

    def add_heads(self, path: Path) -> None:
        """Heads that left the database when they were signed."""
        # A line that was cut off when a machine stopped says nothing.
        for line in path.read_bytes().splitlines():
            found = told(line) if line.startswith(b"{") and line.endswith(b"}") else {}
            if found.get("kind") == "head" and found.get("place") == self.place:
                self.take(found)

    def check_heads(self) -> None:
        known: dict[int, str] = {}
        for head in sorted(set(self.heads)):
            text = f"carenet-ledger-head-v1\n{self.place}\n{head.size}\n{head.root}\n{head.signed_at}\n"
            key = self.keys.get(head.key)
            if key is None or not key.has_signed(text, bytes.fromhex(head.signature)):
                raise Bad("signature", head.size)
            if known.setdefault(head.size, head.root) != head.root:
                before = max((size for size in known if size < head.size), default=0)
                raise Bad("fork", before + 1, head.size)

    def lines(self) -> Iterator[Line]:
        """The entries. The closing line must be there, and tell how many they were and what all of it hashes to."""
        digest, many = hashlib.sha256(), 0
        with self.path.open("rb") as file:
            for line in file:
                if line.startswith(ENTRY):
                    many += 1
                    digest.update(line)
                    yield parsed(line)
                elif line.startswith(b'{"entries":'):
                    closing = told(line)
                    if closing["entries"] != many or closing["sha256"] != digest.hexdigest():
                        raise Bad("incomplete")
                    return
                else:
                    digest.update(line)
        raise Bad("incomplete")


def told(line: bytes) -> dict[str, Any]:
    try:
        found = json.loads(line)
    except ValueError:
        raise Bad("incomplete") from None
    return found if isinstance(found, dict) else {}


def parsed(line: bytes) -> Line:
    if (tail := LINE.search(line, max(len(line) - 180, 0))) is None:
        raise Bad("incomplete")
    return Line(int(tail[2]), line[len(ENTRY) : tail.start()], bytes.fromhex(tail[1].decode()), tail[3].decode())


class Check:
    """One reading of all entries: each beside its own hash and number, all of them beside every signed head."""

    def __init__(self, export: Export) -> None:
        self.export, self.tree = export, Tree()
        self.bad: list[Bad] = []
        self.swapped: dict[bytes, int] = {}
        self.numbers: list[int] = []
        self.roots: dict[int, str] = {}

    def read(self) -> None:
        wanted = {head.size for head in self.export.heads}
        for place, line in enumerate(self.export.lines(), start=1):
            if line.number != place or self.numbers:
                # From the first irregular number on, all are looked at in the end.
                self.numbers.append(line.number)
            self.look(line)
            self.tree.grow(line.stored)
            if place in wanted:
                self.roots[place] = self.tree.root()

    def look(self, line: Line) -> None:
        if line.entry == GONE:
            self.bad.append(Bad("deletion", line.number))
        elif leaf_hash(line.entry) != line.stored:
            self.bad.append(Bad("change", line.number))
            self.swapped[leaf_hash(line.entry)] = line.number
            self.swapped[line.stored] = self.swapped.get(line.stored, 0)
        elif not is_canonical(line.entry):
            self.bad.append(Bad("change", line.number))

    def judge(self) -> None:
        if self.numbers:
            raise self.misnumbered()
        if self.bad:
            # Contents that do not fit their own hash, and all fit one another's, were exchanged.
            first = min(self.bad, key=lambda one: one.first)
            raise Bad("reordering", first.first) if first.kind == "change" and all(self.swapped.values()) else first
        good = [head for head in self.export.heads if self.roots.get(head.size) == head.root]
        wrong = [head for head in self.export.heads if head.size in self.roots and head not in good]
        if wrong:
            raise self.rewritten(min(wrong), [head.size for head in good])
        largest = max((head.size for head in self.export.heads), default=0)
        if not largest:
            raise Bad("signature")
        if self.export.head.get("size") != self.tree.size:
            raise Bad("incomplete")
        if largest > self.tree.size:
            raise Bad("truncation", self.tree.size + 1, largest)

    def misnumbered(self) -> Bad:
        regular = self.tree.size - len(self.numbers)
        seen: set[int] = set()
        for number in self.numbers:
            if number <= regular or number in seen:
                return Bad("insertion", number)
            seen.add(number)
        missing = next(number for number in range(regular + 1, self.tree.size + 2) if number not in seen)
        return Bad("deletion", missing) if missing <= self.tree.size else Bad("reordering", regular + 1)

    def rewritten(self, wrong: Head, good: list[int]) -> Bad:
        """All hashes fit their entries, and not the head: between the last head that fits and this one."""
        if any(size > wrong.size for size in good):
            return Bad("fork", max([size for size in good if size < wrong.size], default=0) + 1, wrong.size)
        first = max(good, default=0)
        before, between, sealed = Tree(), [], 0
        for place, line in enumerate(self.export.lines(), start=1):
            if place <= first:
                before.grow(line.stored)
            elif place <= wrong.size + 1:
                between.append(line)
            sealed += line.sealed_at <= wrong.signed_at
        return told_apart(wrong, before, between, sealed)


def told_apart(wrong: Head, before: Tree, between: list[Line], sealed: int) -> Bad:
    """What was done to a stretch of entries: tried out where that is quick, else told by how many were sealed in time."""
    first, many = before.size + 1, wrong.size - before.size
    hashes = [line.stored for line in between]
    if many <= 1_000 and len(hashes) > many:
        for at in range(many + 1):
            if before.root_with(hashes[:at] + hashes[at + 1 :]) == wrong.root:
                return Bad("insertion", first + at)
    stretch = between[:many]
    order = sorted(stretch, key=lambda line: int(json.loads(line.entry)["id"]))
    if before.root_with([line.stored for line in order]) == wrong.root:
        return Bad("reordering", first + next(at for at, line in enumerate(order) if line != stretch[at]))
    if sealed != wrong.size:
        return Bad("deletion" if sealed < wrong.size else "insertion", first, wrong.size)
    return Bad("change", first, wrong.size)


def is_canonical(entry: bytes) -> bool:
    try:
        found = json.loads(entry)
    except ValueError:
        return False
    return json.dumps(found, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode() == entry


def compare(earlier: Export, later: Export) -> None:
    """An earlier export that the auditor kept must be the beginning of the later one."""
    rest = later.lines()
    for number, line in enumerate(earlier.lines(), start=1):
        if (other := next(rest, None)) is None:
            raise Bad("truncation", number)
        if other.stored != line.stored:
            raise Bad(how_they_part(line, other, earlier, later), number)


def how_they_part(line: Line, other: Line, earlier: Export, later: Export) -> str:
    was, is_now = {one.stored for one in earlier.lines()}, {one.stored for one in later.lines()}
    if line.stored in is_now:
        return "reordering" if other.stored in was and was <= is_now else "insertion"
    return "deletion" if other.stored in was else "change"


def main(words: list[str]) -> int:
    parser = argparse.ArgumentParser(description="介護連携の操作記録が書き換えられていないことを確かめます。")
    parser.add_argument("export", type=Path, help="書き出したファイル")
    parser.add_argument("--key", help="控えておいた鍵の指紋")
    parser.add_argument("--heads", type=Path, action="append", default=[], help="別に保管した署名のファイル")
    parser.add_argument("--earlier", type=Path, help="以前に書き出したファイル")
    asked = parser.parse_args(words)
    try:
        export = Export(asked.export)
        check = checked(export, asked)
    except Bad as bad:
        where = f" 最初の番号: {bad.first}" if bad.first else ""
        until = f" (遅くとも {bad.last} までに)" if bad.last > bad.first else ""
        print(f"NG {bad.kind}\n{WORDS[bad.kind]}。{where}{until}")
        return 2 if bad.kind == "incomplete" else 1
    print(f"OK {check.tree.size} {check.tree.root()}\n改ざんは見つかりませんでした。記録 {check.tree.size} 件、")
    print(f"署名 {len(export.heads)} 件。鍵の指紋: {export.keys[1].fingerprint if export.keys else 'なし'}")
    print("" if asked.key else "控えておいた指紋と同じか、ご自分の目でも確かめてください。")
    unsigned = check.tree.size - max((head.size for head in export.heads), default=0)
    print(f"ご注意: 最後の {unsigned} 件にはまだ署名がありません。" if unsigned else "")
    return 0


def checked(export: Export, asked: argparse.Namespace) -> Check:
    if asked.key and (not export.keys or export.keys[1].fingerprint != asked.key.strip().lower()):
        raise Bad("signature")
    for path in asked.heads:
        export.add_heads(path)
    export.check_heads()
    check = Check(export)
    check.read()
    check.judge()
    if asked.earlier:
        compare(Export(asked.earlier), export)
    return check


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
