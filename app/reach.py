"""The address under which others in the room reach this machine.

A datagram socket is pointed at a documentation address to learn which of our own addresses
the system would use; nothing is sent.
"""

import socket
from urllib.parse import urlsplit

from app import settings

NOWHERE = ("192.0.2.1", 9)  # RFC 5737: reserved for documentation
HERE = ("127.0.0.1", "localhost", "::1", "0.0.0.0")


def own_address() -> str:
    """This machine's address on its network, or loopback when it has none."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as probe:
        try:
            probe.connect(NOWHERE)
            return str(probe.getsockname()[0])
        except OSError:
            return HERE[0]


def address_for(asked: str) -> str:
    """The address to tell a class, given the one this page was opened with."""
    public = str(settings.setting("public_url"))
    if public:
        return public
    parts = urlsplit(asked)
    if parts.hostname not in HERE:
        return asked
    return f"{parts.scheme}://{own_address()}:{parts.port or 80}/"
