// Holds the engine against an independent CEL: what cel_evaluations wrote is
// evaluated again, and every value must be the same. On a complete intake an
// error of CEL, which is the reading of an absent item, is unknown here. What
// is known of a part of an intake must hold for all of its completions, but for
// those on which CEL says that the expression is an error.
'use strict';

const { spawn } = require('node:child_process');
const { once } = require('node:events');
const readline = require('node:readline');

const { Pathway, compile } = require('./cel_pathway.js');

const MOST_SHOWN = 5;

// Whether `ours`, as cel_evaluations writes values, says of a complete intake
// that it has the value `theirs`.
function isSame(ours, theirs) {
  if (ours === null || theirs === undefined) {
    return ours === null && theirs === undefined;
  }
  if (typeof ours !== 'object') return ours === theirs;
  const [[type, [from, to]]] = Object.entries(ours);
  if (type === 'int') return from === to && BigInt(from) === theirs;
  return Object.is(from, to) && Object.is(from, theirs);
}

// Whether `ours`, known of a part, leaves `theirs` possible.
function allows(ours, theirs) {
  if (ours === null || theirs === undefined) return true;
  if (typeof ours !== 'object') return ours === theirs;
  const [[type, [from, to]]] = Object.entries(ours);
  if (type === 'int') {
    const isInt = typeof theirs === 'bigint';
    return isInt && BigInt(from) <= theirs && theirs <= BigInt(to);
  }
  return typeof theirs === 'number' && from <= theirs && theirs <= to;
}

function shown(value) {
  return JSON.stringify(value, (key, each) =>
    typeof each === 'bigint' ? `int ${each}` : each,
  );
}

// Our value of a score as that of an expression that reads it.
function scoreValue({ present, range: [from, to] }, { mean }) {
  if (present === false) return null;
  return mean ? { double: [from, to] } : { int: [String(from), String(to)] };
}

