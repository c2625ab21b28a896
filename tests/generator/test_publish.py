"""A finished site: sealed, put in its place at once, and checked wherever it went."""

import json
import os
import resource
import signal
import socket
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import IO
from urllib.request import urlopen

import pytest
from filelock import FileLock

from mingbai.assets.offline_manifest import ROOT as LIST
from mingbai.assets.runtime import PYODIDE_VERSION
from mingbai.build.atomic_build import build_beside, may_be_replaced
from mingbai.core import atomic_swap
from mingbai.diagnostics.errors import CallError
from mingbai.release.build_info import BUILD_FILE
from mingbai.release.checksums import (
    CHECKSUMS_FILE,
    SIGNATURE_FILE,
    ChecksumsError,
    format_checksums,
    read_checksums,
    verify_checksums,
    write_checksums,
)
from mingbai.release.signature import find_signer
from tests.announced import NEW, write_announced_policies
from tests.command import PROGRAM, mingbai

ROOT = Path(__file__).parents[2]
GOOD = "tests/policies/good"


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, sealed."""
    folder = tmp_path / "site"
    (folder / "高台").mkdir(parents=True, mode=0o700)
    (folder / "index.html").write_text("首页", encoding="utf-8")
    (folder / "高台" / "a b.html").write_text("住院", encoding="utf-8")
    (folder / LIST).write_text('{"revision": "abc"}', encoding="utf-8")
    write_checksums(folder)
    return folder


def test_a_copy_is_whole_until_something_is_missing_changed_or_added(site: Path) -> None:
    assert verify_checksums(site).intact
    (site / "index.html").write_text("首頁", encoding="utf-8")
    (site / "高台" / "a b.html").unlink()
    (site / "new.html").write_text("", encoding="utf-8")
    verdict = verify_checksums(site)
    assert (verdict.missing, verdict.changed, verdict.added) == (["高台/a b.html"], ["index.html"], ["new.html"])


def test_a_link_is_no_copy_of_what_it_leads_to(site: Path, tmp_path: Path) -> None:
    (site / "index.html").rename(tmp_path / "elsewhere.html")
    (site / "index.html").symlink_to(tmp_path / "elsewhere.html")
    assert verify_checksums(site).changed == ["index.html"]


def test_other_tools_read_the_list_too(site: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "sha256sum", "--check", "--strict", CHECKSUMS_FILE], cwd=site, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    contents = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    del contents[CHECKSUMS_FILE]
    assert format_checksums(contents) == (site / CHECKSUMS_FILE).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "nonsense", "0" * 64 + " one-blank", "G" * 64 + "  a", "0" * 64 + "  "])
def test_a_list_that_is_none_is_refused(site: Path, text: str) -> None:
    (site / CHECKSUMS_FILE).write_text(text, encoding="utf-8")
    with pytest.raises(ChecksumsError):
        verify_checksums(site)


def test_whoever_serves_a_site_can_read_it(site: Path) -> None:
    assert {path.stat().st_mode & 0o777 for path in site.rglob("*") if path.is_dir()} == {0o755}
    assert {path.stat().st_mode & 0o777 for path in site.rglob("*") if path.is_file()} == {0o644}


@pytest.mark.parametrize(("lang", "whole", "differs"), [("zh", "完整", "多出 1 个"), ("en", "Whole", "1 file was not")])
def test_the_command_says_what_it_found(site: Path, lang: str, whole: str, differs: str) -> None:
    done = mingbai("verify", str(site), "--lang", lang)
    assert (done.returncode, "abc" in done.stdout, whole in done.stdout) == (0, True, True)
    (site / "new.html").write_text("", encoding="utf-8")
    done = mingbai("verify", str(site), "--lang", lang)
    assert (done.returncode, differs in done.stdout, "new.html" in done.stdout) == (1, True, True)


def test_every_entry_of_a_copy_is_looked_at(site: Path, tmp_path: Path) -> None:
    """A link to a folder, an empty folder, a pipe: nothing of it was published."""
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere" / "page.html").write_text("", encoding="utf-8")
    (site / "linked").symlink_to(tmp_path / "elsewhere")
    (site / "empty").mkdir()
    os.mkfifo(site / "pipe")
    assert verify_checksums(site).added == ["empty/", "linked", "pipe"]
    (site / "index.html").unlink()
    os.mkfifo(site / "index.html")  # reading it would never end
    assert verify_checksums(site).changed == ["index.html"]
    (site / "高台").rename(tmp_path / "high")
    (site / "高台").symlink_to(tmp_path / "high")
    verdict = verify_checksums(site)
    assert (verdict.missing, verdict.added) == (["高台/a b.html"], ["empty/", "linked", "pipe", "高台"])


def test_a_list_that_lies_elsewhere_is_none(site: Path, tmp_path: Path) -> None:
    (site / CHECKSUMS_FILE).rename(tmp_path / "list")
    (site / CHECKSUMS_FILE).symlink_to(tmp_path / "list")
    with pytest.raises(ChecksumsError):
        verify_checksums(site)


def test_without_signers_nothing_is_said_of_who_published(site: Path) -> None:
    said = mingbai("verify", str(site), "--lang", "en").stdout
    assert ("agree with the copy's own list" in said, "Nobody signed" in said) == (True, True)
    (site / SIGNATURE_FILE).write_text("anything", encoding="utf-8")
    said = mingbai("verify", str(site), "--lang", "en").stdout
    assert ("Nobody signed" in said, "was not checked" in said, "Signed by" in said) == (False, True, False)


def test_a_folder_that_was_not_published_is_a_wrong_call(tmp_path: Path) -> None:
    done = mingbai("verify", str(tmp_path), "--lang", "en")
    assert (done.returncode, "no list of hashes" in done.stderr) == (2, True)


def test_a_signature_says_who_published(site: Path, tmp_path: Path) -> None:
    for name in ("clerk", "stranger"):
        command = ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(tmp_path / name)]
        subprocess.run(command, check=True, capture_output=True)
    known = tmp_path / "signers"
    known.write_text(f"clerk {(tmp_path / 'clerk.pub').read_text(encoding='utf-8')}", encoding="utf-8")

    def sign(name: str) -> None:
        (site / SIGNATURE_FILE).unlink(missing_ok=True)
        command = ["ssh-keygen", "-Y", "sign", "-f", str(tmp_path / name), "-n", "mingbai", str(site / CHECKSUMS_FILE)]
        subprocess.run(command, check=True, capture_output=True)

    assert find_signer(site, known) is None
    sign("clerk")
    assert find_signer(site, known) == "clerk"
    assert verify_checksums(site).intact
    assert mingbai("verify", str(site), "--signers", str(known)).returncode == 0
    with (site / CHECKSUMS_FILE).open("a", encoding="utf-8") as stream:
        stream.write("0" * 64 + "  more\n")
    assert find_signer(site, known) is None
    sign("stranger")
    assert find_signer(site, known) is None
    assert mingbai("verify", str(site), "--signers", str(known)).returncode == 1


# --- taking the place of the old site


@pytest.mark.parametrize("at_once", [True, False])
def test_the_new_site_is_there_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(atomic_swap, "_exchange", lambda *_: False)
    for name in ("new", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "which").write_text(name, encoding="utf-8")
    atomic_swap.put_in_place(tmp_path / "new", tmp_path / "place")
    assert (tmp_path / "place" / "which").read_text(encoding="utf-8") == "new"
    assert [path.name for path in tmp_path.iterdir()] == ["place"]


def test_whoever_looks_always_finds_a_whole_site(tmp_path: Path) -> None:
    place = tmp_path / "place"
    place.mkdir()
    (place / "which").write_text("0", encoding="utf-8")
    code = "import sys, pathlib\nfile = pathlib.Path(sys.argv[1])\nwhile True: file.read_text()"
    reader = subprocess.Popen([sys.executable, "-c", code, str(place / "which")], stderr=subprocess.PIPE)
    for number in range(300):
        new = tmp_path / f"new-{number}"
        new.mkdir()
        (new / "which").write_text(str(number), encoding="utf-8")
        atomic_swap.put_in_place(new, place)
    assert reader.poll() is None, reader.stderr and reader.stderr.read()
    reader.kill()
    reader.communicate()


def test_two_builds_at_once_do_not_meet(tmp_path: Path) -> None:
    with FileLock(tmp_path / ".site.lock"):
        done = mingbai("build", "--output", str(tmp_path / "site"), "--lang", "en")
    assert (done.returncode, "another build" in done.stderr) == (2, True)
    assert not (tmp_path / "site").exists()


def test_a_folder_with_other_files_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("dear", encoding="utf-8")
    done = mingbai("build", "--output", str(tmp_path), "--lang", "en")
    assert (done.returncode, "would be lost: letters.txt" in done.stderr) == (2, True)
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear"


@pytest.mark.parametrize("can_link", [True, False])
def test_files_of_others_go_from_the_old_site_into_the_new_one(
    site: Path, monkeypatch: pytest.MonkeyPatch, *, can_link: bool
) -> None:
    if not can_link:
        monkeypatch.setattr(os, "link", lambda *_, **_more: (_ for _ in ()).throw(OSError(1, "no links")))
    theirs = {"CNAME": "a.example", "MP_verify_x.txt": "x", ".git/objects/ab/cd": "blob", "高台/letter": "dear"}
    for path, text in theirs.items():
        (site / path).parent.mkdir(parents=True, exist_ok=True)
        (site / path).write_text(text, encoding="utf-8")
    (site / ".git/objects/ab/cd").chmod(0o400)
    (site / ".git/refs").mkdir()
    (site / "link").symlink_to("nowhere")

    def make(target: Path) -> None:
        (target / "index.html").write_text("new", encoding="utf-8")

    build_beside(site, make)
    for path, text in theirs.items():
        assert (site / path).read_text(encoding="utf-8") == text
    assert (site / "index.html").read_text(encoding="utf-8") == "new"
    assert ((site / "link").readlink(), (site / ".git/refs").is_dir()) == (Path("nowhere"), True)
    assert stat.S_IMODE((site / ".git/objects/ab/cd").stat().st_mode) == 0o400
    assert not (site / "高台/a b.html").exists()
    assert list(read_checksums(site / CHECKSUMS_FILE)) == ["index.html"]
    assert sorted(path.name for path in site.parent.iterdir() if path.is_dir()) == ["site"]
    build_beside(site, make)  # once more: they are still not ours
    assert (site / "CNAME").is_file()


@pytest.mark.parametrize(("theirs", "ours"), [("new.html", "new.html"), ("new/a", "new"), ("new", "new/a")])
def test_a_file_of_others_where_the_new_site_has_its_own_stops_the_build(site: Path, theirs: str, ours: str) -> None:
    (site / theirs).parent.mkdir(exist_ok=True)
    (site / theirs).write_text("theirs", encoding="utf-8")

    def make(target: Path) -> None:
        (target / ours).parent.mkdir(exist_ok=True)
        (target / ours).write_text("ours", encoding="utf-8")

    with pytest.raises(CallError) as error:
        build_beside(site, make)
    assert theirs in error.value.message("en")
    assert (site / theirs).read_text(encoding="utf-8") == "theirs"
    assert (site / "index.html").read_text(encoding="utf-8") == "首页"


@pytest.mark.parametrize("sealed", [True, False])
def test_only_a_sealed_site_may_be_replaced(site: Path, *, sealed: bool) -> None:
    if sealed:
        may_be_replaced(site, LIST)
    else:
        (site / CHECKSUMS_FILE).unlink()
        with pytest.raises(CallError, match="not_ours"):
            may_be_replaced(site, LIST)


def limited(command: list[str], most: int) -> subprocess.CompletedProcess[str]:
    """Run a command that may write no file larger than `most` bytes: it fails as on a full disk."""

    def limit() -> None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (most, most))

    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, preexec_fn=limit)


@contextmanager
def small_disk(folder: Path, size: str) -> Iterator[None]:
    """Mount a disk of a few megabytes; skip the test, with the reason, where that is not allowed."""
    done = subprocess.run(
        ["/usr/bin/env", "mount", "-t", "tmpfs", "-o", f"size={size}", "tmpfs", str(folder)],
        capture_output=True,
        text=True,
        check=False,
    )
    if done.returncode:
        pytest.skip(f"no small disk can be mounted here: {done.stderr.strip()}")
    try:
        yield
    finally:
        subprocess.run(["/usr/bin/env", "umount", str(folder)], check=True)


def refused(folder: Path, done: subprocess.CompletedProcess[str]) -> None:
    """Check that a build said what is wrong, in one line, and left the old site and nothing else."""
    assert done.returncode == 2, done.stderr
    assert "cannot be written" in done.stderr
    assert "Traceback" not in done.stderr
    assert (folder / "site" / "index.html").read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in folder.iterdir() if path.is_dir()) == ["site"]


def old_site(folder: Path) -> list[str]:
    (folder / "site").mkdir()
    for name in (LIST, "index.html"):
        (folder / "site" / name).write_text("old", encoding="utf-8")
    write_checksums(folder / "site")
    return [PROGRAM, "build", "--policies", GOOD, "--output", str(folder / "site"), "--lang", "en"]


@pytest.mark.site
def test_a_file_that_cannot_be_written_leaves_the_old_site(tmp_path: Path) -> None:
    refused(tmp_path, limited(old_site(tmp_path), 500_000))


@pytest.mark.site
def test_a_full_disk_is_an_error_and_the_old_site_stays(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    with small_disk(disk, "3m"):
        done = subprocess.run(old_site(disk), cwd=ROOT, capture_output=True, text=True, check=False)
        refused(disk, done)
    assert "the disk is full" in done.stderr


# --- a whole build


def built(folder: Path, seconds: float | None = None, **environment: str) -> int | None:
    """Build the site of a few policies into `folder`/site; with `seconds`, kill the build then. Return how it ended."""
    command = [PROGRAM, "build", "--policies", GOOD, "--output", str(folder / "site")]
    running = subprocess.Popen(
        command, cwd=ROOT, env={**os.environ, **environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        return running.wait(seconds)
    except subprocess.TimeoutExpired:
        running.send_signal(signal.SIGKILL)
        running.wait()
        return None


def killed(folder: Path, times: int) -> None:
    """Kill builds at moments spread over the time that one takes; the site stays whole, and the next build is well."""
    begun = time.monotonic()
    assert built(folder) == 0
    took = time.monotonic() - begun
    published = (folder / "site" / CHECKSUMS_FILE).read_bytes()
    for number in range(times):
        built(folder, took * (number + 1) / (times + 1))
        assert verify_checksums(folder / "site").intact
        assert (folder / "site" / CHECKSUMS_FILE).read_bytes() == published
    assert built(folder) == 0
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["site"]


@pytest.mark.site
def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    killed(tmp_path, 5)


@pytest.mark.soak
def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    killed(tmp_path, 50)


@pytest.mark.site
def test_the_same_input_gives_the_same_bytes(tmp_path: Path) -> None:
    whose = ({"TZ": "Asia/Shanghai", "LC_ALL": "C.UTF-8"}, {"TZ": "America/New_York", "LC_ALL": "C"})
    seen = []
    for number, (environment, mask) in enumerate(zip(whose, (0o022, 0o077), strict=True)):
        folder = tmp_path / f"{number}"
        folder.mkdir()
        before = os.umask(mask)
        try:
            assert built(folder, None, PYTHONHASHSEED=str(number + 1), **environment) == 0
        finally:
            os.umask(before)
        seen.append((folder / "site" / CHECKSUMS_FILE).read_text(encoding="utf-8"))
        assert verify_checksums(folder / "site").intact
    assert seen[0] == seen[1]
    made_with = json.loads((tmp_path / "0" / "site" / BUILD_FILE).read_text(encoding="utf-8"))["tools"]
    assert made_with["pyodide"] == PYODIDE_VERSION
    assert made_with["mkdocs"] == version("mkdocs")


# --- the site for whoever edits it


def lines_until(stream: IO[str], words: str) -> list[str]:
    """Return what a program says until it says `words`; a program that hangs is the time limit's business."""
    said = []
    for line in stream:
        said.append(line)
        if words in line:
            return said
    raise AssertionError("".join(said))


