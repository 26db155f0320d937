"""Periods: from a moment on, until another or without end. They are ended, never deleted, and never overlap."""

from datetime import datetime
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateRangeField, DateTimeRangeField, RangeBoundary, RangeOperators
from django.db import models
from django.db.models import CheckConstraint, F, Func, Q
from django.utils import timezone


class Period(models.Model):
    """A row that holds from `valid_from` until before `valid_to`, or until further notice."""

    valid_from = models.DateTimeField(default=timezone.now)
    valid_to = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        now = timezone.now()
        return self.valid_from <= now and (self.valid_to is None or now < self.valid_to)


class PeriodQuerySet(models.QuerySet[Any]):
    def open(self) -> Self:
        """Rows whose period covers now."""
        now = timezone.now()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=now), valid_from__lte=now)

    def open_at(self, moment: datetime | None) -> Self:
        """Rows whose period covered a moment; now without one."""
        if moment is None:
            return self.open()
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=moment), valid_from__lte=moment)

    def lasting(self) -> Self:
        """Rows whose period has not ended: open now, or to come."""
        return self.filter(Q(valid_to=None) | Q(valid_to__gt=timezone.now()))


def ends_after_it_begins(name: str) -> CheckConstraint:
    return CheckConstraint(name=name, condition=Q(valid_to=None) | Q(valid_to__gt=F("valid_from")))


def one_at_a_time(name: str, *fields: str) -> ExclusionConstraint:
    """Of rows that agree in these fields, no two periods share a moment."""
    period = Func(
        F("valid_from"),
        F("valid_to"),
        RangeBoundary(),
        function="tstzrange",
        output_field=DateTimeRangeField(),
    )
    expressions: list[Any] = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(name=name, expressions=[*expressions, (period, RangeOperators.OVERLAPS)])


def no_day_twice(name: str, *fields: str, condition: Q) -> ExclusionConstraint:
    """Of rows that agree in these fields, none share a day between `first_day` and `last_day`, both included."""
    days = Func(
        F("first_day"),
        F("last_day"),
        RangeBoundary(inclusive_lower=True, inclusive_upper=True),
        function="daterange",
        output_field=DateRangeField(),
    )
    expressions: list[Any] = [(field, RangeOperators.EQUAL) for field in fields]
    return ExclusionConstraint(
        name=name, expressions=[*expressions, (days, RangeOperators.OVERLAPS)], condition=condition
    )
