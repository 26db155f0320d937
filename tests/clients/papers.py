"""A signed paper as a browser and a program send it."""

from typing import Any

from apps.clients.models import Client
from apps.environments.models import Organization


def on_page(**changed: Any) -> dict[str, Any]:
    """The fields of the form; the client has signed."""
    paper = {"signer": "self", "signed_on": "R8.4.1", "purposes": ["coordination"], "reference": "同意書綴り 12号"}
    return {**paper, **changed}


def in_api(**changed: Any) -> dict[str, Any]:
    return {**on_page(), "signer_name": "本人", **changed}


def registered(**changed: Any) -> dict[str, Any]:
    """The fields of a client whom an office registers together with the signed consent."""
    person = {"name": "高橋　正", "kana": "タカハシ タダシ", "born_on": "S15.5.5", "area": "黒沢尻", "division": "none"}
    return {**person, **on_page(), **changed}


def cover(client: Client, organization: Organization, **fields: Any) -> None:
    """A consent of the client for one organization."""
    from tests import makers

    by = fields.pop("by", None) or makers.make_member(organization)
    makers.make_consent(client, by=by, organizations=[organization], **fields)
