"""Facts this app announces."""

from apps.kernel.happenings import Happening

client_registered = Happening()  # environment_id, client_id
# Somebody may now see a client, or no longer: who is told again what they may see.
access_changed = Happening()  # environment_id, client_id
