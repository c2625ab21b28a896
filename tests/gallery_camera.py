"""What a scene of the gallery has: a page of its own, and what takes pictures of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page

from tests.browser.conftest import PATHS, Visit
from tests.browser.journeys import afresh


class Shoot(Protocol):
    def __call__(self, caption: str, of: str = "", *, paper: bool = False) -> None: ...


@dataclass(slots=True)
class Camera:
    """A page of one's own, the language that it is in, and what takes a picture of it with a caption."""

    visit: Visit
    lang: str
    shoot: Shoot

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def prefix(self) -> str:
        return "/" if self.lang == "zh" else f"/{self.lang}/"

    def ready(self, way: str) -> Page:
        """Open the estimator, wait for the calculator, and begin in a way; the size of the window stays."""
        self.page.goto(self.visit.server + PATHS[self.lang])
        size = self.page.viewport_size
        assert size is not None
        return afresh(self.visit, way, size)


type Scenes = dict[str, tuple[Callable[[Camera], None], bool]]
"""By name: what is played, and whether it is played at a desk too."""
