"""The camera of a gallery scene: a browser page of its own, and a function that takes pictures of it."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from playwright.sync_api import Page

from tests.browser.conftest import PATHS, Visit
from tests.browser.journeys import start_afresh


class Shoot(Protocol):
    def __call__(self, caption: str, selector: str = "", *, paper: bool = False) -> None: ...


@dataclass(slots=True)
class Camera:
    """A page of its own, its language, and the function that takes a picture of it with a caption."""

    visit: Visit
    lang: str
    shoot: Shoot

    @property
    def page(self) -> Page:
        return self.visit.page

    @property
    def prefix(self) -> str:
        """The start of the paths of this language, with a slash at both ends."""
        return "/" if self.lang == "zh" else f"/{self.lang}/"

    def ready(self, mode: str) -> Page:
        """Open the estimator, wait for the calculator, and start afresh in a mode; the size of the window stays."""
        self.page.goto(self.visit.server + PATHS[self.lang])
        size = self.page.viewport_size
        assert size is not None
        return start_afresh(self.visit, mode, size)


type Scenes = dict[str, tuple[Callable[[Camera], None], bool]]
"""Scene name -> the function that plays the scene, and whether it is played at desktop size too."""
