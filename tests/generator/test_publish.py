"""A finished site: sealed, put in its place at once, and checked wherever it went."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock

from mingbai.offline_list import ROOT as LIST
from mingbai.publish import swap
from mingbai.publish.signature import signer
from mingbai.publish.sums import SIGNATURE, SUMS, SumsError, seal, sums_of, verify

ROOT = Path(__file__).parents[2]
MINGBAI = str(Path(sys.executable).parent / "mingbai")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A small site, sealed."""
    folder = tmp_path / "site"
    (folder / "高台").mkdir(parents=True, mode=0o700)
    (folder / "index.html").write_text("首页", encoding="utf-8")
    (folder / "高台" / "a b.html").write_text("住院", encoding="utf-8")
    (folder / LIST).write_text('{"revision": "abc"}', encoding="utf-8")
    seal(folder)
    return folder


def mingbai(*words: str, cwd: Path = ROOT) -> subprocess.CompletedProcess[str]:
    return subprocess.run([MINGBAI, *words], cwd=cwd, capture_output=True, text=True, check=False)


def test_a_copy_is_whole_until_something_is_missing_changed_or_added(site: Path) -> None:
    assert verify(site).whole
    (site / "index.html").write_text("首頁", encoding="utf-8")
    (site / "高台" / "a b.html").unlink()
    (site / "new.html").write_text("", encoding="utf-8")
    verdict = verify(site)
    assert (verdict.missing, verdict.changed, verdict.added) == (["高台/a b.html"], ["index.html"], ["new.html"])


def test_a_link_is_no_copy_of_what_it_leads_to(site: Path, tmp_path: Path) -> None:
    (site / "index.html").rename(tmp_path / "elsewhere.html")
    (site / "index.html").symlink_to(tmp_path / "elsewhere.html")
    assert verify(site).changed == ["index.html"]


def test_other_tools_read_the_list_too(site: Path) -> None:
    done = subprocess.run(
        ["/usr/bin/env", "sha256sum", "--check", "--strict", SUMS], cwd=site, capture_output=True, check=False
    )
    assert done.returncode == 0, done.stderr
    contents = {path.relative_to(site).as_posix(): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    del contents[SUMS]
    assert sums_of(contents) == (site / SUMS).read_text(encoding="utf-8")


@pytest.mark.parametrize("text", ["", "nonsense", "0" * 64 + " one-blank", "G" * 64 + "  a", "0" * 64 + "  "])
def test_a_list_that_is_none_is_refused(site: Path, text: str) -> None:
    (site / SUMS).write_text(text, encoding="utf-8")
    with pytest.raises(SumsError):
        verify(site)


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
        (site / SIGNATURE).unlink(missing_ok=True)
        command = ["ssh-keygen", "-Y", "sign", "-f", str(tmp_path / name), "-n", "mingbai", str(site / SUMS)]
        subprocess.run(command, check=True, capture_output=True)

    assert signer(site, known) is None
    sign("clerk")
    assert signer(site, known) == "clerk"
    assert verify(site).whole
    assert mingbai("verify", str(site), "--signers", str(known)).returncode == 0
    with (site / SUMS).open("a", encoding="utf-8") as stream:
        stream.write("0" * 64 + "  more\n")
    assert signer(site, known) is None
    sign("stranger")
    assert signer(site, known) is None
    assert mingbai("verify", str(site), "--signers", str(known)).returncode == 1


# --- taking the place of the old site


@pytest.mark.parametrize("at_once", [True, False])
def test_the_new_site_is_there_and_nothing_else_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, at_once: bool
) -> None:
    if not at_once:
        monkeypatch.setattr(swap, "_exchange", lambda *_: False)
    for name in ("new", "place"):
        (tmp_path / name).mkdir()
        (tmp_path / name / "which").write_text(name, encoding="utf-8")
    swap.put_in_place(tmp_path / "new", tmp_path / "place")
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
        swap.put_in_place(new, place)
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
    assert (done.returncode, "would be lost" in done.stderr) == (2, True)
    assert (tmp_path / "letters.txt").read_text(encoding="utf-8") == "dear"


# --- a whole build


def built(folder: Path, seconds: float | None = None, **environment: str) -> int | None:
    """Build the site of a few policies into `folder`/site; with `seconds`, kill the build then. Return how it ended."""
    command = [MINGBAI, "build", "--policies", "tests/policies/good", "--output", str(folder / "site")]
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
    published = (folder / "site" / SUMS).read_bytes()
    for number in range(times):
        built(folder, took * (number + 1) / (times + 1))
        assert verify(folder / "site").whole
        assert (folder / "site" / SUMS).read_bytes() == published
    assert built(folder) == 0
    assert [path.name for path in folder.iterdir() if path.is_dir()] == ["site"]


def test_a_killed_build_leaves_a_whole_site(tmp_path: Path) -> None:
    killed(tmp_path, 5)


@pytest.mark.soak
def test_a_build_killed_at_any_moment_leaves_a_whole_site(tmp_path: Path) -> None:
    killed(tmp_path, 50)


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
        seen.append((folder / "site" / SUMS).read_text(encoding="utf-8"))
        assert verify(folder / "site").whole
    assert seen[0] == seen[1]
