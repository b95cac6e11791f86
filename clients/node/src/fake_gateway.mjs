// This file is about a gateway for tests: mutual TLS on loopback, one referral service and one feed, and
// answers that a test has planned.
import {execFileSync} from 'node:child_process';
import {once} from 'node:events';
import {mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync} from 'node:fs';
import {createSecureServer} from 'node:http2';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {Code, ConnectError, createContextKey, createContextValues} from '@connectrpc/connect';
import {connectNodeAdapter} from '@connectrpc/connect-node';
import {ChangeService} from '../gen/accord/protocols/v1/changes_pb.js';
import {ReferralService} from '../gen/accord/protocols/v1/referral_service_pb.js';
import {BadRequestSchema, ErrorInfoSchema, RetryInfoSchema} from '../gen/google/rpc/error_details_pb.js';

const CURVE = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
const openssl = (...words) => execFileSync('openssl', words, {stdio: 'pipe'});

/** This signs the certificates of the gateway and of systems, in a folder of its own. */
export class Authority {
  folder = mkdtempSync(join(tmpdir(), 'accord-node-'));

  constructor() {
    openssl('req', '-x509', '-new', ...CURVE, '-days', '2', '-subj', '/CN=authority', '-keyout', this.at('ca.key'),
        '-out', this.at('ca.crt'));
    writeFileSync(this.at('names'), 'subjectAltName=DNS:localhost\n');
  }

  at(name) {
    return join(this.folder, name);
  }

  read(name) {
    return readFileSync(this.at(name));
  }

  /** This makes NAME.crt and NAME.key, for localhost. */
  sign(name) {
    const [key, csr, crt] = ['key', 'csr', 'crt'].map((suffix) => this.at(`${name}.${suffix}`));
    openssl('req', '-new', ...CURVE, '-subj', `/CN=${name}`, '-keyout', key, '-out', csr);
    openssl('x509', '-req', '-days', '2', '-in', csr, '-CA', this.at('ca.crt'), '-CAkey', this.at('ca.key'),
        '-CAcreateserial', '-extfile', this.at('names'), '-out', crt);
  }

  /** This replaces the files `where` by the certificate and key of `name`, each in one step. */
  place(name, where) {
    for (const suffix of ['.key', '.crt']) {
      writeFileSync(this.at('next'), this.read(name + suffix));
      renameSync(this.at('next'), this.at(where + suffix));
    }
  }

  remove() {
    rmSync(this.folder, {recursive: true});
  }
}

/** This is a planned refusal by a rule. */
export function refused(code, reason, {fields = [], retryAfter, domain = 'accord.example'} = {}) {
  const details = reason ? [{desc: ErrorInfoSchema, value: {reason, domain}}] : [];
  if (fields.length > 0) details.push({desc: BadRequestSchema, value: {fieldViolations: fields}});
  if (retryAfter !== undefined) {
    const whole = Math.trunc(retryAfter);
    const retryDelay = {seconds: BigInt(whole), nanos: Math.round((retryAfter - whole) * 1e9)};
    details.push({desc: RetryInfoSchema, value: {retryDelay}});
  }
  return new ConnectError('no', code, undefined, details);
}

/** This gives what is planned next; if the plan is a function, it decides when the call arrives. */
function next(plan) {
  const planned = plan.shift();
  return typeof planned === 'function' ? planned() : planned;
}

const CALLER = createContextKey('');

/**
 * It keeps referrals by request id, as the service stores them; `plan` and `streamPlan` say what happens to
 * the next calls.
 */
export class FakeGateway {
  made = new Map();
  calls = [];
  streams = [];
  plan = [];
  streamPlan = [];
  changes = [];
  #waiting = new Set();
  #sessions = new Set();
  #stopped = false;
  #server;

  async start(authority) {
    const tls = {key: authority.read('gateway.key'), cert: authority.read('gateway.crt'), ca: authority.read('ca.crt')};
    const adapter = connectNodeAdapter({
      routes: (router) => router
          .service(ReferralService, {
            createReferral: (request, context) => this.#create(request, context),
            listReferrals: (request, context) => this.#list(request, context),
          })
          .service(ChangeService, {watchChanges: (request, context) => this.#watch(request, context)}),
      contextValues: (request) => createContextValues().set(
          CALLER, request.stream.session.socket.getPeerCertificate().subject.CN),
    });
    this.#server = createSecureServer({...tls, requestCert: true, rejectUnauthorized: true}, adapter);
    this.#server.on('session', (session) => {
      this.#sessions.add(session);
      session.on('close', () => this.#sessions.delete(session));
    });
    this.#server.listen(0, '127.0.0.1');
    await once(this.#server, 'listening');
    this.port = this.#server.address().port;
  }

  async stop() {
    this.#stopped = true;
    this.#wake();
    for (const session of this.#sessions) session.destroy();
    this.#server.close();
    await once(this.#server, 'close');
  }

  change(name) {
    this.changes.push(name);
    this.#wake();
  }

  #wake() {
    for (const wake of this.#waiting) wake();
    this.#waiting.clear();
  }

  /**
   * This gives who called, and what is planned for the call: a refusal before it, or the loss of its
   * answer after it.
   */
  #met(context) {
    this.calls.push([context.values.get(CALLER), context.requestHeader]);
    const planned = next(this.plan);
    if (planned instanceof ConnectError) throw planned;
    return planned;
  }

  #create(request, context) {
    const planned = this.#met(context);
    if (!this.made.has(request.requestId)) this.made.set(request.requestId, `agencies/a/referrals/${this.made.size}`);
    if (planned === 'lost') {
      for (const session of this.#sessions) session.destroy();
      throw new ConnectError('the connection broke', Code.Unavailable);
    }
    context.responseTrailer.set('accord-masked', 'subject_ref,indicators');
    return {name: this.made.get(request.requestId)};
  }

  #list(request, context) {
    this.#met(context);
    const names = [...this.made.values()];
    const begin = Number(request.pageToken || 0);
    return {
      referrals: names.slice(begin, begin + 2).map((name) => ({name})),
      nextPageToken: begin + 2 < names.length ? String(begin + 2) : '',
      watchToken: `at-${this.changes.length}`,
    };
  }

  async *#watch(request, context) {
    this.streams.push([context.values.get(CALLER), request]);
    const planned = next(this.streamPlan);
    if (planned instanceof ConnectError) throw planned;
    let at = Number(request.watchToken.replace('at-', ''));
    yield {watchToken: `at-${at}`};
    context.signal.addEventListener('abort', () => this.#wake());
    while (!context.signal.aborted && !this.#stopped) {
      if (this.changes.length === at) {
        await new Promise((wake) => this.#waiting.add(wake));
        continue;
      }
      const name = this.changes[at];
      at += 1;
      yield {kind: 'referral', name, watchToken: `at-${at}`};
      if (planned === 'end after one') return;
    }
  }
}
