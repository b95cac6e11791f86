// node pods.mjs RENDERED.yaml OUT SUBNET PORT: one file a process for `podman kube play`, which runs the manifests' pods
// and has no cluster around them. What the kubelet and the cluster would do is put in here, nothing else is changed:
// - a Service's name is an entry of the hosts file, at a fixed address; the gateway runs twice, behind a port of this
//   machine each, which stand for the load balancer's addresses;
// - secrets are laid out with their mode and the pod's group (podman 4.3 leaves them in base64 and open to all);
// - an emptyDir is the pod's own (podman 4.3 shares it by name); only ports of the load balancer are published.
// OUT/volumes names the volumes that the caller must make. Prints a line a process: NAME ADDRESS FILE.
import {chownSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {parseAllDocuments, stringify} from 'yaml';

const [file, out, subnet, port] = process.argv.slice(2);
const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS()).filter(Boolean);
const named = (kind, name) => documents.find((each) => each.kind === kind && each.metadata.name === name);
const deployments = documents.filter(({kind}) => kind === 'Deployment');
const addresses = Object.fromEntries(deployments.map(({metadata}, i) => [metadata.name, `${subnet}.${i + 10}`]));
addresses['gateway-2'] = `${subnet}.9`;

function layOut(secret, {defaultMode}, group) {
  const folder = `${out}/secrets/${secret.metadata.name}`;
  mkdirSync(folder, {recursive: true});
  for (const [name, value] of Object.entries(secret.data)) {
    writeFileSync(`${folder}/${name}`, Buffer.from(value, 'base64'), {mode: defaultMode});
    chownSync(`${folder}/${name}`, 0, group);
  }
  return folder;
}

function played(volume, name, group) {
  if (volume.emptyDir) return {...volume, name: `${name}-${volume.name}`};
  if (!volume.secret) return volume;
  const secret = named('Secret', volume.secret.secretName);
  if (!secret && !volume.secret.optional) throw new Error(`${name} needs the secret ${volume.secret.secretName}`);
  const folder = layOut(secret ?? {metadata: {name: volume.secret.secretName}, data: {}}, volume.secret, group);
  return {name: volume.name, hostPath: {path: folder, type: 'Directory'}};
}

function write(deployment, name, hostPort) {
  const copy = structuredClone(deployment), {spec} = copy.spec.template, [container] = spec.containers;
  copy.metadata.name = name;
  spec.hostAliases = deployments.map(({metadata}) => ({ip: addresses[metadata.name], hostnames: [metadata.name]}));
  container.ports = hostPort ? [{containerPort: 7400, hostPort, hostIP: '127.0.0.1'}] : [];
  const maps = spec.volumes.filter(({configMap}) => configMap).map(({configMap}) => named('ConfigMap', configMap.name));
  for (const mount of container.volumeMounts) {
    if (spec.volumes.find((volume) => volume.name === mount.name).emptyDir) mount.name = `${name}-${mount.name}`;
  }
  spec.volumes = spec.volumes.map((volume) => played(volume, name, spec.securityContext.fsGroup));
  writeFileSync(`${out}/${name}.yaml`, [...maps, copy].map((each) => stringify(each)).join('---\n'));
  console.log(name, addresses[name], `${out}/${name}.yaml`);
}

for (const deployment of deployments) write(deployment, deployment.metadata.name, deployment.metadata.name === 'gateway' ? +port : 0);
write(named('Deployment', 'gateway'), 'gateway-2', +port + 1);
const claims = documents.filter(({kind}) => kind === 'PersistentVolumeClaim').map(({metadata}) => `${metadata.name}\n`);
writeFileSync(`${out}/volumes`, claims.join(''));
