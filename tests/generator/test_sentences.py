"""Every use of a sentence gives exactly the figures that the sentence names, in every language.

Python, templates and scripts are read, not run: `tests/words/`.
"""

import ast
from collections.abc import Callable, Iterable, Iterator
from itertools import pairwise
from pathlib import Path

import pytest

from mingbai.diagnostics.messages import list_codes
from mingbai.i18n.catalogue import Catalogue
from mingbai.i18n.languages import WRITTEN
from tests.conftest import ROOT
from tests.words.calculator_uses import list_calculator_uses, list_reading_uses, list_uses_of_calculator_module
from tests.words.python_uses import Unreadable, list_uses, list_uses_of_module
from tests.words.script_uses import list_script_uses, read_scripts, read_use
from tests.words.sentences import CALCULATOR, Sentences, Use, list_faults, list_figures, read_sentences
from tests.words.template_uses import list_template_uses, list_uses_of_template

SENTENCES = read_sentences()
GENERATOR, COMPUTING = ROOT / "generator/mingbai", ROOT / "calculator/mingbai_calculator"
PAYMENT_SENTENCES = COMPUTING / "result/payment_sentences.py"
KINDS = COMPUTING / "kinds"
IN_PAYMENTS = {"amount", "per_hundred", "target", "to_go"}
"""Figures that `payment_sentences` makes of a payment."""


def told(uses: Iterable[Use | Unreadable], sentences: Sentences = SENTENCES) -> list[str]:
    """Each fault of some uses in a line."""
    return [
        line
        for use in uses
        for line in (
            [f"{use.file}:{use.line}: cannot be read off: {use.what}"]
            if isinstance(use, Unreadable)
            else list_faults(use, sentences)
        )
    ]


@pytest.mark.parametrize(
    ("uses", "at_least"),
    [
        (lambda: list_uses(GENERATOR, frozenset(list_codes())), 500),
        (lambda: list_calculator_uses(COMPUTING), 70),
        (lambda: list_calculator_uses(GENERATOR), 1),
        (lambda: list_reading_uses(ROOT / "calculator/mingbai_reading"), 30),
        (lambda: list_template_uses(SENTENCES), 300),
        (lambda: list_script_uses(SENTENCES), 300),
    ],
    ids=["generator", "calculator", "calculator's in the generator", "reader", "templates", "scripts"],
)
def test_every_use_of_a_sentence_gives_its_figures(
    uses: Callable[[], Iterator[Use | Unreadable]], at_least: int
) -> None:
    found = list(uses())
    assert told(found) == []
    assert len(found) >= at_least, "the readers of uses no longer see what they saw"


def test_every_language_has_every_sentence_with_the_same_figures() -> None:
    for key, texts in SENTENCES.items():
        assert set(texts) == set(WRITTEN.selected), key
        assert len({list_figures(text) for text in texts.values()}) == 1, key


def test_explanations_of_payments_name_figures_that_payments_have() -> None:
    """Which of them one has depends on its kind: the examples of policies show that."""
    figures = set().union(*map(list_words, KINDS.glob("*.py"))) | IN_PAYMENTS
    explanations = [key for key in list_words(PAYMENT_SENTENCES) if f"{CALCULATOR}.{key}" in SENTENCES]
    assert len(explanations) > 25
    for key in explanations:
        for text in SENTENCES[f"{CALCULATOR}.{key}"].values():
            assert list_figures(text) <= figures, key


def list_words(file: Path) -> set[str]:
    """Return the texts that stand in a module, other than sentences."""
    nodes = ast.walk(ast.parse(file.read_text(encoding="utf-8")))
    texts = (node.value for node in nodes if isinstance(node, ast.Constant) and isinstance(node.value, str))
    return {text for text in texts if text.isidentifier()}


