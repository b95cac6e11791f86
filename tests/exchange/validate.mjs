// Holds files that exchange_test wrote against rules of the project's own, and against the JSON schemas of 360Giving
// (1.4.3) where the folder that they lie in is named. Each mutation must then be refused, so that a check which lets
// everything pass does not.
// usage: node validate.mjs FOLDER [SCHEMAS]
import Ajv from 'ajv/dist/2020.js';
import {readdirSync, readFileSync} from 'node:fs';

const [folder, schemas] = process.argv.slice(2);

function fail(message) {
  console.error(`exchange: ${message}`);
  process.exit(1);
}

if (!folder) fail('usage: validate.mjs FOLDER [SCHEMAS]');
const textOf = (name) => readFileSync(`${folder}/${name}`, 'utf8');

// By RFC 4180, cells are separated by commas and lines by CRLF, and quotes are doubled within quotes.
function rowsOf(csv) {
  const rows = [];
  let row = [], cell = '', quoted = false;
  for (let i = 0; i < csv.length; i++) {
    const char = csv[i];
    if (quoted) {
      if (char !== '"') cell += char;
      else if (csv[i + 1] === '"') { cell += '"'; i++; } else quoted = false;
    } else if (char === '"' && cell === '') quoted = true;
    else if (char === ',') { row.push(cell); cell = ''; } else if (char === '\r' && csv[i + 1] === '\n') {
      rows.push([...row, cell]);
      row = []; cell = ''; i++;
    } else cell += char;
  }
  if (cell !== '' || row.length) fail('a file of CSV does not end with its last line');
  return rows;
}

// Somebody could smuggle these in by a name or a title.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;
const FORMULA = /^[=+\-@\t\r]/;
function* textFaults(where, text) {
  if (HIDDEN.test(text)) yield `${where} holds a hidden character`;
}
function* cellFaults(rows) {
  const widths = new Set(rows.map((row) => row.length));
  if (widths.size !== 1) yield `lines have ${[...widths]} cells`;
  for (const row of rows) for (const cell of row) {
    if (FORMULA.test(cell)) yield 'a cell is a formula to a spreadsheet';
    yield* textFaults('a cell', cell);
  }
}

const PACKAGE = ['version', 'title', 'description', 'publisher', 'grants'];
const GRANT = ['id', 'title', 'description', 'currency', 'amountAwarded', 'awardDate', 'plannedDates', 'recipientOrganization',
  'fundingOrganization', 'grantProgramme', 'dateModified'];
const WITHIN = {plannedDates: ['startDate', 'endDate'], recipientOrganization: ['id', 'name'], fundingOrganization: ['id', 'name'],
  grantProgramme: ['code', 'title']};
const only = (object, allowed) => Object.keys(object).filter((key) => !allowed.includes(key));

// The schema of 360Giving accepts negative amounts and unknown properties, and this does not.
function* grantFaults({grants, ...rest}) {
  yield* only({grants, ...rest}, PACKAGE).map((key) => `the package has ${key}`);
  if (!grants?.length) yield 'there is no grant';
  const ids = (grants ?? []).map(({id}) => id);
  if (new Set(ids).size !== ids.length) yield 'an identifier is there twice';
  for (const grant of grants ?? []) {
    yield* only(grant, GRANT).map((key) => `a grant has ${key}`);
    for (const [key, allowed] of Object.entries(WITHIN)) {
      for (const one of grant[key] ?? []) yield* only(one, allowed).map((more) => `${key} has ${more}`);
    }
    if (!(grant.amountAwarded > 0)) yield 'an amount is not above 0';
    if (Math.abs(grant.amountAwarded * 100 - Math.round(grant.amountAwarded * 100)) > 1e-4) yield 'an amount has parts of a cent';
    if (grant.currency !== 'CAD') yield 'an amount is not in Canadian dollars';
    if (!/^\d{4}-\d{2}-\d{2}$/.test(grant.awardDate ?? '')) yield 'a grant has no day';
    for (const key of ['recipientOrganization', 'fundingOrganization']) if (grant[key]?.length !== 1) yield `${key} is not one`;
  }
  yield* textFaults('the package', JSON.stringify(rest) + ids.join(''));
  for (const grant of grants ?? []) yield* textFaults('a grant', Object.values(grant).map(String).join(''));
}

