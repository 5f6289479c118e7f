"""Write a screenshot as a PNG of few colors, less than half the size of the browser's own."""

from __future__ import annotations

import base64
import struct
import zlib
from collections import Counter

from playwright.sync_api import Page

COLORS = 48
SIGNATURE = b"\x89PNG\r\n\x1a\n"
#: Eight bits for each pixel, which are the number of a color.
DEPTH, PALETTE = 8, 3
#: Returns the pixels of a picture, which only the browser can decode here.
DECODE = """async (picture) => {
  const image = new Image();
  image.src = `data:image/png;base64,${picture}`;
  await image.decode();
  const canvas = Object.assign(document.createElement("canvas"), { width: image.width, height: image.height });
  const context = canvas.getContext("2d");
  context.drawImage(image, 0, 0);
  const { data } = context.getImageData(0, 0, image.width, image.height);
  let text = "";
  for (let i = 0; i < data.length; i += 30000) text += String.fromCharCode(...data.subarray(i, i + 30000));
  return btoa(text);
}"""


def small_png(page: Page, width: int, height: int) -> bytes:
    """Return what a page shows as a PNG with a palette."""
    shot = base64.b64encode(page.screenshot()).decode()
    data = base64.b64decode(page.evaluate(DECODE, shot))
    pixels = [data[i : i + 3] for i in range(0, len(data), 4)]
    count = Counter(pixels)
    colors = [color for color, _ in count.most_common(COLORS)]
    number = {color: colors.index(_nearest(color, colors)) for color in count}
    rows = (pixels[start : start + width] for start in range(0, len(pixels), width))
    lines = b"".join(b"\0" + bytes(number[pixel] for pixel in row) for row in rows)
    head = struct.pack(">IIBBBBB", width, height, DEPTH, PALETTE, 0, 0, 0)
    parts = ((b"IHDR", head), (b"PLTE", b"".join(colors)), (b"IDAT", zlib.compress(lines, 9)), (b"IEND", b""))
    return SIGNATURE + b"".join(_chunk(kind, content) for kind, content in parts)


def _nearest(color: bytes, colors: list[bytes]) -> bytes:
    return min(colors, key=lambda one: sum((a - b) ** 2 for a, b in zip(one, color, strict=True)))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
