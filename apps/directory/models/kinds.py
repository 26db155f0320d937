"""What kinds of service there are, in the two systems whose codes overlap."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _


class System(models.TextChoices):
    KAIGO = "kaigo", _("Long-term care")
    SHOGAI = "shogai", _("Disability and child services")


class ServiceKind(models.Model):
    """A kind of service. The two systems number alike (11, 12, 13 …), so a code means nothing without its system.

    `opendata_code` is the three characters in the names of the official files; several of them may share one code
    (331, 332 and 334 are all kind 33). Kinds that are not published have none.
    """

    system = models.CharField(max_length=6, choices=System)
    code = models.CharField(max_length=2)
    # Null and not "": any number of kinds may be unpublished, and a published code stands once.
    opendata_code = models.CharField(max_length=3, null=True)  # noqa: DJ001
    name = models.CharField(max_length=80)

    class Meta:
        ordering = ["system", "code", "opendata_code"]
        constraints = [
            models.UniqueConstraint(name="one_kind_per_opendata_code", fields=["system", "opendata_code"]),
            models.UniqueConstraint(
                name="one_unpublished_kind_per_code", fields=["system", "code"], condition=Q(opendata_code=None)
            ),
            models.CheckConstraint(name="kind_belongs_to_a_known_system", condition=Q(system__in=System.values)),
            models.CheckConstraint(name="kind_code_has_two_characters", condition=Q(code__regex=r"^[0-9A-Z]{2}$")),
        ]

    def __str__(self) -> str:
        return self.name
