"""Facts this app announces."""

from apps.kernel.happenings import Happening

environment_opened = Happening()  # environment_id
member_joined = Happening()  # environment_id, member_id
member_left = Happening()  # environment_id, member_id
