"""Issue a slip, look whether it still holds, use it once."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import datetime

from django.db import models, transaction
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.accounts.actions.people import set_passphrase
from apps.accounts.models import Slip, User
from apps.accounts.refusals import SlipExpired, SlipRevoked, SlipUnknown, SlipUsed
from apps.audit import actions as audit

# 32 signs that are not mistaken for one another on paper: no 0 and O, no 1 and I. Twelve of them are 60 bits.
ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
LENGTH = 12


@dataclass(frozen=True)
class IssuedSlip:
    """A slip together with its code, which exists only here and on the paper it is printed on."""

    slip: Slip
    code: str

    @property
    def expires_at(self) -> datetime:
        return self.slip.expires_at

    @property
    def fragment(self) -> str:
        """The code as it follows the # of the address in the QR code; that part never reaches a server."""
        return self.code


@transaction.atomic
def issue_slip(*, user: User, by: models.Model | None) -> IssuedSlip:
    """Give a person a code to join (or to choose a new passphrase) within 72 hours. Older slips of theirs end."""
    user = User.objects.select_for_update(of=("self",)).get(pk=user.pk)

    now = timezone.now()
    Slip.objects.filter(user=user).unused().update(revoked_at=now)
    code = new_code()
    slip = Slip.objects.create(
        user=user,
        code_hash=code_hash(code),
        issued_at=now,
        expires_at=now + Slip.LASTS,
        issued_by=getattr(by, "user_id", None) or getattr(by, "pk", None),
    )
    audit.record(verb="accounts.slip_issued", subject=user, by=by, detail={"slip": str(slip.pk)})
    return IssuedSlip(slip=slip, code=code)


def check_slip(*, code: str) -> Slip:
    """The slip with this code while it still lets somebody in; a refusal that says why it does not otherwise."""
    return checked(Slip.objects.select_related("user").filter(code_hash=code_hash(code)).first())


@transaction.atomic
def use_slip(*, slip: Slip, passphrase: str) -> User:
    """Use the slip up and give its person the passphrase. Of two who try at once, one is refused."""
    # The slip is read again under the lock: somebody else may have used it since the code was typed.
    slip = checked(Slip.objects.select_for_update(of=("self",)).select_related("user").filter(pk=slip.pk).first())

    take(slip)
    user = set_passphrase(user=slip.user, passphrase=passphrase, by=slip.user)
    audit.record(verb="accounts.slip_used", subject=user, by=user, detail={"slip": str(slip.pk)})
    return user


def take(slip: Slip) -> None:
    """Mark the slip used, in one conditional statement that only one of many can win."""
    if not Slip.objects.open().filter(pk=slip.pk).update(used_at=timezone.now()):
        raise SlipUsed(subject=slip.user_id)


def checked(slip: Slip | None) -> Slip:
    if slip is None or not slip.user.is_active:
        raise SlipUnknown
    if slip.used_at is not None:
        raise SlipUsed(subject=slip.user_id)
    if slip.revoked_at is not None:
        raise SlipRevoked(subject=slip.user_id)
    if slip.expires_at <= timezone.now():
        raise SlipExpired(subject=slip.user_id)
    return slip


def new_code() -> str:
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[start : start + 4] for start in range(0, LENGTH, 4))


def code_hash(code: str) -> str:
    """The keyed hash under which a code is kept, the same however it was typed: width, case, spaces, hyphens."""
    typed = unicodedata.normalize("NFKC", code).upper()
    # The alphabet has no 1 and no I: whoever reads one is looking at an L.
    signs = "".join(sign for sign in typed.translate(str.maketrans("1I", "LL")) if sign in ALPHABET)
    return salted_hmac("accounts.slip", signs, algorithm="sha256").hexdigest()
