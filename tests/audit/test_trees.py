"""Trees of hashes: the vectors that Certificate Transparency published, and what must hold for every tree."""

import hashlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.audit.merkle import (
    EMPTY,
    HashesAreMissing,
    Tree,
    is_consistent,
    is_included,
    leaf_hash,
    node_hash,
    split,
    tree_of,
)

# The leaves, roots and proofs of the reference implementation of RFC 6962 (google/certificate-transparency,
# cpp/merkletree/merkle_tree_test.cc), given there as facts about these eight inputs.
INPUTS = ["", "00", "10", "2021", "3031", "40414243", "5051525354555657", "606162636465666768696a6b6c6d6e6f"]
LEAVES = [leaf_hash(bytes.fromhex(one)) for one in INPUTS]
ROOTS = {
    0: "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    1: "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    2: "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    3: "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    4: "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    5: "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    6: "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    7: "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    8: "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
}
# (leaf, size): the path, the leaf counted from 0.
PATHS = {
    (0, 1): [],
    (0, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (5, 8): [
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 3): ["fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125"],
    (1, 5): [
        "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}
# (old size, new size): the proof that the one is the beginning of the other.
GROWTHS = {
    (1, 1): [],
    (1, 8): [
        "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
    ],
    (6, 8): [
        "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
        "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
        "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    ],
    (2, 5): [
        "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
        "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
    ],
}


@pytest.mark.parametrize(("size", "root"), ROOTS.items())
def test_roots_are_those_that_were_published(size, root):
    assert tree_of(LEAVES).root(size).hex() == root


@pytest.mark.parametrize(("asked", "path"), PATHS.items())
def test_paths_are_those_that_were_published(asked, path):
    index, size = asked

    assert [one.hex() for one in tree_of(LEAVES).inclusion(index, size)] == path
    assert is_included(LEAVES[index], index, size, [bytes.fromhex(one) for one in path], bytes.fromhex(ROOTS[size]))


@pytest.mark.parametrize(("asked", "proof"), GROWTHS.items())
def test_proofs_of_growth_are_those_that_were_published(asked, proof):
    old, new = asked

    assert [one.hex() for one in tree_of(LEAVES).consistency(old, new)] == proof
    given_roots = bytes.fromhex(ROOTS[old]), bytes.fromhex(ROOTS[new])
    assert is_consistent(old, new, [bytes.fromhex(one) for one in proof], *given_roots)


# -- what must hold for every tree


def leaves(many: int) -> list[bytes]:
    return [leaf_hash(str(number).encode()) for number in range(many)]


def by_definition(hashes: list[bytes]) -> bytes:
    """RFC 6962, section 2.1, word for word."""
    if not hashes:
        return hashlib.sha256().digest()
    if len(hashes) == 1:
        return hashes[0]
    middle = split(len(hashes))
    return node_hash(by_definition(hashes[:middle]), by_definition(hashes[middle:]))


@given(st.integers(0, 1_200))
def test_a_root_read_from_tiles_is_the_root_by_definition(size):
    assert tree_of(leaves(size)).root(size) == by_definition(leaves(size))


@given(st.data())
def test_every_leaf_is_proved_to_be_included_and_no_other_in_its_place(data):
    size = data.draw(st.integers(2, 700))
    index, other = data.draw(st.integers(0, size - 1)), data.draw(st.integers(0, size - 1))
    hashes = leaves(size)
    tree = tree_of(hashes)
    root, proof = tree.root(size), tree.inclusion(index, size)

    assert is_included(hashes[index], index, size, proof, root)
    if other != index:
        assert not is_included(hashes[other], index, size, proof, root)
        assert not is_included(hashes[index], other, size, proof, root)
    assert not is_included(hashes[index], index, size, [*proof, EMPTY], root)
    assert not is_included(hashes[index], index, size, proof[:-1], root)


@given(st.data())
def test_growth_is_proved_and_a_changed_past_is_not(data):
    new = data.draw(st.integers(2, 700))
    old, changed = data.draw(st.integers(1, new)), data.draw(st.integers(0, new - 1))
    before, after = leaves(new), leaves(new)
    after[changed] = leaf_hash(b"changed")
    roots = tree_of(before).root(old), tree_of(before).root(new)

    assert is_consistent(old, new, tree_of(before).consistency(old, new), *roots)
    rewritten = tree_of(after)
    holds = is_consistent(old, new, rewritten.consistency(old, new), roots[0], rewritten.root(new))
    assert holds == (changed >= old)


def test_a_smaller_tree_does_not_grow_out_of_a_larger_one():
    tree = tree_of(leaves(9))

    assert not is_consistent(9, 5, tree.consistency(5, 9), tree.root(9), tree.root(5))
    assert not is_consistent(5, 9, [], tree.root(5), tree.root(9))


def test_no_leaf_lies_outside_its_tree():
    assert not is_included(LEAVES[0], 8, 8, [], LEAVES[0])


def test_a_tree_whose_hashes_are_gone_says_so():
    with pytest.raises(HashesAreMissing):
        Tree(lambda level, first, past: []).root(3)
