// node beside.mjs DATABASE.yaml PRODUCTION.yaml BUNDLE.yaml: exit 1 if what k8s/beside holds breaks its schema, or is not what
// the production overlay expects of a database. Every breach of the latter must be noticed as well.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import {parseAllDocuments} from 'yaml';
import * as schema from './schema.mjs';

const root = new URL('../../', import.meta.url).pathname;
const services = readdirSync(`${root}services`).filter((name) => name !== 'gateway' && existsSync(`${root}services/${name}/main.cc`));
const documentsIn = (file) => parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS()).filter(Boolean);

function* expectations(database, production) {
  const named = (kind, name) => database.find((each) => each.kind === kind && each.metadata.name === name);
  const cluster = database.find(({kind}) => kind === 'Cluster');
  for (const service of services) {
    for (const [secret, role] of [[`${service}-database`, `accord_${service}`], [`${service}-database-owner`, `accord_${service}_owner`]]) {
      const {spec} = named('Certificate', secret) ?? {};
      if (spec?.secretName !== secret || spec.commonName !== role || spec.usages.join() !== 'client auth') yield `${role} has no certificate`;
    }
  }
  const {to, ports} = production.find((each) => each.kind === 'NetworkPolicy' && each.metadata.name === 'postgres').spec.egress[0];
  const labels = Object.entries(to[0].podSelector.matchLabels);
  if (!labels.every(([key, value]) => cluster.spec.inheritedMetadata.labels[key] === value)) yield 'the network policy of the services does not know the database';
  if (to[0].namespaceSelector.matchLabels['kubernetes.io/metadata.name'] !== cluster.metadata.namespace) yield 'the database is in another namespace';
  const policy = database.find(({kind}) => kind === 'NetworkPolicy');
  if (policy.spec.ingress[0].ports[0].port !== ports[0].port) yield 'the database lets services in at another port';
  const server = named('Certificate', cluster.spec.certificates.serverTLSSecret);
  if (!server?.spec.dnsNames.includes(`${cluster.metadata.name}-rw.${cluster.metadata.namespace}.svc`)) yield 'the server has no certificate for its name';
  const rules = cluster.spec.postgresql.pg_hba;
  if (rules.at(-1) !== 'host all all all reject' || rules.slice(0, -1).some((rule) => !rule.endsWith(' cert clientcert=verify-full'))) yield 'somebody can log in without a certificate';
  if (!(cluster.spec.postgresql.synchronous?.number >= 1) || cluster.spec.instances < 3) yield 'what was acknowledged can be lost';
  const sessions = 2 * (services.length * 2 * (8 + 2) + 2 * 2) + 10;
  if (cluster.spec.postgresql.parameters.max_connections < sessions) yield `a release needs ${sessions} sessions`;
}

const breaches = {
  'a role without a certificate': ({role}) => { role.spec.commonName = 'accord_other'; },
  'another label': ({cluster}) => { cluster.spec.inheritedMetadata.labels = {}; },
  'another namespace': ({cluster}) => { cluster.metadata.namespace = 'elsewhere'; },
  'a server without its name': ({server}) => { server.spec.dnsNames = ['db-rw']; },
  'a password': ({cluster}) => { cluster.spec.postgresql.pg_hba.pop(); },
  'a replica that nobody waits for': ({cluster}) => { delete cluster.spec.postgresql.synchronous; },
  'too few sessions': ({cluster}) => { cluster.spec.postgresql.parameters.max_connections = '100'; },
};

const [database, production, bundle] = process.argv.slice(2).map(documentsIn);
const found = [...await schema.findings([...database, ...bundle]), ...expectations(database, production)];
for (const [name, breach] of Object.entries(breaches)) {
  const copy = structuredClone(database), certificate = (of) => copy.find((each) => each.kind === 'Certificate' && each.metadata.name === of);
  breach({cluster: copy.find(({kind}) => kind === 'Cluster'), role: certificate('registry-database'), server: certificate('db-server')});
  if ([...expectations(copy, production)].length === 0) found.push(`not noticed: ${name}`);
}
for (const what of found) console.log(`beside: ${what}`);
if (found.length === 0) console.log(`beside: ${database.length + bundle.length} manifests hold`);
process.exit(found.length === 0 ? 0 : 1);
