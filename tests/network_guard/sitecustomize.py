"""Refuses every socket but AF_UNIX and loopback, in the suite and in each Python that it starts.

An audit hook cannot be taken off again, so no test and no package can get round it by accident.
Sockets that compiled code opens without Python are out of its sight.
"""

from __future__ import annotations

import ipaddress
import sys

_NAMES = frozenset({"localhost", "ip6-localhost", ""})
_CONNECTING = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
_RESOLVING = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})


class NetworkForbiddenError(OSError):
    """A test reached for the network."""


def is_local(host: object) -> bool:
    """Say whether a host is this machine."""
    text = host.decode("ascii", "replace") if isinstance(host, bytes) else host
    if text is None or text in _NAMES:
        return True
    try:
        return ipaddress.ip_address(str(text).partition("%")[0]).is_loopback
    except ValueError:
        return False


def refuse(event: str, arguments: tuple[object, ...]) -> None:
    """Raise where an audited event leaves this machine.

    :raises NetworkForbiddenError: naming the host
    """
    if event in _RESOLVING:
        host = arguments[0]
    elif event in _CONNECTING and isinstance(arguments[1], tuple):
        host = arguments[1][0]
    else:
        return
    if not is_local(host):
        message = f"{event} to {host!r}: tests use no network"
        raise NetworkForbiddenError(message)


sys.addaudithook(refuse)
