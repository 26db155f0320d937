"""The keys that sign reports, kept as those of the ledger are."""

from django.db import models
from django.db.models.functions import Now
from django_scopes import ScopedManager

from apps.environments.models import Environment


class ReportKey(models.Model):
    """An ECDSA P-256 key with its certificate, by which an environment signs what it prints of its ledger.

    Heads of the ledger are signed with Ed25519; the readers of PDFs that people have check P-256 and hardly any the other.
    The newest signs; old ones stay, so that their reports can be checked.
    """

    environment = models.ForeignKey(Environment, models.PROTECT, related_name="+")
    number = models.PositiveIntegerField()
    # X.509 in DER, signed by its own key: whoever checks a report compares its fingerprint, or trusts it once.
    certificate = models.BinaryField()
    # By the vault: without CARENET_DATA_KEYS nobody signs with it, whoever reads the database.
    locked = models.BinaryField()
    made_at = models.DateTimeField(db_default=Now())

    objects = ScopedManager(environment="environment")

    class Meta:
        constraints = [
            models.UniqueConstraint(name="a_report_key_follows_another_once", fields=["environment", "number"]),
        ]

    def __str__(self) -> str:
        return str(self.number)
