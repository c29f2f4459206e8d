"""A server of our own on a free port of this machine, for tests of what fetches."""

import threading
from collections.abc import Callable
from email.message import Message
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, dict[str, str], bytes]
Serve = Callable[[str, dict[str, str]], Answer]


class Server:
    """A server on a free port of this machine. `answer` makes its answers, `asked` keeps a log."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, dict[str, str]]] = []
        self.fields: list[Message] = []
        self.methods: list[str] = []
        self.answer: Serve = lambda path, query: (404, {}, b"")
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                form = self.rfile.read(int(self.headers["Content-Length"])).decode()
                self.reply({name: values[0] for name, values in parse_qs(form).items()})

            def do_GET(self) -> None:
                self.reply({})

            def reply(self, form: dict[str, str]) -> None:
                parts = urlsplit(self.path)
                query = {name: values[0] for name, values in parse_qs(parts.query).items()}
                query |= form
                outer.asked.append((parts.path, query))
                outer.fields.append(self.headers)
                outer.methods.append(self.command)
                outer.agent = self.headers["User-Agent"]
                status, headers, body = outer.answer(
                    self.path if "://" in self.path else parts.path, query
                )
                self.send_response(status)
                for name, value in {"Content-Length": str(len(body)), **headers}.items():
                    self.send_header(name, value)
                self.end_headers()
                for byte in body if outer.trickle else ():
                    self.wfile.write(bytes([byte]))
                    if outer.closing.wait(outer.trickle):
                        break
                if not outer.trickle:
                    self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.agent = ""
        self.trickle = 0.0
        self.closing = threading.Event()
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.origin = f"http://127.0.0.1:{self._server.server_port}"

    def close(self) -> None:
        self.closing.set()
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()
