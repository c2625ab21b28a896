"""Printing problems: for people, for programs, for GitHub."""

import json
import re
import sys
from collections.abc import Sequence

import click

from mingbai.diagnostics.messages import CATALOGUES, counted, line, message
from mingbai.diagnostics.problem import Problem


def print_problems(
    problems: Sequence[Problem], form: str, lang: str, *, files: int = 0, to_stderr: bool = False
) -> None:
    """Print problems as ``text``, ``json`` or ``github``, and a line that sums them up."""
    if form == "json":
        click.echo(
            json.dumps([as_json(problem, lang) for problem in problems], ensure_ascii=False, indent=2),
            err=to_stderr,
        )
        return
    for problem in problems:
        if form == "github":
            click.echo(_as_annotation(problem, lang), err=to_stderr)
        else:
            colour = "red" if problem.severity == "error" else "yellow"
            stream = sys.stderr if to_stderr else sys.stdout
            text = line(problem, lang)
            click.echo(click.style(text, fg=colour) if stream.isatty() else text, err=to_stderr)
    errors = sum(problem.severity == "error" for problem in problems)
    say = CATALOGUES[lang]
    summary = (
        counted(say["summary"], errors=errors, warnings=len(problems) - errors)
        if problems
        else counted(say["summary-none"], files=files)
    )
    click.echo(summary, err=to_stderr)


def _as_annotation(problem: Problem, lang: str) -> str:
    """Return a problem as a workflow command of GitHub, which shows it beside the line."""
    where = f"file={_escaped(str(problem.file), ',:')}"
    if problem.line:
        where += f",line={problem.line},col={problem.column}"
    return f"::{problem.severity} {where}::{_escaped(f'{problem.code}: {message(problem, lang)}')}"


def _escaped(text: str, more: str = "") -> str:
    """Write the characters that end a part of a workflow command as their numbers."""
    return re.sub(f"[%\r\n{more}]", lambda match: f"%{ord(match[0]):02X}", text)


def as_json(problem: Problem, lang: str) -> dict[str, object]:
    """Return a problem as data."""
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
        "message": message(problem, lang),
    }
