// The conformance cases that `./dev test` runs are those of the CEL project,
// and the page on the language says how many they are.
'use strict';

const assert = require('node:assert/strict');
const fs = require('node:fs');
const { test } = require('node:test');

const { made } = require('./cel_conformance.js');

for (const [file, text] of made()) {
  test(`${file} has what the CEL project says`, () => {
    const same = fs.readFileSync(file, 'utf8') === text;
    assert.ok(same, `${file} differs: run tests/check/cel.sh write`);
  });
}
