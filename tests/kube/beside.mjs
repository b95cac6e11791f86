// node beside.mjs DATABASE.yaml PRODUCTION.yaml BUNDLE.yaml IDENTITIES.yaml WITNESS.yaml exits with 1 if what
// k8s/beside holds breaks its schema, or is not what the production overlay expects: of a database, of SPIRE's
// identities, of a witness and of whoever brings a release out of a repository. Every breach of these must be noticed
// as well.
import {existsSync, readFileSync, readdirSync} from 'node:fs';
import Ajv from 'ajv';
import {parse, parseAllDocuments} from 'yaml';
import * as schema from './schema.mjs';
import {confinement, kept} from './workloads.mjs';

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
  yield* kept(database);
  const sessions = 2 * (services.length * 2 * (8 + 2) + 2 * 2) + 10;
  if (cluster.spec.postgresql.parameters.max_connections < sessions) yield `a release needs ${sessions} sessions`;
}

// SPIRE's certificates say what cert-manager's do.
function* identities(identity, production) {
  const certificates = production.filter(({kind, spec}) => kind === 'Certificate' && !spec.isCA);
  const {spec} = identity.find(({kind}) => kind === 'ClusterSPIFFEID');
  for (const workload of production.filter(({kind}) => ['Deployment', 'StatefulSet'].includes(kind))) {
    const pod = workload.spec.template;
    const filled = (text) => text.replaceAll('{{ .TrustDomain }}', 'accord.internal')
      .replaceAll('{{ .PodSpec.ServiceAccountName }}', pod.spec.serviceAccountName).replaceAll('{{ .PodMeta.Namespace }}', workload.metadata.namespace);
    const {uris, dnsNames} = certificates.find(({metadata}) => metadata.name === workload.metadata.name).spec;
    if (uris.join() !== filled(spec.spiffeIDTemplate)) yield `SPIRE calls ${workload.metadata.name} ${filled(spec.spiffeIDTemplate)}`;
    if (dnsNames.join() !== spec.dnsNameTemplates.map(filled).join()) yield `SPIRE gives ${workload.metadata.name} other hosts`;
    if (spec.namespaceSelector.matchLabels['kubernetes.io/metadata.name'] !== workload.metadata.namespace) yield `SPIRE looks for ${workload.metadata.name} elsewhere`;
    if (!Object.entries(spec.podSelector.matchLabels).every(([key, value]) => pod.metadata.labels[key] === value)) yield `SPIRE passes over ${workload.metadata.name}`;
  }
  for (const job of production.filter(({kind}) => kind === 'Job')) {
    if (Object.entries(spec.podSelector.matchLabels).every(([key, value]) => job.spec.template.metadata.labels[key] === value)) yield `SPIRE certifies ${job.metadata.name}`;
  }
}

function* witness(documents) {
  const one = (kind) => documents.find((each) => each.kind === kind);
  const {metadata, spec} = one('CronJob'), pod = spec.jobTemplate.spec.template.spec;
  for (const what of confinement({metadata, spec: spec.jobTemplate.spec})) yield `the witness ${what}`;
  if (spec.concurrencyPolicy !== 'Forbid') yield 'two witnesses may run at once';
  const [{env, command, volumeMounts}] = pod.containers;
  const mounted = (path) => volumeMounts.find(({mountPath}) => path.startsWith(`${mountPath}/`))?.name;
  const files = Object.fromEntries(documents.filter(({kind}) => kind === 'ConfigMap').map((each) => [each.metadata.name, each.data]));
  const volume = pod.volumes.find(({name}) => name === mounted(env[0].value));
  const contexts = parse(files[volume?.configMap?.name]?.[env[0].value.split('/').at(-1)] ?? '');
  const context = contexts?.contexts[contexts.current];
  if (env[0].name !== 'ACCORD_CONFIG' || !context) yield 'the witness has no context';
  for (const file of [context?.ca_file, context?.certificate_file, context?.key_file]) if (mounted(file ?? '') !== 'agency') yield `the witness does not find ${file}`;
  const [, key, state, log] = command[2].match(/--key (\S+) --state (\S+) \\\n\s+--public-key (\S+)/) ?? [];
  if (mounted(key ?? '') !== 'witness' || mounted(state ?? '') !== 'witness') yield 'the witness forgets its key or what it saw';
  if (mounted(log ?? '') !== 'log') yield 'the witness does not know whose log it is';
  const policy = one('NetworkPolicy').spec;
  if (policy.ingress || policy.policyTypes.join() !== 'Ingress,Egress' || Object.keys(policy.podSelector).length > 0) yield 'somebody reaches the witness';
  const port = Number(context?.address.split(':')[1]);
  if (!policy.egress.some(({ports}) => ports.some((each) => each.port === port))) yield 'the witness does not reach the gateway';
  if (one('Namespace').metadata.labels['pod-security.kubernetes.io/enforce'] !== 'restricted') yield 'the witness is not restricted';
  // A namespace of a witness has nothing that the agency does not have elsewhere, but its volume has.
  yield* kept(documents.filter(({kind}) => kind !== 'Namespace'));
}

