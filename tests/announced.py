"""A small library with an announced version that is not in effect yet: Testland's hospital stays from 2030 on."""

import shutil
from pathlib import Path

from tests.conftest import ROOT

NEW = "2030-01-01"
DAY_BEFORE = "2029-12-31"
PUBLISHED = "2029-06-01"

REVISIONS = f"""\
- date: {NEW}
  certainty: stated
  published: {PUBLISHED}
  document: {{id: notice, lines: 3-4}}
  says: {{zh: "乡里住院报得多了，要多带一样东西。", en: "The town pays more of a stay, and asks for one more paper."}}
  policies: [inpatient]
"""


def write_announced_policies(policies: Path) -> Path:
    """Write the library to the folder `policies`, which must not exist yet; return this folder."""
    shutil.copytree(ROOT / "tests/policies/good", policies)
    folder = policies / "testland" / "inpatient"
    old = (folder / "initial.yaml").read_text(encoding="utf-8")
    papers = "apply: {{papers: [{{zh: 身份证, en: Identity card}}{more}]}}\n"
    new = old.replace("rate: 90%", "rate: 95%").replace("date: 2016-01-01", f"date: {NEW}")
    new = new.replace("self_pays: 200, line: 900", "self_pays: 150, line: 950")
    (folder / "initial.yaml").write_text(old + papers.format(more=""), encoding="utf-8")
    more = ", {zh: 出院小结, en: Discharge note}"
    (folder / f"{NEW}.yaml").write_text(new + papers.format(more=more), encoding="utf-8")
    (policies / "testland" / "revisions.yaml").write_text(REVISIONS, encoding="utf-8")
    return policies
