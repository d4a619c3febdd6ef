// How node's test runner reports here: a line for each check, why it failed,
// and at the end "N passed, N failed".
'use strict';

function indented(text) {
  return text.trim().replace(/^/gm, '        ');
}

function reason(error) {
  const cause = error.cause ?? error;
  return cause.message ?? String(cause);
}

module.exports = async function* report(events) {
  let passed = 0;
  let failed = 0;
  for await (const { type, data } of events) {
    if (type === 'test:fail') {
      failed += 1;
      yield `FAILED  ${data.name}\n${indented(reason(data.details.error))}\n`;
    } else if (type === 'test:pass' && data.skip !== undefined) {
      yield `not run ${data.name}: ${data.skip}\n`;
    } else if (type === 'test:pass') {
      passed += 1;
      yield `ok      ${data.name}\n`;
    }
  }
  yield `${passed} passed, ${failed} failed\n`;
};
