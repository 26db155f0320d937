"""The web server: `python -m carenet.server`. One process; start several behind a proxy, each with its own PORT.

CARENET_HOST          where to listen; "localhost" (the default) means 127.0.0.1 and, where there is one, ::1
PORT                  8000
CARENET_BEHIND_PROXY  1: believe X-Forwarded-For and -Proto, from CARENET_PROXY_ADDRESSES (127.0.0.1) only
"""

import errno
import gc
import os
import socket
import sys
from collections.abc import Mapping
from importlib import import_module

import uvicorn

from carenet.sockets import LendsTransport

# Rooms take text; what is longer than this is no message.
LONGEST_FRAME = 1024 * 1024
SECONDS_TO_FINISH = 5


def main() -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "carenet.settings")
    # Imports everything, the settings first: they refuse to begin with a default secret.
    application = import_module("carenet.asgi").application
    # Pages too are imported now: a fault in them shows at the start, and what they hold is no work for the collector.
    _ = import_module("django.urls").get_resolver().url_patterns
    readiness = import_module("carenet.readiness")
    try:
        readiness.check()
        sockets = listen(host=os.environ.get("CARENET_HOST", "localhost"), port=int(os.environ.get("PORT", "8000")))
    except (readiness.NotReady, OSError) as refusal:
        sys.stderr.write(f"{refusal}\n")
        return 1

    tame_garbage_collector()
    try:
        uvicorn.Server(configuration(application, os.environ)).run(sockets=sockets)
    except KeyboardInterrupt:
        # Asked to stop, and did.
        return 0
    return 0


def configuration(application: object, environ: Mapping[str, str]) -> uvicorn.Config:
    """How carenet is served, everywhere: also by the tests' server."""
    behind_proxy = environ.get("CARENET_BEHIND_PROXY", "").lower() in {"1", "true", "yes", "on"}
    return uvicorn.Config(
        application,  # type: ignore[arg-type]
        loop="uvloop",
        http="httptools",
        ws=LendsTransport,
        ws_per_message_deflate=False,
        ws_max_size=LONGEST_FRAME,
        lifespan="off",
        # Django's settings say what is logged; a request line would hold ids of clients together with addresses.
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=behind_proxy,
        forwarded_allow_ips=environ.get("CARENET_PROXY_ADDRESSES", "127.0.0.1") if behind_proxy else "",
        timeout_graceful_shutdown=SECONDS_TO_FINISH,
    )


def listen(*, host: str, port: int) -> list[socket.socket]:
    """Open sockets on every address of the host name. A taken port is an OSError with a sentence."""
    addresses = ["127.0.0.1", "::1"] if host == "localhost" else [host]
    sockets: list[socket.socket] = []
    for address in addresses:
        try:
            sockets.append(bound(address, port))
        except OSError as error:
            # A machine without IPv6 serves localhost all the same.
            if sockets and error.errno in {errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT}:
                break
            for opened in sockets:
                opened.close()
            raise OSError(
                f"Port {port} on {address} cannot be used ({os.strerror(error.errno or 0)}); "
                "please stop the program that has it, or choose another with PORT=8001."
            ) from error
    return sockets


def bound(address: str, port: int) -> socket.socket:
    opened = socket.socket(socket.AF_INET6 if ":" in address else socket.AF_INET)
    try:
        # A restart must not wait for the last connections of the server before.
        opened.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        if opened.family == socket.AF_INET6:
            opened.setsockopt(socket.IPPROTO_IPV6, socket.IPV6_V6ONLY, 1)
        opened.bind((address, port))
        # Until the server runs, clients wait; and a taken port shows here.
        opened.listen(1024)
    except OSError:
        opened.close()
        raise
    return opened


def tame_garbage_collector() -> None:
    """With thousands of sockets a full collection stops everybody for half a second; what imports made stays for good."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 1000)


if __name__ == "__main__":
    sys.exit(main())
