"""What to do when the first start fails: signs in the words of pip, uv and Python, and one sentence for each.

Only the standard library is used here. The first entry with a fitting sign is said, so what is particular comes first.
"""

import sys

KIT = "take the offline kit, which 'python3 -m helpers kit' packs on another computer"
AGAIN = "then give the command again"
VERSION = "%d.%d" % sys.version_info[:2]

DISK_FULL = "The disk is full: free about 500 MB, %s." % AGAIN
NO_VENV = "This Python cannot make environments: on Debian or Ubuntu type 'sudo apt install python3-venv', %s." % AGAIN
BITS_32 = (
    "This Python has 32 bits, and several packages are made for 64 bits only: install the 64-bit Python from python.org, "
    "delete the folder .venv and start again, or read the web pages that 'python3 -m helpers site' makes on another computer."
)

OF_THIS_COMPUTER = [
    (("No space left", "not enough space", "ENOSPC"), DISK_FULL),
    (("ensurepip",), NO_VENV),
    (
        ("Long Path support", "WinError 206", "os error 206", "filename or extension is too long"),
        "The course lies too deep in the folders for Windows: move it to a short place such as C:\\course, %s." % AGAIN,
    ),
    (
        ("WinError 1260", "os error 1260", "blocked by group policy"),
        "This computer's rules forbid programs in this folder: ask whoever looks after it for a folder where Python may install packages, "
        "or read the web pages that 'python3 -m helpers site' makes on another computer.",
    ),
    (
        ("WinError 32]", "os error 32)", "being used by another process"),
        "A file of the course is in use: close JupyterLab and every other window of the course, %s." % AGAIN,
    ),
    (
        ("Permission denied", "Read-only file system", "Access is denied"),
        "This folder cannot be written to: copy the course to a folder of your own and start it there.",
    ),
]

OF_THE_NETWORK = [
    (
        ("407 Proxy Authentication", "407 Client Error", "failed: 407", "proxy authorization required"),
        "The network's proxy wants a name and a password: ask whoever looks after the network for the proxy's address with both "
        "(it goes into the variable HTTPS_PROXY), or %s." % KIT,
    ),
    (
        ("failed: 403", "403 Client Error", "HTTP error 403", "403 Forbidden", "failed: 451", "451 Client Error"),
        "A filter of this network forbids the packages' server: ask whoever looks after the network to let Python packages through, "
        "or %s." % KIT,
    ),
    (
        ("self-signed certificate", "self signed certificate", "unable to get local issuer", "UnknownIssuer", "CaUsedAsEndEntity"),
        "Something in this network, perhaps a filter, stands before the packages' server with a certificate of its own: ask for the file "
        "of that certificate and name it in the variables PIP_CERT and SSL_CERT_FILE, or %s." % KIT,
    ),
    (
        ("CERTIFICATE_VERIFY_FAILED", "certificate verify failed", "invalid peer certificate", "not yet valid"),
        "The server of the packages could not be trusted: set this computer's date and time right (a school's filter may be the cause too: "
        "ask for its certificate, or %s), %s." % (KIT, AGAIN),
    ),
    (
        ("500 Server", "502 Server", "503 Server", "504 Server", "status server error", "failed: 50"),
        "The packages' server, or a computer on the way to it, is out of order just now: wait some minutes, %s, or %s." % (AGAIN, KIT),
    ),
    (
        ("tunnel error: unsuccessful",),
        "The network's proxy refuses the packages' server: ask whoever looks after the network to let Python packages through, or %s."
        % KIT,
    ),
    (
        ("Cannot connect to proxy", "Unable to connect to proxy", "ProxyError", "tunnel error"),
        "The proxy named in this computer's settings does not answer: ask whoever looks after the network for the right one, "
        "clear the variable HTTPS_PROXY where none is needed, or %s." % KIT,
    ),
    (
        (
            "Temporary failure in name resolution",
            "getaddrinfo failed",
            "nodename nor servname",
            "NewConnectionError",
            "Failed to establish a new connection",
            "ConnectTimeout",
            "ReadTimeout",
            "operation timed out",
            "dns error",
            "Network is unreachable",
            "Connection refused",
            "connection refused",
        ),
        "The packages could not be fetched: connect to the internet for this first start (later starts need no network), %s, "
        "or %s." % (AGAIN, KIT),
    ),
]

# What answered is no package server when even the first pin, a package for every computer, is not there.
LOG_IN = (
    "What answered was not the packages' server but a page of this network, perhaps its log-in page: open any page in a browser, log in, "
    "%s, or %s." % (AGAIN, KIT)
)
NOT_IN_KIT = (
    "The folder 'wheels' holds no packages for this computer and Python %s: take the kit made for them, or delete 'wheels' and "
    "connect to the internet for this first start." % VERSION
)
NO_TESTS_IN_KIT = (
    "The folder 'wheels' holds no tools for the tests: take a kit that was packed with 'python3 -m helpers kit --tests', or delete "
    "'wheels' where there is internet."
)
NO_EXTRA_IN_KIT = "The folder 'wheels' holds no packages for this (%s): delete 'wheels' where there is internet, " + AGAIN + "."
NOT_MADE = (
    ("No matching distribution", "No solution found", "not a supported wheel"),
    "A package is not made for this computer and Python %s: start the course with Python 3.13 from python.org, or read the web pages "
    "that 'python3 -m helpers site' makes on another computer." % VERSION,
)
FETCH = (
    ("Failed to fetch", "error sending request"),
    "The packages could not be fetched: connect to the internet for this first start (later starts need no network), %s, "
    "or %s." % (AGAIN, KIT),
)
ALL = OF_THIS_COMPUTER + OF_THE_NETWORK + [NOT_MADE, FETCH]


def online(first_pin):
    """Return the remedies of an installation over the network, whose first package is `first_pin`, for example "anyio==4.16.0"."""
    name = first_pin.partition("==")[0]
    signs = (
        "requirement %s (from versions: none)" % first_pin,
        "%s was not found in the package registry" % name,
        "there is no version of %s" % first_pin,
    )
    return OF_THIS_COMPUTER + OF_THE_NETWORK + [(signs, LOG_IN), NOT_MADE, FETCH]


def kit(missing):
    """Return the remedies of an installation from the folder `wheels`; `missing` is said when a package is not in it."""
    return OF_THIS_COMPUTER + [(NOT_MADE[0], missing)]


def find(output, remedies):
    """Return the first remedy with a sign in a program's output, or None."""
    return next((sentence for signs, sentence in remedies if any(sign in output for sign in signs)), None)
