"""Thumbnails of PNG images with nothing but the standard library."""

from __future__ import annotations

import struct
import zlib
from dataclasses import dataclass

SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Larger images take too long in Python, and a small file can claim to be a huge image.
MAX_PIXELS = 4_000_000
#: Bytes per pixel of each colour type: grey, RGB, palette, grey with alpha, RGBA.
CHANNELS = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}


class Unsupported(Exception):  # noqa: N818
    """The image is broken, or of a kind that gets no thumbnail; trying again would not help."""


@dataclass(frozen=True)
class Header:
    width: int
    height: int
    depth: int
    colour: int
    interlaced: bool


def encode(width: int, height: int, rgba: bytes) -> bytes:
    stride = width * 4
    rows = b"".join(b"\0" + rgba[y * stride : (y + 1) * stride] for y in range(height))
    header = struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)
    return SIGNATURE + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(rows, 9)) + _chunk(b"IEND", b"")


def header(data: bytes) -> Header:
    if not data.startswith(SIGNATURE) or data[12:16] != b"IHDR" or len(data) < 29:
        raise Unsupported("not a PNG image")
    width, height, depth, colour, _, _, interlace = struct.unpack(">IIBBBBB", data[16:29])
    if not width or not height:
        raise Unsupported("an image without pixels")
    return Header(width, height, depth, colour, bool(interlace))


def thumbnail(data: bytes, longest: int = 128) -> bytes:
    """A PNG of `data` with no side longer than `longest`; a smaller image keeps its size."""
    image = header(data)
    if image.width * image.height > MAX_PIXELS:
        raise Unsupported(f"{image.width} x {image.height} pixels, at most {MAX_PIXELS} in all")
    if image.depth != 8 or image.colour not in CHANNELS or image.interlaced:
        raise Unsupported(f"depth {image.depth}, colour type {image.colour}, interlaced {image.interlaced}")
    chunks = _chunks(data)
    palette = _palette(chunks) if image.colour == 3 else []

    scale = max(image.width, image.height, longest) / longest
    width, height = max(1, round(image.width / scale)), max(1, round(image.height / scale))
    columns = [min(image.width - 1, int((x + 0.5) * image.width / width)) for x in range(width)]
    wanted = {min(image.height - 1, int((y + 0.5) * image.height / height)) for y in range(height)}

    rgba = bytearray()
    for y, row in enumerate(_rows(image, chunks.get(b"IDAT", b""))):
        if y in wanted:
            for x in columns:
                rgba += _pixel(row, x, image.colour, palette)
    return encode(width, height, bytes(rgba))


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))


def _chunks(data: bytes) -> dict[bytes, bytes]:
    """The bodies by name, those of one name joined (an image's data may be in many)."""
    found: dict[bytes, bytearray] = {}
    at = len(SIGNATURE)
    while at + 12 <= len(data):
        (length,) = struct.unpack_from(">I", data, at)
        name, body = data[at + 4 : at + 8], data[at + 8 : at + 8 + length]
        if data[at + 8 + length : at + 12 + length] != struct.pack(">I", zlib.crc32(name + body)):
            raise Unsupported(f"the chunk {name.decode('latin-1')} is damaged")
        found.setdefault(name, bytearray()).extend(body)
        at += 12 + length
    return {name: bytes(body) for name, body in found.items()}


def _palette(chunks: dict[bytes, bytes]) -> list[bytes]:
    colours, alpha = chunks.get(b"PLTE", b""), chunks.get(b"tRNS", b"")
    return [colours[at * 3 : at * 3 + 3] + (alpha[at : at + 1] or b"\xff") for at in range(len(colours) // 3)]


def _pixel(row: bytearray, x: int, colour: int, palette: list[bytes]) -> bytes:
    match colour:
        case 0:
            return bytes((row[x], row[x], row[x], 255))
        case 2:
            return bytes(row[x * 3 : x * 3 + 3]) + b"\xff"
        case 3:
            if row[x] >= len(palette):
                raise Unsupported("a colour that is not in the palette")
            return palette[row[x]]
        case 4:
            return bytes((row[x * 2], row[x * 2], row[x * 2], row[x * 2 + 1]))
        case _:
            return bytes(row[x * 4 : x * 4 + 4])


def _rows(image: Header, compressed: bytes):
    """The rows from top to bottom with their filters undone (PNG specification, section 9)."""
    step = CHANNELS[image.colour]
    stride = image.width * step
    size = image.height * (stride + 1)
    try:
        # The limit keeps a bomb from unfolding.
        pixels = zlib.decompressobj().decompress(compressed, size)
    except zlib.error as error:
        raise Unsupported(f"the image's data is damaged: {error}") from None
    if len(pixels) < size:
        raise Unsupported("the image's data ends too early")

    above = bytearray(stride)
    for y in range(image.height):
        start = y * (stride + 1)
        row = bytearray(pixels[start + 1 : start + 1 + stride])
        _unfilter(pixels[start], row, above, step)
        yield row
        above = row


def _unfilter(kind: int, row: bytearray, above: bytearray, step: int) -> None:
    match kind:
        case 0:
            pass
        case 1:
            for x in range(step, len(row)):
                row[x] = (row[x] + row[x - step]) & 255
        case 2:
            for x in range(len(row)):
                row[x] = (row[x] + above[x]) & 255
        case 3:
            for x in range(len(row)):
                left = row[x - step] if x >= step else 0
                row[x] = (row[x] + (left + above[x]) // 2) & 255
        case 4:
            for x in range(len(row)):
                left, corner = (row[x - step], above[x - step]) if x >= step else (0, 0)
                row[x] = (row[x] + _paeth(left, above[x], corner)) & 255
        case _:
            raise Unsupported(f"the filter {kind} does not exist")


def _paeth(left: int, above: int, corner: int) -> int:
    estimate = left + above - corner
    to_left, to_above, to_corner = abs(estimate - left), abs(estimate - above), abs(estimate - corner)
    if to_left <= to_above and to_left <= to_corner:
        return left
    return above if to_above <= to_corner else corner
