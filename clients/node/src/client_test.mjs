// This calls against a test gateway, on loopback and with real certificates.
import assert from 'node:assert/strict';
import {readFileSync, rmSync, writeFileSync} from 'node:fs';
import {once} from 'node:events';
import {afterEach, beforeEach, test} from 'node:test';
import {Code, ConnectError} from '@connectrpc/connect';
import {ChangeService} from '../gen/accord/protocols/v1/changes_pb.js';
import {ReferralService} from '../gen/accord/protocols/v1/referral_service_pb.js';
import {FakeAgency} from './fake_agency.mjs';
import {refused} from './fake_gateway.mjs';
import {connect, maskedIn, Refusal, SettingsError, Unanswered} from './index.mjs';

const LATER = refused(Code.Unavailable, 'SERVICE_BUSY', {retryAfter: 0.01});
const {listReferrals} = ReferralService.method;
let agency, authority, gateway, accord, referrals;

beforeEach(async () => {
  agency = new FakeAgency();
  await agency.begin();
  ({authority, gateway, accord, referrals} = agency);
});
afterEach(() => agency.end());

const create = (of = referrals) => of.createReferral({parent: 'agencies/a'});
const withPatience = (patience) => accord.with({patience}).client(ReferralService);
const failure = (promise) => promise.then(() => assert.fail('it was answered'), (error) => error);

test('A change whose answer is lost is repeated with one request id, and made once.', async () => {
  gateway.plan.push('lost');
  const {name} = await create();
  assert.deepEqual([...gateway.made.values()], [name]);
  assert.equal(gateway.calls.length, 2);
});

test('Each call has a request id of its own, and that of the caller stays.', async () => {
  const request = {parent: 'agencies/a'};
  await referrals.createReferral(request);
  await referrals.createReferral(request);
  await referrals.createReferral({parent: 'agencies/a', requestId: 'chosen'});
  assert.equal(gateway.made.size, 3);
  assert.ok(gateway.made.has('chosen'));
  assert.deepEqual(request, {parent: 'agencies/a'});
});

test('What nobody answered can be repeated later, by the request that the error keeps.', async () => {
  gateway.plan.push('lost');
  const error = await failure(create(withPatience(0)));
  assert.ok(error instanceof Unanswered && error.requestId);
  const {name} = await referrals.createReferral(error.request);
  assert.deepEqual([...gateway.made.values()], [name]);
});

test('A refusal tells its rule, fields and time.', async () => {
  const fields = [{field: 'referral.urgency', description: 'is required'}];
  gateway.plan.push(refused(Code.InvalidArgument, 'FIELD_INVALID', {fields}));
  const refusal = await failure(create());
  assert.ok(refusal instanceof Refusal);
  assert.deepEqual([refusal.rule, refusal.code, refusal.fields], ['FIELD_INVALID', Code.InvalidArgument, fields]);
  assert.deepEqual([refusal.retryAfter, refusal.mayPass], [undefined, false]);
  gateway.plan.push(refused(Code.Unavailable, 'SERVICE_BUSY', {retryAfter: 0.25}));
  const busy = await failure(create(withPatience(0)));
  assert.deepEqual([busy.retryAfter, busy.mayPass], [0.25, true]);
  assert.ok((await referrals.createReferral(busy.request)).name);
  assert.deepEqual([...gateway.made.keys()], [busy.request.requestId]);
});

test('A reason of another domain is no rule.', async () => {
  gateway.plan.push(refused(Code.PermissionDenied, 'NOT_FOUND', {domain: 'proxy.example'}));
  const refusal = await failure(create());
  assert.deepEqual([refusal instanceof Refusal, refusal.reason, refusal.rule], [true, '', undefined]);
});

test('A refusal that passes is waited out.', async () => {
  gateway.plan.push(LATER, LATER);
  assert.ok((await create()).name);
  assert.equal(gateway.calls.length, 3);
});

test('A list is read page by page to its end.', async () => {
  const made = [];
  for (let i = 0; i < 5; i++) made.push((await create()).name);
  const listed = [];
  for await (const referral of accord.all(listReferrals, {})) listed.push(referral.name);
  assert.deepEqual(listed, made);
  const sizes = [];
  for await (const page of accord.pages(listReferrals, {})) sizes.push(page.referrals.length);
  assert.deepEqual(sizes, [2, 2, 1]);
});

test('What is no list has no pages.', async () => {
  await assert.rejects(accord.all(ReferralService.method.createReferral, {}).next(), /no page of a list/);
});

