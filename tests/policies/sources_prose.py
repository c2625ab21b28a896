"""Fingerprints of the sources' prose: so that a stranger's clone can tell whether a policy file copies a sentence.

The sources themselves are not in the repository. ``python -m tests.policies.sources_prose FOLDER`` makes
`prose.bin` from a folder of them: the sorted hashes (5 bytes each) of every run of twelve letters, in
simplified characters (with OpenCC, where a text is in Traditional ones).
"""

import hashlib
import re
import sys
from collections.abc import Iterator
from pathlib import Path

RUN = 12
BYTES = 5
PROSE = Path(__file__).with_name("prose.bin")
_PINYIN = re.compile(r"\([a-zāáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜü]+\)")
_NO_LETTER = re.compile(r"[\W_]+")


def letters(text: str) -> str:
    """Return a text without punctuation, spaces and the pinyin that one source puts between its characters."""
    return _NO_LETTER.sub("", _PINYIN.sub("", text))


def runs(text: str) -> Iterator[tuple[str, bytes]]:
    """Yield every run of twelve letters that is prose (not only digits), with its hash."""
    plain = letters(text)
    for start in range(len(plain) - RUN + 1):
        run = plain[start : start + RUN]
        yield run, hashlib.blake2b(run.encode(), digest_size=BYTES).digest()


def fingerprints() -> frozenset[bytes]:
    """Return the hashes of the sources' prose."""
    data = PROSE.read_bytes()
    return frozenset(data[start : start + BYTES] for start in range(0, len(data), BYTES))


def main(folder: Path) -> None:
    """Write the fingerprints of the texts in a folder."""
    from opencc import OpenCC  # noqa: PLC0415 - only to make the file anew

    simplified = OpenCC("t2s")
    found = set()
    for file in sorted(folder.glob("*.txt")):
        text = file.read_text(encoding="utf-8")
        for version in (text, simplified.convert(text)):
            found |= {digest for _, digest in runs(version)}
    PROSE.write_bytes(b"".join(sorted(found)))
    sys.stdout.write(f"{len(found)} runs\n")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
