// node check.mjs OVERLAY RENDERED.yaml [COMPONENT] exits with 1 if a manifest breaks its schema, a rule of ours, or the
// architecture; COMPONENT is the one of k8s/components that the overlay has been given.
// --self-check: every rule must refuse an overlay that breaks it.
import {readFileSync, readdirSync, existsSync} from 'node:fs';
import {parseAllDocuments} from 'yaml';
import * as network from './network.mjs';
import * as schema from './schema.mjs';
import * as workloads from './workloads.mjs';

const root = new URL('../../', import.meta.url).pathname;
const read = (path) => readFileSync(root + path, 'utf8');
const sources = {
  services: readdirSync(`${root}services`).filter((name) => existsSync(`${root}services/${name}/main.cc`)),
  runbook: read('docs/operate.md'),
  metrics: read('services/gateway/observe/metrics_page.cc') + read('common/host/serving/metrics.cc') + '"grpc_server_handled_total"',
};

async function check(documents, overlay, component) {
  return [
    ...await schema.findings(documents),
    ...workloads.findings(documents, sources),
    ...network.findings(documents, overlay, `${root}tests/kube/arrows.txt`, component),
  ];
}

function documentsIn(file) {
  return parseAllDocuments(readFileSync(file, 'utf8'), {uniqueKeys: true}).map((document) => {
    if (document.errors.length) throw document.errors[0];
    return document.toJS();
  }).filter((document) => document !== null).map((document) => {
    // A newer kustomize breaks base64 into lines, which Kubernetes takes and the schema's pattern does not.
    for (const key of Object.keys(document.kind === 'Secret' ? document.data : {})) document.data[key] = document.data[key].replace(/\n/g, '');
    return document;
  });
}

const breaches = {
  'an unknown field': ({protocols}) => { protocols.spec.template.spec.containers[0].readOnlyFilesystem = true; },
  'an unknown field of a pod': ({protocols}) => { protocols.spec.template.spec.hostnetwork = true; },
  'an unknown field of a policy': ({policy}) => { policy.spec.egres = []; },
  'an unknown field of a monitor': ({documents}) => { documents.find(({kind}) => kind === 'ServiceMonitor').spec.selectors = {}; },
  'a value of a wrong type': ({protocols}) => { protocols.spec.replicas = '2'; },
  'root': ({protocols}) => { protocols.spec.template.spec.securityContext.runAsUser = 0; },
  'a writable root file system': ({protocols}) => { delete protocols.spec.template.spec.containers[0].securityContext.readOnlyRootFilesystem; },
  'a token': ({protocols}) => { delete protocols.spec.template.spec.automountServiceAccountToken; },
  'no limit': ({protocols}) => { delete protocols.spec.template.spec.containers[0].resources.limits.memory; },
  'a capability': ({protocols}) => { protocols.spec.template.spec.containers[0].securityContext.capabilities.add = ['NET_ADMIN']; },
  'a path of the node': ({protocols}) => { protocols.spec.template.spec.volumes.push({name: 'etc', hostPath: {path: '/etc'}}); },
  'no readiness probe': ({protocols}) => { delete protocols.spec.template.spec.containers[0].readinessProbe; },
  'no drain': ({protocols}) => { delete protocols.spec.template.spec.containers[0].lifecycle; },
  'a secret that nothing makes': ({protocols}) => { protocols.spec.template.spec.volumes.find(({name}) => name === 'keys').secret.secretName = 'nothing'; },
  'a configuration without a hash': ({protocols}) => { protocols.spec.template.spec.volumes.find(({name}) => name === 'config').configMap.name = 'protocols-config'; },
  'no budget': ({documents}) => { documents.splice(documents.findIndex(({kind}) => kind === 'PodDisruptionBudget'), 1); },
  'no deny-all': ({documents}) => { documents.splice(documents.findIndex(({metadata}) => metadata.name === 'deny-all'), 1); },
  'an arrow too many': ({policy}) => { policy.spec.ingress[0].from.push({podSelector: {matchLabels: {'app.kubernetes.io/name': 'training'}}}); },
  'an arrow too few': ({policy}) => { policy.spec.ingress = []; },
  'a service that is not deployed': ({documents, protocols}) => { documents.splice(documents.indexOf(protocols), 1); },
  'an alert without a runbook': ({documents}) => { delete documents.find(({kind}) => kind === 'PrometheusRule').spec.groups[0].rules[0].annotations.runbook_url; },
  'an alert with the runbook of another': ({documents}) => {
    const [first, second] = documents.find(({kind}) => kind === 'PrometheusRule').spec.groups[0].rules;
    first.annotations.runbook_url = second.annotations.runbook_url;
  },
  'a process of another trust domain': ({documents}) => {
    const {data} = documents.find(({metadata}) => metadata.name.startsWith('protocols-config-'));
    data['protocols.textproto'] = data['protocols.textproto'].replace('accord.internal', 'other.example');
  },
  'a process without a trust domain': ({documents}) => {
    const {data} = documents.find(({metadata}) => metadata.name.startsWith('protocols-config-'));
    data['protocols.textproto'] = data['protocols.textproto'].replace('trust_domain: "accord.internal"', '');
  },
  'a namespace that is pruned': ({documents}) => { delete documents.find(({kind}) => kind === 'Namespace').metadata.annotations['kustomize.toolkit.fluxcd.io/prune']; },
  'an alert on nothing': ({documents}) => { documents.find(({kind}) => kind === 'PrometheusRule').spec.groups[0].rules[0].expr = 'accord_gateway_nothing > 0'; },
};