test('An answer tells which fields are masked.', async () => {
  let masked;
  await referrals.createReferral({parent: 'agencies/a'}, {onTrailer: (trailer) => {
    masked = maskedIn(trailer);
  }});
  assert.deepEqual(masked, ['subject_ref', 'indicators']);
});

test('A call names person, purpose and language, and another view names others.', async () => {
  await create();
  await create(accord.with({actor: 'chief', language: 'fr'}).client(ReferralService));
  const names = ['accord-actor', 'accord-purpose', 'accord-language'];
  assert.deepEqual(gateway.calls.map(([, header]) => names.map((name) => header.get(name))),
      [['worker', 'child_protection', null], ['chief', 'child_protection', 'fr']]);
});

test('A call without a person is not sent.', async () => {
  const error = await failure(create(accord.with({actor: ''}).client(ReferralService)));
  assert.ok(error instanceof SettingsError);
  assert.deepEqual(gateway.calls, []);
});

test('A request that cannot be written down is a fault of the program.', async () => {
  const error = await failure(referrals.listReferrals({pageSize: 1.5}));
  assert.ok(!(error instanceof Unanswered || error instanceof Refusal));
  assert.deepEqual(gateway.calls, []);
});

test('A call that the program takes back is not repeated.', async () => {
  const taken = new AbortController();
  gateway.plan.push(refused(Code.Unavailable, 'SERVICE_BUSY', {retryAfter: 30}));
  const ended = failure(referrals.createReferral({parent: 'agencies/a'}, {signal: taken.signal}));
  while (gateway.calls.length === 0) await new Promise((next) => setTimeout(next, 5));
  taken.abort();
  assert.ok(!(await ended instanceof Unanswered));
  assert.equal(gateway.calls.length, 1);
});

test('The next call is under the certificate that has taken the place of the files.', async () => {
  await create();
  authority.place('second', 'client');
  await create();
  assert.deepEqual(gateway.calls.map(([caller]) => caller), ['first', 'second']);
});

test('Half of a change of the files leaves the certificate before in use.', async () => {
  const warned = once(process, 'warning');
  writeFileSync(authority.at('client.key'), readFileSync(authority.at('second.key')));
  await create();
  await create();
  assert.match((await warned)[0].message, /the certificate before stays in use/);
  rmSync(authority.at('client.key'));
  await create();
  assert.deepEqual(new Set(gateway.calls.map(([caller]) => caller)), new Set(['first']));
});

/** This is a refusal of the certificate, in whose place another one has come meanwhile. */
function whileItIsReplaced() {
  authority.place('second', 'client');
  return refused(Code.PermissionDenied, 'CERTIFICATE_REVOKED');
}

test('A refusal of the certificate before is outlived.', async () => {
  gateway.plan.push(whileItIsReplaced);
  await create();
  assert.deepEqual(gateway.calls.map(([caller]) => caller), ['first', 'second']);
});

test('A certificate that the gateway is yet to hear of is waited for.', async () => {
  authority.place('second', 'client');
  gateway.plan.push(refused(Code.PermissionDenied, 'CERTIFICATE_NOT_REGISTERED'));
  await create();
  assert.deepEqual(gateway.calls.map(([caller]) => caller), ['second', 'second']);
});

test('The first certificate is refused at once.', async () => {
  for (const reason of ['CERTIFICATE_NOT_REGISTERED', 'CERTIFICATE_REVOKED']) {
    gateway.plan.push(refused(Code.PermissionDenied, reason));
    const refusal = await failure(create());
    assert.deepEqual([refusal.reason, refusal.mayPass], [reason, false]);
  }
});

test('A key of another certificate is refused at once.', () => {
  const connecting = (others) => () => connect(accord.settings, others, {});
  assert.throws(connecting({key_file: authority.at('second.key')}), /no certificate with its key/);
  assert.throws(connecting({ca_file: authority.at('names')}), /holds no certificate/);
});

test('Nothing is called after the end.', async () => {
  accord.close();
  assert.match((await failure(create())).message, /closed/);
});

test('A stream that is read by itself tells what ended it, and ends with whoever reads it.', async () => {
  const feed = accord.client(ChangeService);
  gateway.streamPlan.push(refused(Code.PermissionDenied, 'ROLE_NOT_PERMITTED'));
  const refusal = await failure((async () => {
    for await (const change of feed.watchChanges({})) assert.fail(change.name);
  })());
  assert.equal(refusal.rule, 'ROLE_NOT_PERMITTED');
  for await (const change of feed.watchChanges({})) {
    assert.equal(change.watchToken, 'at-0');
    break;
  }
  assert.ok(!(refusal instanceof ConnectError));
});
