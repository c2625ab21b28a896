"""The command line as people call it: what it prints, where, and its exit code."""

import json
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from mingbai.cli.main import main
from tests.command import mingbai
from tests.conftest import ROOT

E01 = {
    "registered_poor": True,
    "insured": True,
    "visit": "inpatient",
    "hospital_level": "county",
    "total_cost": "8000.00",
    "diagnoses": ["other"],
}

ESTIMATE = ["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"]


def estimate(facts: dict[str, Any], *words: str) -> subprocess.CompletedProcess[str]:
    return mingbai(*ESTIMATE, *words, stdin=json.dumps({"facts": facts}))


def refused(*words: str, stdin: str = "") -> Result:
    """Make a wrong call within this process: there are many, and a process of its own takes most of a second."""
    done = CliRunner().invoke(main, words, input=stdin)
    assert (done.exit_code, done.stdout) == (2, "")
    assert "Traceback" not in done.stderr
    return done


def test_the_first_example_comes_to_1497_50() -> None:
    done = estimate(E01, "--format", "json")
    result = json.loads(done.stdout)
    assert done.returncode == 0
    assert result["self_pays"] == {"low": "1497.50", "high": "1497.50"}
    assert result["self_pays_is"] == "final"
    assert result["bounds"] == "exact"
    assert result["lines"][0]["amount"] == {"low": "6502.50", "high": "6502.50"}


@pytest.mark.parametrize(("lang", "says"), [("zh", "您自己付：1497.50 元"), ("en", "You pay: 1497.50 yuan")])
def test_the_text_says_the_answer_first(lang: str, says: str) -> None:
    done = estimate(E01, "--lang", lang)
    lines = done.stdout.splitlines()
    assert lines[0].startswith(says)
    valid = json.loads(estimate(E01, "--lang", lang, "--format", "json").stdout)["valid"]
    assert valid["say"] in lines[:4]  # how old the rules are stands beside the amount


def test_facts_can_come_from_a_file(tmp_path: Path) -> None:
    file = tmp_path / "facts.json"
    file.write_text(json.dumps({"facts": E01}), encoding="utf-8")
    done = mingbai("estimate", "gaotai", "--date", "2016-03-01", "--facts", str(file), "--format", "json")
    assert json.loads(done.stdout)["self_pays"]["low"] == "1497.50"


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("facts", "says"),
    [
        ({"hospital_level": "vilage"}, "hospital_level: cannot be “vilage”; did you mean “village”?"),
        ({"regisered_poor": True}, "there is no fact “regisered_poor”; did you mean “registered_poor”?"),
        ({"total_cost": "-5"}, "total_cost: “-5” is not an amount"),
        ({"total_cost": -5}, "total_cost: “-5” is not an amount"),
        ({"total_cost": "1.234"}, "total_cost: “1.234” is not an amount"),
        ({"total_cost": 1.234}, "total_cost: “1.234” is not an amount"),
        ({"total_cost": True}, "total_cost: “true” is not an amount"),
        ({"total_cost": "1" * 5000}, "total_cost: “111"),
        ({"total_cost": None}, "total_cost: “null” is not an amount"),
        ({"total_cost": "100", "eligible_cost": "100.01"}, "eligible_cost: 100.01 yuan is more than “total_cost”"),
        ({"total_cost": "100", "tcm_cost": "100.01"}, "tcm_cost: 100.01 yuan is more than “total_cost”"),
        ({"insured": "yes"}, "insured: must be true or false, not “yes”"),
        ({"diagnoses": ["catarct"]}, "did you mean “cataract”?"),
        ({"diagnoses": [["cataract"]]}, "diagnoses: cannot be"),
        ({"hospital_level": {"a": 1}}, "hospital_level: cannot be"),
        ({"hospital_level": "a\nb\x1b[31m"}, "hospital_level: cannot be “a b?[31m”"),
        ({"spouses": 3}, "spouses: “3” is not between 1 and 2"),
        ({"spouses": "2"}, "spouses: “2” is not a whole number"),
        ({"wife_birth_month": "1966-13"}, "wife_birth_month: “1966-13” is not a month"),
    ],
)
def test_a_bad_fact_is_named_with_what_is_allowed(facts: dict[str, Any], says: str) -> None:
    done = refused(*ESTIMATE, "--lang", "en", stdin=json.dumps({"facts": facts}))
    assert says in done.stderr
    assert len(done.stderr.splitlines()) == 1


