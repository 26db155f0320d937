"""What stands beside the ledger: auditors' questions, what they take out, what is unusual, and the family's way in."""

from apps.oversight.models.exports import EXPORT_LASTS, Export, Form
from apps.oversight.models.family import FamilyCode, FamilyPolicy, FamilyQuestion, Identity
from apps.oversight.models.keys import ReportKey
from apps.oversight.models.questions import SavedQuestion
from apps.oversight.models.unusual import Finding, Rule, Unusual, UnusualReview, Watch

__all__ = [
    "EXPORT_LASTS",
    "Export",
    "FamilyCode",
    "FamilyPolicy",
    "FamilyQuestion",
    "Finding",
    "Form",
    "Identity",
    "ReportKey",
    "Rule",
    "SavedQuestion",
    "Unusual",
    "UnusualReview",
    "Watch",
]
