// This attempts at calls: with the present certificate and a request id, and with an exception that explains
// a failure.
import {randomUUID} from 'node:crypto';
import {clone, create, toBinary} from '@bufbuild/protobuf';
import {ConnectError} from '@connectrpc/connect';
import {refusalOf, SettingsError, Unanswered} from './errors.mjs';
import {repeated, sleep} from './retries.mjs';

/** @typedef {import('@bufbuild/protobuf').DescMessage} DescMessage */
/** @typedef {ConstructorParameters<typeof Headers>[0]} HeaderValues */
/** @typedef {import('./settings.mjs').Settings} Settings */
/**
 * @template {DescMessage} D
 * @typedef {import('@bufbuild/protobuf').MessageShape<D>} Shape
 */
/**
 * @template {DescMessage} D
 * @typedef {import('@bufbuild/protobuf').MessageInitShape<D>} Init
 */
/**
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @typedef {import('@bufbuild/protobuf').DescMethodUnary<I, O>} UnaryMethod
 */
/**
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @typedef {import('@bufbuild/protobuf').DescMethodServerStreaming<I, O>} StreamMethod
 */
/**
 * These are the records that a page of a list holds.
 *
 * @template {DescMessage} O
 * @typedef {{[K in keyof Shape<O>]-?:
 *     Shape<O>[K] extends (infer E extends import('@bufbuild/protobuf').Message)[] ? E : never}[keyof Shape<O>]} Item
 */

// The gateway permits a stream to be open for an hour.
const STREAM_MS = 3_600_000;

/** These are the calls of one person, for one purpose. */
export class Calls {
  /**
   * @param {Settings} settings
   * @param {import('./sessions.mjs').Sessions} sessions
   */
  constructor(settings, sessions) {
    this.settings = settings;
    this.sessions = sessions;
  }

  /**
   * This opens one stream of a method. `renewed` says whether it should be opened again, and `end`
   * ends it.
   *
   * @template {DescMessage} W
   * @template {DescMessage} C
   * @param {StreamMethod<W, C>} method
   * @param {Shape<W>} request
   */
  opened(method, request) {
    const stream = this.#begin();
    const start = async function*() {
      yield /** @type {any} */ (request);
    };
    const open = () => stream.session.transport.stream(method, stream.signal, STREAM_MS, this.#header(), start());
    const explain = (/** @type {unknown} */ error) => this.#understood(error, method, request, stream.session);
    const messages = async function*() {
      let response;
      try {
        response = await open();
      } catch (error) {
        stream.end();
        throw explain(error);
      }
      yield* read(response.message, stream.end, explain);
    };
    return {messages: messages(), renewed: () => this.sessions.renewed(stream.session), end: stream.end};
  }

  /** This gives a session for one stream, and what ends the stream and releases the session.  */
  #begin() {
    const session = this.sessions.use();
    const controller = new AbortController();
    let over = false;
    const end = () => {
      if (over) return;
      over = true;
      controller.abort();
      this.sessions.release(session);
    };
    return {session, signal: controller.signal, end};
  }

