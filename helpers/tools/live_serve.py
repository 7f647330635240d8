"""Show the live edition on this computer: a small server for the loopback address, with the headers that browsers need."""

import functools
import http.server
import threading
from pathlib import Path

KEPT = ("/static/", "/build/", "/extensions/")  # files there have another name when they change
A_WEEK = "public, max-age=604800"


class _Pages(http.server.SimpleHTTPRequestHandler):
    server: "Server"
    protocol_version = "HTTP/1.1"  # one connection for many files
    extensions_map = {**http.server.SimpleHTTPRequestHandler.extensions_map, ".wasm": "application/wasm", ".mjs": "text/javascript"}

    def end_headers(self) -> None:
        """Let the browser keep what can be kept, and ask again for the rest."""
        keep = any(part in self.path for part in KEPT) and "pyodide-lock.json" not in self.path
        self.send_header("Cache-Control", A_WEEK if keep else "no-cache")
        super().end_headers()

    def translate_path(self, path: str) -> str:
        """Return the file for an address under the server's prefix; elsewhere nothing is found."""
        prefix = self.server.prefix
        return super().translate_path(path[len(prefix) - 1 :] if path.startswith(prefix) else "/nothing-here")

    def copyfile(self, source, outputfile) -> None:
        """Send a file, and count its bytes."""
        size = Path(source.name).stat().st_size
        with self.server.counting:
            self.server.sent += size
        super().copyfile(source, outputfile)

    def log_message(self, *words: object) -> None:
        """Say nothing on the screen."""


class Server(http.server.ThreadingHTTPServer):
    """A folder on 127.0.0.1.

    Attributes
    ----------
    address : str
        Where it is found, with a stroke at the end.
    sent : int
        Bytes of files sent so far.
    """

    daemon_threads = True

    def __init__(self, folder: Path, port: int = 0, prefix: str = "/"):
        self.prefix, self.sent, self.counting = prefix, 0, threading.Lock()
        super().__init__(("127.0.0.1", port), functools.partial(_Pages, directory=str(folder)))
        self.address = f"http://127.0.0.1:{self.server_address[1]}{prefix}"

    def handle_error(self, request: object, client_address: object) -> None:
        """A browser that goes away in the middle of a file is nothing to speak of."""
