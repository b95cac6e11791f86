// A list followed by every change of it: docs/api/connect.md, "Watch".
import {clone, create} from '@bufbuild/protobuf';
import {itemsOf} from './calls.mjs';
import {Refusal, Unanswered} from './errors.mjs';
import {isFinal, sleep, Waits} from './retries.mjs';
import {Rule} from './rules.mjs';

/** @typedef {import('@bufbuild/protobuf').DescMessage} DescMessage */
/**
 * This is one event of a watch. `begun`: the list begins here, and what was kept of it before no longer counts. `listed`: a
 * record that there is. `changed`: a change, which names its record and may be told twice. `position`: nothing
 * happened, and everything up to here was told. Keep `token`, if it is not empty, when this event and all before it
 * were worked off: a watch can begin there again.
 *
 * @template {DescMessage} O
 * @template {DescMessage} C
 * @typedef {{kind: 'begun', token: ''} | {kind: 'listed', record: import('./calls.mjs').Item<O>, token: ''} |
 *     {kind: 'changed', change: import('@bufbuild/protobuf').MessageShape<C>, token: string} |
 *     {kind: 'position', token: string}} WatchEvent
 */

// The service reports its position every 15 seconds, so a stream that is silent for this many
// seconds is dead.
const SILENCE = 60;
const LONGEST_WAIT = 10;

/**
 * This is explained at Accord.watch. A list without a position, or a stream that does not report names, cannot
 * be watched.
 *
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @template {DescMessage} W
 * @template {DescMessage} C
 * @param {import('./client.mjs').Accord} accord
 * @param {import('./calls.mjs').UnaryMethod<I, O>} listing
 * @param {import('./calls.mjs').Init<I>} listed
 * @param {import('./calls.mjs').StreamMethod<W, C>} stream
 * @param {import('./calls.mjs').Init<W>} followed
 * @param {{token?: string, silence?: number, signal?: AbortSignal, waits?: Waits}} [options]
 * @returns {AsyncGenerator<WatchEvent<O, C>, void, undefined>}
 */
export function watch(accord, listing, listed, stream, followed, options = {}) {
  /** @type {[DescMessage, string][]} */
  const needed = [[listing.output, 'watchToken'], [stream.input, 'watchToken'], [stream.input, 'progress'],
    [stream.output, 'name']];
  for (const [desc, name] of needed) {
    if (!desc.field[name]) throw new TypeError(`${desc.typeName} has no ${name}, so that it cannot be watched`);
  }
  return new Watch(accord, listing, listed, stream, followed, options).events();
}

/**
 * @template {DescMessage} I
 * @template {DescMessage} O
 * @template {DescMessage} W
 * @template {DescMessage} C
 */
class Watch {
  /**
   * @param {import('./client.mjs').Accord} accord
   * @param {import('./calls.mjs').UnaryMethod<I, O>} listing
   * @param {import('./calls.mjs').Init<I>} listed
   * @param {import('./calls.mjs').StreamMethod<W, C>} stream
   * @param {import('./calls.mjs').Init<W>} followed
   * @param {{token?: string, silence?: number, signal?: AbortSignal, waits?: Waits}} options
   */
  constructor(accord, listing, listed, stream, followed, options) {
    this.accord = accord;
    this.listing = listing;
    this.listed = listed;
    this.stream = stream;
    this.followed = followed;
    this.token = options.token ?? '';
    this.silence = options.silence ?? SILENCE;
    this.signal = options.signal;
    this.waits = options.waits ?? new Waits({longest: LONGEST_WAIT});
  }

  /** @returns {AsyncGenerator<WatchEvent<O, C>, void, undefined>} */
  async *events() {
    while (!this.signal?.aborted) {
      try {
        if (!this.token) yield* this.list();
        yield* this.follow();
      } catch (error) {
        if (this.signal?.aborted) return;
        if (error instanceof Refusal && error.rule === Rule.POSITION_FROM_ANOTHER_TIME) {
          this.token = '';
        } else if (isFinal(error)) {
          throw error;
        }
        await this.rest(/** @type {Refusal | Unanswered} */ (error));
      }
    }
  }

  /**
   * This gives every record first and only then the position of the first page, because before that some
   * records are not processed yet.
   *
   * @returns {AsyncGenerator<WatchEvent<O, C>, void, undefined>}
   */
  async *list() {
    yield {kind: 'begun', token: ''};
    const items = itemsOf(this.listing);
    let token = '';
    for await (const page of this.accord.pages(this.listing, this.listed, {signal: this.signal})) {
      const {watchToken, [items]: records} = /** @type {any} */ (page);
      token ||= watchToken;
      for (const record of records) yield {kind: 'listed', record, token: ''};
    }
    this.token = token;
    yield {kind: 'position', token};
  }

  /** @returns {AsyncGenerator<WatchEvent<O, C>, void, undefined>} */
  async *follow() {
    const request = clone(this.stream.input, create(this.stream.input, this.followed));
    Object.assign(request, {watchToken: this.token, progress: true});
    const {messages, renewed, end} = this.accord.calls.opened(this.stream, request);
    const dog = setTimeout(end, this.silence * 1000);
    this.signal?.addEventListener('abort', end);
    try {
      for await (const change of messages) {
        this.waits.beginAnew();
        const {name, watchToken} = /** @type {any} */ (change);
        this.token = watchToken || this.token;
        yield name ? {kind: 'changed', change, token: this.token} : {kind: 'position', token: this.token};
        dog.refresh();
        if (this.signal?.aborted || renewed()) return;
      }
    } finally {
      clearTimeout(dog);
      this.signal?.removeEventListener('abort', end);
      end();
    }
    // The stream ended in order, as streams do after an hour. It is reopened after a short pause,
    // so that a stream that always ends at once does not keep both sides busy.
    await this.rest(new Unanswered(`/${this.stream.parent.typeName}/${this.stream.name}`, request, 'the stream ended'));
  }

  /** @param {Refusal | Unanswered} error */
  async rest(error) {
    try {
      await sleep(this.waits.after(error), this.signal);
    } catch (aborted) {
      if (!this.signal?.aborted) throw aborted;
    }
  }
}
