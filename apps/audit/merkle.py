"""Trees of hashes as in RFC 6962 and RFC 9162, section 2.1: their roots, and proofs about them. Knows no row.

Leaves and nodes are hashed apart (0x00 and 0x01 in front), so that no node can be passed off as an entry. Leaves are
counted from 0 here, as in the RFC. What is stored beside the leaves are tiles: the hash of every whole 256 leaves, of
every whole 256 of those, and so on. Any root or proof of a ledger of millions then reads some hundred hashes.
"""

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

# A tile of one level holds two to this power of the level below; level 0 are the leaves.
HEIGHT = 8
LEVELS = 7
EMPTY = hashlib.sha256(b"").digest()

# The hashes of a level from the first to before the last that is named.
Read = Callable[[int, int, int], Sequence[bytes]]


def leaf_hash(data: bytes) -> bytes:
    return hashlib.sha256(b"\0" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    return hashlib.sha256(b"\1" + left + right).digest()


def whole(hashes: Sequence[bytes]) -> bytes:
    """The hash over as many as a power of two."""
    row = list(hashes)
    while len(row) > 1:
        row = [node_hash(row[at], row[at + 1]) for at in range(0, len(row), 2)]
    return row[0]


def split(size: int) -> int:
    """The largest power of two below the size."""
    return 1 << ((size - 1).bit_length() - 1)


@dataclass(frozen=True)
class Tree:
    """A tree whose hashes are read where they are kept."""

    read: Read

    def root(self, size: int) -> bytes:
        return self.over(0, size) if size else EMPTY

    def inclusion(self, index: int, size: int) -> list[bytes]:
        """That the leaf is in the tree of that size: RFC 9162, section 2.1.3.1."""
        return list(self._path(index, 0, size))

    def consistency(self, old: int, new: int) -> list[bytes]:
        """That the older tree is the beginning of the newer one: RFC 9162, section 2.1.4.1."""
        return list(self._subproof(old, 0, new, is_known=True)) if 0 < old < new else []

    def over(self, start: int, stop: int) -> bytes:
        """The hash over a range that begins where a subtree of its size may begin."""
        parts = list(self._parts(start, stop))
        found = parts.pop()
        while parts:
            found = node_hash(parts.pop(), found)
        return found

    def _parts(self, start: int, stop: int) -> Iterator[bytes]:
        """The whole subtrees of the range, the largest first; one reading for each level of tiles."""
        for level in reversed(range(LEVELS)):
            shift = HEIGHT * level
            many = (stop - start) >> shift
            if many:
                first = start >> shift
                hashes = self.read(level, first, first + many)
                if len(hashes) != many:
                    raise HashesAreMissing
                yield from wholes(hashes)
                start += many << shift

    def _path(self, index: int, start: int, stop: int) -> Iterator[bytes]:
        if stop - start > 1:
            middle = start + split(stop - start)
            if start + index < middle:
                yield from self._path(index, start, middle)
                yield self.over(middle, stop)
            else:
                yield from self._path(start + index - middle, middle, stop)
                yield self.over(start, middle)

    def _subproof(self, old: int, start: int, stop: int, *, is_known: bool) -> Iterator[bytes]:
        if old == stop - start:
            if not is_known:
                yield self.over(start, stop)
        else:
            middle = start + split(stop - start)
            if start + old <= middle:
                yield from self._subproof(old, start, middle, is_known=is_known)
                yield self.over(middle, stop)
            else:
                yield from self._subproof(start + old - middle, middle, stop, is_known=False)
                yield self.over(start, middle)


class HashesAreMissing(Exception):
    """What was stored of the tree is not all there any more."""


def wholes(hashes: Sequence[bytes]) -> Iterator[bytes]:
    """The hashes over the whole subtrees that a row consists of, the largest first."""
    at = 0
    while at < len(hashes):
        many = 1 << ((len(hashes) - at).bit_length() - 1)
        yield whole(hashes[at : at + many])
        at += many


def tree_of(hashes: Sequence[bytes]) -> Tree:
    """A tree of leaf hashes that are all at hand."""

    def read(level: int, first: int, past: int) -> list[bytes]:
        width = 1 << (HEIGHT * level)
        return [whole(hashes[at * width : (at + 1) * width]) for at in range(first, past)]

    return Tree(read)


def is_included(leaf: bytes, index: int, size: int, proof: Sequence[bytes], root: bytes) -> bool:
    """Whether the proof holds: RFC 9162, section 2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, found = index, size - 1, leaf
    for step in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(step, found)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def is_consistent(old: int, new: int, proof: Sequence[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the proof holds: RFC 9162, section 2.1.4.2."""
    if old == new or old == 0:
        return not proof and (old_root == new_root if old == new else old_root == EMPTY)
    if old > new or not proof:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    steps = list(proof) if old & (old - 1) else [old_root, *proof]
    earlier = later = steps[0]
    for step in steps[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            earlier, later = node_hash(step, earlier), node_hash(step, later)
            while not fn & 1 and fn:
                fn, sn = fn >> 1, sn >> 1
        else:
            later = node_hash(later, step)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and earlier == old_root and later == new_root
