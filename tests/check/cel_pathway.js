// The expressions of a pathway, evaluated by an independent CEL: answered items
// as nested maps, ints as int64, decimals as doubles, definitions and scores as
// variables computed here. A value that is an error is undefined.
'use strict';

const {
  celEnv,
  celList,
  celMap,
  isCelError,
  parse,
  plan,
} = require('@bufbuild/cel');

const ENV = celEnv();

// A function of variables; undefined where evaluation is an error.
function compile(text) {
  const evaluate = plan(ENV, parse(text));
  return (variables) => {
    const value = evaluate(variables);
    return isCelError(value) ? undefined : value;
  };
}

// The variables of one intake: a map for each first word of a link id and for
// `score`, with every map on the way to an item in it, and what is set.
class Variables {
  constructor(ways) {
    this.roots = {};
    this.maps = new Map();
    for (const way of ways) this.addMap(way);
  }

  addMap(way) {
    const words = way.split('.');
    const map = new Map();
    this.maps.set(way, map);
    if (words.length === 1) {
      this.roots[way] = celMap(map);
    } else {
      this.set(way, celMap(map));
    }
  }

  // 'a.b.c' is set in the map 'a.b'; a name without dots is a variable.
  set(name, value) {
    const dot = name.lastIndexOf('.');
    if (dot < 0) {
      this.roots[name] = value;
    } else {
      this.maps.get(name.slice(0, dot)).set(name.slice(dot + 1), value);
    }
  }
}

// 'a' and 'a.b' for 'a.b.c'.
function waysTo(name) {
  const words = name.split('.');
  return words.slice(1).map((_, i) => words.slice(0, i + 1).join('.'));
}

function toCel(value, type) {
  if (type === 'int') return BigInt(value);
  return Array.isArray(value) ? celList(value) : value;
}

class Pathway {
  // As the first line of cel_evaluations has it.
  constructor({ items, definitions, scores, order, conditions, invariants }) {
    const compiled = (each) => ({
      ...each,
      evaluate: each.expression && compile(each.expression),
    });
    this.items = items.map(compiled);
    this.definitions = definitions.map(compiled);
    this.conditions = conditions.map(compiled);
    this.invariants = invariants.map(compiled);
    this.scores = scores;
    this.order = order;
    const ways = items.flatMap(({ name }) => waysTo(name));
    this.ways = new Set(['score', ...ways]);
  }

  // The values of everything over a complete intake, and the variables that
  // they were read from. Answers that are not asked for stay out.
  evaluate(answers) {
    const variables = new Variables(this.ways);
    const intake = {
      variables,
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
      evaluate(variables.roots),
    );
    return intake;
  }

  // The values of the invariants, which see also what was decided.
  evaluateInvariants(variables, { disposition, rank, flags }) {
    const seen = {
      ...variables.roots,
      disposition,
      disposition_rank: BigInt(rank),
      flags: celList(flags),
    };
    return this.invariants.map(({ evaluate }) => evaluate(seen));
  }

  addItem(index, answers, { variables, enabled }) {
    const { name, type, evaluate } = this.items[index];
    enabled[index] = evaluate === undefined || evaluate(variables.roots);
    if (enabled[index] !== true || !(name in answers)) return;
    variables.set(name, toCel(answers[name], type));
  }

  addDefinition(index, { variables, definitions }) {
    const { name, evaluate } = this.definitions[index];
    definitions[index] = evaluate(variables.roots);
    if (definitions[index] !== undefined) {
      variables.set(name, definitions[index]);
    }
  }

  addScore(index, answers, { variables, enabled, scores }) {
    const { name, mean, items } = this.scores[index];
    const isAsked = (id) =>
      enabled[this.items.findIndex((item) => item.name === id)];
    if (!items.every(isAsked)) return;
    const total = items.reduce((sum, id) => sum + answers[id], 0);
    scores[index] = mean ? total / items.length : BigInt(total);
    variables.set(`score.${name}`, scores[index]);
  }
}

module.exports = { Pathway, compile };
