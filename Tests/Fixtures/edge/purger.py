"""What nginx itself lacks: `purger.py CACHE MODE` takes pages out of its cache folder, and prints its port.

`POST {"urls": [...]}` as `purge: {provider: http}` sends it. A page's file is named for the hash of its cache key, which
is the address without `://`, below the folders that `levels=1:2` makes. MODE is `exact`, or what somebody might get
wrong: `nothing` says yes and does not look, `everything` empties the cache.
"""

import hashlib
import http.server
import json
import pathlib
import sys

CACHE, MODE = pathlib.Path(sys.argv[1]), sys.argv[2]


def file(url: str) -> pathlib.Path:
    scheme, rest = url.split("://", 1)
    name = hashlib.md5((scheme + rest).encode()).hexdigest()
    return CACHE / name[-1] / name[-3:-1] / name


class Purger(http.server.BaseHTTPRequestHandler):
    def do_POST(self) -> None:
        urls = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["urls"]
        match MODE:
            case "exact":
                for url in urls:
                    file(url).unlink(missing_ok=True)
            case "everything":
                for page in [path for path in CACHE.rglob("*") if path.is_file()]:
                    page.unlink()
        self.send_response(204)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


server = http.server.HTTPServer(("127.0.0.1", 0), Purger)
print(server.server_address[1], flush=True)
server.serve_forever()
