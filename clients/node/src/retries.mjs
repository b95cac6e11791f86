// This file is about when a call without a final answer is sent again: docs/api/connect.md, "Refusals
// and retries".
import {setTimeout as sleeping} from 'node:timers/promises';
import {Refusal, Unanswered} from './errors.mjs';

const FIRST_WAIT = 1;
const LONGEST_WAIT = 60;

/**
 * These are the pauses before further attempts: as long as the refusal says, otherwise doubling each time.
 */
export class Waits {
  /** @type {number} */
  #next;
  #first;
  #longest;
  #chance;

  /** @param {{first?: number, longest?: number, chance?: () => number}} [options] */
  constructor({first = FIRST_WAIT, longest = LONGEST_WAIT, chance = Math.random} = {}) {
    this.#first = this.#next = first;
    this.#longest = longest;
    this.#chance = chance;
  }

  /**
   * This gives the seconds to wait, with a random part, so that clients that were cut off together do
   * not reconnect together.
   *
   * @param {Refusal | Unanswered} error
   */
  after(error) {
    if (error instanceof Refusal && error.retryAfter !== undefined) return error.retryAfter * (1 + this.#chance() / 10);
    const wait = this.#next;
    this.#next = Math.min(2 * wait, this.#longest);
    return wait * (0.5 + this.#chance() / 2);
  }

  /** This resets the pause to the first one, because something was answered. */
  beginAnew() {
    this.#next = this.#first;
  }
}

/**
 * This says whether the same call would be refused again, or the error is not one of a call.
 *
 * @param {unknown} error
 * @returns {boolean}
 */
export const isFinal = (error) => error instanceof Refusal ? !error.mayPass : !(error instanceof Unanswered);

/**
 * This waits, and rejects when `signal` is aborted.
 *
 * @param {number} seconds
 * @param {AbortSignal} [signal]
 * @returns {Promise<void>}
 */
export const sleep = (seconds, signal) => sleeping(seconds * 1000, undefined, {signal});

const seconds = () => performance.now() / 1000;

/**
 * This gives the result of `attempt`, which is repeated while it may still succeed and the next pause
 * ends within `patience` seconds.
 *
 * @template T
 * @param {() => Promise<T>} attempt
 * @param {{patience: number, waits?: Waits, now?: () => number, wait?: (seconds: number) => Promise<void>}} options
 * @returns {Promise<T>}
 */
export async function repeated(attempt, {patience, waits = new Waits(), now = seconds, wait = sleep}) {
  const end = now() + patience;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (isFinal(error)) throw error;
      const pause = waits.after(/** @type {Refusal | Unanswered} */ (error));
      if (now() + pause > end) throw error;
      await wait(pause);
    }
  }
}
