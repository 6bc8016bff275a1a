"""Answers that no server should give, the same for the same seed: `answer(seed)`.

Each is put together from pieces that are each right or wrong (status line, framing, headers, body), and one in three is
then damaged byte by byte. A seed that holds `hits` gives mostly good answers that came from a cache, so that a check
gets further than its first request.
"""

import random

STATUS = [
    b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK", b"HTTP/1.1 200 OK", b"HTTP/1.0 200", b"HTTP/1.1 302 Found",
    b"HTTP/1.1 503 " + b"busy " * 400, b"HTTP/1.1 000 zero", b"HTTP/1.1 999 nine", b"HTTP/1.1 20000 many", b"HTTP/9.9 200",
    b"HTTP/1.1 -1 x", b"HTTP/1.1 ", b"HTTP/1.1 200\0OK", b"HTTP/1.1 200 \x1b[2J\xff\xfe", b"HTTP/1.1 204 No Content",
    b"HTTP/1.1 304 Not Modified", b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK", b"ICY 200 OK", b"", b"\x00\xff\x00",
    b"HTTP/1.1 413 Too Large", b"HTTP/1.1 415 Unsupported", b"HTTP/1.1 201 Created", b"HTTP/1.1 404 Not Found",
]
NAMES = [
    b"Cache-Status", b"Age", b"X-Cache", b"CF-Cache-Status", b"X-Varnish", b"X-Cache-Status", b"Cache-Control", b"Vary",
    b"Set-Cookie", b"Location", b"Content-Type", b"Content-Encoding", b"Server-Timing", b"Strict-Transport-Security",
    b"Server", b"X-Debug", b"Retry-After", b"Date", b"ETag", b"X-Content-Type-Options", b"Content-Length",
    b"Transfer-Encoding", b"Connection", b"", b" ", b"\x00", b"X\xff", b"a b", b"X:" * 20, b"x" * 3000,
]
VALUES = [
    b"", b" ", b"hit", b"HIT", b"MISS, HIT", b"ExampleCache; hit; ttl=-99999999999999999999", b'"', b'"; hit', b";;,,==",
    b"32770 3", b"9" * 400, b"-1", b"1e999", b"NaN", b"0x10", b"\x00", b"a\x00b", b"\r", b"a\rX-Injected: 1", b"\x1b]0;t\x07",
    b"\xff\xfe\x80", "\u202e\ufeffé".encode(), b"::error::x", b"db;dur=1e308;desc=\"99999999999 q\"", b"db;dur=-5,sql;dur=nan",
    b"db" + b";dur=9" * 500, b"a=b; Secure; HttpOnly; SameSite=Lax", b"=; =; ;;", b"a" * 30_000, b"max-age=99999999999999999999",
    b"public, immutable", b"private, no-store", b"*", b"Cookie, Cookie,, ,", b"gzip", b"br", b"gzip, gzip, x", b"identity",
    b"chunked", b"chunked, chunked", b"close", b"keep-alive", b"5", b"5, 5", b"18446744073709551616", b"+3",
    b"http://127.0.0.1:1/", b"//", b"///x", b"http://[::1", b"http://u:p@h/", b"file:///etc/passwd", b"javascript:1",
    b"/\xff", b"?" * 500, b"Wed, 99 Foo 2026 99:99:99 GMT", b"W/\"" + b"e" * 500,
]
BODIES = [
    b"", b"ok", b"Logged in as ada", b"{}", b'{"a":{"b":1}}', b'{"a":', b"[" * 100_000, b'{"a":' * 50_000, b'{"a":"\\ud800"}',
    b'{"a":1e99999}', b"-" * 1000, b'{"a":' + b"9" * 5000 + b"}", b'"\xff\xfe"', b"\xff\xfe\x80" * 500, b"\x00" * 5000,
    b"\x1b[2J\x1b]0;owned\x07::error::x\n##[error]y\r\n", "\u202e\u2066é".encode() * 300, b"\n" * 9000, b"x" * 200_000,
    b"\x1f\x8b\x08\x00nothing like gzip", b'{"a":{"b":1},"a":{"b":2}}', b"1.5.0", b"\xef\xbb\xbf{}",
]


def framed(chance: random.Random, body: bytes) -> tuple[list[bytes], bytes]:
    size = b"Content-Length: %d"
    match chance.randrange(10):
        case 0:
            return [size % (len(body) + chance.choice([1, 10, 10**9, 10**18]))], body
        case 1:
            return [size % max(0, len(body) - 1)], body
        case 2:
            return [size % len(body), size % (len(body) + 3)], body
        case 3:
            return [b"Content-Length: " + chance.choice([b"-5", b"x", b"", b"0x5", b"9" * 40])], body
        case 4:
            return [b"Transfer-Encoding: chunked"], b"%x\r\n%s\r\n0\r\nX-Trailer: 1\r\n\r\n" % (len(body), body)
        case 5:
            broken = [b"zz\r\n", b"-1\r\n", b"ffffffffffffffffff\r\n", b"5;" + b"e" * 5000 + b"\r\n", b"\r\n", b"5\n", b"2\r\nokXX"]
            return [b"Transfer-Encoding: chunked"], chance.choice(broken) + body
        case 6:
            return [b"Content-Encoding: " + chance.choice([b"gzip", b"br", b"deflate", b"x"]), size % len(body)], body
        case 7:
            return [], body
        case _:
            return [size % len(body)], body


def answer(seed: str) -> bytes:
    chance = random.Random(seed)
    good = "hits" in seed and chance.random() < 0.9
    body = b"page" if good else chance.choice(BODIES)
    lines, content = ([b"Content-Length: 4"], body) if good else framed(chance, body)
    lines += [b"X-Cache: HIT"] if good else []
    for _ in range(chance.choice([0, 1, 3, 6, 40])):
        name = chance.choice(NAMES)
        lines += [name + chance.choice([b": ", b":", b"", b" : "]) + chance.choice(VALUES)] * chance.choice([1, 1, 1, 2, 30])
    chance.shuffle(lines)
    end = b"\r\n" if good else chance.choice([b"\r\n", b"\r\n", b"\r\n", b"\n", b"\r\n "])
    whole = bytearray(end.join([b"HTTP/1.1 200 OK" if good else chance.choice(STATUS), *lines]) + b"\r\n\r\n" + content)
    if not good and chance.random() < 0.33:
        for _ in range(chance.randint(1, 8)):
            at = chance.randrange(min(len(whole), 2000)) if whole else 0
            match chance.randrange(3):
                case 0:
                    whole[at : at + 1] = bytes([chance.randrange(256)])
                case 1:
                    del whole[at : at + chance.randint(1, 40)]
                case _:
                    whole[at:at] = chance.choice([b"\0", b"\r", b"\n", b"\r\n\r\n", b":", b"\xff", bytes(whole[at : at + 60])])
    return bytes(whole)
