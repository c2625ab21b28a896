"""A policy page on paper: A4, nothing to tap, and a code that leads back to it."""

from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pypdfium2
import pytest
import zxingcpp
from playwright.sync_api import Browser

from tests.browser.few_places import copy_few_policies, served

pytestmark = pytest.mark.browser

URL = "https://county.example/mingbai/"
A4 = (595, 842)  # points
POINTS_PER_MM = 72 / 25.4


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("print")
    copy_few_policies(folder)
    with served(folder, site_url=URL, ours={"languages": ["zh", "en"]}) as found:
        yield found


def printed(browser: Browser, url: str, folder: Path) -> pypdfium2.PdfDocument:
    page = browser.new_page()
    page.goto(url)
    file = folder / "page.pdf"
    page.pdf(path=file, prefer_css_page_size=True)
    page.close()
    return pypdfium2.PdfDocument(BytesIO(file.read_bytes()))


TOLD = {
    "gaotai/inpatient/": ["住院报销", "85%", "1,497.50 元", "以经办部门的决定为准", "打印日期"],
    "en/gaotai/serious-illness/": ["The office decides", "Printed on"],
    "gaotai/health-kit/": ["打印日期"],
}
FOR_THE_SCREEN = ["首页", "字号", "两种文字对照", "Both languages", "Words explained"]


@pytest.mark.parametrize("path", TOLD)
def test_a_policy_on_paper(browser: Browser, address: str, tmp_path: Path, path: str) -> None:
    document = printed(browser, address + path, tmp_path)
    for page in document:
        assert page.get_size() == pytest.approx(A4, abs=1)
    text = " ".join("".join(page.get_textpage().get_text_range() for page in document).split())
    assert [word for word in TOLD[path] if word not in text] == []
    assert [word for word in FOR_THE_SCREEN if word in text] == []
    scale = 3
    (code,) = zxingcpp.read_barcodes(document[0].render(scale=scale, grayscale=True).to_pil())
    assert code.text == URL + path
    corners = code.position
    width = (corners.top_right.x - corners.top_left.x) / scale / POINTS_PER_MM
    assert width >= 25  # without its quiet zone


@pytest.mark.parametrize("path", ["gaotai/changes/2016-01-01/", "en/gaotai/changes/2016-01-01/"])
def test_the_notice_of_a_day_is_one_sheet(browser: Browser, address: str, tmp_path: Path, path: str) -> None:
    """In English one of both sides: who gains and who loses is told too."""
    document = printed(browser, address + path, tmp_path)
    assert len(document) <= (2 if path.startswith("en/") else 1)
    page = document[0]
    assert page.get_size() == pytest.approx(A4, abs=1)
    text = "".join(each.get_textpage().get_text_range() for each in document)
    wanted = ["85%", "政策版本", "打印日期"] if path.startswith("gaotai") else ["85%", "Policies", "Printed on"]
    assert [word for word in wanted if word not in text] == []
    codes = [
        code for each in document for code in zxingcpp.read_barcodes(each.render(scale=3, grayscale=True).to_pil())
    ]
    assert [code.text for code in codes] == [URL + path]


def test_without_an_address_there_is_no_code(browser: Browser, server: str, tmp_path: Path) -> None:
    document = printed(browser, f"{server}/gaotai/inpatient/", tmp_path)
    assert not zxingcpp.read_barcodes(document[0].render(scale=3, grayscale=True).to_pil())
    assert "打印日期" in "".join(page.get_textpage().get_text_range() for page in document)
