// Holds bundles against the public JSON schemas of STIX 2.1 (OASIS, cti-stix2-json-schemas), as the package stixview
// carries them unchanged: the state of 24 July 2020, before the OASIS Standard. What the Standard added for our objects
// (the names of TLP markings), and what no schema can say, is checked here in words of our own. SCHEMAS is the folder
// into which tests/commands/npm.sh takes them out of that package.
// Every mutation must then be refused, so that a validator that lets everything pass does not.
// usage: node validate.mjs SCHEMAS FOLDER
import Ajv from 'ajv';
import { readdirSync, readFileSync } from 'node:fs';

const KINDS = 4, COLORS = ['white', 'green', 'amber', 'red'];
const BASE = 'http://raw.githubusercontent.com/oasis-open/cti-stix2-json-schemas/stix2.1/schemas/';
const read = (path) => JSON.parse(readFileSync(path, 'utf8'));

function loadSchemas(schemas) {
  const ajv = new Ajv({ strict: false, allErrors: true, unicodeRegExp: false, validateFormats: false });
  for (const folder of ['common', 'observables', 'sdos', 'sros']) {
    for (const name of readdirSync(`${schemas}/${folder}`)) ajv.addSchema(read(`${schemas}/${folder}/${name}`));
  }
  return (name) => ajv.getSchema(`${BASE}${name}.json`) ?? fail(`the package carries no schema ${name}`);
}

function fail(message) {
  console.error(`stix: ${message}`);
  process.exit(1);
}

const [schemas, folder] = process.argv.slice(2);
if (!folder) fail('usage: validate.mjs SCHEMAS FOLDER');
const schema = loadSchemas(schemas);
const schemaOf = { report: 'sdos/report', identity: 'sdos/identity', 'marking-definition': 'common/marking-definition' };

function* schemaErrors(name, value) {
  const validate = schema(name);
  if (!validate(value)) yield* validate.errors.map((error) => `${name}${error.instancePath}: ${error.message}`);
}

// These rules are of STIX 2.1: 2.9 (identifiers), 3.2 and 3.6 (versions), 7.2.1.4 (TLP), and 8 (bundle).
function* ruleErrors(bundle) {
  const objects = bundle.objects ?? [], ids = objects.map((object) => object.id);
  if (new Set(ids).size !== ids.length) yield 'an id is there twice';
  if ('spec_version' in bundle) yield 'a bundle of 2.1 has no spec_version';
  for (const object of objects) {
    const refs = [object.created_by_ref ?? [], object.object_refs ?? [], object.object_marking_refs ?? []].flat();
    for (const ref of refs) if (!ids.includes(ref)) yield `${object.type} refers to what is not in the bundle`;
    if (!schemaOf[object.type]) yield `no schema for ${object.type}`;
    if (object.modified < object.created) yield `${object.type} was modified before it was created`;
    if (object.type !== 'marking-definition') {
      if (!object.object_marking_refs) yield `${object.type} is not marked`;
    } else if (object.name !== `TLP:${object.definition?.tlp?.toUpperCase()}`) yield 'the marking is not named by its colour';
  }
}

function errorsOf(bundle) {
  const own = (bundle.objects ?? []).filter((object) => schemaOf[object.type])
    .flatMap((object) => [...schemaErrors(schemaOf[object.type], object)]);
  return { schemas: [...schemaErrors('common/bundle', bundle), ...own], rules: [...ruleErrors(bundle)] };
}

const remove = (index, key) => (bundle) => { delete bundle.objects[index][key]; };
const set = (index, key, value) => (bundle) => { bundle.objects[index][key] = value; };
const MARKING = 0, IDENTITY = 1, REPORT = 2;
const OTHER = '1f2e3d4c-5b6a-4788-9a0b-c1d2e3f4a5b6';

const refusedBySchemas = {
  'bundle without id': (bundle) => { delete bundle.id; },
  'bundle id of another type': (bundle) => { bundle.id = `report--${OTHER}`; },
  'bundle of nothing': (bundle) => { bundle.objects = []; },
  ...Object.fromEntries(['type', 'spec_version', 'id', 'created', 'modified', 'name', 'published', 'object_refs']
    .map((key) => [`report without ${key}`, remove(REPORT, key)])),
  ...Object.fromEntries(['spec_version', 'id', 'created', 'modified', 'name']
    .map((key) => [`identity without ${key}`, remove(IDENTITY, key)])),
  'report id of another type': set(REPORT, 'id', `grouping--${OTHER}`),
  'report id without a UUID': set(REPORT, 'id', 'report--1'),
  'report id with a UUID of no version': set(REPORT, 'id', 'report--1f2e3d4c-5b6a-0788-9a0b-c1d2e3f4a5b6'),
  'creation without milliseconds': set(REPORT, 'created', '2026-11-24T10:00:00Z'),
  'modification with an offset': set(REPORT, 'modified', '2026-11-24T10:00:00.000-05:00'),
  'publication in a month 13': set(REPORT, 'published', '2026-13-24T10:00:00.000Z'),
  'publication as a number': set(REPORT, 'published', 1764000000),
  'report of nothing': set(REPORT, 'object_refs', []),
  'reference that is no id': set(REPORT, 'object_refs', ['ciso']),
  'report types as a string': set(REPORT, 'report_types', 'threat-report'),
  'marked by nothing': set(REPORT, 'object_marking_refs', []),
  'description that is null': set(REPORT, 'description', null),
  'other version of STIX': set(REPORT, 'spec_version', '2.2'),
  'property name of one capital': set(REPORT, 'X', 'x'),
  'marking under another id': set(MARKING, 'id', `marking-definition--${OTHER}`),
  'marking of a colour that there is not': set(MARKING, 'definition', { tlp: 'purple' }),
  'marking made at another time': set(MARKING, 'created', '2026-11-24T10:00:00.000Z'),
};
const refusedByRules = {
  'reference that leads nowhere': set(REPORT, 'object_refs', [`identity--${OTHER}`]),
  'marking that is not there': set(REPORT, 'object_marking_refs', [`marking-definition--${OTHER}`]),
  'unmarked identity': remove(IDENTITY, 'object_marking_refs'),
  'one id twice': (bundle) => { bundle.objects.push(bundle.objects[REPORT]); },
  'bundle of STIX 2.0': (bundle) => { bundle.spec_version = '2.0'; },
  'modified before it was created': set(REPORT, 'modified', '2001-01-01T00:00:00.000Z'),
  'marking named for another colour': set(MARKING, 'name', 'TLP:CLEAR'),
};

const names = readdirSync(folder);
for (const color of COLORS) {
  const found = names.filter((name) => name.endsWith(`-${color}.json`)).length;
  if (found !== KINDS) fail(`${found} bundles are marked ${color}, not ${KINDS}`);
}
let mutated = 0;
for (const name of names) {
  const bundle = read(`${folder}/${name}`), errors = errorsOf(bundle);
  if (errors.schemas.length + errors.rules.length) fail(`${name}: ${[...errors.schemas, ...errors.rules].join('; ')}`);
  for (const [by, mutations] of Object.entries({ schemas: refusedBySchemas, rules: refusedByRules })) {
    for (const [what, mutate] of Object.entries(mutations)) {
      const copy = structuredClone(bundle);
      mutate(copy);
      if (!errorsOf(copy)[by].length) fail(`${name}: the ${by} let pass: ${what}`);
      ++mutated;
    }
  }
}
console.log(`stix: ${names.length} bundles valid, ${mutated} mutated ones refused`);
