// This file is about how an agency's own system calls Accord: one connection, calls that take effect once,
// lists, and watches without gaps.
export {Code} from '@connectrpc/connect';
export {Accord, connect, maskedIn} from './client.mjs';
export {AccordError, Refusal, SettingsError, Unanswered} from './errors.mjs';
export {PASSING, Rule} from './rules.mjs';

/** @typedef {import('./errors.mjs').FieldViolation} FieldViolation */
/** @typedef {import('./rules.mjs').RuleName} RuleName */
/** @typedef {import('./settings.mjs').Settings} Settings */
/**
 * @template {import('@bufbuild/protobuf').DescMessage} O
 * @template {import('@bufbuild/protobuf').DescMessage} C
 * @typedef {import('./watch.mjs').WatchEvent<O, C>} WatchEvent
 */
