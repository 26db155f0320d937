"""What stands beside the ledger: auditors' questions, and what is unusual with its reviews."""

from apps.oversight.models.questions import SavedQuestion
from apps.oversight.models.unusual import Finding, Rule, Unusual, UnusualReview, Watch

__all__ = ["Finding", "Rule", "SavedQuestion", "Unusual", "UnusualReview", "Watch"]
