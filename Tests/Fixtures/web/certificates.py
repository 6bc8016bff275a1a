"""A TLS server with another odd certificate for every connection: `certificates.py KEY COUNT` prints its port.

Each is put together by hand from fields that no authority would sign (dates that are none, names with NUL bytes, names of
a hundred thousand letters, no name at all), or is a good one with some bytes changed. What OpenSSL itself does not load is
left out. None has a signature that holds: whoever asks has to take any certificate, or to refuse all of them.
"""

import os
import random
import ssl
import subprocess
import sys
import tempfile
import threading

from server import Handler, Server, end_with_parent

CHANCE = random.Random(18)
ECDSA = bytes.fromhex("300a06082a8648ce3d040302")
TEXTS = [
    b"localhost", b"", b"a" * 60, b"a" * 100_000, b"good.example\0.evil.example", b"\x1b[2J\x1b]0;t\x07", b"::error::x",
    "\u202eünï\u0000".encode(), b"\xff\xfe\x80", b"line\nSubject:other\r\n", b"*", b"*.*.*", b"CN = x, O = y", b"\0",
]
DATES = [
    (0x17, b"261121000000Z"), (0x17, b"991231235959Z"), (0x18, b"99991231235959Z"), (0x18, b"00000101000000Z"),
    (0x18, b"20261399999999Z"), (0x17, b"260000000000Z"), (0x17, b""), (0x18, b"\0\0\0"), (0x17, b"2611210000+0100"),
    (0x18, b"20990101000000.123Z"), (0x17, b"500101000000Z"), (0x18, b"19000101000000Z"), (0x17, b"never"),
    (0x18, b"9" * 3000), (0x17, b"351121000000Z"),
]


def der(tag: int, *parts: bytes) -> bytes:
    content = b"".join(parts)
    size = len(content)
    if size < 0x80:
        return bytes([tag, size]) + content
    length = size.to_bytes((size.bit_length() + 7) // 8, "big")
    return bytes([tag, 0x80 | len(length)]) + length + content


def name() -> bytes:
    parts = []
    for _ in range(CHANCE.choice([0, 1, 1, 2, 40])):
        # CN, O, OU, C and one that nobody knows; as UTF-8, printable, Teletex, BMP or Latin text, whatever it holds.
        kind = CHANCE.choice([b"\x55\x04\x03", b"\x55\x04\x0a", b"\x55\x04\x0b", b"\x55\x04\x06", b"\x2a\x03\x04"])
        text = der(CHANCE.choice([0x0C, 0x0C, 0x13, 0x14, 0x1E, 0x16]), CHANCE.choice(TEXTS))
        parts.append(der(0x31, der(0x30, der(0x06, kind), text)))
    return der(0x30, *parts)


def certificate(public: bytes) -> bytes:
    number = CHANCE.choice([b"\x01", b"\x00", b"\xff", b"\x7f" * 60])
    names = [der(0x82, text) for text in CHANCE.sample(TEXTS, CHANCE.randint(0, 5))] * CHANCE.choice([1, 1, 200])
    known = der(0x30, der(0x06, b"\x55\x1d\x11"), der(0x04, der(0x30, *names)))
    strange = der(0x30, der(0x06, b"\x2a\x03\x05"), der(0x04, CHANCE.randbytes(CHANCE.choice([0, 9, 5000]))))
    more = CHANCE.choice([b"", der(0xA3, der(0x30, known)), der(0xA3, der(0x30, known, strange))])
    dates = der(0x30, *(der(*CHANCE.choice(DATES)) for _ in range(2)))
    body = der(0x30, der(0xA0, b"\x02\x01\x02"), der(0x02, number), ECDSA, name(), dates, name(), public, more)
    if CHANCE.random() < 0.3:
        damaged = bytearray(body)
        for _ in range(CHANCE.randint(1, 3)):
            damaged[CHANCE.randrange(len(damaged))] = CHANCE.randrange(256)
        body = bytes(damaged)
    return der(0x30, body, ECDSA, der(0x03, b"\0" + der(0x30, b"\x02\x01\x01\x02\x01\x01")))


class OddServer(Server):
    contexts: list[ssl.SSLContext] = []
    asked = 0
    lock = threading.Lock()

    def finish_request(self, request, client_address) -> None:
        with self.lock:
            context = self.contexts[self.asked % len(self.contexts)]
            self.asked += 1
        try:
            request = context.wrap_socket(request, server_side=True)
        except OSError:
            return
        Handler(request, client_address, self)


if __name__ == "__main__":
    threading.Thread(target=end_with_parent, daemon=True).start()
    key, count = sys.argv[1], int(sys.argv[2])
    public = subprocess.run(["openssl", "pkey", "-in", key, "-pubout", "-outform", "DER"], capture_output=True, check=True)
    contexts: list[ssl.SSLContext] = []
    handle, path = tempfile.mkstemp()
    for _ in range(40 * count):
        with open(path, "w") as file:
            file.write(ssl.DER_cert_to_PEM_cert(certificate(public.stdout)))
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        try:
            context.load_cert_chain(path, key)
        except (ssl.SSLError, OSError):
            continue
        contexts.append(context)
        if len(contexts) == count:
            break
    os.unlink(path)
    server = OddServer(("127.0.0.1", 0), Handler)
    server.contexts = contexts
    print(server.server_address[1], flush=True)
    server.serve_forever()
