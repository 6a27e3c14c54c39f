"""One page of a PDF or one image as a picture, and its words, in a process of its own.

`python -m hemicycle.rendering.page_image picture N WIDTH < file > page.png`, or `words N < file > answer.json`: a file
that kills its reader, or never ends, kills only that. Imports nothing of the house.
"""

from __future__ import annotations

import io
import json
import resource
import sys
from typing import Any

#: Bytes of memory, seconds of processor and pixels that one page may take.
MEMORY, SECONDS, PIXELS = 2 * 1024**3, 15, 12_000_000
#: Pixels of an image that is opened at all, as hemicycle.texts.images accepts them.
OPENED = 60_000_000
WORDS = 20_000


def main(arguments: list[str]) -> int:
    what, number = arguments[0], int(arguments[1])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    data = sys.stdin.buffer.read()
    if what == "words":
        answer = json.dumps(_words(data, number)).encode()
    else:
        answer = _png(_page(data, number, int(arguments[2])))
    sys.stdout.buffer.write(answer)
    return 0


def _words(data: bytes, number: int) -> dict[str, Any]:
    """How many pages there are, and the words of that one."""
    import pypdfium2

    document = pypdfium2.PdfDocument(data)
    count = len(document)
    words = document[number - 1].get_textpage().get_text_bounded() if 0 < number <= count else ""
    return {"pages": count, "words": words[:WORDS].encode("utf-8", "replace").decode()}


def _page(data: bytes, number: int, width: int) -> Any:
    if not data.startswith(b"%PDF-"):
        return _image(data, width)
    import pypdfium2

    page = pypdfium2.PdfDocument(data)[number - 1]
    across, down = page.get_size()
    scale = min(width / across, (PIXELS / (across * down)) ** 0.5)
    return page.render(scale=scale).to_pil()


def _image(data: bytes, width: int) -> Any:
    from PIL import Image, ImageOps

    Image.MAX_IMAGE_PIXELS = OPENED // 2
    opened = Image.open(io.BytesIO(data), formats=["PNG", "JPEG"])
    shown = ImageOps.exif_transpose(opened).convert("RGB")
    shown.thumbnail((width, 4 * width))
    return shown


def _png(picture: Any) -> bytes:
    out = io.BytesIO()
    picture.save(out, format="PNG", optimize=False)
    return out.getvalue()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
