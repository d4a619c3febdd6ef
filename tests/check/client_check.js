// The running pair, seen by a client that knows nothing but the contracts: what
// an intake system does, and what it is told when it errs.
'use strict';

const assert = require('node:assert/strict');
const crypto = require('node:crypto');
const { test } = require('node:test');

const { Service, tokenOf } = require('./client.js');
const { allAnswers, interview, sampleIntake } = require('./interview.js');
const { fields, onlyField } = require('./wire.js');

const PATHWAY = 'pathways/back-pain';
const CONTENT_SERVICE = 'plumbline.content.v1.ContentService';
const TRIAGE_SERVICE = 'plumbline.triage.v1.TriageService';
// Field numbers, from the contracts.
const ASSESSMENT = 1;
const DECISION = 100;

const triageAs = (token) =>
  new Service(TRIAGE_SERVICE, process.env.PLUMBLINE_TRIAGE_SERVER, token);
const triage = triageAs(tokenOf('assessor'));
const content = new Service(
  CONTENT_SERVICE,
  process.env.PLUMBLINE_CONTENT_SERVER,
  tokenOf('assessor'),
);

// The channel and the questionnaire of its release, read once.
let published;
function read() {
  published ??= (async () => {
    const name = `${PATHWAY}/channels/stable`;
    const { channel } = await content.call('GetChannel', { name });
    const { questionnaire } = await content.call('GetQuestionnaire', {
      name: `${channel.release}/questionnaire`,
    });
    return { channel, questionnaire };
  })();
  return published;
}

// An AssessRequest about a sample intake.
async function assessRequest(name) {
  const { questionnaire } = await read();
  const answers = allAnswers(questionnaire, sampleIntake(name));
  return { pathway: PATHWAY, answers };
}

// The interview about a sample intake, and the decision on what it asked.
async function interviewAbout(name) {
  const { questionnaire } = await read();
  const intake = sampleIntake(name);
  const { answers, next } = await interview(triage, questionnaire, intake);
  const { assessment } = await triage.call('Assess', {
    pathway: PATHWAY,
    release_digest: next.release_digest,
    answers,
  });
  return { asked: answers.map((answer) => answer.link_id), next, assessment };
}

test('the questionnaire is that of the release on the channel', async () => {
  const { channel, questionnaire } = await read();
  assert.equal(questionnaire.digest, channel.digest);
  assert.equal(questionnaire.release, channel.release);
  assert.equal(questionnaire.pathway_id, 'back-pain');
});

test('the questionnaire has all that a form needs', async () => {
  const { questionnaire } = await read();
  const groups = questionnaire.groups.map((group) => group.group_id);
  assert.equal(questionnaire.items.length, 46);
  for (const item of questionnaire.items) {
    const hasOptions = item.options.length > 0;
    assert.notEqual(item.prompt, '', item.link_id);
    assert.ok(groups.includes(item.group_id), item.link_id);
    assert.equal(hasOptions, item.type.endsWith('CHOICE'), item.link_id);
  }
  assert.equal(questionnaire.dispositions.length, 5);
  assert.notEqual(questionnaire.emergency_signs.length, 0);
});

test('the replica serves the release on the channel', async () => {
  const { channel } = await read();
  const { server_info: info } = await triage.call('GetServerInfo', {});
  assert.equal(info.channels.length, 1);
  assert.equal(info.channels[0].channel, channel.name);
  assert.equal(info.channels[0].digest, channel.digest);
  assert.deepEqual(info.channels[0].cursor, channel.cursor);
});

test('an interview about a muscle strain ends in self-care', async () => {
  const { channel } = await read();
  const { next, assessment } = await interviewAbout('1-muscle-strain');
  assert.ok(next.may_stop && next.outcome_settled);
  assert.equal(assessment.release_digest, channel.digest);
  assert.equal(assessment.decision.disposition, 'DISPOSITION_SELF_CARE');
  assert.equal(assessment.decision.certainty, 'CERTAINTY_FINAL');
});

test('an interview asks every emergency question, and none twice', async () => {
  const { questionnaire } = await read();
  const { asked } = await interviewAbout('1-muscle-strain');
  assert.equal(new Set(asked).size, asked.length);
  for (const item of questionnaire.items) {
    const always = item.emergency && item.enable_when === '';
    assert.ok(!always || asked.includes(item.link_id), item.link_id);
  }
});

test('an interview about an emergency stops early', async () => {
  const name = '2-numb-between-the-legs';
  const { asked, next, assessment } = await interviewAbout(name);
  assert.ok(next.may_stop && next.disposition_settled);
  assert.ok(asked.length < Object.keys(sampleIntake(name)).length / 2);
  assert.equal(assessment.decision.disposition, 'DISPOSITION_EMERGENCY_NOW');
  assert.ok(assessment.decision.flags.includes('CES_SADDLE'));
});

