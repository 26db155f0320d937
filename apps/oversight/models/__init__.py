"""What stands beside the ledger: auditors' questions, and what is unusual, and the family's way in."""

from apps.oversight.models.family import FamilyCode, FamilyPolicy, FamilyQuestion, Identity
from apps.oversight.models.questions import SavedQuestion
from apps.oversight.models.unusual import Finding, Rule, Unusual, UnusualReview, Watch

__all__ = [
    "FamilyCode",
    "FamilyPolicy",
    "FamilyQuestion",
    "Finding",
    "Identity",
    "Rule",
    "SavedQuestion",
    "Unusual",
    "UnusualReview",
    "Watch",
]