@pytest.mark.site
def test_the_served_site_is_a_preview_that_survives_mistakes(tmp_path: Path) -> None:
    policies = write_announced_policies(tmp_path / "policies")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        command = [PROGRAM, "serve", "--policies", str(policies), "--as-of", NEW, "--lang", "en", "--port", port]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
        assert (done.returncode, "uses the port" in done.stderr, "Traceback" in done.stderr) == (2, True, False)
    with subprocess.Popen(command, cwd=ROOT, stderr=subprocess.PIPE, text=True) as running:
        assert running.stderr is not None
        lines_until(running.stderr, f"http://127.0.0.1:{port}/")
        with urlopen(f"http://127.0.0.1:{port}/en/testland/inpatient/") as page:
            told = page.read().decode("utf-8")
        assert "Preview of January 1, 2030" in told
        assert "'unsafe-inline'" in told  # the script of the live reload
        assert "offline.js" not in told
        with (policies / "testland" / "place.yaml").open("a", encoding="utf-8") as file:
            file.write("nonsense: 1\n")
        said = lines_until(running.stderr, "The pages are as they were")
        assert [line for line in said if "error unknown-key" in line]
        running.send_signal(signal.SIGINT)
        running.communicate()
    assert running.returncode == 0


@pytest.mark.parametrize("command", ["build", "serve"])
def test_a_day_that_is_none_is_a_wrong_call(command: str) -> None:
    done = mingbai(command, "--as-of", "2016-02-30", "--lang", "en")
    assert done.returncode == 2
    assert done.stderr == "“2016-02-30” is not a date from 1900 to 2199; write year-month-day, such as 2016-03-01\n"
