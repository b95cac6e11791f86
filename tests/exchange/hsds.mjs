// Holds the directories that exchange_test wrote against rules of the project's own, and against the compiled schema of a
// service of HSDS 3 (Open Referral) where its file is named. Each mutation must then be refused, so that a check which
// lets everything pass does not.
// usage: node hsds.mjs FOLDER [SCHEMA]
import {readFileSync} from 'node:fs';

const [folder, schema] = process.argv.slice(2);

function fail(message) {
  console.error(`exchange: ${message}`);
  process.exit(1);
}

if (!folder) fail('usage: hsds.mjs FOLDER [SCHEMA]');

const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const UUID = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const REDACTED = 'redacted: the address is confidential';

// Whatever is not here must not leave, because the schema accepts coordinates, mail addresses and any property that it
// does not know.
const ALLOWED = {
  service: ['id', 'name', 'status', 'organization', 'phones', 'service_areas', 'service_at_locations'],
  organization: ['id', 'name', 'description'],
  phones: ['id', 'number'],
  service_areas: ['id', 'name'],
  service_at_locations: ['id', 'location'],
  location: ['id', 'location_type', 'name', 'description', 'addresses'],
  addresses: ['id', 'address_1', 'city', 'state_province', 'postal_code', 'country', 'address_type'],
};
const REQUIRED = {
  service: ['id', 'name', 'status', 'organization', 'service_at_locations'],
  organization: ['id', 'name', 'description'],
  phones: ['id', 'number'],
  service_areas: ['id', 'name'],
  service_at_locations: ['id', 'location'],
  location: ['id', 'location_type'],
  addresses: ALLOWED.addresses,
};

function* shapeFaults(kind, object) {
  for (const key of Object.keys(object)) if (!ALLOWED[kind].includes(key)) yield `${kind} has ${key}`;
  for (const key of REQUIRED[kind]) if (object[key] === undefined || object[key] === '') yield `${kind} has no ${key}`;
  if (!UUID.test(object.id ?? '')) yield `the id of ${kind} is no UUID`;
  for (const [key, value] of Object.entries(object)) {
    if (typeof value === 'string') {
      if (HIDDEN.test(value)) yield `${key} holds a hidden character`;
    } else if (Array.isArray(value)) {
      for (const each of value) if (ALLOWED[key]) yield* shapeFaults(key, each);
    } else if (ALLOWED[key]) yield* shapeFaults(key, value);
    else yield `${key} is no text`;
  }
}

// A place is given where people go to it and it is not secret, and nowhere else.
function* placeFaults(location) {
  const told = location.addresses !== undefined;
  if (!['physical', 'virtual'].includes(location.location_type)) yield 'a location is of an unknown type';
  if (told !== (location.location_type === 'physical')) yield 'a location is not as it is told';
  if (told && location.addresses.length !== 1) yield 'a location has not one address';
  if (told && location.description === REDACTED) yield 'a redacted location has an address';
  if (location.description !== undefined && location.description !== REDACTED) yield 'a location is described';
}

function* directoryFaults(services) {
  if (!Array.isArray(services) || services.length === 0) return yield 'there is no service';
  const ids = services.map(({id}) => id);
  if (new Set(ids).size !== ids.length) yield 'an identifier is there twice';
  for (const service of services) {
    yield* shapeFaults('service', service);
    if (!['active', 'inactive'].includes(service.status)) yield 'a status is none of its words';
    for (const {location} of service.service_at_locations ?? []) yield* placeFaults(location ?? {});
  }
}

async function schemaErrors() {
  if (!schema) return undefined;
  const {default: Ajv} = await import('ajv/dist/2020.js');
  const ajv = new Ajv({strict: false, allErrors: true, logger: false});
  ajv.addFormat('uuid', UUID);
  // The directory has none of these, and what is absent needs no form.
  for (const format of ['csv', 'uri', 'email', 'date', 'time', 'date-time']) ajv.addFormat(format, true);
  const validate = ajv.compile(JSON.parse(readFileSync(schema, 'utf8')));
  return (services) => services.flatMap((service) =>
    (validate(service) ? [] : validate.errors.map((error) => `HSDS${error.instancePath}: ${error.message}`)));
}
const errorsOf = await schemaErrors();

const locationOf = (service) => service.service_at_locations[0].location;
const named = (name) => (services) => services.find((service) => locationOf(service)[name] !== undefined);
const open = named('addresses'), redacted = (services) => services.find((service) => locationOf(service).description === REDACTED);
const refusedByRules = {
  'nothing at all': (services) => { services.length = 0; },
  'an address of a redacted location': (services) => { locationOf(redacted(services)).addresses = locationOf(open(services)).addresses; },
  'a physical location that is redacted': (services) => { locationOf(redacted(services)).location_type = 'physical'; },
  'an open house that says it is redacted': (services) => { locationOf(open(services)).description = REDACTED; },
  'an address of a virtual location': (services) => { locationOf(open(services)).location_type = 'virtual'; },
  'coordinates': (services) => { locationOf(redacted(services)).latitude = 44.05; },
  'the way there': (services) => { locationOf(redacted(services)).transportation = 'the third stop'; },
  'another description': (services) => { locationOf(redacted(services)).description = 'behind the church'; },
  'a place in the service': (services) => { services[0].alert = 'behind the church'; },
  'a mail address': (services) => { services[0].email = 'a@example.org'; },
  'one service twice': (services) => { services.push(services[0]); },
  'an identifier that tells a name': (services) => { services[0].id = 'agencies/vs-ovs/crisisPartners/p1'; },
  'a turn of the direction of writing': (services) => { services[0].name = 'a\u202eb'; },
  'a status of its own': (services) => { services[0].status = 'perhaps'; },
};
const refusedBySchema = {
  'an identifier that is no UUID': (services) => { services[0].id = 'p1'; },
  'a status of its own': refusedByRules['a status of its own'],
  'an unknown type of location': (services) => { locationOf(services[0]).location_type = 'secret'; },
  ...Object.fromEntries(['id', 'name', 'status'].map((key) => [`no ${key}`, (services) => { delete services[0][key]; }])),
  ...Object.fromEntries(REQUIRED.organization.map((key) => [`no ${key} of an organization`,
    (services) => { delete services[0].organization[key]; }])),
  ...Object.fromEntries(REQUIRED.addresses.map((key) => [`no ${key} of an address`,
    (services) => { delete locationOf(open(services)).addresses[0][key]; }])),
  'no number of a telephone': (services) => { delete services.find(({phones}) => phones?.length).phones[0].number; },
};

let mutated = 0;
function check(name) {
  const services = JSON.parse(readFileSync(`${folder}/${name}`, 'utf8'));
  const faults = [...directoryFaults(services), ...(errorsOf?.(services) ?? [])];
  if (faults.length) fail(`${name}: ${faults.join('; ')}`);
  if (!open(services) || !redacted(services)) fail(`${name} has not both kinds of places`);
  const refuse = (mutations, faultsOf, by) => {
    for (const [what, mutate] of Object.entries(mutations)) {
      const copy = structuredClone(services);
      mutate(copy);
      if (faultsOf(copy).length === 0) fail(`this passes ${by}: ${name}: ${what}`);
      mutated++;
    }
  };
  refuse(refusedByRules, (copy) => [...directoryFaults(copy)], 'the rules');
  if (errorsOf) refuse(refusedBySchema, errorsOf, 'the schema');
}

for (const kind of ['', 'hostile-']) check(`${kind}directory.json`);
console.log(`exchange: the directory keeps to the rules${errorsOf ? ' and to the schema of HSDS 3' : ''}, ${mutated} mutated ones do not`);
