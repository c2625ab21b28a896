"""`mingbai estimate` looks at the law of its own place only; a new site is built from a checkout too."""

import shutil
from pathlib import Path

import pytest

from mingbai.authoring.new import create_site
from mingbai.checks.policies import bundle_for, check_policies
from mingbai.core.resources import REPOSITORY, beside
from mingbai.diagnostics.errors import PoliciesError
from mingbai_calculator import estimate
from tests.command import mingbai
from tests.conftest import ROOT

REQUEST = {"place": "testland", "date": "2016-03-01", "facts": {"level": "town", "poor": False, "total_cost": "1100"}}


@pytest.fixture
def policies(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    shutil.copytree(ROOT / "tests/policies/good", tmp_path / "policies")
    monkeypatch.chdir(tmp_path)
    return tmp_path / "policies"


def edit(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1, old
    file.write_text(text.replace(old, new), encoding="utf-8")


def lines(policies: Path) -> object:
    return estimate(bundle_for(policies, "testland"), REQUEST)["lines"]


@pytest.mark.parametrize(
    ("old", "new", "code"),
    [
        ("total_cost: 1100}", "total_cost: -1100}", "bad-example"),
        ("total_cost: 1100}", "total_cost: [1100}", "yaml-syntax"),
        ("facts: {", "fact: {", "unknown-key"),
        ("self_pays:", "self_pay:", "unknown-key"),
    ],
)
def test_a_mistake_in_an_example_does_not_change_the_estimate(policies: Path, old: str, new: str, code: str) -> None:
    expected = lines(policies)
    assert expected
    file = policies / "testland/inpatient/initial.yaml"
    text = file.read_text(encoding="utf-8")
    head, examples = text.split("examples:")
    file.write_text(f"{head}examples:{examples.replace(old, new, 1)}", encoding="utf-8")
    assert code in [problem.code for problem in check_policies(policies)[1].found]
    if code == "yaml-syntax":  # nobody knows where the example ends
        with pytest.raises(PoliciesError):
            bundle_for(policies, "testland")
    else:
        assert lines(policies) == expected


@pytest.mark.parametrize("file", ["elsewhere/place.yaml", "elsewhere/cash/initial.yaml", "search.yaml", "absent.yaml"])
def test_a_mistake_elsewhere_does_not_stop_an_estimate(policies: Path, file: str) -> None:
    expected = lines(policies)
    shutil.copytree(policies / "testland", policies / "elsewhere")
    edit(policies / "elsewhere/place.yaml", "id: testland", "id: elsewhere")
    (policies / file).parent.mkdir(exist_ok=True)
    (policies / file).write_text("nonsense: [", encoding="utf-8")
    assert check_policies(policies)[1].errors
    assert lines(policies) == expected


@pytest.mark.parametrize("file", ["facts.yaml", "terms.yaml", "testland/place.yaml", "testland/inpatient/initial.yaml"])
def test_a_mistake_in_the_law_of_the_place_stops_its_estimate(policies: Path, file: str) -> None:
    with (policies / file).open("a", encoding="utf-8") as stream:
        stream.write("nonsense: [\n")
    (policies / "search.yaml").write_text("nonsense: [", encoding="utf-8")
    with pytest.raises(PoliciesError) as error:
        bundle_for(policies, "testland")
    assert {str(problem.file) for problem in error.value.problems} == {f"policies/{file}"}


def test_the_command_prints_no_warning_and_nothing_of_other_places(policies: Path) -> None:
    (policies / "notes.yaml").write_text("", encoding="utf-8")
    (policies / "elsewhere").mkdir()
    (policies / "elsewhere/place.yaml").write_text("nonsense: [", encoding="utf-8")
    done = mingbai("estimate", "testland", "--date", "2016-03-01", "--no-cache", cwd=policies.parent)
    assert (done.returncode, done.stderr) == (0, "")
    (policies / "testland/place.yaml").write_text("nonsense: [", encoding="utf-8")
    done = mingbai("estimate", "testland", "--date", "2016-03-01", "--no-cache", cwd=policies.parent)
    assert (done.returncode, done.stderr.count("place.yaml"), "notes" in done.stderr) == (1, 1, False)


def test_a_new_site_begins_without_any_document(tmp_path: Path) -> None:
    create_site(tmp_path)
    sources = tmp_path / "policies/sources.yaml"
    bundle, problems = check_policies(tmp_path / "policies")
    assert (problems.found, bundle["places"], bundle["sources"]) == ([], {}, {})
    guide = (ROOT / "docs/authors/add-place.md").read_text(encoding="utf-8")
    step = guide.split("# policies/sources.yaml +\n")[1].split("```")[0]
    sources.write_text(sources.read_text(encoding="utf-8") + step, encoding="utf-8")
    bundle, problems = check_policies(tmp_path / "policies")
    assert (problems.found, list(bundle["sources"])) == ([], ["xin-2018"])


def test_a_site_elsewhere_takes_what_it_lacks_from_the_checkout(tmp_path: Path) -> None:
    assert beside(tmp_path, "docs") == REPOSITORY / "docs"
    (tmp_path / "docs").mkdir()
    assert beside(tmp_path, "docs") == tmp_path / "docs"
