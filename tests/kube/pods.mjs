// node pods.mjs RENDERED.yaml OUT SERVICES HOST writes what `podman kube play` takes, which runs the manifests' pods
// and has no cluster around them. What the kubelet and the cluster would do is put in here, nothing else is changed:
// - a Service's name is an entry of the hosts file, at an address of the subnet SERVICES that machine/nat.py leads to the
//   pods, and db.postgres.svc is at HOST;
// - secrets and ConfigMaps are laid out in folders, secrets with their mode and the pod's group (podman 4.3 leaves them in
//   base64 and open to all), so that pod.sh can change them;
// - a StatefulSet is a Deployment whose claims are its pod's, and a Job is a Pod (podman knows neither);
// - an emptyDir is the pod's own (podman 4.3 shares it by name); no port is published.
// OUT/NAME.yaml is a pod of a workload, with @POD@ for its name and @IMAGE@ for its image; OUT/NAME.mounts has a line for
// each volume that outlives the pod: FOLDER or claim:NAME, and where the pod sees it.
// It prints a line for each workload: NAME KIND REPLICAS ADDRESS PORT, KIND being Deployment, Recreate, StatefulSet or Job.
import {chownSync, mkdirSync, readFileSync, writeFileSync} from 'node:fs';
import {parseAllDocuments, stringify} from 'yaml';

const [file, out, subnet, host] = process.argv.slice(2);
const documents = parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS()).filter(Boolean);
const named = (kind, name) => documents.find((each) => each.kind === kind && each.metadata.name === name);
const workloads = documents.filter(({kind}) => ['Deployment', 'StatefulSet', 'Job'].includes(kind));
// A Job's own name ends with the tag of its release; here each is run by whichever image is asked for.
for (const {kind, metadata} of workloads) if (kind === 'Job') metadata.name = metadata.labels['app.kubernetes.io/name'];
const services = documents.filter(({kind}) => kind === 'Service').map(({metadata, spec}, i) => (
  {name: metadata.name, address: `${subnet}.${i + 10}`, port: spec.ports[0].port}));
const hosts = [...services.map(({name, address}) => ({ip: address, hostnames: [name]})), {ip: host, hostnames: ['db.postgres.svc']}];

function layOut(name, files, encoding, mode, group) {
  const folder = `${out}/files/${name}`;
  mkdirSync(folder, {recursive: true});
  for (const [file, value] of Object.entries(files)) {
    writeFileSync(`${folder}/${file}`, Buffer.from(value, encoding), {mode});
    chownSync(`${folder}/${file}`, 0, group);
  }
  return folder;
}

function folderOf({secret, configMap}, owner, group) {
  if (configMap) return layOut(configMap.name, named('ConfigMap', configMap.name).data, 'utf8', 0o644, 0);
  const {secretName, optional, defaultMode} = secret, made = named('Secret', secretName);
  if (!made && !optional) throw new Error(`${owner} needs the secret ${secretName}`);
  return layOut(secretName, made?.data ?? {}, 'base64', defaultMode, group);
}

function played(volume, owner, group) {
  if (volume.emptyDir) return {...volume, name: `@POD@-${volume.name}`};
  if (!volume.secret && !volume.configMap) return volume;
  return {name: volume.name, hostPath: {path: folderOf(volume, owner, group), type: 'Directory'}};
}

function mountsOf({volumes}, {volumeMounts}) {
  return volumeMounts.map(({name, mountPath}) => {
    const {hostPath, persistentVolumeClaim} = volumes.find((volume) => volume.name === name);
    const source = hostPath?.path ?? (persistentVolumeClaim && `claim:${persistentVolumeClaim.claimName}`);
    return source && `${source} ${mountPath}\n`;
  }).filter(Boolean).join('');
}

function write({kind, metadata: {name}, spec: {template, volumeClaimTemplates}}) {
  const {metadata, spec} = structuredClone(template), [container] = spec.containers;
  spec.hostAliases = hosts;
  container.ports = [];
  container.image = '@IMAGE@';
  for (const mount of container.volumeMounts) {
    if (spec.volumes.find((volume) => volume.name === mount.name)?.emptyDir) mount.name = `@POD@-${mount.name}`;
  }
  for (const claim of volumeClaimTemplates ?? []) {
    spec.volumes.push({name: claim.metadata.name, persistentVolumeClaim: {claimName: `${claim.metadata.name}-@POD@`}});
  }
  spec.volumes = spec.volumes.map((volume) => played(volume, name, spec.securityContext.fsGroup));
  const pod = kind === 'Job'
    ? {apiVersion: 'v1', kind: 'Pod', metadata: {...metadata, name: '@POD@'}, spec: {...spec, restartPolicy: 'Never'}}
    : {apiVersion: 'apps/v1', kind: 'Deployment', metadata: {name: '@POD@'}, spec: {replicas: 1, template: {metadata, spec}}};
  writeFileSync(`${out}/${name}.yaml`, stringify(pod));
  writeFileSync(`${out}/${name}.mounts`, mountsOf(spec, container));
}

mkdirSync(out, {recursive: true});
for (const workload of workloads) {
  const {kind, metadata: {name}, spec} = workload, service = services.find((each) => each.name === name);
  write(workload);
  const replicas = spec.replicas ?? named('HorizontalPodAutoscaler', name)?.spec.minReplicas ?? 1;
  console.log(name, spec.strategy?.type === 'Recreate' ? 'Recreate' : kind, replicas, service?.address ?? '-', service?.port ?? '-');
}