test('the digest is that of the decision as it came', async () => {
  const request = await assessRequest('3-leg-pain-that-lasts');
  for (const view of ['DECISION_VIEW_BASIC', 'DECISION_VIEW_FULL']) {
    const { bytes, message } = await triage.callRaw('Assess', {
      ...request,
      view,
    });
    const decision = onlyField(onlyField(bytes, ASSESSMENT), DECISION);
    const digest = crypto.createHash('sha256').update(decision).digest('hex');
    assert.equal(message.assessment.decision_digest, digest, view);
    assert.equal(message.assessment.decision.view, view);
  }
});

test('the decision stands last, its fields ascending', async () => {
  const request = await assessRequest('3-leg-pain-that-lasts');
  const { bytes } = await triage.callRaw('Assess', request);
  const assessment = fields(onlyField(bytes, ASSESSMENT));
  assert.equal(assessment.at(-1).number, DECISION);
  const numbers = fields(assessment.at(-1).bytes).map((field) => field.number);
  assert.deepEqual(
    numbers,
    [...numbers].sort((left, right) => left - right),
  );
});

test('the order of the answers does not matter', async () => {
  const request = await assessRequest('4-shivering-with-diabetes');
  const there = await triage.call('Assess', request);
  const back = await triage.call('Assess', {
    ...request,
    answers: [...request.answers].reverse(),
  });
  assert.equal(
    there.assessment.decision_digest,
    back.assessment.decision_digest,
  );
});

test('a pin that is held decides', async () => {
  const { channel } = await read();
  const { assessment } = await triage.call('Assess', {
    ...(await assessRequest('1-muscle-strain')),
    release_digest: channel.digest,
  });
  assert.equal(assessment.release_digest, channel.digest);
  assert.equal(assessment.release, channel.release);
});

test('a pin that is not held is refused with the active one', async () => {
  const { channel } = await read();
  const failure = await triage.failure('Assess', {
    ...(await assessRequest('1-muscle-strain')),
    release_digest: '0'.repeat(64),
  });
  assert.equal(failure.code, 'FAILED_PRECONDITION');
  assert.equal(failure.reason, 'RELEASE_NOT_HELD');
  assert.equal(failure.metadata.active_digest, channel.digest);
});

test('a bad request is told everything at once', async () => {
  const failure = await triage.failure('Assess', {
    pathway: PATHWAY,
    answers: [
      { link_id: 'em.blader', code: 'none' },
      { link_id: 'em.bowel', code: 'perhaps' },
      { link_id: 'pt.age', integer: 250 },
      { link_id: 'sx.urine', codes: { codes: ['none', 'blood'] } },
      { link_id: 'sx.temp_f', decimal: NaN },
      { link_id: 'pain.now' },
      { link_id: 'em.saddle', code: 'none' },
      { link_id: 'em.saddle', code: 'none' },
    ],
  });
  assert.equal(failure.code, 'INVALID_ARGUMENT');
  assert.equal(failure.reason, 'INVALID_REQUEST');
  assert.deepEqual(
    failure.violations.map(({ field, description }) => [field, description]),
    [
      ['answers[0].link_id', 'no item of this link id in the pathway'],
      [
        'answers[1].code',
        "'em.bowel' has no such option; " +
          'it has none, leaking, no_feeling, unsure',
      ],
      ['answers[2].integer', "'pt.age' must be from 0 to 120"],
      [
        'answers[3].codes',
        "'sx.urine' has options that stand alone: none",
      ],
      ['answers[4].decimal', "'sx.temp_f' must be a finite number"],
      ['answers[5]', "'pain.now' takes 'integer' or 'no_value'"],
      [
        'answers[7].link_id',
        "'em.saddle' is answered in answers[6] already; " +
          'answer each item once',
      ],
    ],
  );
});

test('no token, an unknown one and a wrong role are told apart', async () => {
  const request = await assessRequest('1-muscle-strain');
  const failureWith = (token) => triageAs(token).failure('Assess', request);

  const missing = await failureWith(null);
  assert.equal(missing.code, 'UNAUTHENTICATED');
  assert.equal(missing.reason, 'TOKEN_MISSING');

  const unknown = await failureWith('x'.repeat(43));
  assert.equal(unknown.code, 'UNAUTHENTICATED');
  assert.equal(unknown.reason, 'TOKEN_UNKNOWN');

  const wrong = await failureWith(tokenOf('reader'));
  assert.equal(wrong.code, 'PERMISSION_DENIED');
  assert.equal(wrong.reason, 'ROLE_REQUIRED');
  assert.equal(wrong.metadata.roles, 'assessor,clinician');
});
