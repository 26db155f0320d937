"""Page-shaped reads."""

from apps.calendars.queries.calendar import Calendar, Event, Sought, calendar_of
from apps.calendars.queries.periods import Period, View

__all__ = ["Calendar", "Event", "Period", "Sought", "View", "calendar_of"]
