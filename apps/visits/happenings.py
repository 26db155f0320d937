"""Facts this app announces."""

from apps.kernel.happenings import Happening

# A place was booked, for the first time or instead of another one: environment, visit_id.
visit_booked = Happening()
# A booked place was given up, by whomever: environment, visit_id.
visit_cancelled = Happening()
