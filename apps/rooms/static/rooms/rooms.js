// The elements of talk pages.

import "rooms/elements/message-composer"
import "rooms/elements/room-list"
import "rooms/elements/room-stream"