  /**
   * This gives the exception that stands for an error of a call on this session.
   *
   * @param {unknown} error
   * @param {import('@bufbuild/protobuf').DescMethod} method
   * @param {import('@bufbuild/protobuf').Message} request
   * @param {ReturnType<import('./sessions.mjs').Sessions['use']>} session
   */
  #understood(error, method, request, session) {
    if (!(error instanceof ConnectError)) return error;
    const refusal = refusalOf(error);
    if (!refusal) return new Unanswered(`/${method.parent.typeName}/${method.name}`, request, error);
    refusal.request = request;
    refusal.outlived = this.sessions.outlives(session, refusal);
    return refusal;
  }

  /** @param {HeaderValues} [given] */
  #header(given) {
    const {actor, purpose, language} = this.settings;
    if (!actor) throw new SettingsError('the setting actor is missing: every call names the person for whom it is');
    const header = new Headers(given);
    for (const [name, value] of Object.entries({actor, purpose, language})) {
      if (value && !header.has(`accord-${name}`)) header.set(`accord-${name}`, value);
    }
    return header;
  }

  /**
   * This gives an answer, after as many attempts as it takes.
   *
   * @template {DescMessage} I
   * @template {DescMessage} O
   * @param {UnaryMethod<I, O>} method
   * @param {AbortSignal | undefined} signal
   * @param {number | undefined} timeoutMs
   * @param {HeaderValues | undefined} given
   * @param {Init<I>} input
   */
  async unary(method, signal, timeoutMs, given, input) {
    const request = withRequestId(method.input, input);
    const header = this.#header(given);
    // A request that cannot be serialized is a fault of the program, which Connect would report as
    // one of the network.
    toBinary(method.input, request);
    const attempt = async () => {
      const session = this.sessions.use();
      try {
        return await session.transport.unary(method, signal, timeoutMs ?? this.settings.timeout * 1000, header,
            /** @type {any} */ (request));
      } catch (error) {
        throw signal?.aborted ? error : this.#understood(error, method, request, session);
      } finally {
        this.sessions.release(session);
      }
    };
    return repeated(attempt, {patience: this.settings.patience, wait: (seconds) => sleep(seconds, signal)});
  }

  /**
   * This gives the messages of a stream. `watch` reopens the stream whenever it ends.
   *
   * @template {DescMessage} I
   * @template {DescMessage} O
   * @param {import('@bufbuild/protobuf').DescMethodStreaming<I, O>} method
   * @param {AbortSignal | undefined} signal
   * @param {number | undefined} timeoutMs
   * @param {HeaderValues | undefined} given
   * @param {AsyncIterable<Init<I>>} input
   */
  async stream(method, signal, timeoutMs, given, input) {
    const header = this.#header(given);
    const stream = this.#begin();
    signal?.addEventListener('abort', stream.end);
    const done = () => {
      signal?.removeEventListener('abort', stream.end);
      stream.end();
    };
    if (signal?.aborted) done();
    const explain = (/** @type {unknown} */ error) =>
      signal?.aborted ? error : this.#understood(error, method, create(method.input), stream.session);
    try {
      const {transport} = stream.session;
      const response = await transport.stream(method, stream.signal, timeoutMs ?? STREAM_MS, header, input);
      return {...response, message: read(response.message, done, explain)};
    } catch (error) {
      done();
      throw explain(error);
    }
  }
}

/**
 * This gives the messages of a stream, and calls `end` when the reader stops.
 *
 * @template T
 * @param {AsyncIterable<T>} messages
 * @param {() => void} end
 * @param {(error: unknown) => unknown} explain
 * @returns {AsyncGenerator<T, void, undefined>}
 */
async function* read(messages, end, explain) {
  const reader = messages[Symbol.asyncIterator]();
  try {
    for (let next = await reader.next(); !next.done; next = await reader.next()) yield next.value;
  } catch (error) {
    throw explain(error);
  } finally {
    end();
    // Connect clears the timer of a stream only when it is read to its end, and Node would wait for
    // the timer.
    reader.next().catch(() => {});
  }
}

/**
 * This gives the name of the page's field that holds the records.
 *
 * @param {UnaryMethod<DescMessage, DescMessage>} method
 * @returns {string}
 */
export function itemsOf(method) {
  const lists = method.output.fields.filter((field) => field.fieldKind === 'list' && field.listKind === 'message');
  if (lists.length !== 1 || !method.input.field.pageToken || !method.output.field.nextPageToken) {
    throw new TypeError(`${method.parent.typeName}/${method.name} answers with no page of a list`);
  }
  return lists[0].localName;
}

/**
 * @template {DescMessage} D
 * @param {D} desc
 * @param {Init<D>} init
 * @returns {Shape<D>}
 */
export function copied(desc, init) {
  return clone(desc, create(desc, init));
}

/**
 * This gives a copy that has a request id, if such requests have one. An id that the caller chose
 * is kept.
 *
 * @template {DescMessage} D
 * @param {D} desc
 * @param {Init<D>} init
 * @returns {Shape<D>}
 */
function withRequestId(desc, init) {
  const request = copied(desc, init);
  const field = /** @type {{requestId?: string}} */ (request);
  if (desc.field.requestId && !field.requestId) field.requestId = randomUUID();
  return request;
}
