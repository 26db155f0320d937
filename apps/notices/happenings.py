"""Facts this app announces."""

from apps.kernel.happenings import Happening

notified = Happening()  # environment_id, member_id
