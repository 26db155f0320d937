// The elements of pages on which files are sent or shown.

import "files/elements/file-tray"
import "files/elements/file-viewer"
