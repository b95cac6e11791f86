// This checks what every workload must be, beyond what the schema can say: findings(documents, sources) ->
// strings. sources: services, the names of the processes; runbook, the text of docs/operate.md; metrics, code
// that names metrics.
const serving = ['Deployment', 'StatefulSet'];
const processes = (documents) => documents.filter(({kind}) => serving.includes(kind));
const pods = (documents) => documents.filter(({kind}) => serving.includes(kind) || kind === 'Job');
// This finds what a CronJob makes, with the kind that says that it is no Job of a release.
const timed = (documents) => documents.filter(({kind}) => kind === 'CronJob').map(({kind, metadata, spec}) => ({kind, metadata, spec: spec.jobTemplate.spec}));
const contains = (labels, selector) => Object.entries(selector).every(([key, value]) => labels?.[key] === value);

export function* confinement(workload) {
  const pod = workload.spec.template.spec, security = pod.securityContext ?? {};
  if (security.runAsNonRoot !== true || !(security.runAsUser > 0)) yield 'may run as root';
  if (security.seccompProfile?.type !== 'RuntimeDefault') yield 'has no seccomp profile';
  if (pod.automountServiceAccountToken !== false) yield 'gets a token of the API server';
  if (pod.hostNetwork || pod.hostPID || pod.hostIPC) yield 'shares a namespace with its node';
  for (const volume of pod.volumes ?? []) {
    const joined = volume.projected?.sources.every((source) => source.secret || source.configMap);
    if (!(volume.configMap || volume.secret || volume.emptyDir || volume.persistentVolumeClaim || volume.csi || joined)) yield `mounts ${volume.name}, of a kind that the restricted standard refuses`;
    if ((volume.secret || volume.projected) && (volume.secret ?? volume.projected).defaultMode !== 0o440) yield `lets others than its group read ${volume.name}`;
  }
  for (const container of [...(pod.initContainers ?? []), ...pod.containers]) {
    const own = container.securityContext ?? {};
    if (own.readOnlyRootFilesystem !== true) yield 'has a writable root file system';
    if (own.allowPrivilegeEscalation !== false || own.privileged) yield 'may gain privileges';
    if (own.capabilities?.drop?.[0] !== 'ALL' || own.capabilities.add) yield 'keeps capabilities';
    for (const kind of ['requests', 'limits']) {
      for (const what of ['cpu', 'memory']) if (!container.resources?.[kind]?.[what]) yield `has no ${kind} of ${what}`;
    }
    if (!/:[^:/]+$/.test(container.image) || container.image.endsWith(':latest')) yield `has the image ${container.image}, of no version`;
    for (const mount of container.volumeMounts ?? []) {
      const claimed = workload.spec.volumeClaimTemplates?.some(({metadata}) => metadata.name === mount.name);
      const volume = claimed ? {} : pod.volumes.find(({name}) => name === mount.name);
      if (!volume) yield `mounts ${mount.name}, which does not exist`;
      else if ((volume.secret || volume.configMap || volume.projected || volume.csi) && !mount.readOnly) yield `mounts ${mount.name} writable`;
    }
  }
}

function* service(workload, documents) {
  const {spec, metadata} = workload, labels = spec.template.metadata.labels;
  const [container] = spec.template.spec.containers;
  const probe = ['accord-probe', '--config', container.command[2]].join(' ');
  for (const kind of ['startupProbe', 'readinessProbe', 'livenessProbe']) {
    if (!container[kind]?.exec?.command.join(' ').startsWith(probe)) yield `has no ${kind} that asks it`;
  }
  if (!container.livenessProbe?.exec?.command.includes('--alive')) yield 'is killed when only a service that it needs is away';
  if (!(container.lifecycle?.preStop?.sleep?.seconds > 0)) yield 'takes calls that it then refuses: no preStop';
  if (spec.template.spec.terminationGracePeriodSeconds < 10 + (container.lifecycle?.preStop?.sleep?.seconds ?? 0) + 5) yield 'is killed before it has drained';
  if (!spec.template.spec.topologySpreadConstraints?.length) yield 'is not spread over nodes';
  const claim = spec.template.spec.volumes.some((volume) => volume.persistentVolumeClaim);
  // A StatefulSet's pod ends before its successor begins; one that is not there yet is the other replica's time.
  const ordered = workload.kind === 'StatefulSet';
  if (claim && ((!ordered && spec.strategy.type !== 'Recreate') || spec.replicas !== 1)) yield 'shares a volume between two processes';
  if (!claim && (ordered ? spec.replicas < 2 : spec.strategy.rollingUpdate?.maxUnavailable !== 0)) yield 'has too few replicas during a roll';
  if (ordered && spec.serviceName !== metadata.name) yield 'names no Service of its own';
  if (!contains(labels, spec.selector.matchLabels)) yield 'selects other pods than its own';
  const of = (kind) => documents.filter((each) => each.kind === kind && each.metadata.name === metadata.name);
  if (!of('PodDisruptionBudget').some((each) => contains(labels, each.spec.selector.matchLabels))) yield 'has no PodDisruptionBudget';
  if (!of('ServiceAccount').some((each) => each.automountServiceAccountToken === false)) yield 'has no account of its own without a token';
  const [service] = of('Service');
  if (!service || !contains(labels, service.spec.selector)) yield 'has no Service';
  else for (const {targetPort} of service.spec.ports) {
    if (!container.ports.some(({name}) => name === targetPort)) yield `has a Service to the port ${targetPort}, which it lacks`;
    if (targetPort === 'metrics') yield 'shows its metrics to its callers';
  }
}

