"""What a site is built from, beside its policies and the program."""

from dataclasses import dataclass, field
from pathlib import Path

from mingbai.i18n.languages import Languages
from mingbai.pages.wording.language import Json


@dataclass(frozen=True, slots=True)
class SiteSettings:
    """The settings of a site.

    `root` is the folder of ``mkdocs.yml``, `policies` and `docs` are the folders of the policies and of the pages that
    people write. `templates` are those of the site's own theme, as they were read, by name. `places` are those of the
    site, all of them if none is named. `as_of` (ISO) is the day of a preview, which pages take for today. A `live` site
    is for whoever edits the policies. `renderer` holds whatever else a page depends on: settings of the renderer.
    """

    root: Path
    policies: Path
    docs: Path
    languages: Languages
    templates: dict[str, bytes] = field(default_factory=dict)
    site_url: str = ""
    places: tuple[str, ...] = ()
    as_of: str = ""
    live: bool = False
    pyodide: str = "node_modules/pyodide"
    renderer: Json = field(default_factory=dict)

    @property
    def name(self) -> str:
        """What tells this site from others that are built in the same folder."""
        return f"{self.policies.resolve()} {self.as_of} {self.live}"
