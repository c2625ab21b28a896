"""What can be read off Python source without running it: which texts an expression may be.

It follows texts, f-strings, conditions, dictionaries of texts, what functions of the same module return, and names
that are assigned such, or run over them, in the same function or module.
"""

import ast
import re
from collections.abc import Iterator
from itertools import product
from typing import NamedTuple

ANY_STEP = "[^.]+"
"""Pattern of a part of a key that is not known."""


class Scope(NamedTuple):
    """What the names of a function or module stand for; `owner` is the class around it."""

    names: dict[str, list[ast.expr]]
    functions: dict[str, ast.FunctionDef]
    outer: "Scope | None" = None
    owner: str = ""
    function: str = ""

    def is_one_of(self, names: frozenset[str]) -> bool:
        """Return whether the function, or the class around it, has one of some names."""
        return self.function in names or self.owner in names

    def look_up(self, name: str) -> list[ast.expr]:
        """Return all that a name stands for."""
        if name in self.names:
            return self.names[name]
        return self.outer.look_up(name) if self.outer else []


def walk_expressions(module: ast.Module) -> Iterator[tuple[ast.expr, Scope]]:
    """Yield each expression of a module with its scope."""
    functions = {node.name: node for node in ast.walk(module) if isinstance(node, ast.FunctionDef)}
    yield from _walk(module, _make_scope(module, functions))


def _walk(node: ast.AST, scope: Scope) -> Iterator[tuple[ast.expr, Scope]]:
    for child in ast.iter_child_nodes(node):
        inner = scope
        if isinstance(child, ast.ClassDef):
            inner = scope._replace(owner=child.name)
        elif isinstance(child, ast.FunctionDef):
            inner = _make_scope(child, scope.functions, scope)
        if isinstance(child, ast.expr):
            yield child, inner
        yield from _walk(child, inner)


def _make_scope(
    node: ast.Module | ast.FunctionDef, functions: dict[str, ast.FunctionDef], outer: Scope | None = None
) -> Scope:
    owner, function = (outer.owner, node.name) if outer and isinstance(node, ast.FunctionDef) else ("", "")
    scope = Scope({}, functions, outer, owner, function)
    if isinstance(node, ast.FunctionDef):
        arguments = node.args
        for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs):
            scope.names[argument.arg] = [ast.Name(argument.arg)]  # stands for itself: nothing is known of it
    inside = node.body if isinstance(node, ast.Module) else list(ast.walk(node))
    for inner in inside:
        match inner:
            case ast.Assign(targets=targets, value=value):
                for target in targets:
                    _bind(target, [value], scope)
            case ast.AnnAssign(target=target, value=ast.expr() as value) | ast.NamedExpr(target=target, value=value):
                _bind(target, [value], scope)
    for inner in inside:
        if isinstance(inner, ast.For | ast.comprehension):
            _bind(inner.target, _list_elements(inner.iter, scope), scope)
    return scope


def _bind(target: ast.expr, values: list[ast.expr], scope: Scope) -> None:
    """Let a name, or the names in a tuple, stand for values as well; for none known, for itself."""
    if isinstance(target, ast.Name):
        scope.names.setdefault(target.id, []).extend(values or [target])
    elif isinstance(target, ast.Tuple):
        choices = [choice for value in values for choice in _split_choices(value)]
        tuples = [choice.elts for choice in choices if isinstance(choice, ast.Tuple)]
        for index, part in enumerate(target.elts):
            parts = [elements[index] for elements in tuples if index < len(elements)]
            _bind(part, parts if len(parts) == len(choices) else [], scope)


def _split_choices(node: ast.expr) -> list[ast.expr]:
    return [node.body, node.orelse] if isinstance(node, ast.IfExp) else [node]