// What Argo CD and Flux are told fits how the Jobs of a release come and go, and the chart takes the values.
function* gitops(documents) {
  const one = (kind) => documents.find((each) => each.kind === kind);
  const namespace = (({destination}) => destination.namespace)(one('Application').spec);
  const {automated, syncOptions} = one('Application').spec.syncPolicy;
  if (!automated?.prune || !automated.selfHeal) yield 'Argo CD leaves what a release took away, or what somebody changed';
  if (syncOptions.includes('Replace=true') || syncOptions.includes('Force=true')) yield 'Argo CD would replace what serves';
  const {spec} = one('Kustomization');
  if ('force' in spec) yield 'Flux would replace what it cannot change, and not the Jobs alone';
  if (!spec.prune || !spec.wait) yield 'Flux does not see a release to its end';
  const release = one('HelmRelease').spec, {chart} = release.chart.spec;
  if (!existsSync(`${root}${chart}/Chart.yaml`)) yield `${chart} is no chart`;
  if (release.targetNamespace !== namespace || release.storageNamespace !== namespace) yield 'the release is in another namespace';
  const valid = new Ajv({strict: false}).compile(JSON.parse(readFileSync(`${root}k8s/helm/accord/values.schema.json`, 'utf8')));
  if (!valid(release.values)) yield `the chart refuses the values of the example: ${valid.errors[0].instancePath} ${valid.errors[0].message}`;
  const repositories = documents.filter(({kind}) => kind === 'GitRepository').map(({metadata}) => metadata.name);
  for (const {name} of [spec.sourceRef, release.chart.spec.sourceRef]) if (!repositories.includes(name)) yield `there is no repository ${name}`;
}

const breaches = {
  'a role without a certificate': ({role}) => { role.spec.commonName = 'accord_other'; },
  'another label': ({cluster}) => { cluster.spec.inheritedMetadata.labels = {}; },
  'another namespace': ({cluster}) => { cluster.metadata.namespace = 'elsewhere'; },
  'a server without its name': ({server}) => { server.spec.dnsNames = ['db-rw']; },
  'a password': ({cluster}) => { cluster.spec.postgresql.pg_hba.pop(); },
  'a replica that nobody waits for': ({cluster}) => { delete cluster.spec.postgresql.synchronous; },
  'a database that is pruned': ({cluster}) => { delete cluster.metadata.annotations; },
  'too few sessions': ({cluster}) => { cluster.spec.postgresql.parameters.max_connections = '100'; },
};

const breachesOfIdentities = {
  'a name that whoever labels pods chooses': ({spec}) => { spec.spiffeIDTemplate = spec.spiffeIDTemplate.replace('.PodSpec.ServiceAccountName', '.PodMeta.Name'); },
  'a certificate without a host': ({spec}) => { spec.dnsNameTemplates.pop(); },
  'pods of every namespace': ({spec}) => { spec.namespaceSelector.matchLabels = {}; },
  'pods that are none of the processes': ({spec}) => { spec.podSelector.matchLabels = {}; },
  'pods of another application': ({spec}) => { spec.podSelector.matchLabels = {'app.kubernetes.io/part-of': 'other'}; },
};

