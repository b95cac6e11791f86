// Every client carries this case through; here the Node client does, as tests/clients/sdks.sh says.
// usage: conformance.mjs WORK     the folder that sdks.sh has made; ACCORD_CASE_ACTS names tests/clients/acts.sh
import assert from 'node:assert/strict';
import {execFile} from 'node:child_process';
import {randomUUID} from 'node:crypto';
import {cpSync, readFileSync} from 'node:fs';
import {join} from 'node:path';
import {setTimeout as pause} from 'node:timers/promises';
import {promisify} from 'node:util';
import {Code, connect, Refusal, Rule} from 'accord-client';
import {ChangeService} from 'accord-client/accord/protocols/v1/changes_pb.js';
import {ReferralService} from 'accord-client/accord/protocols/v1/referral_service_pb.js';
import {ReferralSchema, ReferralState} from 'accord-client/accord/protocols/v1/resources_pb.js';
import {fromJson} from '@bufbuild/protobuf';
import {Relay} from './conformance_relay.mjs';

const WORK = process.argv[2];
const SECONDS = 60;
const {listReferrals} = ReferralService.method;

const step = (what) => console.log(`clients: Node ${what}`);
const settingsFile = (agency) => join(WORK, agency, 'accord.json');
/** What happens around the client. */
const act = (...words) => promisify(execFile)(process.env.ACCORD_CASE_ACTS, [WORK, ...words]);

async function within(promise, what) {
  const over = new AbortController();
  const late = pause(2 * SECONDS * 1000, undefined, {signal: over.signal})
      .then(() => assert.fail(`${what} takes too long`));
  late.catch(() => {});
  try {
    return await Promise.race([promise, late]);
  } finally {
    over.abort();
  }
}

/** The refusal of a call that must not succeed. */
async function refused(call) {
  const error = await call.then(() => assert.fail('a call was answered that is to be refused'), (failure) => failure);
  assert.ok(error instanceof Refusal, `${error}`);
  return error;
}

/** All events of a watch of the referrals. */
class Watcher {
  events = [];
  #over = new AbortController();
  #waiting = new Set();

  constructor(accord) {
    this.ended = this.#run(accord);
  }

