"""What changed between two versions, in plain words."""

from mingbai.authoring.diff import Comparison
from mingbai.bundle.comparison import Case, Span
from mingbai.diagnostics.messages import counted
from mingbai.i18n.catalogue import Catalogue, written_catalogue
from mingbai.pages.policy.differences import Phrases, differences
from mingbai.pages.policy.history import first_day
from mingbai.pages.wording.language import Language, language
from mingbai_calculator.core.money import yuan

_APPLIES = {True: "yes", False: "no", None: "unknown"}


def tell(comparison: Comparison, lang: str) -> str:
    """Return a comparison as lines of text."""
    return "\n".join(
        _Teller(comparison, language(comparison.bundle, lang), written_catalogue("authoring", lang)).lines()
    )


class _Teller:
    def __init__(self, comparison: Comparison, speaks: Language, words: Catalogue) -> None:
        self.comparison, self.language, self.words = comparison, speaks, words
        self.old, self.new = comparison.old, comparison.new

    def lines(self) -> list[str]:
        changed = self._law()
        return [*self._head(), "", *(changed or [self._say("same"), ""]), *self._cases()]

    def _say(self, key: str, **figures: object) -> str:
        return self.words.say(f"diff.{key}", **figures)

    def _head(self) -> list[str]:
        compared, text = self.comparison, self.language.text
        place = text(compared.bundle["places"][compared.place]["name"])
        policy = f"{compared.place}/{compared.policy}"
        return [
            self._say("title", place=place, title=text(self.new["title"]), policy=policy),
            self._say("old", version=self.old["id"], since=first_day(self.old, self.language)),
            self._say("new", version=self.new["id"], since=first_day(self.new, self.language)),
        ]

    def _law(self) -> list[str]:
        """Return what changed in the law, each part under its heading."""
        found = differences(self.old, self.new, self.language)
        lines = [self._say("ends"), ""] if found.ends else []
        if found.confirmed:
            before, after = (day or self._say("not_said") for day in found.confirmed)
            lines += [self._say("confirmed", before=before, after=after), ""]
        if found.kind:
            lines += [self._say("kind", before=found.kind[0], after=found.kind[1]), ""]
        for part in ("who", "when", "papers", "where", "steps"):
            lines += self._added(part, found.phrases.get(part))
        for label, figures in found.figures.items():
            lines += [] if self._say("figures") in lines else [self._say("figures")]
            lines += [f"  {label}"]
            lines += [f"    {each.measure}{self._say('colon')}{each.before} -> {each.after}" for each in figures]
        lines += [""] if lines and lines[-1] else []
        lines += self._added("gone", Phrases(found.gone, []) if found.gone else None)
        return lines + self._added("words", found.phrases.get("words"))

    def _added(self, heading: str, phrases: Phrases | None) -> list[str]:
        """Return what is new and what is gone from a list of phrases, under a heading."""
        if phrases is None:
            return []
        found = [self._say("less", text=text) for text in phrases.less]
        found += [self._say("more", text=text) for text in phrases.more]
        return [self._say(heading), *found, ""]

    def _cases(self) -> list[str]:
        cases = self.comparison.cases
        if not cases:
            return []
        lines = [counted(self._say("cases"), count=len(cases))]
        for case in cases:
            lines += [f"  {self.language.text(case.title)}", *self._case(case)]
        gains = {case.gain: case for case in cases if case.gain is not None and not case.unchanged}
        same, unknown = (sum(case.gain == gain for case in cases) for gain in (0, None))
        gain, lose = (sum((case.gain or 0) * sign > 0 for case in cases) for sign in (1, -1))
        lines += ["", self._say("sum", gain=gain, lose=lose, same=same, open=unknown)]
        for key, most in (("most_gain", max(gains, default=0)), ("most_loss", min(gains, default=0))):
            if (most > 0) == (key == "most_gain") and most:
                title = self.language.text(gains[most].title)
                lines.append(self._say(key, amount=self.language.money(abs(most)), title=title))
        return lines

    def _case(self, case: Case) -> list[str]:
        before, after = case.before, case.after
        lines = []
        for key, was, now in (
            ("self_pays", before.self_pays, after.self_pays),
            ("money", before.money, after.money),
        ):
            if was is not None or now is not None:
                lines.append(self._say(key, before=self._span(was), after=self._span(now)))
        if before.applies != after.applies:
            words = [self._say(_APPLIES[each.applies]) for each in (before, after)]
            lines.append(self._say("applies", before=words[0], after=words[1]))
        if case.gain is None:
            return [*lines, self._say("open")]
        if case.unchanged:
            return [*lines, self._say("unchanged")]
        if case.gain:
            lines.append(self._say("gains" if case.gain > 0 else "loses", amount=self.language.money(abs(case.gain))))
        return lines

    def _span(self, span: Span | None) -> str:
        if span is None:
            return self._say("unknown")
        low, high = span
        return self.language.span({"low": yuan(low), "high": None if high is None else yuan(high)})