def test_every_bad_fact_has_a_line_of_its_own() -> None:
    done = estimate({"hospital_level": "vilage", "total_cost": "-5", "rural": 1}, "--lang", "zh")
    assert done.returncode == 2
    assert len(done.stderr.splitlines()) == 3


@pytest.mark.sampled(4)
@pytest.mark.parametrize(
    ("words", "stdin", "says"),
    [
        (["estimate", "gaotia", "--date", "2016-03-01"], "", "did you mean “gaotai”?"),
        (["estimate", "gaotai", "--facts", "-"], '{"members": []}', "--date is needed"),
        (["estimate", "gaotai", "--date", "2016-02-30"], "", "there is no day “2016-02-30”"),
        (["estimate", "gaotai", "--date", "yesterday"], "", "“yesterday” is not a date"),
        (["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"], "{", "not JSON: line 1, column 2"),
        (["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"], "[1]", "must be a JSON object"),
        (["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"], "[" * 100_000, "not JSON"),
        (["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"], '{"fact": {}}', "did you mean “facts”?"),
        (
            ["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"],
            '{"inputs": {"gaotai/serious-illnes.rate": "0.6"}}',
            "gaotai/serious-illness.rate",
        ),
        (
            ["estimate", "gaotai", "--date", "2016-03-01", "--facts", "-"],
            '{"inputs": {"gaotai/serious-illness.rate": "60"}}',
            "is not a rate",
        ),
        (["estimate", "gaotai", "--date", "2016-03-01", "--facts", "no-such-file.json"], "", "no-such-file.json"),
        (["estimate", "gaotai"], "", "--date"),
        (["check", "--policies", "nowhere"], "", "nowhere"),
    ],
)
def test_a_wrong_call_ends_in_two_without_a_traceback(words: list[str], stdin: str, says: str) -> None:
    done = refused(*words, *(["--lang", "en"] if words[0] == "estimate" else []), stdin=stdin)
    assert says in done.stderr


def test_good_policies_pass_the_check() -> None:
    done = mingbai("check", "--lang", "en")
    assert (done.returncode, done.stderr) == (0, "")
    assert "no problems" in done.stdout


def other_places(folder: str, names: list[str]) -> list[str]:
    """Leave out all places but gaotai and those that it lies in: they take long to check."""
    of_policies = Path(folder) == ROOT / "policies"
    kept = {"gaotai", "gansu", "national"}
    return [name for name in names if of_policies and (ROOT / "policies" / name).is_dir() and name not in kept]


def test_a_broken_policy_stops_check_build_and_estimate_and_leaves_the_site(tmp_path: Path) -> None:
    for name in ("policies", "docs", "calculator", "mkdocs.yml"):
        source = ROOT / name
        if source.is_dir():
            shutil.copytree(source, tmp_path / name, ignore=other_places)
        else:
            shutil.copy(source, tmp_path / name)
    file = tmp_path / "policies/gaotai/inpatient/2016-01-01.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("rate: 95%", "rate: 195%").replace("topic: illness", "topic: ilness"), encoding="utf-8"
    )
    (tmp_path / "site").mkdir()
    (tmp_path / "site/index.html").write_text("the old site", encoding="utf-8")

    checked = mingbai("check", "--lang", "en", cwd=tmp_path)
    built = mingbai("build", "--lang", "en", cwd=tmp_path)
    estimated = mingbai("estimate", "gaotai", "--date", "2016-03-01", cwd=tmp_path)

    assert [done.returncode for done in (checked, built, estimated)] == [1, 1, 1]
    assert "policies/gaotai/inpatient/2016-01-01.yaml" in checked.stdout
    assert "“195%” is not a rate" in checked.stdout
    assert "“195%” is not a rate" in built.stderr
    assert [path.name for path in (tmp_path / "site").iterdir()] == ["index.html"]
    assert (tmp_path / "site/index.html").read_text(encoding="utf-8") == "the old site"
    assert not [path for path in tmp_path.iterdir() if path.name.startswith(".site")]


