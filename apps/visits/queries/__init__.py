"""Page-shaped reads."""

from apps.visits.queries.calendar import Day, days_of, facilities_of, visits_of
from apps.visits.queries.finding import Found, Sought, next_times

__all__ = ["Day", "Found", "Sought", "days_of", "facilities_of", "next_times", "visits_of"]
