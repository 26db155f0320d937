"""Facts this app announces."""

from apps.kernel.happenings import Happening

# A survey was sent to those whom it asks: environment, survey_id.
survey_opened = Happening()
# Somebody sent a reply, for the first time or anew: environment, survey_id, recipient_id.
reply_sent = Happening()
# The last one who was asked has answered: environment, survey_id.
everybody_answered = Happening()
# A survey takes no more answers: environment, survey_id.
survey_closed = Happening()