def _list_elements(iterated: ast.expr, scope: Scope) -> list[ast.expr]:
    """Return the elements that a loop runs over, where they are written out; else none."""
    match iterated:
        case ast.Tuple(elts=elements) | ast.List(elts=elements) | ast.Set(elts=elements):
            return elements
        case ast.Name(id=name):
            values = scope.look_up(name)
            return _list_elements(values[0], scope) if len(values) == 1 and values[0] is not iterated else []
        case ast.Dict(keys=keys):
            return [key for key in keys if key]
        case ast.Call(func=ast.Name(id="sorted"), args=[inner, *_]):
            return _list_elements(inner, scope)
        case ast.Call(func=ast.Attribute(value=ast.Name(id=name), attr="items")):
            tables = [value for value in scope.look_up(name) if isinstance(value, ast.Dict)]
            return [
                ast.Tuple([key, value])
                for table in tables
                for key, value in zip(table.keys, table.values, strict=True)
                if key
            ]
    return []


def read_texts(node: ast.expr, scope: Scope, seen: frozenset[str] = frozenset()) -> list[str] | None:
    """Return patterns of all texts that an expression may be; None where nothing is known of it."""
    match node:
        case ast.Constant(value=str(text)):
            return [re.escape(text)]
        case ast.JoinedStr(values=parts):
            choices = [read_texts(part, scope, seen) or [ANY_STEP] for part in parts]
            return ["".join(choice) for choice in product(*choices)]
        case ast.FormattedValue(value=value):
            return read_texts(value, scope, seen)
        case ast.Call(func=ast.Attribute(value=table, attr="get"), args=[_, default]):
            return [*(_read_table(table, scope, seen) or []), *(read_texts(default, scope, seen) or [ANY_STEP])]
        case ast.Subscript(value=table):
            return _read_table(table, scope, seen)
    variants = _list_variants(node, scope, seen)
    return _read_all(variants, scope, seen | {node.id} if isinstance(node, ast.Name) else seen) if variants else None


def _list_variants(node: ast.expr, scope: Scope, seen: frozenset[str]) -> list[ast.expr]:
    """Return the expressions of which this one is one."""
    match node:
        case ast.IfExp(body=body, orelse=other):
            return [body, other]
        case ast.Name(id=name) if name not in seen:
            return scope.look_up(name)
        case ast.Call(func=ast.Name(id=name)) if name in scope.functions:
            return [
                inner.value
                for inner in ast.walk(scope.functions[name])
                if isinstance(inner, ast.Return) and inner.value is not None
            ]
    return []


def _read_table(node: ast.expr, scope: Scope, seen: frozenset[str]) -> list[str] | None:
    """Return patterns of all values of a dictionary."""
    if isinstance(node, ast.Name):
        tables = scope.look_up(node.id)
        return _read_table(tables[0], scope, seen) if len(tables) == 1 and tables[0] is not node else None
    return _read_all(node.values, scope, seen) if isinstance(node, ast.Dict) else None


def _read_all(nodes: list[ast.expr], scope: Scope, seen: frozenset[str]) -> list[str] | None:
    found = [read_texts(node, scope, seen) for node in nodes]
    return None if None in found else list(dict.fromkeys(text for texts in found for text in texts or ()))


def read_names(node: ast.expr, scope: Scope) -> frozenset[str] | None:
    """Return the keys of a dictionary; None where they are not written out."""
    if isinstance(node, ast.Name):
        tables = scope.look_up(node.id)
        found = [read_names(table, scope) for table in tables if not isinstance(table, ast.Name)]
        return None if None in found or len(set(found)) != 1 else found[0]
    if isinstance(node, ast.Dict) and all(isinstance(key, ast.Constant) for key in node.keys):
        return frozenset(str(key.value) for key in node.keys if isinstance(key, ast.Constant))
    return None


def read_keywords(call: ast.Call, scope: Scope) -> tuple[frozenset[str], bool]:
    """Return the names of a call's keywords, and whether there may be more than can be read off."""
    names: set[str] = set()
    is_open = False
    for keyword in call.keywords:
        spread = frozenset({keyword.arg}) if keyword.arg is not None else read_names(keyword.value, scope)
        names |= spread or set()
        is_open = is_open or spread is None
    return frozenset(names), is_open
