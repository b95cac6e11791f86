// node chart.mjs FOLDER KUBECTL exits with 1 if the chart in k8s/helm/accord does not say what the overlays rendered in
// FOLDER say, value by value. What it knows of the template language is what k8s/helm/template.py writes, and anything
// else is an error: it stands for Helm only as far as those few words go. Which lines are chosen and what stands
// between them is also asked of Go's template engine, on which Helm rests and which kubectl has. node chart.mjs --helm
// RENDERED.yaml FOLDER does the same with what Helm itself made with the chart's defaults.
import {execFileSync} from 'node:child_process';
import {createHash} from 'node:crypto';
import {readFileSync, readdirSync, writeFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import Ajv from 'ajv';
import {parse, parseAllDocuments} from 'yaml';
import * as schema from './schema.mjs';

const chart = new URL('../../k8s/helm/accord/', import.meta.url).pathname;
const read = (path) => readFileSync(chart + path, 'utf8');
const files = readdirSync(`${chart}templates`, {recursive: true}).filter((file) => file.endsWith('.yaml')).map((file) => `templates/${file}`);
const texts = Object.fromEntries(files.map((file) => [file, read(file)]));
const defaults = parse(read('values.yaml')), {appVersion} = parse(read('Chart.yaml'));

const isMap = (value) => value !== null && typeof value === 'object' && !Array.isArray(value);
const isSet = (value) => (value !== null && typeof value === 'object' ? Object.keys(value).length > 0 : Boolean(value));
// This joins values as Helm does: maps by their entries, and null removes an entry.
function joined(base, change) {
  const whole = {...base};
  for (const [key, value] of Object.entries(change)) {
    if (value === null) delete whole[key];
    else whole[key] = isMap(value) && isMap(whole[key]) ? joined(whole[key], value) : value;
  }
  return whole;
}
const at = (values, path) => path.split('.').reduce((inner, key) => inner[key], values);

function substituted(file, values, namespace) {
  const conditions = [], lines = [];
  const valueOf = (path) => {
    const value = at(values, path);
    if (value === undefined) throw new Error(`${file}: there is no value ${path}`);
    return value;
  };
  const spoken = (words) => {
    let found;
    if (words === '"{{"') return '{{';
    if (words === '.Release.Namespace') return namespace;
    if (words === '.Values.image.tag | default .Chart.AppVersion') return values.image.tag || appVersion;
    if ((found = words.match(/^\.Values\.([\w.]+)$/))) return String(valueOf(found[1]));
    if ((found = words.match(/^\.Values\.([\w.]+) \| toJson$/))) return JSON.stringify(valueOf(found[1]));
    if ((found = words.match(/^include \(print \$\.Template\.BasePath "\/([\w./-]+)"\) \. \| sha256sum$/))) {
      return createHash('sha256').update(substituted(`templates/${found[1]}`, values, namespace)).digest('hex');
    }
    throw new Error(`${file}: nobody here knows {{ ${words} }}`);
  };
  for (const line of texts[file].split('\n')) {
    let found;
    if ((found = line.match(/^\{\{- if (not )?\.Values\.([\w.]+) \}\}$/))) conditions.push(isSet(valueOf(found[2])) !== Boolean(found[1]));
    else if (line === '{{- else }}') conditions.push(!conditions.pop());
    else if (line === '{{- end }}') conditions.pop();
    else if (conditions.every(Boolean)) lines.push(line.replace(/\{\{(.*?) \}\}/g, (whole, words) => spoken(words.replace(/^ /, ''))));
  }
  return lines.join('\n');
}

// This does the same by Go's engine. It has none of the functions that Helm adds, so it is given what these give.
function byEngine(kubectl, folder, values, namespace) {
  const given = {};
  const plain = files.map((file) => texts[file].replace(/\{\{ ([^{}]*?(?:toJson|AppVersion|sha256sum)) \}\}/g, (whole, words) => {
    const [, path] = words.match(/^\.Values\.([\w.]+) \| toJson$/) ?? [], [, other] = words.match(/"\/([\w./-]+)"/) ?? [];
    given[words] = path ? JSON.stringify(at(values, path)) : other ? createHash('sha256').update(substituted(`templates/${other}`, values, namespace)).digest('hex') : values.image.tag || appVersion;
    return `{{ index .Given ${JSON.stringify(words)} }}`;
  })).join('');
  writeFileSync(`${folder}/chart.tpl`, plain);
  writeFileSync(`${folder}/chart.json`, JSON.stringify({apiVersion: 'v1', kind: 'ConfigMap', metadata: {name: 'chart'}, Values: values, Release: {Namespace: namespace}, Given: given}));
  return execFileSync(kubectl, ['label', '--local', '-f', `${folder}/chart.json`, 'of=chart', '-o', `go-template-file=${folder}/chart.tpl`], {encoding: 'utf8', maxBuffer: 1 << 26});
}

const documentsIn = (text) => parseAllDocuments(text, {uniqueKeys: true}).map((document) => {
  if (document.errors.length) throw document.errors[0];
  return document.toJS();
}).filter(Boolean);
const ofChart = (change = {}, namespace = 'accord') => files.flatMap((file) => documentsIn(substituted(file, joined(defaults, change), namespace)));
const podOf = ({kind, spec}) => (kind === 'CronJob' ? spec.jobTemplate.spec.template : ['Deployment', 'StatefulSet', 'Job'].includes(kind) ? spec.template : undefined);

// This gives objects by name, without the two things in which a chart is another way to say the same: a configuration's
// name has no hash, and a checksum of it rolls the pods; and whose the namespace is.
function byName(documents) {
  const named = new Map(), hashed = (name) => name?.replace(/-[0-9a-z]{10}$/, '');
  for (const each of documents.filter(({kind}) => kind !== 'Namespace')) {
    const document = structuredClone(each), pod = podOf(document);
    if (document.kind === 'ConfigMap') document.metadata.name = hashed(document.metadata.name);
    for (const volume of pod?.spec.volumes ?? []) if (volume.configMap) volume.configMap.name = hashed(volume.configMap.name);
    pod?.spec.volumes?.sort((one, other) => one.name.localeCompare(other.name));
    const annotations = pod?.metadata.annotations ?? {};
    if (/^[0-9a-f]{64}$/.test(annotations['checksum/config'])) delete annotations['checksum/config'];
    if (pod && Object.keys(annotations).length === 0) delete pod.metadata.annotations;
    const key = `${document.kind} ${document.metadata.name}`;
    if (named.has(key)) throw new Error(`${key} is there twice`);
    named.set(key, document);
  }
  return named;
}
function firstDifference(one, other, path) {
  if (isDeepStrictEqual(one, other)) return undefined;
  if (one !== null && other !== null && typeof one === 'object' && typeof other === 'object') {
    for (const key of new Set([...Object.keys(one), ...Object.keys(other)])) {
      const inner = firstDifference(one[key], other[key], `${path}.${key}`);
      if (inner) return inner;
    }
  }
  return `${path} is ${JSON.stringify(one)?.slice(0, 200)} in the chart, and ${JSON.stringify(other)?.slice(0, 200)} in the overlay`;
}
function differences(documents, overlay) {
  const own = byName(documents), wanted = byName(overlay);
  return [...new Set([...own.keys(), ...wanted.keys()])].map((key) => firstDifference(own.get(key), wanted.get(key), key)).filter(Boolean);
}

const on = (...names) => ({components: Object.fromEntries(names.map((name) => [name, true]))});
const nodeLocal = {dns: {peers: [...defaults.dns.peers, {ipBlock: {cidr: '169.254.20.10/32'}}]}};
const outside = {database: {peers: [{ipBlock: {cidr: '10.20.0.0/28'}}]}};
// These are what manifests.sh renders, and the values that say the same.
const overlays = {
  'production.0': {}, next: {image: {tag: '0.2.0'}},
  authorities: on('authorities'), backup: on('backup'), 'client-addresses': on('clientAddresses'), 'external-secrets': on('externalSecrets'),
  'secrets-store': on('secretsStore'), spire: on('spire'), 'tls-route': on('tlsRoute'), zones: on('zones'), 'node-local-dns': nodeLocal, 'outside-database': outside, 'trust-domain': {trustDomain: 'ontario.example'},
  'many-together': {...on('authorities', 'backup', 'clientAddresses', 'externalSecrets', 'zones'), ...nodeLocal, ...outside},
  'others-together': {...on('backup', 'secretsStore', 'spire', 'tlsRoute', 'zones'), trustDomain: 'ontario.example'},
};

// This is another value for each default, where its form is not free.
const others = {
  trustDomain: 'ontario.example', 'image.tag': '9.9.9', 'log.origin': 'log.example/accord', 'hosts.gateway': 'gate.example.net', 'hosts.runbooks': 'wiki.example.net',
  'image.repository': 'other.example/accord', 'accordctl.repository': 'other.example/accordctl', 'spire.helperImage': 'other.example/helper:1.0.0',
  'certificates.duration': '100h', 'certificates.renewBefore': '50h', 'monitoring.interval': '17s', 'backup.schedule': '1 2 * * *', 'backup.timeZone': 'America/Winnipeg',
  'backup.storage': '7Gi', 'processes.audit.storage': '7Mi', 'image.pullSecrets': [{name: 'registry'}], 'pods.tolerations': [{key: 'accord', operator: 'Exists'}],
  'issuer.ref.kind': 'ClusterIssuer', 'secretsStore.vaultAddress': 'https://other.example', 'dns.peers': [{ipBlock: {cidr: '10.0.0.9/32'}}], 'database.peers': [{ipBlock: {cidr: '10.0.0.9/32'}}], 'monitoring.peers': [{ipBlock: {cidr: '10.0.0.9/32'}}],
};
const leaves = (value, path = '') => (isMap(value) && Object.keys(value).length > 0
  ? Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key)) : [path]);
