"""The wording of the consent form in all its versions, and what was printed for a client."""

from dataclasses import dataclass

from apps.clients.models import Client, ConsentWording, PrintedForm
from apps.clients.wording import house_wording


@dataclass(frozen=True)
class Wordings:
    """What is printed now, and every version that was. `present` is None while the house's text has never been printed."""

    present: ConsentWording | None
    versions: list[ConsentWording]
    text: str

    @property
    def is_own(self) -> bool:
        return self.present is not None and self.present.is_own

    @property
    def number(self) -> int:
        """Of the newest version, which the next one is written after; 0 where there is none."""
        return self.versions[0].number if self.versions else 0


def wordings() -> Wordings:
    versions = list(ConsentWording.objects.select_related("written_by__organization"))
    present = versions[0] if versions else None
    own = present is not None and present.is_own
    return Wordings(present, versions, present.text if present is not None and own else house_wording())


def wording_numbered(number: int) -> ConsentWording | None:
    return ConsentWording.objects.filter(number=number).first()


def forms_of(client: Client) -> list[PrintedForm]:
    """Every sheet that was printed for a client, the newest first."""
    rows = PrintedForm.objects.filter(client=client).select_related("wording", "printed_by__organization")
    return list(rows.prefetch_related("consents"))
