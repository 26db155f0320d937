"""Facts this app announces."""

from apps.kernel.bus import Broadcast

# Somebody may now see a client or be told who is around them, or no longer: every process asks again who may. environment_id, client_id, and
# member_id where one person is concerned whom no row names any more; shown_anew where what may be told of the client has changed
# for those who still see them: a protection, or the word that a paper shows no place.
access_changed = Broadcast("clients.access_changed")
