"""Pages that people write, in languages in which nobody has written them."""

from collections.abc import Collection
from pathlib import Path

from mingbai.i18n.languages import Languages
from mingbai.i18n.traditional import traditional
from mingbai.model.reserved_names import HAND_WRITTEN


def made_by_hand(docs: Path, there: Collection[str], languages: Languages) -> dict[str, str]:
    """Return the Markdown of each page by hand that a further language lacks, by its path.

    `there` are the paths that are there already. Traditional characters are made; a page in another language is
    the one that stands in for it, as it is: `stands_in` knows those.
    """
    made = {}
    for entry in languages.further:
        for name in HAND_WRITTEN:
            path = f"{entry.folder}{name}.md"
            if path not in there:
                text = (docs / languages.written(entry.id).folder / f"{name}.md").read_text(encoding="utf-8")
                made[path] = traditional(text) if entry.made else text
    return made


def stands_in(path: str, made: Collection[str], languages: Languages) -> bool:
    """Whether the page at `path` is, as a whole, in the language that stands in for its own."""
    return path in made and not languages.of_page(path).made


def of_other_sites(path: str, languages: Languages) -> bool:
    """Whether the page at `path` is in a language that this site does not have."""
    folder = f"{path.split('/', 1)[0]}/"
    return any(entry.folder == folder for lang, entry in languages.known.items() if lang not in languages.chosen)