def test_problems_can_be_read_by_programs(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/policies/good", tmp_path / "policies")
    file = tmp_path / "policies/testland/floor/2016-01-01.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("poor: true", "por: true"), encoding="utf-8")
    as_json = mingbai("check", "--format", "json", "--lang", "en", cwd=tmp_path)
    github = mingbai("check", "--format", "github", "--lang", "en", cwd=tmp_path)
    (problem,) = json.loads(as_json.stdout)
    assert (problem["line"], problem["column"], problem["code"]) == (7, 7, "unknown-fact")
    assert problem["nearest"] == "poor"
    assert github.stdout.startswith("::error file=policies/testland/floor/2016-01-01.yaml,line=7,col=7::unknown-fact: ")


def test_programs_get_paths_and_values_as_people_write_them(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/policies/good", tmp_path / "policies")
    file = tmp_path / "policies/testland/floor/2016-01-01.yaml"
    file.write_text(
        file.read_text(encoding="utf-8").replace("share: 90%", "share: {ask: x, at_least: 90%}"), encoding="utf-8"
    )
    words = ["check", "--format", "json", "--policies"]
    for place, folder, shown in (
        (tmp_path, tmp_path / "policies", "policies/testland/floor/2016-01-01.yaml"),
        (tmp_path / "policies/testland", Path(".."), "floor/2016-01-01.yaml"),
        (ROOT, tmp_path / "policies", str(file)),
    ):
        (problem,) = json.loads(mingbai(*words, str(folder), "--no-cache", cwd=place).stdout)
        assert (problem["file"], problem["found"]) == (shown, "{ask: x, at_least: 90%}")
    github = mingbai("check", "--format", "github", "--lang", "en", cwd=tmp_path).stdout
    assert "{ask: x, at_least: 90%25}" in github  # GitHub reads %25 as a percent sign
    assert github.splitlines()[-1] == "1 error, 0 warnings"


def test_only_what_is_asked_about_is_told(tmp_path: Path) -> None:
    shutil.copytree(ROOT / "tests/policies/good", tmp_path / "policies")
    for name in ("floor", "leaflet"):
        file = tmp_path / f"policies/testland/{name}/2016-01-01.yaml"
        file.write_text(file.read_text(encoding="utf-8").replace("topic: illness", "topic: ilness"), encoding="utf-8")
    whole = mingbai("check", "--lang", "en", cwd=tmp_path)
    one = mingbai("check", "policies/testland/floor", "--lang", "en", cwd=tmp_path)
    good = mingbai("check", "policies/testland/pension/2016-01-01.yaml", "--lang", "en", cwd=tmp_path)
    assert whole.stdout.splitlines()[-1] == "2 errors, 0 warnings"
    assert one.stdout.splitlines()[-1] == "1 error, 0 warnings"
    assert (one.returncode, good.returncode, good.stdout) == (1, 0, "1 policy file, no problems\n")
    assert (
        mingbai("check", str(tmp_path / "policies"), "--lang", "en").stdout.splitlines()[-1] == "2 errors, 0 warnings"
    )
    for path, says in (("nowhere", "there is no file or folder “nowhere”"), ("..", "is not in the folder of policies")):
        done = mingbai("check", path, "--lang", "en", cwd=tmp_path)
        assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
        assert says in done.stderr


@pytest.mark.parametrize(
    ("words", "chinese", "english"),
    [
        (["chek"], "没有“chek”这个命令；是不是“check”？", "there is no command “chek”; did you mean “check”?"),
        (
            ["new", "plcae"],
            "没有“plcae”这个命令；是不是“place”？",
            "there is no command “plcae”; did you mean “place”?",
        ),
        (["check", "--formt", "x"], "没有“--formt”这个选项；是不是“--format”？", "there is no option “--formt”"),
        (["check", "--format", "tetx"], "--format 不能写“tetx”", "--format cannot be “tetx”"),
        (["check", "--format"], "--format 后面要写一个值", "--format needs a value"),
        (["new", "place"], "还要写 ID", "ID is needed"),
        (["estimate", "a", "b", "--date", "2016-01-01"], "“b”是多出来的", "“b” is too much"),
        (
            ["estimate", "gaotai", "--date", "2016-01-01", "--facts", "gone.json"],
            "--facts：没有这个文件或文件夹，或者这里不能用：“gone.json”",
            "--facts: there is no such file or folder, or it cannot be used here: “gone.json”",
        ),
        (
            ["check", "--policies", "nowhere"],
            "没有放政策文件的文件夹“nowhere”",
            "no folder of policy files at “nowhere”",
        ),
    ],
)
def test_a_wrong_call_is_told_in_the_language_of_the_caller(words: list[str], chinese: str, english: str) -> None:
    for lang, says in (("zh", chinese), ("en", english)):
        broken_off = words[-1].startswith("--")
        done = refused(*([words[0], "--lang", lang, *words[1:]] if broken_off else [*words, "--lang", lang]))
        assert len(done.stderr.splitlines()) == 1
        assert says in done.stderr