  async #run(accord) {
    try {
      const watch = accord.watch(listReferrals, {pageSize: 1}, ChangeService.method.watchChanges, {kinds: ['referral']},
          {signal: this.#over.signal});
      for await (const event of watch) {
        this.events.push(event);
        this.#wake();
      }
    } catch (error) {
      this.failure = error;
      this.#wake();
    }
  }

  #wake() {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /** The first event that fits. */
  async until(fits, what) {
    const found = async () => {
      for (;;) {
        const event = this.events.find(fits);
        if (event) return event;
        assert.ok(!this.failure, `the watch does not tell of ${what}: ${this.failure}`);
        await new Promise((wake) => this.#waiting.add(wake));
      }
    };
    return within(found(), what);
  }

  toldOf(name, state) {
    return this.until(({kind, change}) => kind === 'changed' && change.name === name &&
        (state === undefined || change.state === state), `${name} ${state ?? ''}`);
  }

  async close() {
    this.#over.abort();
    await within(this.ended, 'the end of a watch');
    assert.equal(this.failure, undefined);
  }
}

class Case {
  made = [];
  lossy = new Relay();
  rough = new Relay();

  async begin() {
    const values = JSON.parse(readFileSync(settingsFile('ps-york'), 'utf8'));
    const [host, port] = values.address.split(':');
    for (const relay of [this.lossy, this.rough]) await relay.start({host, port: Number(port)});
    // One side connects by a file, and the other by the environment.
    this.york = connect(settingsFile('cas-york'));
    this.police = connect(undefined, {}, Object.fromEntries(Object.entries(values).map(([name, value]) =>
      [`ACCORD_${name.toUpperCase()}`, name.endsWith('_file') ? join(WORK, 'ps-york', value) : String(value)])));
    this.byLossy = connect(settingsFile('cas-york'), {address: this.lossy.address});
    this.byRough = connect(settingsFile('cas-york'), {address: this.rough.address});
    this.body = JSON.parse(readFileSync(join(WORK, 'referral.json'), 'utf8'));
    // The society watches over the network that breaks off connections.
    this.sent = new Watcher(this.byRough);
    this.received = new Watcher(this.police);
    for (const watcher of [this.sent, this.received]) {
      await watcher.until(({kind}) => kind === 'position', 'its position');
    }
  }

  async create(accord = this.york, changed = {}) {
    const referral = fromJson(ReferralSchema, {...this.body, subject_ref: `york-${randomUUID()}`, ...changed});
    const made = await accord.client(ReferralService).createReferral({parent: 'agencies/cas-york', referral});
    this.made.push(made.name);
    return made;
  }

  async acknowledge(name) {
    const referrals = this.police.client(ReferralService);
    const {etag} = await referrals.getReferral({name});
    const {state} = await referrals.acknowledgeReferral({name, etag});
    assert.equal(state, ReferralState.ACKNOWLEDGED);
  }

  async names() {
    const names = [];
    for await (const {name} of this.york.all(listReferrals, {pageSize: 2})) names.push(name);
    return names;
  }

  async creates() {
    const made = await this.create();
    assert.equal(made.state, ReferralState.SUBMITTED);
    await this.received.toldOf(made.name);
    step("creates a referral, and the receiver's watch tells of it");
  }

  async repeatsALostAnswer() {
    await this.byLossy.client(ReferralService).listReferrals({});
    const before = new Set(await this.names());
    const asked = this.lossy.accepted;
    this.lossy.swallows = true;
    let answered = false;
    const answer = this.create(this.byLossy).finally(() => {
      answered = true;
    });
    const arrived = await this.received.until(
        ({kind, change}) => kind === 'changed' && !before.has(change.name), 'the referral that arrived');
    assert.ok(!answered);
    this.lossy.swallows = false;
    this.lossy.cut();
    assert.equal((await within(answer, 'the answer')).name, arrived.change.name);
    assert.ok(this.lossy.accepted > asked);
    assert.deepEqual((await this.names()).filter((name) => !before.has(name)), [arrived.change.name]);
    step('repeats a call whose answer was lost, and one referral was made');
  }

  async acknowledges() {
    const [first, second] = this.made;
    await this.acknowledge(first);
    await this.sent.toldOf(first, 'acknowledged');
    this.rough.shut = true;
    this.rough.cut();
    await this.acknowledge(second);
    this.rough.shut = false;
    await this.sent.toldOf(second, 'acknowledged');
    step('watches, and misses nothing of what happens while it is cut off');
  }

  async pages() {
    const pages = [];
    for await (const page of this.york.pages(listReferrals, {pageSize: 1})) pages.push(page.referrals);
    const names = pages.flat().map(({name}) => name);
    assert.ok(pages.length >= names.length && names.length >= this.made.length);
    assert.deepEqual(names.sort(), [...new Set(await this.names())].sort());
    step('reads a list page by page');
  }

  async decodesRefusals() {
    const by = (others) => this.york.with(others).client(ReferralService);
    let refusal = await refused(by({purpose: 'intelligence'}).listReferrals({}));
    assert.deepEqual([refusal.rule, refusal.code, refusal.mayPass],
        [Rule.PURPOSE_NOT_PERMITTED, Code.PermissionDenied, false]);
    refusal = await refused(this.create(this.york, {lawful_basis: ''}));
    assert.deepEqual([refusal.rule, refusal.fields.map(({field}) => field)],
        [Rule.FIELD_INVALID, ['referral.lawful_basis']]);
    const [first] = this.made;
    const absent = first.slice(0, -1) + (first.endsWith('0') ? '1' : '0');
    refusal = await refused(by({language: 'fr'}).getReferral({name: absent}));
    assert.ok(refusal.rule === Rule.NOT_FOUND && refusal.localized);
    await act('kill', 'protocols');
    refusal = await refused(by({patience: 0}).listReferrals({}));
    assert.ok(refusal.rule === Rule.BACKEND_UNAVAILABLE && refusal.retryAfter > 0 && refusal.mayPass);
    const answer = this.create();
    await act('start', 'protocols');
    const {name} = await within(answer, 'the answer');
    await this.received.toldOf(name);
    step('knows the rule, the fields and the time of refusals, and waits for a service that is away');
  }

  async rotates() {
    cpSync(join(WORK, 'cas-york'), join(WORK, 'cas-york-before'), {recursive: true});
    let rotating = true;
    const rotated = act('rotate').finally(() => {
      rotating = false;
    });
    rotated.catch(() => {});
    while (rotating) {
      await this.names();
      await pause(50);
    }
    await rotated;
    const before = connect(settingsFile('cas-york-before'), {patience: 0});
    const isShutOut = async () => {
      try {
        await before.client(ReferralService).listReferrals({});
        return false;
      } catch (error) {
        return !(error instanceof Refusal) || error.rule === Rule.CERTIFICATE_REVOKED;
      }
    };
    const shutOut = async () => {
      while (!await isShutOut()) await pause(100);
    };
    await within(shutOut(), 'the end of the certificate before');
    before.close();
    const {name} = await this.create();
    await this.acknowledge(name);
    await this.sent.toldOf(name, 'acknowledged');
    step('takes up a new certificate under way, while the one before is revoked');
  }

  async outlivesTheGateway() {
    await act('kill', 'gateway');
    const answer = this.create();
    await act('start', 'gateway');
    const {name} = await within(answer, 'the answer');
    await this.received.toldOf(name);
    await this.acknowledge(name);
    await this.sent.toldOf(name, 'acknowledged');
    step('goes on when the gateway was killed and is back');
  }

  async nothingWasMissed() {
    for (const watcher of [this.sent, this.received]) {
      assert.equal(watcher.events.filter(({kind}) => kind === 'begun').length, 1);
      for (const name of this.made) await watcher.toldOf(name);
    }
    assert.equal(new Set(this.made).size, this.made.length);
    const names = new Set(await this.names());
    assert.ok(this.made.every((name) => names.has(name)));
  }

  async end() {
    for (const watcher of [this.sent, this.received]) await watcher.close();
    for (const accord of [this.york, this.police, this.byLossy, this.byRough]) accord.close();
    for (const relay of [this.lossy, this.rough]) relay.close();
    step('misses no change of all that');
  }
}

const all = new Case();
await all.begin();
await all.creates();
await all.repeatsALostAnswer();
await all.acknowledges();
await all.pages();
await all.decodesRefusals();
await all.rotates();
await all.outlivesTheGateway();
await all.nothingWasMissed();
await all.end();
