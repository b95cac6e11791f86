import assert from 'node:assert/strict';
import {mkdtempSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {join} from 'node:path';
import {after, before, test} from 'node:test';
import {SettingsError} from './errors.mjs';
import {changed, load} from './settings.mjs';

const GIVEN = {address: 'localhost:7400', ca_file: 'ca.crt', certificate_file: 'a.crt', key_file: 'a.key'};
let folder;
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'accord-settings-'));
});
after(() => rmSync(folder, {recursive: true}));

function written(values) {
  const path = join(folder, 'accord.json');
  writeFileSync(path, typeof values === 'string' ? values : JSON.stringify(values));
  return path;
}

test('Names of files in a file are relative to its folder.', () => {
  const found = load(written({...GIVEN, key_file: '/keys/a.key'}), {}, {});
  assert.deepEqual([found.ca_file, found.key_file], [join(folder, 'ca.crt'), '/keys/a.key']);
});

test('What is given goes before the environment, and that before the file.', () => {
  const path = written({...GIVEN, actor: 'of-file', purpose: 'of-file', language: 'fr'});
  const found = load(path, {purpose: 'given'}, {ACCORD_ACTOR: 'of-environment', ACCORD_PURPOSE: 'of-environment'});
  assert.deepEqual([found.actor, found.purpose, found.language], ['of-environment', 'given', 'fr']);
});

test('The environment alone is enough, and may name the file.', () => {
  const alone = Object.fromEntries(
      Object.entries(GIVEN).map(([name, value]) => [`ACCORD_${name.toUpperCase()}`, value]));
  assert.equal(load(undefined, {}, {...alone, ACCORD_PATIENCE: '2.5'}).patience, 2.5);
  assert.equal(load(undefined, {}, {ACCORD_CLIENT_FILE: written(GIVEN)}).address, 'localhost:7400');
});

test('Whatever is wrong is refused by its name.', () => {
  for (const [values, said] of [
    [{...GIVEN, port: 'x'}, /no setting port/], [{...GIVEN, key_file: ''}, /key_file is missing/],
    [{...GIVEN, timeout: 0}, /timeout is not a number/], [{...GIVEN, patience: true}, /patience is not/],
    [{...GIVEN, patience: 'soon'}, /patience is not/], [{...GIVEN, actor: 7}, /actor is not a text/],
    ['{', /is not JSON/], ['[]', /is not an object/],
  ]) {
    const path = written(values);
    assert.throws(() => load(path, {}, {}), (error) => error instanceof SettingsError && said.test(error.message));
  }
  assert.throws(() => load('/nowhere/accord.json', {}, {}), /cannot be read/);
});

test('Another view of the same settings is held to the same rules.', () => {
  const settings = load(undefined, GIVEN, {});
  assert.equal(changed(settings, {actor: 'chief', purpose: undefined}).actor, 'chief');
  assert.throws(() => changed(settings, {patience: -1}), /patience is not/);
});
