// This file is about a connection to the gateway, on behalf of one person and for one purpose.
import {createClient} from '@connectrpc/connect';
import {Calls, copied, itemsOf} from './calls.mjs';
import {Sessions} from './sessions.mjs';
import {changed, load} from './settings.mjs';
import {watch} from './watch.mjs';

/** @typedef {import('@bufbuild/protobuf').DescMessage} DescMessage */
/** @typedef {import('./settings.mjs').Settings} Settings */
/**
 * @template {DescMessage} D
 * @typedef {import('./calls.mjs').Shape<D>} Shape
 */
/**
 * @template {DescMessage} D
 * @typedef {import('./calls.mjs').Init<D>} Init
 */
/**
 * @template {DescMessage} D
 * @typedef {import('./calls.mjs').Item<D>} Item
 */
/**
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @typedef {import('./calls.mjs').UnaryMethod<I, O>} UnaryMethod
 */
/**
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @typedef {import('./calls.mjs').StreamMethod<I, O>} StreamMethod
 */

/**
 * Its method `client` turns the service classes that protoc-gen-es makes into clients of
 * this connection.
 */
export class Accord {
  #sessions;

  /**
   * @param {Settings} settings
   * @param {Sessions} [sessions]
   */
  constructor(settings, sessions = new Sessions(settings)) {
    this.settings = settings;
    this.#sessions = sessions;
    const calls = new Calls(settings, sessions);
    /** These are the calls with which a watch opens its streams. */
    this.calls = calls;
    /**
     * This is the transport of Connect below every client.
     *
     * @type {import('@connectrpc/connect').Transport}
     */
    this.transport = {
      unary: (method, signal, timeoutMs, header, input) => calls.unary(method, signal, timeoutMs, header, input),
      stream: (method, signal, timeoutMs, header, input) => calls.stream(method, signal, timeoutMs, header, input),
    };
  }

  /**
   * This gives the RPCs of a gRPC service, each as a typed function.
   *
   * @template {import('@bufbuild/protobuf').DescService} S
   * @param {S} service
   */
  client(service) {
    const client = createClient(service, this.transport);
    for (const method of service.methods) {
      if (method.methodKind !== 'server_streaming') continue;
      // Connect's own function does not end a stream that nobody reads to its end.
      Object.assign(client, {[method.localName]: (/** @type {any} */ request, /** @type {any} */ options) =>
        this.#messages(/** @type {any} */ (method), request, options)});
    }
    return client;
  }

  /**
   * This gives the same connection for another person, purpose or language, or with another timeout
   * or patience.
   *
   * @param {Partial<Pick<Settings, 'actor' | 'purpose' | 'language' | 'timeout' | 'patience'>>} others
   */
  with(others) {
    return new Accord(changed(this.settings, others), this.#sessions);
  }

  /** This ends all calls, including those of the connections that `with` made. */
  close() {
    this.#sessions.close();
  }

  /**
   * This gives each page of a list from where `request` begins, until the last one. A page may be empty
   * without being the last.
   *
   * @template {DescMessage} I
   * @template {DescMessage} O
   * @param {UnaryMethod<I, O>} method
   * @param {Init<I>} request
   * @param {{signal?: AbortSignal}} [options]
   * @returns {AsyncGenerator<Shape<O>, void, undefined>}
   */
  async *pages(method, request, {signal} = {}) {
    const asked = /** @type {Shape<I> & {pageToken: string}} */ (copied(method.input, request));
    for (;;) {
      const {message} = await this.transport.unary(method, signal, undefined, undefined, asked);
      yield message;
      const next = /** @type {{nextPageToken?: string}} */ (message).nextPageToken;
      if (!next) return;
      asked.pageToken = next;
    }
  }

  /**
   * This gives each record of a list.
   *
   * @template {DescMessage} I
   * @template {DescMessage} O
   * @param {UnaryMethod<I, O>} method
   * @param {Init<I>} request
   * @param {{signal?: AbortSignal}} [options]
   * @returns {AsyncGenerator<Item<O>, void, undefined>}
   */
  async *all(method, request, options) {
    const items = itemsOf(method);
    for await (const page of this.pages(method, request, options)) yield* /** @type {any} */ (page)[items];
  }

  /**
   * This lists the records and then reports every change of them, across ends of streams, of the
   * gateway's connection and of the certificate, until `signal` is aborted. With the `token` from
   * an earlier watch it continues from there, without the list. After `silence` seconds without a
   * message the stream is reopened.
   *
   * @template {DescMessage} I
   * @template {DescMessage} O
   * @template {DescMessage} W
   * @template {DescMessage} C
   * @param {UnaryMethod<I, O>} listing
   * @param {Init<I>} listed
   * @param {StreamMethod<W, C>} stream
   * @param {Init<W>} followed
   * @param {{token?: string, silence?: number, signal?: AbortSignal, waits?: import('./retries.mjs').Waits}} [options]
   */
  watch(listing, listed, stream, followed, options) {
    return watch(this, listing, listed, stream, followed, options);
  }

  /**
   * @param {StreamMethod<DescMessage, DescMessage>} method
   * @param {any} request
   * @param {import('@connectrpc/connect').CallOptions} [options]
   */
  async *#messages(method, request, {signal, timeoutMs, headers, onHeader, onTrailer} = {}) {
    const start = async function*() {
      yield request;
    };
    const response = await this.transport.stream(method, signal, timeoutMs, headers, start());
    onHeader?.(response.header);
    yield* response.message;
    onTrailer?.(response.trailer);
  }
}

/**
 * This makes a connection from the settings in a file, in the environment (ACCORD_ADDRESS and so on) and
 * in `given`. Throws SettingsError if one is missing or wrong. The first call opens the connection.
 *
 * @param {string | Partial<Settings>} [file] The name of the settings file, or settings in place of one.
 * @param {Partial<Settings>} [given]
 * @param {Record<string, string | undefined>} [environment]
 */
export function connect(file, given = {}, environment = process.env) {
  const settings = typeof file === 'object' ? load(undefined, {...file, ...given}, environment) :
    load(file, given, environment);
  return new Accord(settings);
}

/**
 * This gives the fields of an answer that are empty only because the caller may not read them, from the
 * trailer that a call's option `onTrailer` receives.
 *
 * @param {Headers} trailer
 */
export function maskedIn(trailer) {
  return (trailer.get('accord-masked') ?? '').split(',').map((path) => path.trim()).filter(Boolean);
}
