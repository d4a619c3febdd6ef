#!/usr/bin/env node
// Breaks the engine on purpose, one place at a time, and says which test sees
// it. A mutation that no test sees is a missing test.
//
// usage: tests/mutation/run.js [NAME...]
//   NAME  runs only the mutations whose names begin with one of these
//
// Works on a copy of the checkout in build/mutation/. Prints a line for each
// mutation and ends with "N passed, N failed": a mutation passes where a test
// fails. Exits with 0 only if all do.
'use strict';

const { execFileSync, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const path = require('node:path');

const mutations = require('./mutations.js');

const checkout = path.resolve(__dirname, '../..');
const tree = path.join(checkout, 'build/mutation/tree');
const preset = 'debug';
const buildMinutesMax = 10;
const testMinutesMax = 3;  // One that was broken may not end.

// In the order in which they are asked; those that see most come first.
const programs = [
  'common_pathway_model_test',
  'common_pathway_decide_test',
  'triage_service_domain_interview_test',
  'common_pathway_encode_decision_test',
  'common_pathway_golden_decisions_test',
  'common_pathway_run_cases_test',
  'common_pathway_instrument_vectors_test',
  'triage_service_domain_interview_proof_test',
];

function run(command, args, minutesMax) {
  return spawnSync(command, args, {
    cwd: tree,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    timeout: minutesMax * 60_000,
  });
}

// The files under version control, as they stand in the checkout.
function copyCheckout() {
  const listed = execFileSync('git', ['ls-files', '-z', '-c', '-o',
    '--exclude-standard'], { cwd: checkout, encoding: 'utf8' });
  const files = listed.split('\0').filter((file) => file !== '');
  for (const file of files) {
    const from = path.join(checkout, file);
    const to = path.join(tree, file);
    if (!fs.existsSync(from)) continue;
    const content = fs.readFileSync(from);
    if (fs.existsSync(to) && fs.readFileSync(to).equals(content)) continue;
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.writeFileSync(to, content, { mode: fs.statSync(from).mode });
  }
}

function build() {
  return run('cmake', ['--build', '--preset', preset, '--target', ...programs],
             buildMinutesMax);
}

// What sees that the engine is broken; null: nothing does.
function whatFails() {
  for (const program of programs) {
    const result = run(path.join(tree, 'build', preset, 'bin', program),
                       ['--gtest_brief=1', '--gtest_fail_fast'],
                       testMinutesMax);
    if (result.status === 0) continue;
    const test = /\[ {2}FAILED {2}\] ([\w./]+)/.exec(result.stdout);
    return test === null ? `${program} ended with ` +
      `${result.signal ?? result.status}` : test[1];
  }
  return null;
}

// The text of the file with the mutation in it.
function mutate(text, { file, original, replacement }) {
  const parts = text.split(original);
  if (parts.length === 2) return parts.join(replacement);
  throw new Error(`${file} has ${parts.length - 1} places that read ` +
    `'${original}'; a mutation names one`);
}

function errorsIn(output) {
  return output.split('\n').filter((line) => / error: /.test(line)).join('\n');
}

// What became of one mutation: whether a test saw it, and which.
function tryMutation(mutation) {
  const file = path.join(tree, mutation.file);
  const text = fs.readFileSync(file, 'utf8');
  fs.writeFileSync(file, mutate(text, mutation));
  try {
    const built = build();
    if (built.status !== 0) {
      return { seen: false, by: `does not build:\n${errorsIn(built.stdout)}` };
    }
    const by = whatFails();
    return { seen: by !== null, by: by ?? 'nothing: a test is missing' };
  } finally {
    fs.writeFileSync(file, text);
  }
}

function main(prefixes) {
  const chosen = mutations.filter(({ name }) => prefixes.length === 0 ||
    prefixes.some((prefix) => name.startsWith(prefix)));
  copyCheckout();
  // Without warnings: a mutation may leave something unused.
  run('cmake', ['--preset', preset, '-DCMAKE_CXX_FLAGS=-w'], buildMinutesMax);
  const built = build();
  if (built.status !== 0) throw new Error(built.stdout + built.stderr);
  const broken = whatFails();
  if (broken !== null) throw new Error(`${broken} fails without a mutation`);
  let failed = 0;
  for (const mutation of chosen) {
    const { seen, by } = tryMutation(mutation);
    if (!seen) failed += 1;
    console.log(`${seen ? 'ok      ' : 'FAILED  '}${mutation.name}: ${by}`);
  }
  console.log(`${chosen.length - failed} passed, ${failed} failed`);
  return failed === 0 && chosen.length > 0 ? 0 : 1;
}

process.exitCode = main(process.argv.slice(2));
