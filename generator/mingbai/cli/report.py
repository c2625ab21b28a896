"""Print problems as text, as JSON, or as annotations of GitHub Actions."""

import json
import re
import sys
from collections.abc import Sequence

import click

from mingbai.diagnostics.messages import format_message, format_problem
from mingbai.diagnostics.problem import Problem
from mingbai.i18n.catalogue import Catalogue


def print_problems(
    problems: Sequence[Problem], form: str, lang: str, *, files: int = 0, to_stderr: bool = False
) -> None:
    """Print problems as ``text``, ``json`` or ``github``; except for JSON with a summary line at the end."""
    if form == "json":
        click.echo(
            json.dumps([problem_to_json(problem, lang) for problem in problems], ensure_ascii=False, indent=2),
            err=to_stderr,
        )
        return
    for problem in problems:
        if form == "github":
            click.echo(_format_annotation(problem, lang), err=to_stderr)
        else:
            colour = "red" if problem.severity == "error" else "yellow"
            stream = sys.stderr if to_stderr else sys.stdout
            text = format_problem(problem, lang)
            click.echo(click.style(text, fg=colour) if stream.isatty() else text, err=to_stderr)
    errors = sum(problem.severity == "error" for problem in problems)
    words = Catalogue(lang)
    summary = (
        words.say("problems.summary", errors=errors, warnings=len(problems) - errors)
        if problems
        else words.say("problems.summary_none", files=files)
    )
    click.echo(summary, err=to_stderr)


def _format_annotation(problem: Problem, lang: str) -> str:
    """Return a problem as a workflow command of GitHub Actions, which shows it beside the line."""
    where = f"file={_escape(str(problem.file), ',:')}"
    if problem.line:
        where += f",line={problem.line},col={problem.column}"
    return f"::{problem.severity} {where}::{_escape(f'{problem.code}: {format_message(problem, lang)}')}"


def _escape(text: str, extra: str = "") -> str:
    """Percent-encode the characters that are special in a workflow command, and those of `extra`."""
    return re.sub(f"[%\r\n{extra}]", lambda match: f"%{ord(match[0]):02X}", text)


def problem_to_json(problem: Problem, lang: str) -> dict[str, object]:
    """Return a problem as a JSON object."""
    return {
        "file": str(problem.file),
        "line": problem.line,
        "column": problem.column,
        "severity": problem.severity,
        "code": problem.code,
        "path": problem.path,
        "found": problem.found,
        "nearest": problem.nearest,
        "expected": list(problem.expected),
        "message": format_message(problem, lang),
    }
