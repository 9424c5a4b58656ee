// Runs the tables and expressions of bench/decisions.cpp through feelin and json-rules-engine: checks the answers
// first, then writes the nanoseconds of one evaluation.
import { readFileSync, writeFileSync } from 'node:fs';
import { evaluate, unaryTest } from 'feelin';
import { Engine } from 'json-rules-engine';

const [, , tasksFile, outFile] = process.argv;
const tasks = JSON.parse(readFileSync(tasksFile, 'utf8'));

// Newer versions of feelin answer { value, warnings }.
const valueOf = (answer) => (answer !== null && typeof answer === 'object' && 'value' in answer && 'warnings' in answer ? answer.value : answer);

function same(a, b) {
  if (typeof a === 'number' && typeof b === 'number') return Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(a));
  return (a ?? null) === (b ?? null);
}

/** First hit by feelin: parses the cells each time, as it has no compiled form. */
function feelinTable(table, row) {
  for (const rule of table.rules) {
    let matches = true;
    for (let i = 0; i < table.inputs.length && matches; ++i) {
      const cell = rule.conditions[i];
      matches = cell === '-' || valueOf(unaryTest(cell, { '?': row[i] })) === true;
    }
    if (matches) return valueOf(evaluate(rule.result, {}));
  }
  return null;
}

function rulesEngine(table) {
  const engine = new Engine([], { allowUndefinedFacts: true });
  let hit = null;
  table.rules.forEach((rule, index) => {
    const all = rule.tests.map((test) => ({ fact: table.inputs[test.input], operator: test.operator, value: test.value }));
    engine.addRule({ conditions: { all }, event: { type: 'hit', params: { result: rule.value } }, priority: table.rules.length - index });
  });
  engine.on('success', (event) => {
    if (hit === null) hit = event.params.result;
    engine.stop();
  });
  return async (row) => {
    hit = null;
    const facts = {};
    table.inputs.forEach((name, i) => { facts[name] = row[i]; });
    await engine.run(facts);
    return hit;
  };
}

/** Best of many short rounds, as on the other side; nanoseconds of one. */
async function time(seconds, count, work) {
  for (let i = 0; i < count; ++i) await work(i);
  let best = Infinity;
  let next = 0;
  const end = process.hrtime.bigint() + BigInt(seconds * 1e9);
  while (process.hrtime.bigint() < end) {
    const start = process.hrtime.bigint();
    let done = 0;
    let elapsed = 0;
    do {
      await work(next++ % count);
      ++done;
      elapsed = Number(process.hrtime.bigint() - start);
    } while (elapsed < 5e6 || next % count !== 0 && elapsed < 3e7);
    best = Math.min(best, elapsed / done);
  }
  return best;
}

const out = { feelin: {}, 'json-rules-engine': {} };
const wrong = { feelin: 0, 'json-rules-engine': 0 };
for (const table of tasks.tables) {
  const run = rulesEngine(table);
  const rows = table.rows.slice(0, table.rules.length > 100 ? 20 : table.rows.length);
  for (const [i, row] of rows.entries()) {
    if (!same(feelinTable(table, row), table.answers[i])) wrong.feelin++;
    if (!same(await run(row), table.answers[i])) wrong['json-rules-engine']++;
  }
  out.feelin[table.name] = await time(2, rows.length, (i) => feelinTable(table, rows[i]));
  out['json-rules-engine'][table.name] = await time(2, rows.length, (i) => run(rows[i]));
}
let different = 0;
for (const [i, text] of tasks.expressions.texts.entries()) {
  if (!same(valueOf(evaluate(text, tasks.expressions.variables)), tasks.expressions.answers[i])) {
    different++;
    if (different <= 3) console.error(`feelin differs: ${text}`);
  }
}
wrong.feelin += different;
out.feelin.expressions = await time(2, tasks.expressions.texts.length, (i) => evaluate(tasks.expressions.texts[i], tasks.expressions.variables));
for (const [name, count] of Object.entries(wrong)) {
  if (count > 0) {
    console.error(`${name}: ${count} answers differ from Jinyue's`);
    process.exitCode = 1;
  }
}
writeFileSync(outFile, JSON.stringify(out));
