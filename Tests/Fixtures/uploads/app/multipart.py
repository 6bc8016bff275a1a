"""Reads the file out of a multipart/form-data body while it arrives, keeping none of it in memory."""

from __future__ import annotations

from collections.abc import Callable

from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

#: The form's field that holds the file.
FIELD = "file"


class NotMultipart(Exception):  # noqa: N818
    """The body is not multipart/form-data."""


class Malformed(Exception):  # noqa: N818
    """The body breaks off, breaks the format, or does not hold exactly one file."""


class FileReader:
    """Feed it the body; it hands the bytes of the field `file` to `sink`. Call `finish` at the end."""

    def __init__(self, content_type: str | None, sink: Callable[[bytes], None]) -> None:
        kind, options = parse_options_header(content_type)
        boundary = options.get(b"boundary")
        if kind != b"multipart/form-data" or not boundary:
            raise NotMultipart
        self._sink = sink
        self._files = 0
        self._complete = False
        self._in_file = False
        self._header = (b"", b"")
        self._headers: dict[bytes, bytes] = {}
        try:
            self._parser = MultipartParser(
                boundary,
                {
                    "on_part_begin": self._part_begins,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_ends,
                    "on_headers_finished": self._headers_end,
                    "on_part_data": self._data,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise Malformed(str(error)) from error

    def feed(self, chunk: bytes) -> None:
        try:
            self._parser.write(chunk)
        except FormParserError as error:
            raise Malformed(str(error)) from error

    def finish(self) -> None:
        if not self._complete:
            raise Malformed("the body ended before its closing boundary")
        if not self._files:
            raise Malformed(f"the form has no file in its field `{FIELD}`")

    def _part_begins(self) -> None:
        self._headers = {}
        self._header = (b"", b"")

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name + data[start:end], value)

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        name, value = self._header
        self._header = (name, value + data[start:end])

    def _header_ends(self) -> None:
        name, value = self._header
        self._headers[name.lower()] = value
        self._header = (b"", b"")

    def _headers_end(self) -> None:
        _, options = parse_options_header(self._headers.get(b"content-disposition"))
        self._in_file = options.get(b"name") == FIELD.encode() and b"filename" in options
        self._files += self._in_file
        if self._files > 1:
            raise Malformed(f"the form has more than one file in its field `{FIELD}`")

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._in_file:
            self._sink(data[start:end])

    def _end(self) -> None:
        self._complete = True
