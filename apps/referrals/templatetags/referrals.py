"""How the days to a start are said on a page."""

from django import template

from apps.referrals import papers

register = template.Library()
register.filter("period_said", papers.period_said)
register.filter("operator_said", papers.operator_said)
register.filter("number_said", papers.number_said)
register.filter("count_said", papers.count_said)
