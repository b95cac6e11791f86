// This file is about watches of a test gateway, on loopback and with real certificates.
import assert from 'node:assert/strict';
import {afterEach, beforeEach, test} from 'node:test';
import {Code} from '@connectrpc/connect';
import {ChangeService} from '../gen/accord/protocols/v1/changes_pb.js';
import {ReferralService} from '../gen/accord/protocols/v1/referral_service_pb.js';
import {FakeAgency} from './fake_agency.mjs';
import {refused} from './fake_gateway.mjs';
import {Waits} from './retries.mjs';

const LATER = refused(Code.Unavailable, 'SERVICE_BUSY', {retryAfter: 0.01});
const {listReferrals, listReferralFilters} = ReferralService.method;
const {watchChanges} = ChangeService.method;
let agency, authority, gateway, accord, referrals;

beforeEach(async () => {
  agency = new FakeAgency();
  await agency.begin();
  ({authority, gateway, accord, referrals} = agency);
});
afterEach(() => agency.end());

const create = () => referrals.createReferral({parent: 'agencies/a'});
const failure = (promise) => promise.then(() => assert.fail('it was answered'), (error) => error);

/** This is a refusal of the certificate, in whose place another one has come meanwhile. */
function whileItIsReplaced() {
  authority.place('second', 'client');
  return refused(Code.PermissionDenied, 'CERTIFICATE_REVOKED');
}

/** These are the events of a watch. */
function watched(options) {
  const waits = new Waits({first: 0.01, longest: 0.01});
  return accord.watch(listReferrals, {}, watchChanges, {kinds: ['referral']}, {silence: 30, waits, ...options});
}
const next = async (events) => (await events.next()).value;

/** These are the names of the next changes; positions between them are passed over. */
async function changes(events, count) {
  const told = [];
  while (told.length < count) {
    const event = await next(events);
    if (event.kind === 'changed') told.push(event.change.name);
  }
  return told;
}

test('A watch lists, then tells changes from the first page on.', async () => {
  const made = [];
  for (let i = 0; i < 3; i++) made.push((await create()).name);
  const events = watched();
  gateway.change('one');
  const begun = [];
  for (let i = 0; i < 5; i++) begun.push(await next(events));
  assert.deepEqual(begun.map(({kind}) => kind), ['begun', 'listed', 'listed', 'listed', 'position']);
  assert.deepEqual(begun.slice(1, 4).map(({record}) => record.name), made);
  assert.deepEqual(begun.map(({token}) => token), ['', '', '', '', 'at-1']);
  gateway.change('two');
  assert.deepEqual(await changes(events, 1), ['two']);
  await events.return();
});

test('A watch goes on where it was when its stream ends or is refused for a while.', async () => {
  gateway.streamPlan.push('end after one', LATER, refused(Code.Unavailable, ''));
  const events = watched();
  await next(events);
  await next(events);
  for (const name of ['one', 'two', 'three']) gateway.change(name);
  assert.deepEqual(await changes(events, 3), ['one', 'two', 'three']);
  assert.deepEqual(gateway.streams.map(([, request]) => request.watchToken), ['at-0', 'at-1', 'at-1', 'at-1']);
  await events.return();
});

test('A watch begins at a token that was kept.', async () => {
  gateway.change('one');
  gateway.change('two');
  const events = watched({token: 'at-1'});
  assert.deepEqual(await changes(events, 1), ['two']);
  assert.deepEqual(gateway.calls, []);
  await events.return();
});

test('A position that the service no longer knows lists anew.', async () => {
  gateway.streamPlan.push(refused(Code.Aborted, 'POSITION_FROM_ANOTHER_TIME'));
  const events = watched({token: 'at-7'});
  assert.equal((await next(events)).kind, 'begun');
  await events.return();
});

test('A watch that may not be is refused.', async () => {
  gateway.streamPlan.push(refused(Code.PermissionDenied, 'ROLE_NOT_PERMITTED'));
  assert.equal((await failure(next(watched({token: 'at-0'})))).rule, 'ROLE_NOT_PERMITTED');
});

test('A silent stream is opened anew.', async () => {
  const events = watched({token: 'at-0', silence: 0.3});
  assert.deepEqual([(await next(events)).kind, (await next(events)).kind], ['position', 'position']);
  assert.equal(gateway.streams.length, 2);
  await events.return();
});

test('A watch goes on after its connection broke.', async () => {
  const events = watched({token: 'at-0'});
  await next(events);
  gateway.plan.push('lost');
  await create();
  gateway.change('one');
  assert.deepEqual(await changes(events, 1), ['one']);
  assert.ok(gateway.streams.length > 1);
  await events.return();
});

test('A watch moves to the certificate that has taken the place of the files.', async () => {
  const events = watched({token: 'at-0'});
  await next(events);
  authority.place('second', 'client');
  gateway.change('one');
  gateway.change('two');
  assert.deepEqual(await changes(events, 2), ['one', 'two']);
  assert.deepEqual(gateway.streams.map(([caller]) => caller), ['first', 'second']);
  await events.return();
});

test('A watch outlives a refusal of the certificate before.', async () => {
  gateway.streamPlan.push(whileItIsReplaced);
  const events = watched({token: 'at-0'});
  gateway.change('one');
  assert.deepEqual(await changes(events, 1), ['one']);
  assert.deepEqual(gateway.streams.map(([caller]) => caller), ['first', 'second']);
  await events.return();
});

test('A watch that is aborted ends, also while it waits for the next message.', async () => {
  const over = new AbortController();
  const events = watched({token: 'at-0', signal: over.signal});
  await next(events);
  const last = events.next();
  over.abort();
  assert.deepEqual(await last, {value: undefined, done: true});
});

test('A list without a position cannot be watched.', () => {
  assert.throws(() => accord.watch(listReferralFilters, {}, watchChanges, {}), /watchToken/);
});