const containerOf = (documents) => documents.find(({kind}) => kind === 'CronJob').spec.jobTemplate.spec.template.spec.containers[0];
const breachesOfWitness = {
  'a witness with a writable root': (documents) => { delete containerOf(documents).securityContext.readOnlyRootFilesystem; },
  'a witness without memory': (documents) => { containerOf(documents).volumeMounts.pop(); },
  'a witness of any log': (documents) => { containerOf(documents).command[2] = containerOf(documents).command[2].replace('/etc/accord/log/', '/tmp/'); },
  'a witness of nobody': (documents) => { containerOf(documents).env[0].value = '/etc/accord/contexts/none.yaml'; },
  'a memory that is pruned': (documents) => { delete documents.find(({kind}) => kind === 'PersistentVolumeClaim').metadata.annotations; },
  'two at once': (documents) => { documents.find(({kind}) => kind === 'CronJob').spec.concurrencyPolicy = 'Allow'; },
  'a witness that is reached': (documents) => { documents.find(({kind}) => kind === 'NetworkPolicy').spec.ingress = [{}]; },
  'a witness that reaches nobody': (documents) => { documents.find(({kind}) => kind === 'NetworkPolicy').spec.egress.pop(); },
};

const breachesOfGitops = {
  'what a release took away': (documents) => { documents.find(({kind}) => kind === 'Application').spec.syncPolicy.automated.prune = false; },
  'a sync that replaces': (documents) => { documents.find(({kind}) => kind === 'Application').spec.syncPolicy.syncOptions.push('Replace=true'); },
  'Flux with force': (documents) => { documents.find(({kind}) => kind === 'Kustomization').spec.force = true; },
  'a release that nobody waits for': (documents) => { documents.find(({kind}) => kind === 'Kustomization').spec.wait = false; },
  'a chart elsewhere': (documents) => { documents.find(({kind}) => kind === 'HelmRelease').spec.chart.spec.chart = 'k8s/helm'; },
  'a value that there is not': (documents) => { documents.find(({kind}) => kind === 'HelmRelease').spec.values.host = 'x'; },
  'a release elsewhere': (documents) => { delete documents.find(({kind}) => kind === 'HelmRelease').spec.storageNamespace; },
  'a repository that there is not': (documents) => { documents.splice(documents.findIndex(({kind}) => kind === 'GitRepository'), 1); },
};

const [database, production, bundle, identity, ofAgency] = process.argv.slice(2).map(documentsIn);
const folder = `${root}k8s/beside/gitops/`, ofRepository = readdirSync(folder).flatMap((file) => documentsIn(folder + file));
const all = [...database, ...bundle, ...identity, ...ofAgency, ...ofRepository];
const found = [...await schema.findings(all), ...expectations(database, production), ...identities(identity, production), ...witness(ofAgency), ...gitops(ofRepository)];
function notice(documents, breaches, prepared, check) {
  for (const [name, breach] of Object.entries(breaches)) {
    const copy = structuredClone(documents);
    breach(prepared(copy));
    if ([...check(copy)].length === 0) found.push(`not noticed: ${name}`);
  }
}
notice(database, breaches, (copy) => {
  const certificate = (of) => copy.find((each) => each.kind === 'Certificate' && each.metadata.name === of);
  return {cluster: copy.find(({kind}) => kind === 'Cluster'), role: certificate('registry-database'), server: certificate('db-server')};
}, (copy) => expectations(copy, production));
notice(identity, breachesOfIdentities, ([copy]) => copy, (copy) => identities(copy, production));
notice(ofAgency, breachesOfWitness, (copy) => copy, witness);
notice(ofRepository, breachesOfGitops, (copy) => copy, gitops);
for (const what of found) console.log(`beside: ${what}`);
if (found.length === 0) console.log(`beside: ${all.length} manifests hold`);
process.exit(found.length === 0 ? 0 : 1);
