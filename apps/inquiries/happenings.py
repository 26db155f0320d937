"""Facts this app announces."""

from apps.kernel.happenings import Happening

# A need was asked of several offices: environment, inquiry_id.
inquiry_sent = Happening()
# An office answered, for the first time or anew: environment, inquiry_id, recipient_id.
inquiry_answered = Happening()
# One office was told whose need it is, or the inquiry was withdrawn: environment, inquiry_id.
inquiry_closed = Happening()
