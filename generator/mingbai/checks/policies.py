"""From a folder of policy files to the compiled bundle, or to everything that is wrong with them."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from mingbai.bundle.card_stamp import add_card_stamps
from mingbai.bundle.timeline import KNOWN, find_known_day
from mingbai.checks.aliases import check_aliases, resolved
from mingbai.checks.confirmations import add_confirmations
from mingbai.checks.lints import run_mutation_lint
from mingbai.checks.lock import check_lock_file, parse_lock
from mingbai.checks.place import Work, problems_of
from mingbai.checks.published_addresses import check_published, parse_published
from mingbai.checks.source_age import check_source_age
from mingbai.compile import compile_bundle, compute_revision
from mingbai.compile.payers import add_person
from mingbai.core.cache import Cache
from mingbai.core.progress import Progress
from mingbai.diagnostics.errors import PoliciesError
from mingbai.diagnostics.problem import Problem, Problems
from mingbai.files.source_file import SourceFile
from mingbai.loader.files import shown
from mingbai.loader.library import load, place_folders
from mingbai.loader.snapshot import ADDRESSES, ALIASES, LOCK, SHARED_FILES, Snapshot, read_shared
from mingbai.syntax.parser import parse_document

type Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class CheckedPolicies:
    """The result of a check: the bundle, all problems, and the snapshot of the shared files."""

    bundle: Json
    problems: Problems
    files: Snapshot


def check_policies(
    policies: Path, *, cache: Cache | None = None, jobs: int = 1, progress: Progress | None = None, as_of: str = ""
) -> tuple[Json, Problems]:
    """Read, compile and try the policies of a folder; return the bundle and all problems, errors and warnings.

    With a `cache`, what has not changed since the last time is not done again; with `jobs`, so many processes
    share the work. Neither changes the result.

    Where the shared vocabulary cannot be read, what builds on it is not looked at, and the bundle is empty:
    one mistake there would be told a hundred times.
    """
    found = run_checks(policies, cache=cache, jobs=jobs, progress=progress, as_of=as_of)
    return found.bundle, found.problems


def run_checks(
    policies: Path, *, cache: Cache | None = None, jobs: int = 1, progress: Progress | None = None, as_of: str = ""
) -> CheckedPolicies:
    """Check the policies of a folder, as `check_policies` does. Each file is read once."""
    problems, files = Problems(), read_shared(policies)
    folders = place_folders(files, problems)
    lock = parse_lock(files.source(policies / LOCK), problems)
    check_lock_file(policies, lock, {folder.name for folder in folders}, problems)
    published = parse_published(files.source(policies / ADDRESSES), problems)
    work = Work(files, cache, lock.by_place())
    shared = work.shared()
    problems.found += problems_of(shared)
    done: dict[Path, Json] = {}
    for folder, result in work.places(folders, jobs):
        done[folder] = result
        if progress is not None:
            progress(len(done), len(folders))
    work.forget_other_places()
    for folder in folders:
        problems.found += problems_of(done[folder])
    _check_parents({folder.name: done[folder]["place"] for folder in folders}, work.sources, problems)
    if not shared["bundle"]:
        return CheckedPolicies({}, problems, files)
    places = {folder.name: done[folder]["place"] for folder in folders if done[folder]["place"] is not None}
    bundle: Json = {**shared["bundle"], "places": places}
    check_aliases(files.source(policies / ALIASES), bundle, problems)
    bundle["aliases"] = resolved(bundle["aliases"])
    add_person(bundle)
    if not problems.errors:  # else pages may be missing that are only broken
        check_published(policies, published, bundle, problems)
    bundle["revision"] = compute_revision(bundle)
    bundle[KNOWN] = find_known_day(bundle, published.days.values())
    bundle["places"] = add_card_stamps(bundle, published.days)
    bundle["places"] = add_confirmations(bundle, lock)
    check_source_age(bundle, shared["recheck_days"], files.source(policies / "sources.yaml"), as_of, problems)
    return CheckedPolicies(bundle, problems, files)


def _check_parents(places: dict[str, Json | None], sources: dict[str, SourceFile], problems: Problems) -> None:
    """Check that the place above each place is there, and that no place lies above itself."""
    parents = {name: place["parent"] for name, place in places.items() if place is not None}
    for name, parent in parents.items():
        above, seen = parent, {name}
        while above in parents and above not in seen:
            seen.add(above)
            above = parents[above]
        unknown = parent is not None and parent not in places
        if unknown or above == name:
            code = "unknown-place" if unknown else "parent-loop"
            source = sources[name]
            document = parse_document(source, Problems(), shown_as=shown(source.path))
            if document is not None:
                expected = tuple(places) if unknown else ()
                problems.add(document.problem(code, ("parent",), found=parent, expected=expected))


def check_one_place(policies: Path, place: str, cache: Cache | None = None) -> list[Problem]:
    """Return what is wrong with one place and with the shared vocabulary, whatever the other places are like."""
    files = read_shared(policies)
    work = Work(files, cache, parse_lock(files.source(policies / LOCK), Problems()).by_place())
    found = problems_of(work.shared())
    for _, result in work.places([policies / place], jobs=1):
        found += problems_of(result)
    return Problems(found).sorted()


def try_numbers(policies: Path, progress: Progress) -> list[Problem]:
    """Change each number of policies that have no errors by one step; return those that no example guards."""
    problems = Problems()
    library = load(policies, problems)
    if problems.errors:  # they were edited since they were checked
        raise PoliciesError(problems.sorted())
    bundle = compile_bundle(library, problems)
    found = Problems()
    run_mutation_lint(bundle, library, found, progress)
    return found.found


def bundle_for(policies: Path, place: str, *, cache: Cache | None = None, jobs: int = 1) -> Json:
    """Return the bundle for estimates in one place, whatever the other places and the worked examples are like.

    Raises `PoliciesError` with the errors in the shared vocabulary and in the law of the place, and with no others.
    Where another place has errors, its law may be missing from the bundle, and the revision is then no published one.
    """
    found, folder = run_checks(policies, cache=cache, jobs=jobs), shown(policies)
    errors = [
        problem
        for problem in found.problems.found
        if problem.severity == "error"
        and problem.file.parts[len(folder.parts) :][:1] in {(place,), *((name,) for name in SHARED_FILES)}
        and not problem.path.startswith("examples")
    ]
    if errors:
        raise PoliciesError(Problems(errors).sorted())
    return found.bundle


def compiled_bundle(policies: Path, *, cache: Cache | None = None, jobs: int = 1) -> Json:
    """Return the bundle of a folder of policies; raises `PoliciesError` if there is any error in them."""
    return require_valid_policies(policies, cache=cache, jobs=jobs).bundle


def require_valid_policies(policies: Path, *, cache: Cache | None = None, jobs: int = 1) -> CheckedPolicies:
    """Return the result of a check of the policies; raises `PoliciesError` if there is any error in them."""
    found = run_checks(policies, cache=cache, jobs=jobs)
    if found.problems.errors:
        raise PoliciesError(found.problems.sorted())
    return found
