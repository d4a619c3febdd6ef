// The contracts against buf: its standard rules, and nothing broken since the
// last release or, where there is none yet, the commit before this one.
'use strict';

const { execFileSync } = require('node:child_process');
const fs = require('node:fs');
const os = require('node:os');
const path = require('node:path');
const { test } = require('node:test');

const MACHINE = { arm64: 'aarch64', x64: 'x64' }[process.arch];
const BUF = path.join(
  process.env.NODE_PATH,
  `@bufbuild/buf-linux-${MACHINE}/bin/buf`,
);

// Runs it; what it says becomes the error's message.
function run(program, ...words) {
  try {
    return execFileSync(program, words, { encoding: 'utf8', stdio: 'pipe' });
  } catch (error) {
    throw new Error(`${error.stdout}${error.stderr}` || error.message);
  }
}

function succeeds(program, ...words) {
  try {
    run(program, ...words);
    return true;
  } catch {
    return false;
  }
}

// A folder for buf: the contracts beside what they import. `fill` puts the
// contracts there.
function inWorkspace(fill, use) {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'contracts-'));
  try {
    fs.cpSync(
      path.join(process.env.GOOGLE_RPC_ROOT, 'google', 'rpc'),
      path.join(folder, 'google', 'rpc'),
      { recursive: true, filter: (file) => !file.endsWith('.go') },
    );
    fill(folder);
    return use(folder);
  } finally {
    fs.rmSync(folder, { recursive: true });
  }
}

function fillFromHere(folder) {
  fs.cpSync('proto', folder, { recursive: true });
}

function fillFromCommit(commit) {
  return (folder) => {
    const archive = path.join(folder, 'proto.tar');
    run('git', 'archive', `--output=${archive}`, `${commit}:proto`);
    run('tar', '-C', folder, '-xf', archive);
    fs.rmSync(archive);
  };
}

test('buf lint: the contracts keep the STANDARD rules', () => {
  inWorkspace(fillFromHere, (folder) => run(BUF, 'lint', folder));
});

// The commit whose contracts must still be spoken: the last tag before this
// commit or, without one, the commit before. Empty: there is none, as in a
// shallow clone.
function commitToKeepTo() {
  for (const words of [
    ['describe', '--tags', '--abbrev=0', 'HEAD^'],
    ['rev-parse', '--verify', '--quiet', '--short', 'HEAD^'],
  ]) {
    if (!succeeds('git', ...words)) continue;
    const commit = run('git', ...words).trim();
    if (succeeds('git', 'cat-file', '-e', `${commit}:proto`)) return commit;
  }
  return '';
}

const KEPT = commitToKeepTo();

test(`buf breaking: nothing of ${KEPT || 'earlier'} is broken`, (t) => {
  if (KEPT === '') {
    const what = 'no tag and no commit before this one has contracts';
    if (process.env.CI) throw new Error(`${what}: fetch the history`);
    t.skip(what);
    return;
  }
  inWorkspace(fillFromCommit(KEPT), (before) => {
    inWorkspace(fillFromHere, (now) => {
      run(BUF, 'breaking', now, '--against', before);
    });
  });
});
