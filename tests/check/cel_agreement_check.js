// The engine and an independent CEL agree on the shipped pathway and on random
// expressions. Seeds that ever failed stand in cel_seeds.txt and run again.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const { test } = require('node:test');

const { compareWith, report } = require('./cel_agreement.js');

const RUNS = [
  { what: 'shipped', seed: 1, count: 3000 },
  { what: 'random', seed: 1, count: 60000 },
];

function seedsThatFailed() {
  return fs
    .readFileSync('tests/check/cel_seeds.txt', 'utf8')
    .split('\n')
    .filter((line) => line !== '' && !line.startsWith('#'))
    .map((line) => {
      const [what, seed, count] = line.split(' ');
      return { what, seed: Number(seed), count: Number(count) };
    });
}

for (const { what, seed, count } of [...RUNS, ...seedsThatFailed()]) {
  test(`an independent CEL agrees: ${what}, seed ${seed}`, async () => {
    const comparison = await compareWith(what, seed, count);
    const { counts, features, disagreements } = comparison;
    assert.equal(disagreements.length, 0, report(what, seed, comparison));
    assert.ok(counts.decidedInParts > count / 10, 'parts decide too little');
    if (what === 'shipped') {
      assert.equal(counts.errors, 0, 'an expression of the pathway fails');
    } else {
      assert.ok(counts.errors > 0, 'no absent item was read');
      const missed = Object.keys(features).filter((name) => !features[name]);
      assert.deepEqual(missed, [], 'never met');
    }
  });
}
