"""Format the comparison of two versions as text for the terminal."""

from mingbai.authoring.diff import Comparison
from mingbai.bundle.changes import PolicyChange, classify_change
from mingbai.bundle.comparison import AmountRange, ExampleComparison
from mingbai.pages.policy.differences import PhraseChanges, compare_versions
from mingbai.pages.policy.history import describe_start
from mingbai.pages.revision.summary import describe_change
from mingbai.pages.wording.language import Language, make_language
from mingbai_calculator.core.money import format_yuan

_APPLIES = {True: "commands.diff.yes", False: "commands.diff.no", None: "commands.diff.unknown"}

_WITHOUT_AMOUNT = {
    ("gains", True): "commands.diff.gains_it",
    ("loses", True): "commands.diff.loses_it",
    ("gains", False): "commands.diff.gains_open",
    ("loses", False): "commands.diff.loses_open",
}
"""By outcome, and whether the only change is that the policy applies or not."""


def format_comparison(comparison: Comparison, lang: str) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(_ComparisonFormatter(comparison, make_language(comparison.bundle, lang)).lines())


class _ComparisonFormatter:
    def __init__(self, comparison: Comparison, language: Language) -> None:
        self.comparison, self.language = comparison, language
        self.old, self.new = comparison.old, comparison.new

    def lines(self) -> list[str]:
        changed = self._format_law()
        return [
            *self._format_heading(),
            self._format_kind(),
            "",
            *(changed or ([] if self.new["ends"] else [self.language.say("commands.diff.same"), ""])),
            *self._format_examples(),
        ]

    def _format_heading(self) -> list[str]:
        comparison, text = self.comparison, self.language.text
        place = text(comparison.bundle["places"][comparison.place]["name"])
        policy = f"{comparison.place}/{comparison.policy}"
        return [
            self.language.say("commands.diff.title", place=place, title=text(self.new["title"]), policy=policy),
            self.language.say(
                "commands.diff.old", version=self.old["id"], since=describe_start(self.old, self.language)
            ),
            self.language.say(
                "commands.diff.new", version=self.new["id"], since=describe_start(self.new, self.language)
            ),
        ]

    def _format_kind(self) -> str:
        """Return what kind of change it is, from when, who gains and who loses."""
        cases = self.comparison.cases
        change = PolicyChange(self.comparison.policy, classify_change(self.old, self.new, cases), cases)
        return describe_change(change, self.new["start"], self.language)

    def _format_law(self) -> list[str]:
        """Return the changes of the law, each section under its heading."""
        changes = compare_versions(self.old, self.new, self.language)
        lines = []
        if changes.confirmed and not changes.ends:
            before, after = (day or self.language.say("commands.diff.not_said") for day in changes.confirmed)
            lines += [self.language.say("commands.diff.confirmed", before=before, after=after), ""]
        if changes.kind:
            lines += [self.language.say("commands.diff.kind", before=changes.kind[0], after=changes.kind[1]), ""]
        for section in ("who", "when", "papers", "where", "steps"):
            lines += self._format_phrases(section, changes.phrases.get(section))
        for label, figures in changes.figures.items():
            lines += (
                []
                if self.language.say("commands.diff.figures") in lines
                else [self.language.say("commands.diff.figures")]
            )
            lines += [f"  {label}"]
            lines += [
                f"    {figure.measure}{self.language.say('commands.diff.colon')}{figure.before} -> {figure.after}"
                for figure in figures
            ]
        lines += [""] if lines and lines[-1] else []
        lines += self._format_phrases("gone", PhraseChanges(changes.removed_rows, []) if changes.removed_rows else None)
        return lines + self._format_phrases("words", changes.phrases.get("words"))

    def _format_phrases(self, heading: str, phrases: PhraseChanges | None) -> list[str]:
        """Return removed and added phrases under a heading; nothing for None."""
        if phrases is None:
            return []
        lines = [self.language.say("commands.diff.less", text=text) for text in phrases.removed]
        lines += [self.language.say("commands.diff.more", text=text) for text in phrases.added]
        return [self.language.say(f"commands.diff.heads.{heading}"), *lines, ""]

    def _format_examples(self) -> list[str]:
        cases = self.comparison.cases
        if not cases:
            return []
        lines = [self.language.say("commands.diff.cases", count=len(cases))]
        for case in cases:
            lines += [f"  {self.language.text(case.title)}", *self._format_example(case)]
        gains = {case.gain: case for case in cases if case.gain is not None and not case.unchanged}
        counts = {
            outcome: sum(case.outcome == outcome for case in cases) for outcome in ("gains", "loses", "same", "open")
        }
        gain, lose, same, unknown = counts.values()
        lines += ["", self.language.say("commands.diff.sum", gain=gain, lose=lose, same=same, open=unknown)]
        for key, most in (("most_gain", max(gains, default=0)), ("most_loss", min(gains, default=0))):
            if (most > 0) == (key == "most_gain") and most:
                title = self.language.text(gains[most].title)
                lines.append(
                    self.language.say(f"commands.diff.{key}", amount=self.language.money(abs(most)), title=title)
                )
        return lines

    def _format_example(self, case: ExampleComparison) -> list[str]:
        before, after = case.before, case.after
        lines = []
        for key, was, now in (
            ("self_pays", before.self_pays, after.self_pays),
            ("money", before.money, after.money),
        ):
            if was is not None or now is not None:
                lines.append(
                    self.language.say(
                        f"commands.diff.{key}", before=self._format_range(was), after=self._format_range(now)
                    )
                )
        if before.applies != after.applies:
            words = [self.language.say(_APPLIES[result.applies]) for result in (before, after)]
            lines.append(self.language.say("commands.diff.applies", before=words[0], after=words[1]))
        if case.unchanged and case.gain is not None:
            return [*lines, self.language.say("commands.diff.unchanged")]
        if case.outcome == "open":
            return [*lines, self.language.say("commands.diff.open")]
        if case.outcome == "same":
            return [*lines, self.language.say("commands.diff.same_money")]
        if case.gain:
            amount = self.language.money(abs(case.gain))
            how_much = "commands.diff.gains" if case.outcome == "gains" else "commands.diff.loses"
            return [*lines, self.language.say(how_much, amount=amount)]
        return [*lines, self.language.say(_WITHOUT_AMOUNT[case.outcome, case.applies_alone])]

    def _format_range(self, span: AmountRange | None) -> str:
        if span is None:
            return self.language.say("commands.diff.unknown")
        low, high = span
        return self.language.span({"low": format_yuan(low), "high": None if high is None else format_yuan(high)})