const nested = (path, value) => path.split('.').reverse().reduce((inner, key) => ({[key]: inner}), value);
function another(path) {
  if (path in others) return others[path];
  const value = at(defaults, path);
  if (typeof value === 'boolean') return !value;
  if (typeof value === 'number') return value + 3;
  if (isMap(value)) return {another: 'changed'};
  return /^\d+m?$|i$/.test(value) ? value.replace(/^\d+/, '7') : 'changed';
}

// This gives the files of the chart that a change of values changes, each of them still YAML.
function changed(change, base) {
  const [values, before] = [joined(defaults, joined(base, change)), joined(defaults, base)];
  const texts = files.map((file) => [substituted(file, before, 'accord'), substituted(file, values, 'accord')]);
  return texts.filter(([old, text]) => old !== text && documentsIn(text)).length;
}

const everywhere = [on('backup', 'clientAddresses', 'externalSecrets', 'spire', 'zones'), on('authorities', 'backup', 'secretsStore', 'tlsRoute', 'zones')];
function* values() {
  const valid = new Ajv({strict: false}).compile(JSON.parse(read('values.schema.json')));
  if (!valid(defaults)) yield `the schema refuses the defaults: ${JSON.stringify(valid.errors[0])}`;
  for (const path of leaves(defaults)) {
    const change = nested(path, another(path));
    if (!valid(joined(defaults, change))) yield `the schema refuses ${JSON.stringify(change)}: ${valid.errors.map(({instancePath, message}) => `${instancePath} ${message}`)}`;
    // Some components shut each other out, and some values show only with a component.
    if (![{}, ...everywhere].some((components) => changed(change, components) > 0)) yield `${path} changes nothing`;
    const wrong = nested(path, typeof at(defaults, path) === 'string' ? {} : 'wrong');
    // The operator decides what a store of secrets is called and how it is reached.
    if (!path.startsWith('externalSecrets.provider.') && valid(joined(defaults, wrong))) yield `the schema takes ${JSON.stringify(wrong)}`;
  }
  const ends = {trustDomain: 'accord.internal', 'log.origin': 'accord.example/audit', 'hosts.runbooks': 'https://accord.example/', 'image.repository': 'example/accord:', 'accordctl.repository': 'registry.example/accordctl:'};
  for (const [path, before] of Object.entries(ends)) {
    const all = (change) => JSON.stringify(everywhere.map((components) => ofChart(joined(components, change))));
    if (!all({}).includes(before) || all(nested(path, others[path])).replaceAll(others[path], '').includes(before)) yield `${path} leaves its default somewhere`;
    for (const text of ['a"b', 'a b', 'a\\b', 'a\nb', '{{ a }}', '']) if (valid(joined(defaults, nested(path, text)))) yield `the schema takes ${JSON.stringify(text)} as ${path}`;
  }
  const elsewhere = JSON.stringify(everywhere.map((components) => ofChart(components, 'elsewhere')));
  for (const text of ['"namespace":"accord"', '.accord.svc', 'namespace=\\"accord\\"', 'namespace=\\\\\\"accord']) if (elsewhere.includes(text)) yield `in another namespace there is still ${text}`;
  for (const refused of [{surplus: 1}, {processes: {other: {replicas: 2}}}, {components: {other: true}}, on('authorities', 'spire'), on('clientAddresses', 'tlsRoute'),
    {processes: {audit: {replicas: 1}}}, {processes: {gateway: {minReplicas: 1}}}, {dns: {peers: []}}, {database: {peers: []}}, {monitoring: {peers: []}}]) {
    if (valid(joined(defaults, refused))) yield `the schema takes ${JSON.stringify(refused)}`;
  }
}

