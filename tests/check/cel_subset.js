// Which CEL is part of the language of docs/expression-language.md: decided by
// the syntax tree that an independent parser makes of an expression, and by the
// types of its parts. No code of Plumbline takes part in it.
'use strict';

const { parse } = require('@bufbuild/cel');

// Why an expression is not part of the language, with words for a reader.
const REASONS = {
  syntax: 'not CEL, or syntax of an extension (optional or quoted fields)',
  macro: 'macros',
  message: 'messages',
  map: 'maps',
  function: 'functions other than `has()` and `size()`',
  operator: 'division, remainder, indexing',
  literal: 'bytes, unsigned numbers, `null`',
  name: 'types, enums, and names of messages, lists or containers',
  types:
    'types that an operator does not take (strings and bools have no order, ' +
    'lists stand on the right of `in`)',
  number: 'results that are not finite, an int beyond 2^53 against a double',
  result: 'a list or a type as the result, or no result',
};

class Outside extends Error {
  constructor(reason) {
    super(reason);
    this.reason = reason;
  }
}

const LITERALS = {
  boolValue: 'bool',
  int64Value: 'int',
  doubleValue: 'double',
  stringValue: 'string',
};

const LOGIC = ['!_', '_&&_', '_||_'];
const EQUALITY = ['_==_', '_!=_'];
const ORDER = ['_<_', '_<=_', '_>_', '_>=_'];
const ARITHMETIC = ['_+_', '_-_', '_*_'];
const OTHER_CALLS = ['-_', '@in', '_?_:_', 'size'];
const CALLS = [LOGIC, EQUALITY, ORDER, ARITHMETIC, OTHER_CALLS].flat();
const LEFT_OUT_OPERATORS = ['_/_', '_%_', '_[_]'];
const MACROS = ['all', 'exists', 'exists_one', 'existsOne', 'map', 'filter'];

const EXACT_MAX = 2n ** 53n;

function operands(expr) {
  const { case: kind, value } = expr.exprKind;
  if (kind === 'selectExpr') return [value.operand];
  if (kind === 'listExpr') return value.elements;
  if (kind !== 'callExpr') return [];
  return value.target === undefined
    ? value.args
    : [value.target, ...value.args];
}

function reasonOfCall(call) {
  if (MACROS.includes(call.function)) return 'macro';
  if (LEFT_OUT_OPERATORS.includes(call.function)) return 'operator';
  const known = CALLS.includes(call.function) && call.target === undefined;
  return known ? undefined : 'function';
}

// The reason why a part alone, whatever stands in it, is not of the language.
function reasonOfPart(expr) {
  const { case: kind, value } = expr.exprKind;
  switch (kind) {
    case 'constExpr':
      return value.constantKind.case in LITERALS ? undefined : 'literal';
    case 'comprehensionExpr':
      return 'macro';
    case 'structExpr':
      return value.messageName === '' ? 'map' : 'message';
    case 'callExpr':
      return reasonOfCall(value);
    default:
      return undefined;
  }
}

// Refuses parts that the language does not have, the first of REASONS first.
function checkParts(root) {
  const found = new Set();
  const pending = [root];
  while (pending.length > 0) {
    const expr = pending.pop();
    found.add(reasonOfPart(expr));
    pending.push(...operands(expr));
  }
  const reason = Object.keys(REASONS).find((each) => found.has(each));
  if (reason !== undefined) throw new Outside(reason);
}

// 'a.b.c' for a name with dots; undefined for anything else.
function nameOf(expr) {
  const { case: kind, value } = expr.exprKind;
  if (kind === 'identExpr') return value.name;
  if (kind !== 'selectExpr' || value.testOnly) return undefined;
  const operand = nameOf(value.operand);
  return operand === undefined ? undefined : `${operand}.${value.field}`;
}

function isNumber(type) {
  return type === 'int' || type === 'double';
}

// The literal of `expr`, also with a sign; undefined for anything else.
function literalOf(expr) {
  const { case: kind, value } = expr.exprKind;
  if (kind === 'constExpr') return value.constantKind.value;
  if (kind !== 'callExpr' || value.function !== '-_') return undefined;
  const operand = literalOf(value.args[0]);
  return operand === undefined ? undefined : -operand;
}

function isExact(expr) {
  const literal = literalOf(expr);
  return typeof literal !== 'bigint' ||
    (-EXACT_MAX <= literal && literal <= EXACT_MAX);
}

// The types of the parts of one expression. `bound` says of what type a name
// with dots is: 'bool', 'int', 'double', 'string'.
class Types {
  constructor(bound) {
    this.bound = bound;
  }

  of(expr) {
    const { case: kind, value } = expr.exprKind;
    if (kind === 'constExpr') return LITERALS[value.constantKind.case];
    if (kind === 'callExpr') return this.ofCall(value.function, value.args);
    if (kind === 'listExpr') throw new Outside('types');
    const name = nameOf(expr);
    if (name === undefined || !(name in this.bound)) throw new Outside('name');
    return this.bound[name];
  }

  ofCall(name, args) {
    if (name === '@in') return this.ofIn(args[0], args[1]);
    if (name === 'size') throw new Outside('types');
    const types = args.map((arg) => this.of(arg));
    const all = (test) => {
      if (!types.every(test)) throw new Outside('types');
    };
    if (LOGIC.includes(name)) {
      all((type) => type === 'bool');
      return 'bool';
    }
    if (name === '_?_:_') return this.ofConditional(types);
    if (name === '-_' || ARITHMETIC.includes(name)) {
      all((type) => isNumber(type) && type === types[0]);
      return types[0];
    }
    if (ORDER.includes(name)) all(isNumber);
    this.compare(args[0], types[0], args[1], types[1]);
    return 'bool';
  }

  ofConditional([condition, ifTrue, ifFalse]) {
    if (condition !== 'bool' || ifTrue !== ifFalse) throw new Outside('types');
    return ifTrue;
  }

  ofIn(element, list) {
    const type = this.of(element);
    if (list.exprKind.case !== 'listExpr') throw new Outside('types');
    const literals = list.exprKind.value.elements;
    if (literals.some((each) => literalOf(each) === undefined)) {
      throw new Outside('types');
    }
    const types = literals.map((each) => this.of(each));
    if (types.some((each) => each !== types[0])) throw new Outside('types');
    literals.forEach((each, i) => this.compare(element, type, each, types[i]));
    return 'bool';
  }

  compare(left, leftType, right, rightType) {
    if (leftType === rightType) return;
    if (!isNumber(leftType) || !isNumber(rightType)) throw new Outside('types');
    if (!isExact(left) || !isExact(right)) throw new Outside('number');
  }
}

function parseOrThrow(text) {
  try {
    return parse(text).expr;
  } catch {
    throw new Outside('syntax');
  }
}

// The type of `text`, or throws Outside. `bound`: see Types.
function typeOf(text, bound) {
  const expr = parseOrThrow(text);
  checkParts(expr);
  return new Types(bound).of(expr);
}

// The names that `text` reads. Throws Outside for what no choice of types makes
// part of the language.
function namesIn(text) {
  const root = parseOrThrow(text);
  checkParts(root);
  const names = [];
  const pending = [root];
  while (pending.length > 0) {
    const expr = pending.pop();
    const name = nameOf(expr);
    if (name === undefined) pending.push(...operands(expr));
    else names.push(name);
  }
  return names;
}

module.exports = { LITERALS, Outside, REASONS, namesIn, typeOf };
