// The expressions of a pathway, evaluated by an independent CEL: answered items
// as nested maps, ints as int64, decimals as doubles, definitions and scores as
// variables computed here. A value that is an error is undefined.
'use strict';

const { celEnv, isCelError, parse, plan } = require('@bufbuild/cel');

const ENV = celEnv();

// A function of variables; undefined where evaluation is an error.
function compile(text) {
  const evaluate = plan(ENV, parse(text));
  return (variables) => {
    const value = evaluate(variables);
    return isCelError(value) ? undefined : value;
  };
}

// Sets variables['a']['b']['c'] for the path 'a.b.c'.
function setPath(variables, path, value) {
  let map = variables;
  for (const word of path.slice(0, -1)) map = map[word];
  map[path.at(-1)] = value;
}

class Pathway {
  // As the first line of cel_evaluations has it.
  constructor({ items, definitions, scores, order, conditions, invariants }) {
    const compiled = (each) => ({
      ...each,
      path: each.name.split('.'),
      evaluate: each.expression && compile(each.expression),
    });
    this.items = items.map(compiled);
    this.definitions = definitions.map(compiled);
    this.conditions = conditions.map(compiled);
    this.invariants = invariants.map(compiled);
    this.scores = scores;
    this.order = order;
  }

  // The values of everything over a complete intake, and the variables that
  // they were read from. Answers that are not asked for stay out.
  evaluate(answers) {
    const intake = {
      variables: this.emptyMaps(),
      enabled: [],
      definitions: [],
      scores: [],
    };
    for (const { kind, index } of this.order) {
      if (kind === 'item') this.addItem(index, answers, intake);
      if (kind === 'definition') this.addDefinition(index, intake);
      if (kind === 'score') this.addScore(index, answers, intake);
    }
    intake.conditions = this.conditions.map(({ evaluate }) =>
      evaluate(intake.variables),
    );
    return intake;
  }

  // The values of the invariants, which see also what was decided.
  evaluateInvariants(variables, { disposition, rank, flags }) {
    const seen = {
      ...variables,
      disposition,
      disposition_rank: BigInt(rank),
      flags,
    };
    return this.invariants.map(({ evaluate }) => evaluate(seen));
  }

  // Every map on the way to an item, with nothing in it.
  emptyMaps() {
    const variables = { score: {} };
    for (const { path } of this.items) {
      for (let depth = 1; depth < path.length; depth += 1) {
        const way = path.slice(0, depth);
        let map = variables;
        for (const word of way) map = map[word] ??= {};
      }
    }
    return variables;
  }

  addItem(index, answers, intake) {
    const { name, path, type, evaluate } = this.items[index];
    const enabled = evaluate === undefined || evaluate(intake.variables);
    intake.enabled[index] = enabled;
    if (enabled !== true || !(name in answers)) return;
    const value = answers[name];
    setPath(intake.variables, path, type === 'int' ? BigInt(value) : value);
  }

  addDefinition(index, intake) {
    const { name, evaluate } = this.definitions[index];
    const value = evaluate(intake.variables);
    intake.definitions[index] = value;
    if (value !== undefined) intake.variables[name] = value;
  }

  addScore(index, answers, intake) {
    const { name, mean, items } = this.scores[index];
    const isAsked = (id) =>
      intake.enabled[this.items.findIndex((item) => item.name === id)];
    if (!items.every(isAsked)) return;
    const total = items.reduce((sum, id) => sum + answers[id], 0);
    const value = mean ? total / items.length : BigInt(total);
    intake.scores[index] = value;
    intake.variables.score[name] = value;
  }
}

module.exports = { Pathway, compile };
