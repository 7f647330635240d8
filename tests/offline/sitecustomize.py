"""No network but this computer's own: Python loads this by its name in every test process, kernels included.

Connections and look-ups of names outside the loopback range are refused as a computer without a network refuses them.
"""

import errno
import ipaddress
import sys

WATCHED = {"socket.connect", "socket.sendto", "socket.sendmsg", "socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"}


def outside(host):
    """Return True for a host that is not this computer; None, "" and addresses of files in Unix sockets are."""
    name = host.decode("ascii", "replace") if isinstance(host, (bytes, bytearray)) else host
    if not name or name == "localhost":
        return False
    try:
        return not ipaddress.ip_address(name.partition("%")[0]).is_loopback
    except ValueError:
        return True


def refuse(event, arguments):
    """Raise OSError when Python is about to reach outside this computer."""
    if event not in WATCHED:
        return
    asked = arguments[0] if event.startswith("socket.get") else arguments[1]
    if isinstance(asked, tuple):
        asked = asked[0]
    elif not event.startswith("socket.get"):
        return  # a Unix socket's path, or no address at all
    if event == "socket.getaddrinfo" and not _is_name(asked):
        return  # numbers are not looked up anywhere
    if outside(asked):
        raise OSError(errno.ENETUNREACH, f"the tests use no network, but something asked for {asked}")


def _is_name(host):
    try:
        ipaddress.ip_address(host.decode() if isinstance(host, (bytes, bytearray)) else host or "127.0.0.1")
        return False
    except ValueError:
        return True


sys.addaudithook(refuse)
