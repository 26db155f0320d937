"""The verbs of the sealer: number and hash entries, sign the head of their tree, change the key.

Entries are written without numbers, so that nobody who writes waits for anybody. The sealer numbers what it sees, and it
sees what is committed: a transaction that ends late is numbered late, behind those that ended before it. All that one
turn adds to a tree is one transaction under a lock of that tree: a sealer that is killed leaves nothing half, two of
them take turns, and where the lock should ever fail the numbers are unique.
"""

from dataclasses import dataclass
from datetime import datetime
from itertools import count
from uuid import UUID

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.db import connection, transaction

from apps.audit.canonical import COLUMNS, entry_bytes, head_bytes, key_bytes, place_name
from apps.audit.merkle import HEIGHT, leaf_hash, whole
from apps.audit.models import Leaf, SigningKey, Tile, TreeHead
from apps.audit.places import here
from apps.audit.tree import head_here, size_here, stored, tree_here, without_a_number
from apps.kernel import vault

# So many entries are sealed in one transaction.
AT_ONCE = 5_000
ONE_AT_A_TIME = "SELECT pg_advisory_xact_lock(hashtextextended(%s, 6962))"


@dataclass(frozen=True)
class Sealed:
    """How many entries one turn has numbered, and the last of them."""

    many: int
    last: int


class TreeDiffers(Exception):
    """The tree is not the one whose head was signed: somebody has changed it past the application. Nothing more is signed."""


@transaction.atomic
def seal(*, after: int = 0) -> Sealed:
    """Number and hash what waits in the open place, of the entries after this one: the oldest first, a limited number."""
    take_turns()

    waiting = list(without_a_number(after).values(*COLUMNS)[:AT_ONCE])
    if not waiting:
        return Sealed(0, after)

    size = size_here()
    Leaf.objects.bulk_create(
        [
            Leaf(entry_id=entry["id"], environment_id=here(), number=number, hash=leaf_hash(entry_bytes(entry)))
            for number, entry in enumerate(waiting, start=size + 1)
        ],
        batch_size=1_000,
    )
    lay_tiles(size, size + len(waiting))
    have_a_key()
    return Sealed(len(waiting), waiting[-1]["id"])


def take_turns() -> None:
    # Held until the transaction ends: numbers and heads of one tree are given by one sealer at a time.
    with connection.cursor() as cursor:
        cursor.execute(ONE_AT_A_TIME, [f"carenet.ledger.{place_name(here())}"])


def lay_tiles(old: int, new: int) -> None:
    """Hash over what has become whole since the tree had its old size."""
    for level in count(1):
        old, new = old >> HEIGHT, new >> HEIGHT
        if old == new:
            return
        below = stored(level - 1, old << HEIGHT, new << HEIGHT)
        Tile.objects.bulk_create(
            [
                Tile(environment_id=here(), level=level, number=number, hash=whole(below[at : at + (1 << HEIGHT)]))
                for number, at in zip(range(old, new), count(0, 1 << HEIGHT), strict=False)
            ]
        )


def seal_all(*, after: int = 0) -> int:
    """Seal what waits in the open place; answers how many entries that were."""
    many, sealed = 0, Sealed(AT_ONCE, after)
    # What is written meanwhile is left to the next turn: where people never cease to write, this would never end.
    while sealed.many == AT_ONCE:
        sealed = seal(after=sealed.last)
        many += sealed.many
    return many


@transaction.atomic
def sign_head() -> TreeHead | None:
    """Sign the tree of the open place as it stands, unless that has been done. A tree that is not the one signed before is
    never signed: the promise of the older head would be broken by the newer one."""
    take_turns()

    size, last = size_here(), head_here()
    if size == 0 or (last is not None and last.size == size):
        return last
    tree = tree_here()
    if last is not None and (last.size > size or tree.root(last.size) != bytes(last.root)):
        raise TreeDiffers

    key, root, now = have_a_key(), tree.root(size), by_the_databases_clock()
    signature = secret_of(key).sign(head_bytes(here(), size, root, now))
    return TreeHead.objects.create(
        environment_id=here(), size=size, root=root, signed_at=now, key_number=key.number, signature=signature
    )


def by_the_databases_clock() -> datetime:
    """Heads and leaves are dated by one clock: what was sealed before a head was signed is dated before it."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        now: datetime = cursor.fetchone()[0]
        return now


def have_a_key() -> SigningKey:
    return SigningKey.objects.order_by("-number").first() or make_key(after=None)


@transaction.atomic
def change_key() -> SigningKey:
    """From now on the heads of the open place are signed by a new key, for which the old one vouches."""
    take_turns()

    return make_key(after=have_a_key())


def make_key(*, after: SigningKey | None) -> SigningKey:
    secret = Ed25519PrivateKey.generate()
    public = secret.public_key().public_bytes_raw()
    number = after.number + 1 if after is not None else 1
    voucher = secret_of(after) if after is not None else secret
    return SigningKey.objects.create(
        environment_id=here(),
        number=number,
        public=public,
        locked=vault.lock(secret.private_bytes_raw().hex(), purpose=purpose_of_keys(here())),
        endorsement=voucher.sign(key_bytes(here(), number, public)),
    )


def secret_of(key: SigningKey) -> Ed25519PrivateKey:
    opened = vault.unlock(key.locked, purpose=purpose_of_keys(key.environment_id))
    return Ed25519PrivateKey.from_private_bytes(bytes.fromhex(opened))


def purpose_of_keys(environment_id: UUID | None) -> str:
    return f"audit.signing.{place_name(environment_id)}"


def is_signed(head: TreeHead, key: SigningKey) -> bool:
    """Whether this key has signed the head."""
    told = head_bytes(head.environment_id, head.size, bytes(head.root), head.signed_at)
    try:
        Ed25519PublicKey.from_public_bytes(bytes(key.public)).verify(bytes(head.signature), told)
    except InvalidSignature:
        return False
    return True