const breachesOfProduction = {
  'a job without the tag': ({job}) => { job.metadata.name = 'migrate-protocols'; },
  'a job that stays': ({job}) => { delete job.spec.ttlSecondsAfterFinished; },
  'a job that Argo CD misses': ({job}) => { delete job.metadata.annotations['argocd.argoproj.io/hook']; },
  'a job that Flux cannot change': ({job}) => { delete job.metadata.annotations['kustomize.toolkit.fluxcd.io/force']; },
  'a job that changes with a configuration': ({job}) => { job.spec.template.spec.volumes[0].configMap.name = 'protocols-config-abcdef2345'; },
  'a job without its configuration': ({documents}) => { delete documents.find(({metadata}) => metadata.name === 'migration-config').data['protocols.textproto']; },
  'a certificate of another process': ({documents}) => { documents.find(({kind, metadata}) => kind === 'Certificate' && metadata.name === 'protocols').spec.uris = ['spiffe://accord.internal/service/registry']; },
  'a job as root': ({job}) => { job.spec.template.spec.securityContext.runAsUser = 0; },
};

const backupOf = (documents) => documents.find(({kind}) => kind === 'CronJob').spec.jobTemplate.spec.template.spec;
const breachesOfBackup = {
  'backups that go with the component': ({documents}) => { delete documents.find(({kind}) => kind === 'PersistentVolumeClaim').metadata.annotations; },
  'a backup as root': ({documents}) => { backupOf(documents).securityContext.runAsUser = 0; },
  'a backup by another release': ({documents}) => { backupOf(documents).containers[0].image = 'registry.example/accordctl:0.0.9'; },
  'a backup that leaves out a service': ({documents}) => { backupOf(documents).volumes.pop(); },
  'a backup that does not reach the database': ({documents}) => {
    documents.find(({kind, metadata}) => kind === 'NetworkPolicy' && metadata.name === 'postgres').spec.podSelector.matchExpressions[0].values.pop();
  },
};

