// This file is about how a call may end without its answer: a rule of the catalogue refused it, or
// nothing answered.
import {Code} from '@connectrpc/connect';
import {
  BadRequestSchema, ErrorInfoSchema, LocalizedMessageSchema, RetryInfoSchema,
} from '../gen/google/rpc/error_details_pb.js';
import {PASSING, Rule} from './rules.mjs';

const DOMAIN = 'accord.example';
// A status without the name of a rule comes from the network or from a library. After one of these
// codes it is unknown whether the call was carried out; it can be repeated with its request id.
const UNSURE = new Set(
    [Code.Unavailable, Code.DeadlineExceeded, Code.Canceled, Code.Unknown, Code.Internal, Code.Aborted]);

/**
 * This is a field of the request that is at fault: its path, such as `referral.lawful_basis`, and what is
 * wrong, for people.
 *
 * @typedef {{field: string, description: string}} FieldViolation
 */

/** This is the base of all errors of this package. */
export class AccordError extends Error {
  name = 'AccordError';
}

/** A setting is missing or wrong, or a file of the certificate cannot be used. */
export class SettingsError extends AccordError {
  name = 'SettingsError';
}

/**
 * Accord answered and refused. Programs should use `rule`; people read the message, whose words
 * may change.
 */
export class Refusal extends AccordError {
  name = 'Refusal';

  /**
   * @param {Code} code
   * @param {string} reason
   * @param {string} message
   * @param {{fields?: FieldViolation[], retryAfter?: number, localized?: string}} [more]
   */
  constructor(code, reason, message, {fields = [], retryAfter, localized = ''} = {}) {
    super(`${Code[code]} ${reason}: ${message}`);
    this.code = code;
    /** This is the rule as text; a later version of Accord may have added it. */
    this.reason = reason;
    /**
     * This is the rule of the catalogue, or undefined if this package does not know it.
     *
     * @type {import('./rules.mjs').RuleName | undefined}
     */
    this.rule = Object.hasOwn(Rule, reason) ? /** @type {any} */ (reason) : undefined;
    this.fields = fields;
    /** These are the seconds to wait before the same call is sent again, if the refusal says so. */
    this.retryAfter = retryAfter;
    /** This is the meaning of the rule and what to do, in the requested language. */
    this.localized = localized;
    /**
     * The refused certificate is being replaced, so the refusal does not predict the next attempt.
     */
    this.outlived = false;
    /**
     * This is the refused request, with its request id. If the refusal may pass, call with it again.
     *
     * @type {import('@bufbuild/protobuf').Message | undefined}
     */
    this.request = undefined;
  }

  /**
   * This says whether the same call, unchanged, may succeed later. Even so, a change may already have been
   * made, for example if a service stopped during the call.
   */
  get mayPass() {
    return this.retryAfter !== undefined || this.outlived || (this.rule !== undefined && PASSING.has(this.rule));
  }
}

/**
 * Nothing answered in time, so a change may or may not have been made. Keep `request`, which has
 * its request id, and call with it again: the change is then made once.
 */
export class Unanswered extends AccordError {
  name = 'Unanswered';

  /**
   * @param {string} method
   * @param {import('@bufbuild/protobuf').Message} request
   * @param {unknown} cause
   */
  constructor(method, request, cause) {
    super(`${method} has no answer: ${cause instanceof Error ? cause.message : cause}`, {cause});
    this.method = method;
    this.request = request;
  }

  /**
   * This is the id by which the call can be repeated; it is empty for a call that only reads.
   *
   * @returns {string}
   */
  get requestId() {
    return /** @type {{requestId?: string}} */ (this.request).requestId ?? '';
  }
}

/**
 * This gives the refusal in an error of Connect; undefined if it may not come from Accord.
 *
 * @param {import('@connectrpc/connect').ConnectError} error
 */
export function refusalOf(error) {
  const [info] = error.findDetails(ErrorInfoSchema);
  const ours = info?.domain === DOMAIN;
  if (!ours && UNSURE.has(error.code)) return undefined;
  const [bad] = error.findDetails(BadRequestSchema);
  const [retry] = error.findDetails(RetryInfoSchema);
  const wait = retry && {seconds: Number(retry.retryDelay?.seconds ?? 0n), nanos: retry.retryDelay?.nanos ?? 0};
  return new Refusal(error.code, ours ? info.reason : '', error.rawMessage, {
    fields: (bad?.fieldViolations ?? []).map(({field, description}) => ({field, description})),
    retryAfter: wait && wait.seconds + wait.nanos / 1e9,
    localized: error.findDetails(LocalizedMessageSchema)[0]?.message ?? '',
  });
}
