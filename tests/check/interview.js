// What an intake system does: it draws the questionnaire, asks what NextItems
// says is worth asking, and stops where that says so.
'use strict';

const fs = require('node:fs');

const QUESTIONS_MAX = 200;

// The answer of an intake file to one item: {"em.bladder": "none"}.
function toAnswer(item, value) {
  const answer = { link_id: item.link_id };
  if (value === undefined || value === null) {
    return { ...answer, no_value: 'NO_VALUE_NOT_ANSWERED' };
  }
  switch (item.type) {
    case 'ITEM_TYPE_CHOICE':
      return { ...answer, code: value };
    case 'ITEM_TYPE_MULTI_CHOICE':
      return { ...answer, codes: { codes: value } };
    case 'ITEM_TYPE_BOOLEAN':
      return { ...answer, boolean: value === 'yes' };
    case 'ITEM_TYPE_INTEGER':
      return { ...answer, integer: value };
    case 'ITEM_TYPE_DECIMAL':
      return { ...answer, decimal: value };
    default:
      throw new Error(`${item.link_id}: no item is of type ${item.type}`);
  }
}

// The answers of an intake that deploy/local/run.sh shows.
function sampleIntake(name) {
  const file = `deploy/local/intakes/${name}.json`;
  return JSON.parse(fs.readFileSync(file, 'utf8')).answers;
}

// All answers of an intake at once, in the order of the questionnaire.
function allAnswers(questionnaire, intake) {
  return questionnaire.items
    .filter((item) => intake[item.link_id] !== undefined)
    .map((item) => toAnswer(item, intake[item.link_id]));
}

// Asks one question at a time; `intake` answers. Returns the answers given, in
// the order of asking, and the last response.
async function interview(triage, questionnaire, intake) {
  const answers = [];
  for (let asked = 0; asked <= QUESTIONS_MAX; asked += 1) {
    const next = await triage.call('NextItems', {
      pathway: `pathways/${questionnaire.pathway_id}`,
      release_digest: questionnaire.digest,
      answers,
      max_items: 1,
    });
    if (next.may_stop || next.items.length === 0) return { answers, next };
    const { item } = next.items[0];
    answers.push(toAnswer(item, intake[item.link_id]));
  }
  throw new Error(`still asking after ${QUESTIONS_MAX} questions`);
}

module.exports = { allAnswers, interview, sampleIntake };
