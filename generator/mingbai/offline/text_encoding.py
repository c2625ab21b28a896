"""Bytes as text that may stand in an HTML file: compressed, 13 bits in two letters.

That is 6.5 bits a letter where base64 has 6: a third of a megabyte less for the calculator. ``unpack.js`` reads it.
"""

import gzip

LETTERS = "".join(letter for letter in map(chr, range(0x21, 0x7F)) if letter not in "&<>")
"""91 letters that mean nothing in HTML; 91 x 91 is just above 2^13."""

_BITS = 13
_GROUP_BYTES = 13
"""13 bytes are 8 numbers of 13 bits."""
_LINE_GROUPS = 64
_PAIRS = [LETTERS[number % len(LETTERS)] + LETTERS[number // len(LETTERS)] for number in range(1 << _BITS)]


def packed(content: bytes) -> tuple[str, int]:
    """Return `content` compressed and as text, and how many bytes it is compressed."""
    small = gzip.compress(content, compresslevel=9, mtime=0)
    return as_letters(small), len(small)


def as_letters(content: bytes) -> str:
    """Return bytes as text, in lines; zeros are added at the end, so whoever reads it must know their number."""
    whole = content + bytes(-len(content) % _GROUP_BYTES)
    mask = (1 << _BITS) - 1
    groups = []
    for start in range(0, len(whole), _GROUP_BYTES):
        number = int.from_bytes(whole[start : start + _GROUP_BYTES], "big")
        groups.append("".join(_PAIRS[(number >> shift) & mask] for shift in range(91, -1, -_BITS)))
    lines = ("".join(groups[start : start + _LINE_GROUPS]) for start in range(0, len(groups), _LINE_GROUPS))
    return "\n".join(lines)