const helperOf = (documents) => documents.find(({metadata}) => metadata.name.startsWith('spiffe-helper-')).data;
const breachesOfSpire = {
  'a process without its helper': ({protocols}) => { protocols.spec.template.spec.initContainers.pop(); },
  'a process that does not wait for its certificate': ({protocols}) => { protocols.spec.template.spec.initContainers.shift(); },
  'a helper that ends': ({protocols}) => { delete protocols.spec.template.spec.initContainers[1].restartPolicy; },
  'a helper as root': ({protocols}) => { protocols.spec.template.spec.initContainers[1].securityContext.capabilities = {}; },
  'a key on a disk': ({protocols}) => { protocols.spec.template.spec.volumes.find(({name}) => name === 'tls').emptyDir = {}; },
  'a key under another name': ({documents}) => { helperOf(documents)['helper.conf'] = helperOf(documents)['helper.conf'].replace('tls.key', 'svid.key'); },
  'a certificate in another folder': ({documents}) => { helperOf(documents)['helper.conf'] = helperOf(documents)['helper.conf'].replace('/etc/accord/tls', '/certs'); },
  'another socket': ({documents}) => { helperOf(documents)['helper.conf'] = helperOf(documents)['helper.conf'].replace('/spiffe-workload-api', '/run'); },
  'a process that has its certificate from elsewhere': ({protocols}) => {
    const volume = protocols.spec.template.spec.volumes.find(({name}) => name === 'tls');
    delete volume.emptyDir;
    volume.secret = {secretName: 'gateway-front', defaultMode: 0o440};
  },
};
const classOf = (documents, name) => documents.find(({kind, metadata}) => kind === 'SecretProviderClass' && metadata.name === name);
const keysOf = (workload) => workload.spec.template.spec.volumes.find(({name}) => name === 'keys');
const breachesOfStore = {
  'a key that the store does not give': ({documents}) => {
    const {parameters} = classOf(documents, 'protocols-keys').spec;
    parameters.objects = parameters.objects.replace('objectName: seal.key', 'objectName: other.key');
  },
  'a class that is missing': ({documents}) => { documents.splice(documents.indexOf(classOf(documents, 'protocols-keys')), 1); },
  'the keys of another process': ({protocols}) => { keysOf(protocols).csi.volumeAttributes.secretProviderClass = 'registry-keys'; },
  'the role of another process': ({documents}) => { classOf(documents, 'protocols-keys').spec.parameters.roleName = 'accord-registry'; },
  'keys that may be written': ({protocols}) => { protocols.spec.template.spec.containers[0].volumeMounts.find(({name}) => name === 'keys').readOnly = false; },
  'a Secret beside the store': ({job}) => {
    delete keysOf(job).csi;
    keysOf(job).secret = {secretName: 'protocols-keys', defaultMode: 0o440};
  },
};
const breachesOf = {backup: breachesOfBackup, 'secrets-store': breachesOfStore, spire: breachesOfSpire};

async function selfCheck(documents, overlay, component) {
  let failures = 0;
  const all = breachesOf[component] ?? (overlay === 'production' ? {...breaches, ...breachesOfProduction} : breaches);
  for (const [name, breach] of Object.entries(all)) {
    const copy = structuredClone(documents);
    const named = (kind) => copy.find((each) => each.kind === kind && each.metadata.name === 'protocols');
    const job = copy.find(({kind, metadata}) => kind === 'Job' && metadata.name.startsWith('migrate-protocols'));
    breach({documents: copy, protocols: named('Deployment'), policy: named('NetworkPolicy'), job});
    if ((await check(copy, overlay, component)).length > 0) continue;
    console.log(`self-check: not refused: ${name}`);
    failures++;
  }
  console.log(`${component ?? overlay}: ${Object.keys(all).length - failures} of ${Object.keys(all).length} breaches are refused`);
  return failures;
}

const args = process.argv.slice(2), self = args[0] === '--self-check';
const [overlay, file, component] = self ? args.slice(1) : args;
const documents = documentsIn(file);
if (self) process.exit(await selfCheck(documents, overlay, component) === 0 ? 0 : 1);
const found = await check(documents, overlay, component);
for (const what of found) console.log(`${overlay}: ${what}`);
if (found.length === 0) console.log(`${[overlay, component].filter(Boolean).join(' with ')}: ${documents.length} manifests hold`);
process.exit(found.length === 0 ? 0 : 1);
