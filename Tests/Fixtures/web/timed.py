"""A server whose answers take as long as their path says; prints its port.

`/even/MS` takes so long each time, `/spread/MS` as a lognormal distribution around it, `/cycle` goes through the same 200
times over and over, `/stall` stands still for half a second once in 60 requests, and everybody with it.
`/cached/MS` takes so long and says that it was a miss, or no time and that it was a hit, as `/cache/on` and `/cache/off` say.
`/count` has two calls of the database. `/load` takes as long as `/slower/MS` last said, at first 2 ms.
"""

import asyncio
import itertools
import math
import random
import time

CHANCE = random.Random(7)
CYCLE = itertools.cycle([5 + 15 * (index * 61 % 200) / 200 for index in range(200)])
SEEN = itertools.count(1)
CACHE = {"on": False}


class Server(asyncio.Protocol):
    def connection_made(self, transport) -> None:
        self.transport = transport
        self.buffer = b""

    def data_received(self, data: bytes) -> None:
        self.buffer += data
        while b"\r\n\r\n" in self.buffer:
            head, self.buffer = self.buffer.split(b"\r\n\r\n", 1)
            self.answer(head.split(b" ", 2)[1].decode())

    def answer(self, target: str) -> None:
        parts = target.strip("/").split("/")
        delay, headers = 0.0, ""
        match parts[0]:
            case "even":
                delay = float(parts[1])
            case "spread":
                delay = float(parts[1]) * math.exp(0.3 * CHANCE.gauss(0, 1))
            case "cycle":
                delay = next(CYCLE)
            case "stall":
                if next(SEEN) == 60:
                    time.sleep(0.5)
            case "cache":
                CACHE["on"] = parts[1] == "on"
            case "cached":
                delay = 0.0 if CACHE["on"] else float(parts[1])
                headers = f"X-Cache: {'HIT' if CACHE['on'] else 'MISS'}\r\n"
            case "count":
                headers = 'Server-Timing: db;dur=1.5;desc="2 queries"\r\n'
            case "load":
                delay = CACHE.get("load", 2.0)
            case "slower":
                CACHE["load"] = float(parts[1])
            case "broken":
                self.send("503 Service Unavailable", "Retry-After: 1\r\n")
                return
        if delay > 0:
            asyncio.get_running_loop().call_later(delay / 1000, self.send, "200 OK", headers)
        else:
            self.send("200 OK", headers)

    def send(self, status: str, headers: str) -> None:
        self.transport.write(f"HTTP/1.1 {status}\r\nContent-Length: 2\r\n{headers}\r\nok".encode())


async def main() -> None:
    server = await asyncio.get_running_loop().create_server(Server, "127.0.0.1", 0, backlog=512)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


asyncio.run(main())
