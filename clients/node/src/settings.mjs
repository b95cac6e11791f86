// This file is about the gateway's address, the system's certificate, and for whom and why it calls: from a
// file or the environment.
import {readFileSync} from 'node:fs';
import {dirname, resolve} from 'node:path';
import {SettingsError} from './errors.mjs';

/**
 * Each property is a key of the settings file, and in upper case after ACCORD_ a variable of the environment.
 *
 * @typedef {object} Settings
 * @property {string} address `host:port` of the gateway.
 * @property {string} ca_file The certificate of the authority that signed the gateway's.
 * @property {string} certificate_file The system's certificate. It is read again when the file changes.
 * @property {string} key_file The private key of that certificate, without a password.
 * @property {string} actor The person for whom the system calls, by the id that the agency registered.
 * @property {string} purpose Why the system calls: a purpose in lower case, such as `child_protection`.
 * @property {string} server_name The name in the gateway's certificate, if it is not the host of the address.
 * @property {string} language `en` or `fr`: refusals then say in that language what to do.
 * @property {number} timeout Seconds until one attempt at a call counts as unanswered; the gateway allows 30.
 * @property {number} patience Seconds from the first attempt on in which a call without an answer is repeated.
 */

export const FILES = /** @type {const} */ (['ca_file', 'certificate_file', 'key_file']);
const NEEDED = ['address', ...FILES];
const FILE_VARIABLE = 'ACCORD_CLIENT_FILE';
/** @type {Settings} */
const UNSET = {
  address: '', ca_file: '', certificate_file: '', key_file: '', actor: '', purpose: '', server_name: '', language: '',
  timeout: 10, patience: 60,
};

/** @param {string} name */
const variableOf = (name) => `ACCORD_${name.toUpperCase()}`;

/**
 * `given` takes precedence over the environment, and that over the file. Without `file`, the file
 * that ACCORD_CLIENT_FILE names is read, if any. Paths in it are relative to its folder.
 *
 * @param {string | undefined} file
 * @param {Partial<Settings>} given
 * @param {Record<string, string | undefined>} environment
 * @returns {Settings}
 */
export function load(file, given, environment) {
  const named = file ?? (environment[FILE_VARIABLE] || undefined);
  /** @type {Record<string, unknown>} */
  const values = named === undefined ? {} : ofFile(named);
  for (const name of Object.keys(UNSET)) {
    const found = environment[variableOf(name)];
    if (found) values[name] = found;
  }
  for (const [name, value] of Object.entries(given)) if (value !== undefined) values[name] = value;
  const settings = checked(values);
  for (const name of NEEDED) {
    if (!values[name]) {
      throw new SettingsError(
          `the setting ${name} is missing: give it to connect(), in the settings file, or as ${variableOf(name)}`);
    }
  }
  return settings;
}

/**
 * This gives these settings with some of them replaced.
 *
 * @param {Settings} settings
 * @param {Partial<Settings>} others
 */
export function changed(settings, others) {
  const given = Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined));
  return checked({...settings, ...given});
}

/**
 * @param {Record<string, unknown>} values
 * @returns {Settings}
 */
function checked(values) {
  /** @type {Record<string, unknown>} */
  const settings = {...UNSET};
  for (const [name, value] of Object.entries(values)) {
    if (!Object.hasOwn(UNSET, name)) {
      throw new SettingsError(`there is no setting ${name}; there are: ${Object.keys(UNSET).join(', ')}`);
    }
    settings[name] = typeof settings[name] === 'number' ? seconds(name, value) : text(name, value);
  }
  return /** @type {any} */ (settings);
}

/**
 * @param {string} file
 * @returns {Record<string, unknown>}
 */
function ofFile(file) {
  let values;
  try {
    values = JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    const what = error instanceof SyntaxError ? 'is not JSON' : 'cannot be read';
    throw new SettingsError(`the settings file ${file} ${what}: ${/** @type {Error} */ (error).message}`);
  }
  if (values === null || typeof values !== 'object' || Array.isArray(values)) {
    throw new SettingsError(`the settings file ${file} is not an object of JSON`);
  }
  for (const name of FILES) {
    if (typeof values[name] === 'string' && values[name]) values[name] = resolve(dirname(file), values[name]);
  }
  return values;
}

/**
 * @param {string} name
 * @param {unknown} value
 */
function text(name, value) {
  if (typeof value !== 'string') throw new SettingsError(`the setting ${name} is not a text`);
  return value;
}

/**
 * A number of seconds may be a text, as in the environment.
 *
 * @param {string} name
 * @param {unknown} value
 */
function seconds(name, value) {
  const number = typeof value === 'string' && value.trim() ? Number(value) : value;
  if (typeof number !== 'number' || !Number.isFinite(number) || number < 0 || (name === 'timeout' && number === 0)) {
    throw new SettingsError(`the setting ${name} is not a number of seconds`);
  }
  return number;
}
