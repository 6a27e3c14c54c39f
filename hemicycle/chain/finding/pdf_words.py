"""The words of a PDF, read in a process of its own: a file that kills its reader, or never ends, kills only that.

`python -m hemicycle.chain.finding.pdf_words PAGES CHARACTERS < file.pdf > words.txt`; imports nothing of the house.
"""

from __future__ import annotations

import resource
import sys

#: Bytes of memory and seconds of processor that one file may take.
MEMORY, SECONDS = 2 * 1024**3, 20


def main() -> int:
    most_pages, most_characters = int(sys.argv[1]), int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY, MEMORY))
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS))
    import pypdfium2

    document = pypdfium2.PdfDocument(sys.stdin.buffer.read())
    left = most_characters
    for number in range(min(len(document), most_pages)):
        page = document[number]
        words = page.get_textpage().get_text_bounded()[:left]
        sys.stdout.buffer.write(words.encode("utf-8", "replace") + b"\n")
        left -= len(words)
        page.close()
        if left <= 0:
            break
    return 0


if __name__ == "__main__":
    sys.exit(main())
