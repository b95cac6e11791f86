// This file is about connections to the gateway with the certificate that is in the files at present.
import {X509Certificate} from 'node:crypto';
import {readFileSync, statSync} from 'node:fs';
import {createSecureContext} from 'node:tls';
import {createGrpcTransport, Http2SessionManager} from '@connectrpc/connect-node';
import {SettingsError} from './errors.mjs';
import {Rule} from './rules.mjs';
import {FILES} from './settings.mjs';

// A connection that is silent for longer is pinged. The gateway closes one that is idle for
// five minutes.
const PINGS = {pingIntervalMs: 20_000, pingTimeoutMs: 10_000, idleConnectionTimeoutMs: 240_000};
// By these the gateway refuses the certificate, whatever the call.
/** @type {ReadonlySet<string>} */
const OF_CERTIFICATE = new Set([Rule.CERTIFICATE_ENDED, Rule.CERTIFICATE_NOT_REGISTERED, Rule.CERTIFICATE_REVOKED]);
// A gateway learns of a newly issued certificate within seconds.
const NEWS_MS = 10_000;

/** This is one connection. It is closed when a newer one has replaced it and its last call has ended. */
class Session {
  calls = 0;
  opened = performance.now();
  replaces = false;
  replaced = false;

  /**
   * @param {import('@connectrpc/connect').Transport} transport
   * @param {Http2SessionManager} manager
   * @param {string} fingerprint Which files, as they were when they were read.
   */
  constructor(transport, manager, fingerprint) {
    this.transport = transport;
    this.manager = manager;
    this.fingerprint = fingerprint;
  }
}

/** This is the connection for the present certificate. */
export class Sessions {
  #settings;
  #present;
  #closed = false;
  /** @type {string | undefined} */
  #told;
  /** @type {Set<Session>} */
  #before = new Set();

  /** @param {import('./settings.mjs').Settings} settings */
  constructor(settings) {
    this.#settings = settings;
    this.#present = this.#open();
  }

  /**
   * This gives a session for one call, with the certificate that is in the files now; `release`
   * returns it.
   */
  use() {
    if (this.#closed) throw new SettingsError('the connection was closed');
    this.#renew();
    this.#present.calls += 1;
    return this.#present;
  }

  /** @param {Session} session */
  release(session) {
    session.calls -= 1;
    this.#endIfDone(session);
  }

  /**
   * This says whether an open call on this session should be started again on another one.
   *
   * @param {Session} session
   */
  renewed(session) {
    if (!this.#closed) this.#renew();
    return session.replaced;
  }

  /**
   * This says whether the refused certificate is no longer used, or is one that the gateway does not
   * know yet.
   *
   * @param {Session} session
   * @param {import('./errors.mjs').Refusal} refusal
   */
  outlives(session, {reason}) {
    if (!OF_CERTIFICATE.has(reason)) return false;
    const isNew = session.replaces && performance.now() - session.opened < NEWS_MS;
    return this.renewed(session) || (isNew && reason === Rule.CERTIFICATE_NOT_REGISTERED);
  }

  /** This ends every open call. */
  close() {
    this.#closed = true;
    for (const session of [this.#present, ...this.#before]) session.manager.abort();
    this.#before.clear();
  }

  /** @param {Session} session */
  #endIfDone(session) {
    if (!session.replaced || session.calls > 0) return;
    session.manager.abort();
    this.#before.delete(session);
  }

  /**
   * This opens a session with the certificate in the files, if these have changed and belong together.
   */
  #renew() {
    let opened;
    try {
      if (this.#fingerprint() === this.#present.fingerprint) return;
      opened = this.#open();
    } catch (error) {
      // The files may be only half changed, and the previous certificate is still valid.
      this.#tellOnce(/** @type {Error} */ (error).message);
      return;
    }
    const before = this.#present;
    this.#present = opened;
    before.replaced = opened.replaces = true;
    this.#before.add(before);
    this.#endIfDone(before);
  }

  /** @param {string} what */
  #tellOnce(what) {
    let seen = '';
    try {
      seen = this.#fingerprint();
    } catch {
      // The file that is missing is what is told.
    }
    if (seen === this.#told) return;
    this.#told = seen;
    process.emitWarning(`the certificate before stays in use: ${what}`, 'AccordCertificate');
  }

  #fingerprint() {
    return FILES.map((name) => {
      try {
        const {mtimeNs, ino, size} = statSync(this.#settings[name], {bigint: true});
        return `${mtimeNs} ${ino} ${size}`;
      } catch (error) {
        throw unreadable(name, this.#settings[name], error);
      }
    }).join(', ');
  }

  #open() {
    const {address, server_name: serverName} = this.#settings;
    const fingerprint = this.#fingerprint();
    const [ca, cert, key] = FILES.map((name) => {
      try {
        return readFileSync(this.#settings[name]);
      } catch (error) {
        throw unreadable(name, this.#settings[name], error);
      }
    });
    this.#check(ca, cert, key);
    if (this.#fingerprint() !== fingerprint) throw new SettingsError('the files of the certificate are being changed');
    const baseUrl = `https://${address}`;
    const tls = {ca, cert, key, ...(serverName && {servername: serverName})};
    const manager = new Http2SessionManager(baseUrl, PINGS, tls);
    return new Session(createGrpcTransport({baseUrl, sessionManager: manager}), manager, fingerprint);
  }

  /**
   * TLS itself would fail only at the first call.
   *
   * @param {Buffer} ca
   * @param {Buffer} cert
   * @param {Buffer} key
   */
  #check(ca, cert, key) {
    const {ca_file: caFile, certificate_file: certificateFile, key_file: keyFile} = this.#settings;
    try {
      createSecureContext({cert, key});
    } catch (error) {
      const why = /** @type {Error} */ (error).message;
      throw new SettingsError(
          `${certificateFile} and ${keyFile} are no certificate with its key, which has no password: ${why}`);
    }
    try {
      new X509Certificate(ca);
    } catch (error) {
      throw new SettingsError(`${caFile} holds no certificate: ${/** @type {Error} */ (error).message}`);
    }
  }
}

/**
 * @param {string} name
 * @param {string} path
 * @param {unknown} error
 */
function unreadable(name, path, error) {
  return new SettingsError(`${name} ${path} cannot be read: ${/** @type {NodeJS.ErrnoException} */ (error).code}`);
}
