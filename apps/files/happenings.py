"""Facts this app announces."""

from apps.kernel.happenings import Happening

file_settled = Happening()  # environment_id, file_id: it can be read now, or was thrown away
