"""Facts this app announces."""

from apps.kernel.happenings import Happening

# A page of a sheet was read, or matched to its sheet by hand, and waits for somebody to confirm what stands on it.
sheet_came_back = Happening()  # environment_id, scan_id
