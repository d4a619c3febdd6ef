// The official conformance cases of CEL in the form that `./dev test` reads
// without npm, and the table of docs/expression-language.md. A program:
// `tests/check/cel.sh write` writes both.
'use strict';

const fs = require('node:fs');
const path = require('node:path');

const conformance = require('@bufbuild/cel-spec/testdata/conformance.js');
const parsing = require('@bufbuild/cel-spec/testdata/parsing.js');
const {
  LITERALS,
  Outside,
  REASONS,
  namesIn,
  typeOf,
} = require('./cel_subset.js');

const CASES_FILE = 'tests/conformance/cel_cases.jsonl';
const DOCS_FILE = 'docs/expression-language.md';
const TABLE_BEGIN = '<!-- made by tests/check/cel_conformance.js -->\n';
const TABLE_END = '<!-- end -->\n';

// Where expressions that are no CEL stand among the files of cases.
const NOT_CEL = 'not CEL';

// cel-go says so of what it could parse and does not want to.
const LIMIT_OR_OPTION = /limit exceeded|depth exceeded|unsupported syntax/;

// Every test below `suite`, with the names on the way to it.
function* testsOf(suite, names) {
  for (const test of suite.tests ?? []) yield { names, test };
  for (const inner of suite.suites ?? []) {
    yield* testsOf(inner, [...names, inner.name]);
  }
}

// {int: '42'} for {int64Value: '42'}; undefined for what is no plain value.
function plainValue(value) {
  const [kind] = Object.keys(value);
  if (!(kind in LITERALS)) return undefined;
  const plain = value[kind];
  if (kind !== 'doubleValue') return { [LITERALS[kind]]: plain };
  return { double: Object.is(plain, -0) ? '-0' : String(plain) };
}

// Adds the plain values of a binding, by names with dots. What a case names so
// itself comes before what stands in a map.
function addBinding(bindings, name, value, inMap) {
  const plain = plainValue(value);
  if (plain !== undefined && !(inMap && name in bindings)) {
    bindings[name] = plain;
  }
  for (const entry of value.mapValue?.entries ?? []) {
    addBinding(bindings, `${name}.${entry.key.stringValue}`, entry.value, true);
  }
}

function isInMap(name, { bindings = {} }) {
  return Object.entries(bindings).some(
    ([root, { value }]) => value.mapValue && name.startsWith(`${root}.`),
  );
}

// What the names that a case reads are bound to: a value, or nothing where a
// map lacks the key, as where an item is absent. Names that a container would
// complete are not bound.
function bindingsOf(original, names) {
  const all = {};
  for (const [name, { value }] of Object.entries(original.bindings ?? {})) {
    addBinding(all, name, value, false);
  }
  const read = {};
  for (const name of original.container === undefined ? names : []) {
    if (name in all) read[name] = all[name];
    else if (isInMap(name, original)) read[name] = { absent: 'bool' };
  }
  return read;
}

