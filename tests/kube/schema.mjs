// This checks every manifest against the schema that Kubernetes, cert-manager and the Prometheus operator publish; an
// unknown field is an error: findings(documents) -> strings.
const packages = [
  [/^cert-manager\.io\//, '@kubernetes-models/cert-manager'],
  [/^monitoring\.coreos\.com\//, '@kubernetes-models/prometheus-operator'],
  [/^trust\.cert-manager\.io\//, '@kubernetes-models/cert-manager'],
  [/^/, 'kubernetes-models'],
];
// For these there is no package that runs on Debian 12's Node.
const unpublished = /^(argoproj\.io|[a-z]+\.toolkit\.fluxcd\.io|external-secrets\.io|gateway\.networking\.k8s\.io|postgresql\.cnpg\.io|secrets-store\.csi\.x-k8s\.io|spire\.spiffe\.io)\//;

async function modelOf({apiVersion, kind}) {
  const [, name] = packages.find(([pattern]) => pattern.test(apiVersion));
  return (await import(`${name}/${apiVersion}/${kind}`))[kind];
}

// The published validators pass over fields that their schema does not know, but they look at each one that it does. So
// a field that was never looked at is unknown.
function watched(value, path, unseen) {
  if (value === null || typeof value !== 'object') return value;
  const inner = {};
  for (const key of Object.keys(value)) {
    const at = Array.isArray(value) ? `${path}[${key}]` : `${path}.${key}`;
    unseen.add(at);
    inner[key] = [at, watched(value[key], at, unseen)];
  }
  return new Proxy(value, {
    get(target, key, receiver) {
      if (!Object.hasOwn(inner, key)) return Reflect.get(target, key, receiver);
      unseen.delete(inner[key][0]);
      return inner[key][1];
    },
  });
}

export async function findings(documents) {
  const found = [];
  for (const document of documents) {
    if (unpublished.test(document.apiVersion)) continue;
    const where = `${document.kind} ${document.metadata?.name}`;
    try {
      const Model = await modelOf(document);
      const unseen = new Set();
      Model.prototype.validate.call(watched(new Model(document), '', unseen));
      for (const path of unseen) {
        // The inside of a field that is unknown itself was not looked at either.
        const known = ![...unseen].some((other) => path !== other && (path.startsWith(`${other}.`) || path.startsWith(`${other}[`)));
        if (known) found.push(`${where}: unknown field ${path}`);
      }
    } catch (error) {
      found.push(`${where}: ${error.message}`);
    }
  }
  return found;
}
