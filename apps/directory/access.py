"""Who may read the directory: everybody who is signed in. What is missing answers as everywhere in the house."""

from uuid import UUID

from apps.kernel.refusals import NotHere

from .models import Office
from .queries import offices_shown


def office_for(office_id: UUID) -> Office:
    """The office with all its services, closed ones too."""
    office = offices_shown(Office.objects.filter(pk=office_id), closed_too=True).first()
    if office is None:
        raise NotHere
    return office
