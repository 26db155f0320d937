"""What a browser may send."""

from apps.clients.forms.certificates import CertificationForm, NumberForm
from apps.clients.forms.clients import DivisionsClientForm, OfficesClientForm, SearchForm
from apps.clients.forms.consents import ConsentForm, WithdrawalForm
from apps.clients.forms.contacts import ContactForm
from apps.clients.forms.days import BirthDateField, DayField, beginning_of, end_of
from apps.clients.forms.exceptions import EmergencyForm, ReportForm, ReviewForm
from apps.clients.forms.inspections import InspectionForm
from apps.clients.forms.papers import EvidenceForm, PaperForm, ScanField
from apps.clients.forms.protection import PetitionForm, PlaceForm
from apps.clients.forms.records import RecordForm
from apps.clients.forms.teams import HandoverForm, OpeningForm, PersonForm, RoleForm, SeatEndForm, SeatForm
from apps.clients.forms.transfers import TransferForm, TransferOfAllForm
from apps.clients.forms.wordings import WordingForm

__all__ = [
    "BirthDateField",
    "CertificationForm",
    "ConsentForm",
    "ContactForm",
    "DayField",
    "DivisionsClientForm",
    "EmergencyForm",
    "EvidenceForm",
    "HandoverForm",
    "InspectionForm",
    "NumberForm",
    "OfficesClientForm",
    "OpeningForm",
    "PaperForm",
    "PersonForm",
    "PetitionForm",
    "PlaceForm",
    "RecordForm",
    "ReportForm",
    "ReviewForm",
    "RoleForm",
    "ScanField",
    "SearchForm",
    "SeatEndForm",
    "SeatForm",
    "TransferForm",
    "TransferOfAllForm",
    "WithdrawalForm",
    "WordingForm",
    "beginning_of",
    "end_of",
]
