// The client of docs/integrate.md, taken out of the page and run as it says.
'use strict';

const assert = require('node:assert/strict');
const { spawnSync } = require('node:child_process');
const fs = require('node:fs');
const { test } = require('node:test');

const HOME = process.env.PLUMBLINE_TOKENS;
const CLIENT = `${HOME}/intake.js`;
const PERSON = 'Please speak to a member of staff now.';

const page = fs.readFileSync('docs/integrate.md', 'utf8');
fs.writeFileSync(CLIENT, page.match(/^```js\n(.*?)^```$/ms)[1]);

function run(role, intakeFile) {
  return spawnSync(
    process.execPath,
    [
      CLIENT,
      process.env.PLUMBLINE_CONTENT_SERVER,
      process.env.PLUMBLINE_TRIAGE_SERVER,
      `${HOME}/${role}.token`,
      intakeFile,
    ],
    { encoding: 'utf8' },
  );
}

const sample = (name) => `deploy/local/intakes/${name}.json`;

test('the client of the page shows the signs, asks, and decides', () => {
  const { status, stdout } = run('assessor', sample('2-numb-between-the-legs'));
  assert.equal(status, 0);
  assert.match(stdout, /^Get emergency care at once/);
  assert.match(stdout, /passing urine\? {2}"hard_to_start"/);
  assert.match(stdout, /\nEmergency: get help now\n/);
  assert.ok(!stdout.includes(PERSON));
});

test('the client of the page calls a person where it may get worse', () => {
  const { status, stdout } = run('assessor', sample('5-left-blank'));
  assert.equal(status, 0);
  assert.ok(
    stdout.endsWith(`${PERSON} (may become DISPOSITION_EMERGENCY_NOW)\n`),
  );
});

test('the client of the page reads the details of an error', () => {
  const refused = run('reader', sample('1-muscle-strain'));
  assert.equal(refused.status, 1);
  assert.ok(refused.stdout.endsWith(`${PERSON} (there is no result)\n`));
  assert.match(refused.stderr, / ROLE_REQUIRED\n$/);

  fs.writeFileSync(`${HOME}/wrong.json`, '{"answers":{"em.bladder":"maybe"}}');
  const wrong = run('assessor', `${HOME}/wrong.json`);
  assert.equal(wrong.status, 1);
  assert.match(wrong.stderr, / INVALID_REQUEST\n {2}answers\[0\]\.code: /);
});