function* references(workload, documents, sources) {
  const has = (kind, name) => documents.some((each) => each.kind === kind && each.metadata.name === name);
  const parts = (volume) => volume.projected?.sources.map(({secret, configMap}) => (
    secret ? {secret: {secretName: secret.name}} : {configMap})) ?? [volume];
  for (const volume of (workload.spec.template.spec.volumes ?? []).flatMap(parts)) {
    const [kind, name] = volume.secret ? ['Secret', volume.secret.secretName]
      : volume.configMap ? ['ConfigMap', volume.configMap.name]
      : volume.persistentVolumeClaim ? ['PersistentVolumeClaim', volume.persistentVolumeClaim.claimName] : [];
    if (!kind || has(kind, name)) continue;
    const issued = documents.some((each) => (each.kind === 'Certificate' && each.spec.secretName === name) ||
      (each.kind === 'ExternalSecret' && kind === 'Secret' && each.spec.target.name === name));
    const brought = documents.some((each) => each.kind === 'ExternalSecret');
    if (brought && kind === 'Secret' && !issued && name !== 'training-door') yield `needs the Secret ${name}, which no ExternalSecret brings`;
    const told = sources.runbook.includes(`\`${name.replace(/^(\w+)(-keys|-database|-database-owner)$/, 'SERVICE$2')}\``) || sources.runbook.includes(`\`${name}\``);
    if (!issued && !told) yield `needs the ${kind} ${name}, which nothing makes and docs/operate.md does not ask for`;
  }
}

// A volume of the Secrets Store driver has each file that the configuration looks for in it, and no Secret is mounted for one
// that the store has.
function* store(workload, documents) {
  const classes = new Map(documents.filter(({kind}) => kind === 'SecretProviderClass').map((each) => [each.metadata.name, each.spec]));
  const {volumes, containers: [process]} = workload.spec.template.spec;
  const texts = volumes.flatMap(({configMap}) => Object.entries(documents.find(({kind, metadata}) => kind === 'ConfigMap' && metadata.name === configMap?.name)?.data ?? {}))
    .filter(([file]) => process.command[2]?.endsWith(`/${file}`)).map(([, text]) => text).join('');
  for (const {name, csi, secret} of volumes) {
    if (classes.has(secret?.secretName)) yield `mounts the Secret ${secret.secretName}, which the store has`;
    if (csi?.driver !== 'secrets-store.csi.k8s.io') continue;
    const own = classes.get(csi.volumeAttributes?.secretProviderClass);
    if (!own) yield `asks the store for ${csi.volumeAttributes?.secretProviderClass}, which is no class`;
    if (!own) continue;
    // A class is called as the Secret would be, and belongs to the process that asks.
    if (own.parameters.roleName !== `accord-${workload.spec.template.spec.serviceAccountName}`) yield `logs in at the store as ${own.parameters.roleName}`;
    const path = process.volumeMounts.find((mount) => mount.name === name)?.mountPath;
    for (const [, file] of texts.matchAll(new RegExp(`"${path}/([^"]+)"`, 'g'))) {
      if (!own.parameters.objects.includes(`objectName: ${file},`)) yield `reads ${path}/${file}, which the store does not give`;
    }
  }
}

function* configuration(documents) {
  for (const workload of processes(documents)) {
    const volume = workload.spec.template.spec.volumes.find(({name}) => name === 'config');
    if (!/-config-[0-9a-z]{10}$/.test(volume?.configMap?.name ?? '')) yield `${workload.metadata.name} does not roll with its configuration`;
  }
}

