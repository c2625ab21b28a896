// Prints where scripts use the words of the page, a line of JSON each: {file, line, paths, names, open}.
// `fill(text.result.money, {amount})`: paths ["text.result.money"], names ["amount"]; `*` is a step that is not known.
// `text.result.caveat` outside of `fill` has names null. `open`: further figures may be given (`...result`).

import {readFileSync} from "node:fs";
import ts from "typescript";

const ANY = "*";

/** The texts that an expression may be, with `*` for what is not known. */
function textsOf(node) {
  if (ts.isParenthesizedExpression(node)) return textsOf(node.expression);
  if (ts.isStringLiteralLike(node)) return [node.text];
  if (ts.isConditionalExpression(node)) return [...textsOf(node.whenTrue), ...textsOf(node.whenFalse)];
  if (ts.isTemplateExpression(node)) return [node.head.text + node.templateSpans.map((span) => ANY + span.literal.text).join("")];
  if (ts.isBinaryExpression(node) && node.operatorToken.kind === ts.SyntaxKind.PlusToken) {
    return textsOf(node.left).flatMap((left) => textsOf(node.right).map((right) => left + right));
  }
  return [ANY];
}

/** The paths that an expression may be: `a.b`, `a["b"]`, `c ? a.b : a.d`. */
function pathsOf(node) {
  if (ts.isParenthesizedExpression(node)) return pathsOf(node.expression);
  if (ts.isIdentifier(node)) return [node.text];
  if (node.kind === ts.SyntaxKind.ThisKeyword) return ["this"];
  if (ts.isPropertyAccessExpression(node)) return pathsOf(node.expression).map((path) => path + "." + node.name.text);
  if (ts.isElementAccessExpression(node)) {
    return pathsOf(node.expression).flatMap((path) => textsOf(node.argumentExpression).map((text) => path + "." + text));
  }
  if (ts.isConditionalExpression(node)) return [...pathsOf(node.whenTrue), ...pathsOf(node.whenFalse)];
  return [ANY];
}

/** The names of an object's properties, and whether it may have others. */
function namesOf(node) {
  if (!node) return {names: [], open: false};
  if (!ts.isObjectLiteralExpression(node)) return {names: [], open: true};
  const named = node.properties.filter((property) => !ts.isSpreadAssignment(property));
  return {names: named.map((property) => property.name.text), open: named.length < node.properties.length};
}

function isAccess(node) {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

for (const file of process.argv.slice(2)) {
  const source = ts.createSourceFile(file, readFileSync(file, "utf8"), ts.ScriptTarget.ES2022, true);
  const print = (node, use) => {
    const line = source.getLineAndCharacterOfPosition(node.getStart()).line + 1;
    console.log(JSON.stringify({file, line, ...use}));
  };
  const visit = (node) => {
    if (ts.isCallExpression(node) && ts.isIdentifier(node.expression) && node.arguments.length) {
      const [first, second] = node.arguments;
      if (node.expression.text === "fill") {
        print(node, {paths: pathsOf(first), ...namesOf(second)});
        return node.arguments.slice(1).forEach(visit);
      }
      if (node.expression.text === "say") print(node, {paths: textsOf(first).map((text) => "say." + text), ...namesOf(second)});
    }
    if (!isAccess(node) || pathsOf(node).some((path) => path.startsWith(ANY))) return ts.forEachChild(node, visit);
    if (!ts.isCallExpression(node.parent) || node.parent.expression !== node) {
      print(node, {paths: pathsOf(node), names: null, open: false});
    }
    return undefined;
  };
  visit(source);
}
