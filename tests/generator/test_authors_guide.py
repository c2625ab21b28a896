"""The authors' guide: what it shows is typed here, in an empty folder, and must print what the page says.

In a page stand ``sh`` blocks (each ``mingbai`` line is run), ``text`` blocks (lines that the last command printed),
``yaml`` and ``diff`` blocks (their first line names the file), ``json`` blocks (the file `case.json`,
or `answers.json` if they name versions).
"""

import re
import shlex
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click
import pytest
from click.testing import CliRunner
from markdown import markdown
from ruamel.yaml import YAML

from mingbai.assets.offline_manifest import ROOT as LIST
from mingbai.bundle.routes import GUIDE_JOBS, GUIDE_PAGES
from mingbai.checks.policies import check_policies
from mingbai.cli.main import main
from mingbai.diagnostics.messages import format_problem
from mingbai.i18n.catalogue import Catalogue
from mingbai.pages.guide.fields import MODELS, fill_in_fields, list_own_fields, make_codes_page
from mingbai.pages.wording.language import LANGUAGES, PREFIXES
from mingbai.release.checksums import write_checksums
from mingbai_calculator import estimate
from mingbai_calculator.law.kinds import KINDS
from tests.conftest import POLICIES, ROOT, in_turn
from tests.generator.test_check import BAD

BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
LONGEST, LONGEST_MEAN = 35, 20
EVERY_LANGUAGE = pytest.mark.parametrize("lang", LANGUAGES)
KIND_PAGES = [name for name in GUIDE_PAGES if name.startswith("kind-")]


