"""Networks that do not let a first start through, each a small server on this computer's own address."""

import contextlib
import ssl
import subprocess
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class LogInPage(BaseHTTPRequestHandler):
    """Answers whatever is asked with one page."""

    status, page = 200, b"<html><title>Welcome to our school</title><form>Name and password</form></html>"

    def do_GET(self):
        self.send_response(self.status)
        self.send_header("Content-Type", "text/html")
        self.send_header("Content-Length", str(len(self.page)))
        self.end_headers()
        self.wfile.write(self.page)

    do_HEAD = do_CONNECT = do_GET

    def log_message(self, *_):
        pass


@contextlib.contextmanager
def serving(status=200, certificate=None):
    """Run a server that gives one status to everything; give its address, `127.0.0.1:PORT`.

    certificate  a file with a key and its certificate: the server then speaks https
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Handler", (LogInPage,), {"status": status}))
    if certificate:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate)
        server.socket = context.wrap_socket(server.socket, server_side=True)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"127.0.0.1:{server.server_address[1]}"
    finally:
        server.shutdown()
        server.server_close()


def own_certificate(folder):
    """Make a key and a certificate that nobody vouches for; return the file that holds both."""
    key, certificate, both = (folder / name for name in ("key.pem", "certificate.pem", "both.pem"))
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=127.0.0.1"]
        + ["-addext", "subjectAltName=IP:127.0.0.1", "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    both.write_bytes(key.read_bytes() + certificate.read_bytes())
    return both