def test_chinese_text_uses_chinese_punctuation() -> None:
    for key, texts in SENTENCES.items():
        if key.startswith(("problems.", f"{CALCULATOR}.")):
            for before, mark in pairwise(texts["zh"]):
                assert not (mark in ",;:!?" and before > "一"), (key, texts["zh"])


def test_a_form_agrees_with_the_number_before_it() -> None:
    words = Catalogue("en")
    assert words.say("problems.summary", errors=1, warnings=0) == "1 error, 0 warnings"
    assert words.say("commands.locked", count=1) == "1 new version is locked."
    assert words.say("commands.locked", count=11) == "11 new versions are locked."
    with pytest.raises(KeyError, match="count"):
        words.say("commands.locked")


# --- what the readers of uses see

SMALL: Sentences = {
    "pages.a.plain": {"zh": "x", "en": "x"},
    "pages.a.dated": {"zh": "{date}", "en": "on {date}"},
    "pages.a.uneven": {"zh": "{date}", "en": "{day}"},
    "pages.b.one": {"zh": "{n}", "en": "{n}"},
    "pages.b.two": {"zh": "{n}", "en": "{n}"},
    "commands.error.bad_day": {"zh": "{found}", "en": "{found}, {first}"},
    "problems.code.bad-date": {"zh": "{path}：{found} {start}", "en": "{path}: {found} {start}"},
    "problems.type.map": {"zh": "x", "en": "x"},
    "estimator.result.money": {"zh": "{amount}", "en": "{amount}"},
    "estimator.money": {"zh": "x", "en": "x"},
    "sentences.range": {"zh": "{low}", "en": "{low} {high}"},
    "sentences.twice": {"zh": "{name} {got}", "en": "{name} {got}"},
    "sentences.low": {"zh": "x", "en": "x"},
}


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("say('a.plain'); say('a.dated', date=1); say('pages.a.dated', date=1)", []),
        ("say('a.dated')", ["pages.a.dated (zh) needs date", "pages.a.dated (en) needs date"]),
        ("say('a.plain', date=1)", ["pages.a.plain (zh) does not name date", "pages.a.plain (en) does not name date"]),
        ("say('a.uneven', date=1)", ["pages.a.uneven (en) needs day", "pages.a.uneven (en) does not name date"]),
        ("say('a.nothing')", ["there is no sentence pages.a.nothing"]),
        ("say('a.plain' if x else 'a.dated')", ["pages.a.dated (zh) needs date", "pages.a.dated (en) needs date"]),
        ("say(f'b.{x}', n=1)", []),
        ("say(f'a.{x}')", ["pages.a.dated (zh) needs date", "pages.a.dated (en) needs date"]),
        ("for k in ('one', 'two'): say(f'b.{k}', n=1)", []),
        ("for k in ('one', 'three'): say(f'b.{k}', n=1)", ["there is no sentence pages.b.three"]),
        ("for k, v in (('one', x), ('two', y)): say(f'b.{k}', **{'n': v})", []),
        ("T = {1: 'b.one', 2: 'b.three'}\ndef f(x): say(T[x], n=1)", ["there is no sentence pages.b.three"]),
        ("T = {'x': 'b.one'}\ndef f(x): say(T.get(x, 'b.two'), n=1)", []),
        ("def g(x): return 'b.three'\ndef f(x): say(g(x), n=1)", ["there is no sentence pages.b.three"]),
        ("def f(key): say(key)", ["cannot be read off: say(key)"]),
        ("def f(figures): say('b.one', **figures)", ["cannot be read off: say('b.one', **figures)"]),
        ("raise CallError('bad_day', x)", ["commands.error.bad_day (en) needs first"]),
        ("raise CallError('bad_day', x, first=1)", ["commands.error.bad_day (zh) does not name first"]),
        ("document.problem('bad-date', path, found=x, start=1)", []),
        ("document.problem('bad-date', path, wanted='map', start=1)", ["problems.code.bad-date"]),
        ("document.problem('bad-date', path, wanted='mop', start=1)", ["there is no sentence problems.type.mop"]),
        ("Problem('bad-date', file, extra={'end': 1})", ["problems.code.bad-date (zh) needs start"]),
    ],
)
def test_python_is_read(source: str, faults: list[str]) -> None:
    found = told(list_uses_of_module(ast.parse(source), "here.py", frozenset({"bad-date"})), SMALL)
    for fault in faults:
        assert any(fault in line for line in found), found
    assert bool(found) == bool(faults)


