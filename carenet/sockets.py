"""The server's WebSocket protocol: it lends the application the connection's transport.

A room's frame is the same bytes for everybody, so it is built once and written to every transport. That is only true
without compression (`ws_per_message_deflate=False`). Both servers, carenet/server.py and the tests', use this class.
"""

from typing import cast

from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

TRANSPORT = "carenet.transport"


class LendsTransport(WebSocketsSansIOProtocol):
    """Puts the transport into `scope["extensions"]["carenet.transport"]`; it may be written to once accepted."""

    def handle_connect(self, event: Request) -> None:
        super().handle_connect(event)
        # A refused handshake has no scope. The application's task has not run yet: it will see this.
        if hasattr(self, "scope"):
            cast("dict[str, object]", self.scope["extensions"])[TRANSPORT] = self.transport