// A line of CSV says what the grant of JSON says.
function* sameFaults({grants}, [heads, ...lines]) {
  if (lines.length !== grants.length) yield `${lines.length} lines are of ${grants.length} grants`;
  const plain = (text) => text.replace(/^'(?=[=+\-@])/, '');
  for (const [i, line] of lines.entries()) {
    const cell = (head) => plain(line[heads.indexOf(head)] ?? ''), grant = grants[i] ?? {};
    const pairs = [['Identifier', grant.id], ['Title', grant.title], ['Amount Awarded', grant.amountAwarded?.toFixed(2)],
      ['Award Date', grant.awardDate], ['Recipient Org:Name', grant.recipientOrganization?.[0].name],
      ['Funding Org:Identifier', grant.fundingOrganization?.[0].id], ['Last Modified', grant.dateModified]];
    for (const [head, value] of pairs) if (cell(head) !== value) yield `${head} is another in CSV`;
  }
}

// This says which cells are there for each status: a figure of 0, none and a withheld one are three things.
const FIGURES = {shown: [true, false], in_words: [false, true], suppressed: [false, false], no_observation: [false, false],
  no_authorisation: [false, false]};
function* indicatorFaults(metadata, [heads, ...lines]) {
  const columns = metadata.tableSchema?.columns ?? [];
  if (String(columns.map(({name}) => name)) !== String(heads)) yield 'the columns are not those of the metadata';
  for (const line of lines) {
    const cell = (name) => line[heads.indexOf(name)];
    for (const [i, {name, datatype, required}] of columns.entries()) {
      if (line[i] === '') { if (required) yield `${name} is empty`; continue; }
      if (datatype === 'integer' && !/^\d+$/.test(line[i])) yield `${name} is no number`;
      if (datatype === 'date' && !/^\d{4}-\d{2}-\d{2}$/.test(line[i])) yield `${name} is no day`;
      if (datatype?.format && !new RegExp(`^(${datatype.format})$`).test(line[i])) yield `${name} is none of its words`;
    }
    const [value, text] = FIGURES[cell('status')] ?? [];
    if ((cell('value') !== '') !== value || (cell('text') !== '') !== text) yield 'a figure is not what its status says';
    if (!value && !text && (cell('as_stated') || cell('qualifier'))) yield 'what is withheld is told in other words';
    if ((cell('baseline') !== '') !== (cell('baseline_status') === 'shown')) yield 'a baseline is not what its status says';
  }
}

function schemaErrors() {
  if (!schemas) return undefined;
  const ajv = new Ajv({strict: false, allErrors: true});
  ajv.addFormat('date-time', /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})$/);
  ajv.addFormat('uri', /^[a-z][a-z0-9+.-]*:\S+$/i);
  const read = (name) => {
    const schema = JSON.parse(readFileSync(`${schemas}/${name}`, 'utf8'));
    return {...schema, $schema: 'https://json-schema.org/draft/2020-12/schema'};
  };
  const packaged = read('360-giving-package-schema.json');
  // The package of 1.4.3 still refers to the grant of 1.4.2.
  ajv.addSchema({...read('360-giving-schema.json'), $id: packaged.properties.grants.items.$ref});
  const validate = ajv.compile(packaged);
  return (value) => (validate(value) ? [] : validate.errors.map((error) => `360Giving${error.instancePath}: ${error.message}`));
}
const errorsOf = schemaErrors();

