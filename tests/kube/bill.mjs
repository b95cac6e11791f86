// node bill.mjs SCHEMAS BILL.json... exits with 1 if a bill of materials breaks the schema that CycloneDX publishes,
// or leaves something out. SCHEMAS is the folder of schemas (tests/kube/tools.sh). A bill with a fault must be
// refused as well.
import {readFileSync} from 'node:fs';
import Ajv from 'ajv';

const [folder, ...bills] = process.argv.slice(2);
const read = (name) => JSON.parse(readFileSync(`${folder}/${name}.SNAPSHOT.schema.json`, 'utf8'));
const formats = {
  'date-time': /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/, 'iri-reference': /^\S*$/, uri: /^[a-z]+:\S+$/, 'idn-email': /@/, email: /@/, hostname: /^\S+$/, date: /^\d{4}-\d\d-\d\d$/,
};
const ajv = new Ajv({strict: false, formats});
// The schemas name each other by their files.
for (const name of ['spdx', 'jsf-0.82', 'cryptography-defs']) ajv.addSchema({...read(name), $id: `http://cyclonedx.org/schema/${name}.SNAPSHOT.schema.json`});
const valid = ajv.compile(read('bom-1.6'));

function* findings(bill) {
  if (!valid(bill)) yield `${valid.errors[0].instancePath} ${valid.errors[0].message}`;
  const {components = [], dependencies = [], metadata = {}} = bill;
  const references = components.map((each) => each['bom-ref']);
  if (new Set(references).size !== references.length) yield 'two components have one name';
  if (dependencies[0]?.dependsOn.join() !== references.join()) yield 'the image does not have what is listed';
  if (!metadata.component?.hashes?.length) yield 'the image has no digest';
  for (const each of components) {
    if (each.type === 'library' && !each.purl?.startsWith('pkg:deb/debian/')) yield `${each.name} is nobody's package`;
    if (each.type === 'application' && !each.hashes?.length) yield `${each.name} has no digest`;
  }
}

const breaches = {
  'an unknown field': (bill) => { bill.surplus = 1; },
  'a time that is none': (bill) => { bill.metadata.timestamp = 'today'; },
  'a licence that is none': (bill) => { bill.components[0].licenses[0].license.id = 'Ours'; },
  'a component that the image lacks': (bill) => { bill.dependencies[0].dependsOn.pop(); },
  'a component twice': (bill) => { bill.components.push(bill.components.at(-1)); },
  'a package from elsewhere': (bill) => { bill.components.at(-1).purl = 'pkg:npm/left-pad@1.0.0'; },
  'a program without a digest': (bill) => { delete bill.components[0].hashes; },
};
const found = [];
for (const file of bills) {
  const bill = JSON.parse(readFileSync(file, 'utf8'));
  found.push(...[...findings(bill)].map((what) => `${file}: ${what}`));
  for (const [name, breach] of Object.entries(breaches)) {
    const copy = structuredClone(bill);
    breach(copy);
    if ([...findings(copy)].length === 0) found.push(`not noticed: ${name}`);
  }
}
for (const what of found) console.log(`bill: ${what}`);
if (found.length === 0) console.log(`bill: ${bills.length} ${bills.length === 1 ? 'bill' : 'bills'} of materials: whole, and as CycloneDX says`);
process.exit(found.length === 0 ? 0 : 1);