// dyn() has a value past the type checker of CEL and changes nothing else; here
// ints and doubles compare without it.
function withoutDyn(text) {
  return text.replace(/\bdyn\(([^()"']*)\)/g, '($1)');
}

function expectedValue(original) {
  if (original.typedResult !== undefined) return original.typedResult.result;
  return original.value ?? { boolValue: true };
}

function typeOfBinding(binding) {
  const [[type, value]] = Object.entries(binding);
  return type === 'absent' ? value : type;
}

// What a test says, where it is part of the language; else throws Outside.
function insideCase(original) {
  const expression = withoutDyn(original.expr);
  const bindings = bindingsOf(original, namesIn(expression));
  const read = Object.keys(bindings).length === 0 ? {} : { bindings };
  if (original.evalError !== undefined) {
    return { expression, ...read, error: true };
  }
  const types = Object.entries(bindings).map(([name, binding]) => [
    name,
    typeOfBinding(binding),
  ]);
  const type = typeOf(expression, Object.fromEntries(types));
  const value = plainValue(expectedValue(original) ?? {});
  if (value === undefined || !(type in value)) throw new Outside('result');
  if (type === 'double' && !Number.isFinite(Number(value.double))) {
    throw new Outside('number');
  }
  return { expression, ...read, value };
}

function conformanceCase({ names, test: { original } }) {
  const name = [...names, original.name].join('/');
  try {
    return { case: name, ...insideCase(original) };
  } catch (error) {
    if (!(error instanceof Outside)) throw error;
    return { case: name, expression: original.expr, outside: error.reason };
  }
}

function conformanceCases() {
  return conformance.tests.suites.flatMap((file) =>
    [...testsOf(file, [file.name])].map(conformanceCase),
  );
}

// What cel-go cannot parse is no CEL.
function notCel() {
  return [...testsOf(parsing.tests, [])]
    .map(({ test }) => test)
    .filter(({ ast }) => ast === undefined)
    .filter(({ error }) => !LIMIT_OR_OPTION.test(error))
    .map(({ original }, i) => ({
      case: `${NOT_CEL}/${i + 1}`,
      expression: original.expr,
      outside: 'syntax',
    }));
}

function header() {
  const manifest = path.join(
    process.env.NODE_PATH,
    '@bufbuild/cel-spec/package.json',
  );
  const { name, version, upstreamCelSpecRef } = JSON.parse(
    fs.readFileSync(manifest, 'utf8'),
  );
  return {
    source:
      `Conformance tests of google/cel-spec ${upstreamCelSpecRef} and, under ` +
      `"${NOT_CEL}", expressions from the parser tests of google/cel-go, ` +
      `both as packaged in ${name} ${version}`,
    licence: 'Apache-2.0',
    changes:
      'Rewritten by tests/check/cel_conformance.js: one line a case, with ' +
      'the expression, the bindings as names with dots, and the value, ' +
      '"error", or why the case is outside the language; dyn() is taken away.',
  };
}

function casesText(cases) {
  return [header(), ...cases]
    .map((each) => `${JSON.stringify(each)}\n`)
    .join('');
}

function countsByReason(cases) {
  const counts = new Map();
  for (const { outside } of cases) {
    if (outside === undefined) continue;
    counts.set(outside, (counts.get(outside) ?? 0) + 1);
  }
  return Object.keys(REASONS)
    .filter((reason) => counts.has(reason))
    .map((reason) => `${counts.get(reason)} ${reason}`)
    .join(', ');
}

function row(name, cases) {
  const inside = cases.filter(({ outside }) => outside === undefined);
  const cells = [name, cases.length, inside.length, countsByReason(cases)];
  return `| ${cells.join(' | ')} |\n`;
}

function tableText(cases) {
  const isOfFile = (file) => (each) => each.case.startsWith(`${file}/`);
  const official = cases.filter((each) => !isOfFile(NOT_CEL)(each));
  const files = new Set(official.map((each) => each.case.split('/')[0]));
  const rows = [...files].map((file) =>
    row(`\`${file}\``, official.filter(isOfFile(file))),
  );
  const legend = Object.entries(REASONS)
    .filter(([reason]) => cases.some(({ outside }) => outside === reason))
    .map(([reason, words]) => `*${reason}*: ${words}`)
    .join('; ');
  return (
    '| file | cases | in the language, all passed | outside, all refused |\n' +
    `|---|---|---|---|\n${rows.join('')}${row('all', official)}\n` +
    `${legend}. Of the parser tests of cel-go, the ` +
    `${cases.length - official.length} expressions that are no CEL are ` +
    'refused too.\n'
  );
}

// The page with the table between its marks replaced.
function withTable(page, table) {
  const begin = page.indexOf(TABLE_BEGIN);
  const end = page.indexOf(TABLE_END, begin);
  if (begin < 0 || end < 0) throw new Error(`${DOCS_FILE} has no table`);
  return page.slice(0, begin + TABLE_BEGIN.length) + table + page.slice(end);
}

// What should stand in each file that is made here.
function made() {
  const cases = [...conformanceCases(), ...notCel()];
  const page = fs.readFileSync(DOCS_FILE, 'utf8');
  return new Map([
    [CASES_FILE, casesText(cases)],
    [DOCS_FILE, withTable(page, tableText(cases))],
  ]);
}

if (require.main === module) {
  for (const [file, text] of made()) fs.writeFileSync(file, text);
}

module.exports = { made };
