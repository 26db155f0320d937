"""Slips between the page that shows them and the printer: sealed in the page, printed when asked for."""

from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from apps.accounts.printing import slips_pdf
from apps.environments.actions.slips import Issued
from apps.environments.sealing import seal, unseal

PURPOSE = "slips"


def sealed_slips(issued: list[Issued], *, by: models.Model) -> str:
    """The slips as one word that the page carries until somebody prints them."""
    return seal([sheet_of(one) for one in issued], purpose=PURPOSE, by=by)


def sheet_of(issued: Issued) -> dict[str, Any]:
    member = issued.member
    return {
        "environment_name": member.environment.name,
        "organization_name": member.organization.name,
        "member_name": member.name,
        "member_kana": member.kana,
        "login_id": member.user.login_id,
        "code": issued.slip.code,
        "expires_at": issued.slip.expires_at.isoformat(),
    }


def printed_slips(sealed: str, *, by: models.Model) -> tuple[bytes, int]:
    """One PDF with a sheet for each slip, and how many there are."""
    sheets = unseal(sealed, purpose=PURPOSE, by=by)
    join_url = f"{settings.BASE_URL}{reverse('accounts:join')}"
    return slips_pdf([with_time(sheet) | {"join_url": join_url} for sheet in sheets]), len(sheets)


def with_time(sheet: dict[str, Any]) -> dict[str, Any]:
    return sheet | {"expires_at": datetime.fromisoformat(sheet["expires_at"])}