const withGrant = (change) => (copy) => change(copy.grants[0]);
const refusedByRules = {
  'a package of nothing': (copy) => { copy.grants = []; },
  'a negative amount': withGrant((grant) => { grant.amountAwarded = -1; }),
  'an amount of 0': withGrant((grant) => { grant.amountAwarded = 0; }),
  'an amount that nobody stated': withGrant((grant) => { grant.amountAwarded = null; }),
  'parts of a cent': withGrant((grant) => { grant.amountAwarded = 1.005; }),
  'a field of the record': withGrant((grant) => { grant.source_ref = 'a letter'; }),
  'a person who receives': withGrant((grant) => { grant.recipientIndividual = {id: '1', name: 'x'}; }),
  'an address': withGrant((grant) => { grant.recipientOrganization[0].streetAddress = 'x'; }),
  'two funders': withGrant((grant) => { grant.fundingOrganization.push(grant.fundingOrganization[0]); }),
  'no day': withGrant((grant) => { delete grant.awardDate; }),
  'one grant twice': (copy) => { copy.grants.push(copy.grants[0]); },
  'a turn of the direction of writing': withGrant((grant) => { grant.title = 'a\u202eb'; }),
};
const refusedBySchemas = {
  'a package of nothing': refusedByRules['a package of nothing'],
  'an amount that nobody stated': refusedByRules['an amount that nobody stated'],
  'an amount as a text': withGrant((grant) => { grant.amountAwarded = '1.00'; }),
  'a day that is none': withGrant((grant) => { grant.awardDate = '2026-13-01'; }),
  'a recipient without a name': withGrant((grant) => { delete grant.recipientOrganization[0].name; }),
  'a version of three parts': (copy) => { copy.version = '1.4.3'; },
  'one grant twice': refusedByRules['one grant twice'],
  ...Object.fromEntries(['id', 'title', 'description', 'currency', 'amountAwarded', 'awardDate', 'recipientOrganization', 'fundingOrganization']
    .map((key) => [`no ${key}`, withGrant((grant) => { delete grant[key]; })])),
};
const line = (rows, heads, name, value) => { rows[1][heads.indexOf(name)] = value; };
const refusedOfIndicators = {
  'a figure beside a suppressed one': (rows, heads) => { line(rows, heads, 'status', 'suppressed'); line(rows, heads, 'value', '3'); },
  'a shown figure that is not there': (rows, heads) => { line(rows, heads, 'status', 'shown'); line(rows, heads, 'value', ''); },
  'a withheld one in words': (rows, heads) => { line(rows, heads, 'status', 'suppressed'); line(rows, heads, 'as_stated', 'three'); },
  'a status of its own': (rows, heads) => line(rows, heads, 'status', 'N/A'),
  'a column more': (rows) => rows.forEach((row) => row.push('x')),
  'a day that is none': (rows, heads) => line(rows, heads, 'period_start', 'unknown'),
};

let mutated = 0;
function refused(what, faults) {
  if (faults.length === 0) fail(`this passes: ${what}`);
  mutated++;
}
function checkGrants(name) {
  const found = JSON.parse(textOf(`${name}.json`)), rows = rowsOf(textOf(`${name}.csv`));
  const faults = [...grantFaults(found), ...cellFaults(rows), ...sameFaults(found, rows), ...(errorsOf?.(found) ?? [])];
  if (faults.length) fail(`${name}: ${faults.join('; ')}`);
  for (const [what, mutate] of Object.entries(refusedByRules)) {
    const copy = structuredClone(found);
    mutate(copy);
    refused(`${name}: ${what}`, [...grantFaults(copy)]);
  }
  for (const [what, mutate] of Object.entries(errorsOf ? refusedBySchemas : {})) {
    const copy = structuredClone(found);
    mutate(copy);
    refused(`${name} by the schema: ${what}`, errorsOf(copy));
  }
  const other = structuredClone(rows);
  other[1][rows[0].indexOf('Amount Awarded')] = '0.01';
  refused(`${name}: another amount in CSV`, [...sameFaults(found, other)]);
}
function checkIndicators(name) {
  const metadata = JSON.parse(textOf(`${name}-metadata.json`)), rows = rowsOf(textOf(name));
  const faults = [...indicatorFaults(metadata, rows), ...cellFaults(rows)];
  if (metadata.url !== name) faults.push(`the metadata is of ${metadata.url}`);
  if (faults.length) fail(`${name}: ${faults.join('; ')}`);
  for (const [what, mutate] of Object.entries(refusedOfIndicators)) {
    const copy = structuredClone(rows);
    mutate(copy, rows[0]);
    refused(`${name}: ${what}`, [...indicatorFaults(metadata, copy)]);
  }
}

const names = readdirSync(folder);
for (const kind of ['', 'hostile-']) {
  for (const name of ['awards', 'contributions']) checkGrants(`${kind}${name}`);
  checkIndicators(`${kind}indicators.csv`);
}
console.log(`exchange: ${names.length} files keep to the rules${errorsOf ? ' and to the schemas of 360Giving' : ''}, ${mutated} mutated ones do not`);