// What random expressions must have met, by a name for the counts.
const FEATURES = {
  'has() in a ternary': /has\([a-z.]+\)\s*\?/,
  '`in` on an empty list': /\bin \[\]/,
  'ints near 2^53': /90071992547409\d\d|0x0?1fffffffffff|0x0?2000000000/i,
  'ints near 2^63': /9223372036854775/,
  '-0.0': /-0\.0\b/,
  escapes: /\\[xXuU0-3abfnrtv]/,
  'raw strings': /\b[rR]['"]/,
  Unicode: /[^\x00-\x7f]/,
  'mixed && and ||': /\|\|[^()]*&&|&&[^()]*\|\|/,
};

class Comparison {
  constructor(pathway) {
    this.pathway = pathway;
    this.counts = {
      intakes: 0,
      completions: 0,
      expressions: 0,
      pairs: 0,
      errors: 0,
      decidedInParts: 0,
    };
    this.features = Object.fromEntries(
      Object.keys(FEATURES).map((name) => [name, 0]),
    );
    this.disagreements = [];
  }

  // One line of cel_evaluations.
  addLine({ intakes, expressions = [] }) {
    const evaluated = intakes.map((intake) => this.addIntake(intake));
    for (const { text, values } of expressions) {
      const evaluate = compile(text);
      this.counts.expressions += 1;
      this.countFeatures(text);
      evaluated.forEach((completions, i) => {
        this.counts.pairs += 1;
        for (const { answers, isPart, variables } of completions) {
          const theirs = evaluate(variables.roots);
          this.compare(values[i], theirs, isPart, text, answers);
        }
      });
    }
  }

  countFeatures(text) {
    for (const [name, pattern] of Object.entries(FEATURES)) {
      if (pattern.test(text)) this.features[name] += 1;
    }
  }

  // Compares everything that the pathway itself says of an intake. Returns its
  // completions; a complete one is its own.
  addIntake({ evaluation, answers, completions, invariants }) {
    const isPart = answers === undefined;
    this.counts.intakes += 1;
    return (completions ?? [answers]).map((each) => {
      if (isPart) this.counts.completions += 1;
      const intake = this.pathway.evaluate(each);
      this.compareAll(evaluation, intake, isPart, each);
      if (invariants !== undefined) {
        this.compareInvariants(invariants, intake.variables, each);
      }
      return { answers: each, isPart, variables: intake.variables };
    });
  }

  compareAll(ours, theirs, isPart, answers) {
    const { items, definitions, scores, conditions } = this.pathway;
    const compareEach = (of, ourValues, theirValues) => {
      of.forEach(({ name, expression }, i) => {
        const text = `${name}: ${expression}`;
        this.compare(ourValues[i], theirValues[i], isPart, text, answers);
      });
    };
    compareEach(items, ours.enabled, theirs.enabled);
    compareEach(definitions, ours.definitions, theirs.definitions);
    compareEach(conditions, ours.conditions, theirs.conditions);
    scores.forEach((score, i) => {
      const { name } = score;
      const value = theirs.scores[i];
      const present = ours.scores[i].present;
      const ourValue = scoreValue(ours.scores[i], score);
      this.expect(present, value !== undefined, isPart, name, answers);
      this.expect(ourValue, value, isPart, name, answers);
    });
  }

  compareInvariants(ours, variables, answers) {
    const theirs = this.pathway.evaluateInvariants(variables, ours);
    this.pathway.invariants.forEach(({ expression }, i) => {
      this.compare(ours.values[i], theirs[i], false, expression, answers);
    });
  }

  // Compares the values of an expression.
  compare(ours, theirs, isPart, text, answers) {
    if (theirs === undefined) this.counts.errors += 1;
    if (isPart && ours !== null) this.counts.decidedInParts += 1;
    this.expect(ours, theirs, isPart, text, answers);
  }

  expect(ours, theirs, isPart, text, answers) {
    const agree = isPart ? allows(ours, theirs) : isSame(ours, theirs);
    if (agree) return;
    this.disagreements.push(
      `${text}\n  we: ${shown(ours)}\n  CEL: ${shown(theirs)}\n` +
        `  ${isPart ? 'a completion' : 'answers'}: ${shown(answers)}`,
    );
  }
}

// Runs cel_evaluations with these arguments and compares all that it writes.
async function compareWith(what, seed, count) {
  const program = spawn(
    process.env.PLUMBLINE_CEL_EVALUATIONS,
    [what, String(seed), String(count)],
    { stdio: ['ignore', 'pipe', 'inherit'] },
  );
  const ended = once(program, 'close');
  let comparison;
  for await (const line of readline.createInterface(program.stdout)) {
    const json = JSON.parse(line);
    if (comparison === undefined) {
      comparison = new Comparison(new Pathway(json));
    } else {
      comparison.addLine(json);
    }
  }
  const [status] = await ended;
  if (status !== 0) throw new Error(`cel_evaluations ended with ${status}`);
  return comparison;
}

// What to tell of disagreements, and how to see them again.
function report(what, seed, { counts, disagreements }) {
  const first = disagreements.slice(0, MOST_SHOWN).join('\n');
  const count = what === 'shipped' ? counts.intakes : counts.pairs;
  return (
    `${disagreements.length} disagreements; the first:\n${first}\n` +
    `Add '${what} ${seed} ${count}' to tests/check/cel_seeds.txt, which ` +
    'every check runs again.'
  );
}

// usage: cel_agreement.js COUNT [SEED]
async function main([count, seed = 1]) {
  let agree = true;
  for (const what of ['shipped', 'random']) {
    const start = Date.now();
    const comparison = await compareWith(what, seed, count);
    const seconds = Math.round((Date.now() - start) / 1000);
    console.log(`${what}, seed ${seed}, ${seconds} s:`, comparison.counts);
    if (what === 'random') console.log('of these', comparison.features);
    const { length } = comparison.disagreements;
    console.log(`${length} disagreements`);
    if (length > 0) console.log(report(what, seed, comparison));
    agree = agree && length === 0;
  }
  return agree ? 0 : 1;
}

if (require.main === module) {
  main(process.argv.slice(2)).then((status) => {
    process.exitCode = status;
  });
}

module.exports = { compareWith, report };