// A Job cannot be changed once it is there: each tag has Jobs of its own, which go by themselves.
function* migration({metadata, spec}, documents) {
  const [container] = spec.template.spec.containers, tag = container.image.split(':').at(-1);
  if (metadata.name !== `${metadata.labels['app.kubernetes.io/name']}-${tag}`) yield 'is not named by the tag of its image';
  if (metadata.name.length > 63 || !/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?$/.test(metadata.name)) yield 'has a name that Kubernetes refuses';
  if (!(spec.ttlSecondsAfterFinished > 0)) yield 'stays for ever';
  if (metadata.annotations?.['argocd.argoproj.io/hook'] !== 'Sync') yield 'is made again by Argo CD when its time is over';
  if (metadata.annotations?.['kustomize.toolkit.fluxcd.io/force'] !== 'enabled') yield 'stops Flux when it would have to change';
  for (const {configMap} of spec.template.spec.volumes) {
    if (/-[0-9a-z]{10}$/.test(configMap?.name ?? '')) yield `would have to change with the configuration ${configMap.name}`;
  }
  const file = container.command[2].split('/').at(-1);
  const configurations = documents.find(({kind, metadata}) => kind === 'ConfigMap' && metadata.name === 'migration-config');
  if (!configurations?.data[file]) yield `reads ${file}, which migration-config lacks`;
}

