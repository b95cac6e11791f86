import assert from 'node:assert/strict';
import {test} from 'node:test';
import {Code} from '@connectrpc/connect';
import {Refusal, Unanswered} from './errors.mjs';
import {repeated, Waits} from './retries.mjs';

const BUSY = new Refusal(Code.Unavailable, 'SERVICE_BUSY', 'busy', {retryAfter: 0.5});
const TIRED = new Refusal(Code.ResourceExhausted, 'QUOTA_CALLS', 'slow down');
const FINAL = new Refusal(Code.PermissionDenied, 'ROLE_NOT_PERMITTED', 'no');
const LATER = new Refusal(Code.Aborted, 'OF_A_LATER_VERSION', 'no');
const LOST = new Unanswered('/a.B/C', {$typeName: 'a.B'}, 'broken');

async function outcome(outcomes, patience = 60) {
  const left = [...outcomes];
  const slept = [];
  let at = 0;
  const attempt = async () => {
    const next = left.shift();
    if (next instanceof Error) throw next;
    return next;
  };
  const wait = async (seconds) => {
    at += seconds;
    slept.push(seconds);
  };
  const made = await repeated(attempt, {patience, waits: new Waits({chance: () => 1}), now: () => at, wait})
      .catch((error) => error);
  return {made, slept, left};
}

test('It waits as long as the refusal asks.', async () => {
  assert.deepEqual(await outcome([BUSY, BUSY, 'answer']), {made: 'answer', slept: [0.55, 0.55], left: []});
});

test('It waits twice as long each time where nothing is asked, up to a minute.', async () => {
  const {slept} = await outcome([...Array(9).fill(LOST), 'answer'], 1000);
  assert.deepEqual(slept, [1, 2, 4, 8, 16, 32, 60, 60, 60]);
});

test('Each wait has a random part.', () => {
  assert.deepEqual([LOST, BUSY].map((each) => new Waits({chance: () => 0}).after(each)), [0.5, 0.5]);
});

test('A rule that passes is tried again, and another one is not.', async () => {
  assert.equal((await outcome([TIRED, 'answer'])).made, 'answer');
  for (const final of [FINAL, LATER, new TypeError('a fault of the program')]) {
    assert.deepEqual(await outcome([final, 'answer']), {made: final, slept: [], left: ['answer']});
  }
});

test('It gives up before a wait that ends past its patience.', async () => {
  const lost = await outcome([...Array(4).fill(LOST), 'answer'], 7);
  assert.deepEqual(lost, {made: LOST, slept: [1, 2, 4], left: ['answer']});
  assert.equal((await outcome([LOST, 'answer'], 0)).made, LOST);
});

test('It knows the rules of the catalogue, and keeps the names of others.', () => {
  assert.equal(TIRED.rule, 'QUOTA_CALLS');
  assert.deepEqual([LATER.rule, LATER.reason], [undefined, 'OF_A_LATER_VERSION']);
  assert.equal(new Refusal(Code.Aborted, 'toString', 'no').rule, undefined);
});
