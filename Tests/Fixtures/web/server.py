"""A server that behaves as badly as it is asked to: `server.py [--tls CERTIFICATE KEY]` prints its port.

It speaks through bare sockets, because what it says is mostly no HTTP. The path says what it does; `/log` lists the
requests so far, a JSON document a line.
"""

import json
import os
import random
import socket
import socketserver
import ssl
import sys
import threading
import time

import fuzz

LOG: list[str] = []
COUNTS: dict[str, int] = {}
KEPT: set[str] = set()
LOCK = threading.Lock()


def answer(status: int, body: bytes, *headers: str) -> bytes:
    lines = [f"HTTP/1.1 {status} Some Words", f"Content-Length: {len(body)}", *headers, "", ""]
    return "\r\n".join(lines).encode("latin-1") + body


class Handler(socketserver.BaseRequestHandler):
    def handle(self) -> None:
        self.request.settimeout(60)
        reader = self.request.makefile("rb")
        try:
            while self.one(reader):
                pass
        except OSError:
            pass

    def one(self, reader) -> bool:
        line = reader.readline().decode("latin-1").split()
        if len(line) < 3:
            return False
        method, target = line[0], line[1]
        headers: list[tuple[str, str]] = []
        while (text := reader.readline().decode("latin-1").rstrip("\r\n")) != "":
            name, _, value = text.partition(":")
            headers.append((name, value.strip()))
        size = next((int(value) for name, value in headers if name.lower() == "content-length"), 0)
        body = reader.read(size)
        path, _, query = target.partition("?")
        if path != "/log":
            entry = {"method": method, "target": target, "headers": headers, "body": body.decode("latin-1")}
            with LOCK:
                LOG.append(json.dumps(entry))
        return self.behave(method, path, query, headers, body)

    def behave(self, method: str, path: str, query: str, headers, body: bytes) -> bool:
        send = self.request.sendall
        kind = path.strip("/").split("/")[0]
        if path.endswith("/purge_cache"):
            kind = "cache"
        if kind == "log":
            with LOCK:
                send(answer(200, ("".join(line + "\n" for line in LOG)).encode()))
        elif kind == "echo":
            told = {"method": method, "headers": headers, "body": body.decode("latin-1")}
            send(answer(200, b"" if method == "HEAD" else json.dumps(told).encode(), "Content-Type: application/json"))
        elif kind == "status":
            send(answer(int(path.split("/")[2]), b"as asked\n"))
        elif kind == "never":
            time.sleep(60)
        elif kind == "trickle":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
            for _ in range(600):
                send(b"x")
                time.sleep(0.1)
        elif kind == "endless":
            send(b"HTTP/1.1 200 OK\r\n\r\n")
            while True:
                send(b"0123456789abcdef" * 4096)
        elif kind == "heads":
            send(b"HTTP/1.1 200 OK\r\n")
            while True:
                send(b"X-More: " + b"y" * 8000 + b"\r\n")
        elif kind == "cut":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
            return False
        elif kind == "reset":
            send(b"HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\nonly this")
            self.request.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\x01\x00\x00\x00\x00\x00\x00\x00")
            return False
        elif kind == "nothing":
            return False
        elif kind == "garbage":
            send(b"\x00\xff\x1b]0;title\x07 this is no HTTP at all\r\n\r\n")
            return False
        elif kind == "interim":
            send(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" + answer(200, b"final", "X-Final: yes"))
        elif kind == "odd":
            send(b"HTTP/1.1 200 \xff\xfe\r\nContent-Length: 2\r\nX-Bytes: a\xff\xfeb\r\nX-Empty:\r\nx-TWICE: 1\r\n"
                 b"X-Twice:  2 \r\n\r\nok")
        elif kind == "control":
            send(answer(200, b"\x1b[2J\x1b]0;owned\x07::error::injected\n  ::set-output name=x::y\n##[error]z\r\n\x9b\x00"))
        elif kind == "flaky":
            wanted = int(path.split("/")[2])
            with LOCK:
                COUNTS[path] = COUNTS.get(path, 0) + 1
                count = COUNTS[path]
            send(answer(200, b"at last\n") if count > wanted else answer(503, b"not yet\n"))
        elif kind == "failing":
            wanted = int(path.split("/")[2])
            with LOCK:
                COUNTS[path] = COUNTS.get(path, 0) + 1
                count = COUNTS[path]
            send(answer(200, b"still up\n") if count <= wanted else answer(503, b"down\n"))
        elif kind == "cache":
            # A cache that keeps everything, and takes purges of 30 URLs a call, as Cloudflare's API has them.
            self.cache(method, path, body)
        elif kind == "redirect":
            status, _, to = query.partition("&to=")
            send(answer(int(status or 302), b"", f"Location: {to}"))
        elif kind == "slow":
            time.sleep(float(path.split("/")[2]))
            send(answer(200, b"slow\n"))
        elif kind == "fuzz":
            # Another answer each time, by the path and how often it was asked for.
            with LOCK:
                COUNTS[path] = COUNTS.get(path, 0) + 1
                count = COUNTS[path]
            send(fuzz.answer(f"{path} {count}"))
            return False
        elif kind == "raw":
            # The bytes to answer with, in hexadecimal.
            send(bytes.fromhex(query))
            return False
        else:
            send(answer(200, b"hello\n", "Content-Type: text/plain", "X-Kind: plain"))
        return True


    def cache(self, method: str, path: str, body: bytes) -> None:
        send = self.request.sendall
        if method == "POST":
            files = json.loads(body)["files"]
            if len(files) > 30:
                send(answer(400, b'{"success": false, "errors": [{"code": 1094}]}'))
                return
            with LOCK:
                for file in files:
                    KEPT.discard(file[file.index("/cache/"):])
            send(answer(200, b'{"success": true, "errors": [], "result": {"id": "1"}}'))
            return
        with LOCK:
            hit = path in KEPT
            KEPT.add(path)
        send(answer(200, b"page\n", f"CF-Cache-Status: {'HIT' if hit else 'MISS'}"))


class Babbler(socketserver.BaseRequestHandler):
    """Answers a handshake with noise: pure, or with the head of a TLS record in front."""

    def handle(self) -> None:
        self.request.settimeout(5)
        hello = self.request.recv(4096)
        noise = random.Random(hello[11:43]).randbytes(600)
        head = noise[0] % 3
        record = b"\x16\x03\x03" + len(noise).to_bytes(2, "big")
        self.request.sendall(noise if head == 0 else record + noise if head == 1 else record + b"\x02\x00\x02\x53" + noise)


def end_with_parent() -> None:
    """The tests never leave it behind, however they end."""
    parent = os.getppid()
    while os.getppid() == parent:
        time.sleep(0.2)
    os._exit(0)


class Server(socketserver.ThreadingTCPServer):
    daemon_threads = True
    request_queue_size = 1024
    context: ssl.SSLContext | None = None

    def finish_request(self, request, client_address) -> None:
        # On the connection's own thread, so that nobody waits for another's handshake.
        if self.context:
            try:
                request = self.context.wrap_socket(request, server_side=True)
            except OSError:
                return
        super().finish_request(request, client_address)

    def handle_error(self, request, client_address) -> None:
        pass


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    server = Server(("127.0.0.1", 0), Babbler if "--babble" in sys.argv else Handler)
    if "--tls" in sys.argv:
        at = sys.argv.index("--tls")
        server.context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        server.context.load_cert_chain(sys.argv[at + 1], sys.argv[at + 2])
        if "--only-tls-1.2" in sys.argv:
            server.context.maximum_version = ssl.TLSVersion.TLSv1_2
    print(server.server_address[1], flush=True)
    server.serve_forever()