const breaches = {
  'an object that is missing': (documents) => { documents.splice(documents.findIndex(({kind}) => kind === 'NetworkPolicy'), 1); },
  'an object too many': (documents) => { documents.push({kind: 'Secret', metadata: {name: 'other'}}); },
  'another limit': (documents) => { documents.find(({kind}) => kind === 'Deployment').spec.template.spec.containers[0].resources.limits.memory = '1Gi'; },
  'a missing field': (documents) => { delete documents.find(({kind}) => kind === 'StatefulSet').spec.template.spec.automountServiceAccountToken; },
  'another configuration': (documents) => { documents.find(({metadata}) => metadata.name === 'audit-config').data['audit.textproto'] += '\n'; },
  'another mount': (documents) => { documents.find(({kind}) => kind === 'StatefulSet').spec.template.spec.volumes[0].name = 'other'; },
};

const args = process.argv.slice(2), found = [];
const helm = args[0] === '--helm' ? args.splice(0, 2)[1] : undefined;
const rendered = (name) => documentsIn(readFileSync(`${args[0]}/${name}.yaml`, 'utf8'));
if (helm) {
  found.push(...differences(documentsIn(readFileSync(helm, 'utf8')), rendered('production.0')));
} else {
  for (const [name, change] of Object.entries(overlays)) found.push(...differences(ofChart(change), rendered(name)).map((what) => `${name}: ${what}`));
  found.push(...values());
  // With every value changed at once the objects are still what Kubernetes takes.
  const all = leaves(defaults).filter((path) => !/^components\.|^issuer\.create$/.test(path)).reduce((whole, path) => joined(whole, nested(path, another(path))), {});
  for (const components of everywhere) found.push(...(await schema.findings(ofChart(joined(components, all)))).map((what) => `with all values changed: ${what}`));
  for (const change of [{}, ...everywhere, joined(everywhere[0], {image: {pullSecrets: [{name: 'registry'}]}, pods: {nodeSelector: {disk: 'fast'}}, issuer: {create: false}})]) {
    const [values, own] = [joined(defaults, change), (file) => substituted(file, joined(defaults, change), 'elsewhere')];
    if (byEngine(args[1], args[0], values, 'elsewhere') !== files.map(own).join('')) found.push(`Go's engine makes something else of ${JSON.stringify(change)}`);
  }
  for (const [name, breach] of Object.entries(breaches)) {
    const documents = ofChart();
    breach(documents);
    if (differences(documents, rendered('production.0')).length === 0) found.push(`not noticed: ${name}`);
  }
}
for (const what of found) console.log(`chart: ${what}`);
if (found.length === 0) console.log(helm ? 'chart: Helm makes of it what the overlay says' : `chart: it says what ${Object.keys(overlays).length} overlays say, and each of ${leaves(defaults).length} values changes something`);
process.exit(found.length === 0 ? 0 : 1);