// A process has its certificate from a Secret, which may be joined with a bundle, or from SPIRE: then the helper beside it
// writes each file where the process's configuration says.
function* certificates(workload, documents) {
  const {volumes, initContainers = [], containers: [process]} = workload.spec.template.spec;
  const own = volumes.find(({name}) => name === 'tls');
  if (!own.emptyDir) return;
  if (own.emptyDir.medium !== 'Memory') yield 'writes its key on a disk';
  const at = (container) => container?.volumeMounts.find(({name}) => name === 'tls')?.mountPath;
  const text = documents.find(({kind, metadata}) => kind === 'ConfigMap' && /^spiffe-helper-/.test(metadata.name))?.data['helper.conf'] ?? '';
  const said = Object.fromEntries([...text.matchAll(/^(\w+) = "?([^"\n]+)"?$/gm)].map(([, key, value]) => [key, value]));
  const [first, second] = initContainers;
  if (!first?.args.includes('-daemon-mode=false') || first.restartPolicy) yield 'may start without a certificate';
  if (!second?.args.includes('-daemon-mode=true') || second.restartPolicy !== 'Always') yield 'has a certificate that nobody renews';
  if (![first, second, process].every((container) => at(container) === said.cert_dir)) yield 'looks for its certificate where nobody writes it';
  const configuration = documents.find(({kind, metadata}) => kind === 'ConfigMap' && metadata.name.startsWith(`${workload.metadata.name}-config-`));
  for (const file of [said.svid_file_name, said.svid_key_file_name, said.svid_bundle_file_name]) {
    if (!Object.values(configuration.data)[0].includes(`"${said.cert_dir}/${file}"`)) yield `is given ${file}, which it does not read`;
  }
  if (!said.agent_address?.startsWith(`${first?.volumeMounts.find(({name}) => name === 'workload-api')?.mountPath}/`)) yield 'asks for its certificate where SPIRE is not';
}

function* alerts(documents, sources) {
  const rules = documents.filter(({kind}) => kind === 'PrometheusRule').flatMap((each) => each.spec.groups.flatMap((group) => group.rules));
  if (rules.length === 0) yield 'there are no alerts';
  for (const rule of rules) {
    if (!sources.runbook.includes(`\n#### ${rule.alert}\n`)) yield `docs/operate.md does not say what to do at ${rule.alert}`;
    if (!new RegExp(`^https://[^/]+/docs/operate\\.md#${rule.alert.toLowerCase()}$`).test(rule.annotations.runbook_url)) yield `${rule.alert} names no runbook of its own`;
    for (const [metric] of rule.expr.matchAll(/\b(accord_gateway|grpc_server)_[a-z_]+/g)) {
      if (!sources.metrics.includes(`"${metric.replace(/_bucket$/, '')}"`)) yield `${rule.alert} looks at ${metric}, which no process has`;
    }
  }
}

// Every process and every certificate of a process is of one trust domain, which the component trust-domain finds as the
// first text of a configuration.
function* trust(documents) {
  const domains = new Map();
  for (const {data} of documents.filter(({kind}) => kind === 'ConfigMap')) {
    for (const [file, text] of Object.entries(data).filter(([name]) => name.endsWith('.textproto'))) {
      const [, key, domain] = text.match(/^[^"]*?(\w+): "([^"]*)"/) ?? [];
      if (key !== 'trust_domain') yield `${file} does not begin with its trust domain`;
      else domains.set(domain, file);
    }
  }
  for (const {metadata, spec} of documents.filter(({kind, spec}) => kind === 'Certificate' && !spec.isCA)) {
    const [, domain, name] = spec.uris[0].match(/^spiffe:\/\/([^/]+)\/service\/([^/]+)$/) ?? [];
    if (name !== metadata.name) yield `the certificate ${metadata.name} is that of ${name}`;
    domains.set(domain, `the certificate ${metadata.name}`);
  }
  if (domains.size > 1) yield `the trust domain is ${[...domains].map(([domain, where]) => `${domain} in ${where}`).join(' and ')}`;
}

// Volumes of keys, records or backups stay when somebody prunes too much or removes an application.
export function* kept(documents) {
  const wanted = {'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false', 'kustomize.toolkit.fluxcd.io/prune': 'disabled', 'helm.sh/resource-policy': 'keep'};
  for (const {kind, metadata} of documents) {
    if (!['Namespace', 'Cluster'].includes(kind) && !(kind === 'PersistentVolumeClaim' && ['backup', 'witness'].includes(metadata.name))) continue;
    for (const [key, value] of Object.entries(wanted)) if (metadata.annotations?.[key] !== value) yield `${kind} ${metadata.name} is pruned with everything else: ${key}`;
  }
}

export function findings(documents, sources) {
  const found = [];
  const names = processes(documents).map(({metadata}) => metadata.name);
  for (const name of sources.services) if (!names.includes(name)) found.push(`services/${name} is not deployed`);
  for (const workload of pods(documents)) {
    const where = `${workload.kind} ${workload.metadata.name}`;
    for (const what of confinement(workload)) found.push(`${where} ${what}`);
    for (const what of references(workload, documents, sources)) found.push(`${where} ${what}`);
    for (const what of store(workload, documents)) found.push(`${where} ${what}`);
    const own = serving.includes(workload.kind) ? service(workload, documents) : migration(workload, documents);
    for (const what of own) found.push(`${where} ${what}`);
    if (serving.includes(workload.kind)) for (const what of certificates(workload, documents)) found.push(`${where} ${what}`);
    const binary = workload.spec.template.spec.containers[0].command[0];
    if (!sources.services.includes(binary.replace(/^accord-/, ''))) found.push(`${where} runs ${binary}, which does not exist`);
  }
  for (const workload of timed(documents)) {
    for (const what of [...confinement(workload), ...references(workload, documents, sources)]) found.push(`CronJob ${workload.metadata.name} ${what}`);
    const tag = workload.spec.template.spec.containers[0].image.split(':').at(-1);
    const gateway = documents.find(({kind, metadata}) => kind === 'Deployment' && metadata.name === 'gateway');
    if (!gateway.spec.template.spec.containers[0].image.endsWith(`:${tag}`)) found.push(`CronJob ${workload.metadata.name} is of another release`);
    const mounted = workload.spec.template.spec.volumes.map(({secret}) => secret?.secretName);
    const missed = sources.services.filter((name) => name !== 'gateway' && !mounted.includes(`${name}-database-owner`));
    if (missed.length > 0) found.push(`CronJob ${workload.metadata.name} leaves out ${missed.join(', ')}`);
  }
  // The authorities that a process believes, and those that it is believed by, are the same for all of them.
  const ways = processes(documents).map(({spec}) => spec.template.spec.volumes.find(({name}) => name === 'tls'))
    .map((volume) => Object.keys(volume).filter((key) => key !== 'name').join());
  if (new Set(ways).size > 1) found.push(`processes have their certificates in different ways: ${[...new Set(ways)].join(' and ')}`);
  found.push(...configuration(documents), ...alerts(documents, sources), ...kept(documents), ...trust(documents));
  const [namespace] = documents.filter(({kind}) => kind === 'Namespace');
  if (namespace?.metadata.labels['pod-security.kubernetes.io/enforce'] !== 'restricted') found.push('the namespace does not enforce the restricted standard');
  for (const each of documents) {
    if (each.kind !== 'Namespace' && each.metadata.namespace !== namespace?.metadata.name) found.push(`${each.kind} ${each.metadata.name} is outside the namespace`);
  }
  return found;
}