@pytest.mark.parametrize(
    ("source", "faults"),
    [
        ("sentences['range'].format(low=1, high=2)", ["sentences.range (zh) does not name high"]),
        ("self.speaker.sentences['range'].format(low=1)", ["sentences.range (en) needs high"]),
        ("text = sentences['range']", ["sentences.range (zh) needs low"]),
        ("text = sentences['low' if x else 'high']", ["there is no sentence sentences.high"]),
        ("text = sentences[x]", ["cannot be read off: sentences[x]"]),
        ("Fault('twice', 'id', x)", []),
        ("Fault('twice', 'id')", ["sentences.twice (zh) needs got"]),
        ("Fault('twice', 'id', x, extra={'most': 1})", ["sentences.twice (zh) does not name most"]),
        ("make_choice_fault('thrice', 'id', x, ())", ["there is no sentence sentences.thrice"]),
    ],
)
def test_the_calculator_is_read(source: str, faults: list[str]) -> None:
    found = told(list_uses_of_calculator_module(ast.parse(source), "here.py"), SMALL)
    for fault in faults:
        assert any(fault in line for line in found), found
    assert bool(found) == bool(faults)


@pytest.mark.parametrize(
    ("template", "faults"),
    [
        ('{{ say("a.dated", date=x) }}', []),
        ('{% if x %}\n{{ say("a.dated") }}{% endif %}', ["x.j2:2: pages.a.dated (zh) needs date"]),
        ('{% for name in ("one", "three") %}{{ say("b." ~ name, n=1) }}{% endfor %}', ["no sentence pages.b.three"]),
        ('{{ say("b." ~ name, n=1) }}', []),
        ("{{ say(name) }}", ["cannot be read off"]),
        ("{{ said.made }}", ["there is no sentence commands.offline.made"]),
    ],
)
def test_a_template_is_read(template: str, faults: list[str]) -> None:
    found = told(list_uses_of_template(template, Path("x.j2"), SMALL), SMALL)
    for fault in faults:
        assert any(fault in line for line in found), found
    assert bool(found) == bool(faults)


@pytest.mark.parametrize(
    ("path", "names", "faults"),
    [
        ("text.money", ["amount"], []),
        ("text.money", [], ["estimator.result.money (zh) needs amount"]),
        ("text.money", ["amount", "n"], ["estimator.result.money (zh) does not name n"]),
        ("page.text.nothing", [], ["cannot be read off: page.text.nothing"]),
        ("text.money", None, ["estimator.result.money (zh) needs amount"]),
        ("text.length", None, []),
    ],
)
def test_a_path_in_a_script_is_a_key(path: str, names: list[str] | None, faults: list[str]) -> None:
    found = told(read_use("calculator/web/result/x.js", 1, [path], names, SMALL, is_open=False), SMALL)
    for fault in faults:
        assert any(fault in line for line in found), found
    assert bool(found) == bool(faults)


def test_a_script_is_read(tmp_path: Path) -> None:
    script = tmp_path / "x.js"
    script.write_text(
        'fill(c ? text.a : text["to_" + x], {n, ...more}); show(text.b); say(`fail_${x}`);', encoding="utf-8"
    )
    uses = [(found["paths"], found["names"], found["open"]) for found in read_scripts([str(script)])]
    assert uses == [
        (["text.a", "text.to_*"], ["n"], True),
        (["text.b"], None, False),
        (["say.fail_*"], [], False),
    ]