def page(name: str, lang: str) -> str:
    return (ROOT / "docs" / PREFIXES[lang] / "authors" / f"{name}.md").read_text(encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty folder with the shared vocabulary, as the guide finds it."""
    (tmp_path / "policies").mkdir()
    for name in ("facts.yaml", "terms.yaml", "sources.yaml"):
        shutil.copy(POLICIES / name, tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def follow(text: str, folder: Path) -> None:
    """Do what a page says, block by block."""
    printed = ""
    for kind, content in BLOCK.findall(text):
        if kind == "sh":
            for command in content.splitlines():
                if command.startswith("mingbai "):
                    printed = run(command)
        elif kind == "text":
            shown = [each.strip() for each in printed.splitlines()]
            wanted = [each.strip() for each in content.splitlines() if each.strip() not in ("…", "")]
            assert wanted
            assert [each for each in wanted if each not in shown] == [], printed
        elif kind == "json":
            (folder / ("answers.json" if "/" in content else "case.json")).write_text(content, encoding="utf-8")
        else:
            write(kind, content, folder)


def run(command: str) -> str:
    result = CliRunner().invoke(main, shlex.split(command)[1:])
    assert result.exception is None or isinstance(result.exception, SystemExit), command
    assert result.exit_code in {0, 1}, (command, result.output)
    return result.output


def write(kind: str, content: str, folder: Path) -> None:
    head, _, body = content.partition("\n")
    match = re.fullmatch(r"# (policies/\S+\.yaml)( \+)?", head)
    assert match is not None, head
    file = folder / match[1]
    if kind == "diff":
        lines = body.splitlines()
        assert all(each[:1] in ("-", "+", " ") for each in lines)
        old = "\n".join(each[1:] for each in lines if each[0] != "+")
        text = file.read_text(encoding="utf-8")
        assert text.count(f"{old}\n") == 1, old
        new = "\n".join(each[1:] for each in lines if each[0] != "-")
        file.write_text(text.replace(old, new), encoding="utf-8")
    else:
        assert kind == "yaml", kind
        file.parent.mkdir(parents=True, exist_ok=True)
        before = file.read_text(encoding="utf-8") if match[2] else ""
        file.write_text(before + body, encoding="utf-8")


def found(folder: Path) -> list[str]:
    return [format_problem(problem, "en") for problem in check_policies(folder / "policies")[1].sorted()]


@pytest.mark.sampled(2)
@EVERY_LANGUAGE
def test_the_jobs_one_after_the_other_do_what_they_say(folder: Path, lang: str) -> None:
    for job in GUIDE_JOBS:
        follow(page(job, lang), folder)
        assert found(folder) == [], job
    follow(page("fields", lang), folder)
    assert found(folder) == []


@pytest.mark.sampled(4)
@pytest.mark.parametrize(("name", "lang"), in_turn(KIND_PAGES, LANGUAGES))
def test_the_example_of_a_kind_has_no_problem(folder: Path, lang: str, name: str) -> None:
    follow(page("add-place", lang), folder)
    follow(page(name, lang), folder)
    kind = name.removeprefix("kind-").replace("-", "_")
    assert any(f"\nkind: {kind}\n" in file.read_text(encoding="utf-8") for file in folder.glob("policies/*/*/*.yaml"))
    assert found(folder) == []


@EVERY_LANGUAGE
def test_every_key_of_requests_and_answers_is_told(bundle: dict[str, Any], lang: str) -> None:
    text = page("programs", lang)
    told = {key for row in re.findall(r"<dt>(.*?)</dt>", text) for key in re.findall(r"<code>(\w+)", row)}
    head = {"place": "gaotai", "date": "2016-03-01", "lang": lang}
    bill = {"visit": "inpatient", "hospital_level": "county", "total_cost": "8000.00"}  # the rest is open: two ends
    asked: list[dict[str, Any]] = [
        {**head, "facts": bill, "inputs": {}, "compare": True, "paper": {"psn_part_amt": "1497.50"}},
        {**head, "shared": {}, "members": [{"id": "a", "facts": bill}]},
        {**head, "visits": [{"date": head["date"], **bill}]},
    ]
    keys = {key for request in asked for key in (*request, *estimate(bundle, request))}
    assert told == keys


@pytest.mark.sampled(2)
@EVERY_LANGUAGE
def test_the_commands_do_what_they_say(folder: Path, lang: str) -> None:
    for name in ("docs", "calculator", "node_modules", "mkdocs.yml"):
        (folder / name).symlink_to(ROOT / name)
    (folder / "site").mkdir()  # an older site: what is filled in so far does not suffice for a new one
    (folder / "site" / LIST).write_text("{}", encoding="utf-8")
    write_checksums(folder / "site")
    follow(page("add-place", lang), folder)
    follow(page("add-policy", lang), folder)
    follow(page("commands", lang), folder)


def commands(group: click.Group, before: str = "mingbai") -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        if isinstance(command, click.Group):
            yield from commands(command, f"{before} {name}")
        else:
            yield f"{before} {name}", command


@EVERY_LANGUAGE
def test_every_command_and_option_is_described(lang: str) -> None:
    sections = re.split(r"^## ", page("commands", lang), flags=re.MULTILINE)
    by_command = {section.splitlines()[0].split("{")[0].strip(" `"): section for section in sections[1:]}
    assert set(by_command) == {name for name, _ in commands(main)}
    for name, command in commands(main):
        for option in command.params:
            if isinstance(option, click.Option) and not {"--lang", "--policies"} & set(option.opts):
                assert f"`{option.opts[0]}" in by_command[name], (name, option.opts[0])


@EVERY_LANGUAGE
def test_every_kind_and_every_job_is_on_the_first_page(lang: str) -> None:
    text = page("index", lang)
    for name in GUIDE_PAGES:
        assert name == "index" or f'href="{name}/"' in text, name
    for kind in KINDS:
        assert f"`{kind}`" in page(f"kind-{kind.replace('_', '-')}", lang).split("\n# ")[1].splitlines()[0]


@EVERY_LANGUAGE
def test_every_field_is_described_and_every_part_is_on_a_page(lang: str) -> None:
    words = Catalogue(lang)
    listed = {
        part
        for name in GUIDE_PAGES
        for match in re.findall(r"^<!-- fields: ([\w, ]+) -->$", page(name, lang), flags=re.MULTILINE)
        for part in match.split(", ")
    }
    needless = {"Model", "NumberBase", "ShareNumbers", "Percentage"}  # parts of others, and what a rate says too
    vocabulary = {
        "Fact",
        "Gentle",
        "Option",
        "Exclusion",
        "Counts",
        "Glossed",
        "Terms",
        "Audience",
        "Contact",
    }  # not written by authors of policies
    assert listed == set(MODELS) - needless - vocabulary
    described = {f"{owner}.{name}" for part in listed for name, owner in list_own_fields(MODELS[part]).items()}
    assert {f"{part}.{name}" for part, fields in words.part("authors.fields").items() for name in fields} == described
    for name in GUIDE_PAGES:
        html = fill_in_fields(page(name, lang), f"{PREFIXES[lang]}authors/{name}.md", lang)
        assert "<!-- fields" not in html


@pytest.mark.parametrize("name", GUIDE_PAGES)
def test_the_languages_say_the_same(name: str) -> None:
    texts = [page(name, lang) for lang in LANGUAGES]
    chinese, english = ([re.sub(r" --lang en\b", "", text) for _, text in blocks(each)] for each in texts)
    assert chinese == english
    headings, same = [re.findall(r"^#+ .*(\{#.*\})$", each, flags=re.MULTILINE) for each in texts]
    assert headings
    assert headings == same
    for text in texts:  # a description that is no YAML would be read as text
        assert set(YAML(typ="safe").load(text.split("---\n")[1])) == {"title", "description"}


def blocks(text: str) -> list[tuple[str, str]]:
    return [(kind, content) for kind, content in BLOCK.findall(text) if kind in {"sh", "json", "yaml", "diff"}]


@EVERY_LANGUAGE
def test_every_code_has_its_sentence_its_mistake_and_what_is_printed(lang: str) -> None:
    assert [each["code"] for each in make_codes_page(lang)["codes"]] == [file.stem for file in BAD]
    for code in make_codes_page(lang)["codes"]:
        assert code["says"]
        assert code["severities"], code["code"]
        assert code["edits"]
        assert code["code"] in code["prints"]


def test_chinese_sentences_are_short() -> None:
    lengths = []
    for name in GUIDE_PAGES:
        text = BLOCK.sub("", page(name, "zh").split("---\n", 2)[2])
        read_aloud = re.sub(r"<[^>]*>", "", re.sub(r"\{[^}]*\}", "", markdown(text)))
        for sentence in re.split(r"[。！？：；\n]", read_aloud):
            length = len(re.sub(r"[^\u4e00-\u9fff]", "", sentence))
            assert length <= LONGEST, sentence
            lengths += [length] if length else []
    assert sum(lengths) / len(lengths) <= LONGEST_MEAN
