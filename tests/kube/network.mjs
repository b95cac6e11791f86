// This finds what the NetworkPolicies of an overlay let through, as arrows: every pair of pods is tried at every port.
import {readFileSync} from 'node:fs';

const elsewhere = [
  {name: 'agencies', namespace: null, labels: {}, address: '203.0.113.7'},
  {name: 'internet', namespace: null, labels: {}, address: '198.51.100.9'},
  {name: 'prometheus', namespace: 'monitoring', labels: {'app.kubernetes.io/name': 'prometheus'}},
  {name: 'monitoring-other', namespace: 'monitoring', labels: {}},
  {name: 'dns', namespace: 'kube-system', labels: {'k8s-app': 'kube-dns'}},
  {name: 'kubernetes-other', namespace: 'kube-system', labels: {}},
  {name: 'postgres', namespace: 'postgres', labels: {'app.kubernetes.io/name': 'postgresql'}},
  {name: 'postgres-other', namespace: 'postgres', labels: {}},
  {name: 'gateway-elsewhere', namespace: 'other', labels: {'app.kubernetes.io/name': 'gateway', 'app.kubernetes.io/component': 'gateway'}},
];
// A component of k8s/components looks here for something else than the overlays do.
const places = {
  'node-local-dns': {name: 'dns', namespace: null, labels: {}, address: '169.254.20.10'},
  'outside-database': {name: 'postgres', namespace: null, labels: {}, address: '10.20.0.5'},
};
const ports = [53, 80, 443, 5432, 7400, 7401, 7409, 10250];

function selects(selector, labels) {
  const wanted = Object.entries(selector.matchLabels ?? {}).every(([key, value]) => labels[key] === value);
  return wanted && (selector.matchExpressions ?? []).every(({key, operator, values}) => {
    if (operator === 'In') return values.includes(labels[key]);
    if (operator === 'NotIn') return !values.includes(labels[key]);
    if (operator === 'Exists') return key in labels;
    if (operator === 'DoesNotExist') return !(key in labels);
    throw new Error(`operator ${operator}`);
  });
}

const bits = (address) => address.split('.').reduce((sum, part) => sum * 256 + Number(part), 0);
function within({cidr, except = []}, address) {
  const [base, length] = cidr.split('/'), size = 2 ** (32 - Number(length));
  return Math.floor(bits(base) / size) === Math.floor(bits(address) / size) && !except.some((each) => within({cidr: each}, address));
}

function peerMatches(peer, pod, own) {
  if (peer.ipBlock) return pod.namespace === null && within(peer.ipBlock, pod.address);
  if (pod.namespace === null) return false;
  const inNamespace = peer.namespaceSelector
    ? selects(peer.namespaceSelector, {'kubernetes.io/metadata.name': pod.namespace})
    : pod.namespace === own;
  return inNamespace && (!peer.podSelector || selects(peer.podSelector, pod.labels));
}

// No list of peers or ports means all of them.
function ruleAllows(rule, peers, pod, port, own) {
  return (!peers?.length || peers.some((peer) => peerMatches(peer, pod, own))) &&
    (!rule.ports?.length || rule.ports.some((each) => each.port === undefined || (each.port <= port && port <= (each.endPort ?? each.port))));
}

function allows(policies, direction, pod, other, port) {
  const [type, rules, peers] = direction === 'in' ? ['Ingress', 'ingress', 'from'] : ['Egress', 'egress', 'to'];
  const about = policies.filter((policy) => policy.metadata.namespace === pod.namespace &&
    policy.spec.policyTypes.includes(type) && selects(policy.spec.podSelector, pod.labels));
  if (about.length === 0) return true;
  return about.some((policy) => (policy.spec[rules] ?? []).some((rule) => ruleAllows(rule, rule[peers], other, port, pod.namespace)));
}

// Each end of an arrow is checked by itself: what a pod lets in, and what it lets out.
export function arrowsOf(documents, component) {
  const policies = documents.filter(({kind}) => kind === 'NetworkPolicy');
  const templates = documents.map((each) => (each.kind === 'CronJob' ? {...each, kind: 'Job', spec: each.spec.jobTemplate.spec} : each));
  const own = templates.filter(({kind}) => ['Deployment', 'StatefulSet', 'Job'].includes(kind)).map((each) => ({
    name: each.metadata.labels['app.kubernetes.io/name'], namespace: each.metadata.namespace, labels: each.spec.template.metadata.labels}));
  const stranger = {name: 'stranger', namespace: own[0]?.namespace, labels: {}};
  const instead = places[component];
  const others = instead ? [...elsewhere.filter(({name}) => name !== instead.name), instead] : elsewhere;
  const inside = [...own, stranger], arrows = {in: new Set(), out: new Set()};
  for (const pod of inside) {
    for (const other of [...inside, ...others]) {
      if (pod === other) continue;
      for (const port of ports) {
        if (allows(policies, 'in', pod, other, port)) arrows.in.add(`${other.name} -> ${pod.name} ${port}`);
        if (allows(policies, 'out', pod, other, port)) arrows.out.add(`${pod.name} -> ${other.name} ${port}`);
      }
    }
  }
  return {arrows, inside: inside.map(({name}) => name)};
}

function expected(file, overlay, component, inside) {
  const wanted = new Set();
  for (const line of readFileSync(file, 'utf8').split('\n').map((text) => text.trim())) {
    if (line === '' || line.startsWith('#')) continue;
    const [, only, from, to, port] = line.match(/^(?:(\w+): )?(\S+) -> (\S+) (\d+)$/) ?? (() => { throw new Error(`${file}: ${line}`); })();
    if (only && only !== overlay && only !== component) continue;
    for (const name of from === '*' ? inside : [from]) wanted.add(`${name} -> ${to} ${port}`);
  }
  return wanted;
}

export function findings(documents, overlay, file, component) {
  const {arrows, inside} = arrowsOf(documents, component);
  const wanted = expected(file, overlay, component, inside);
  const ends = (arrow) => arrow.split(/ -> | /);
  // Agencies come from any address, so a port that is open to them may be tried by anybody.
  const open = (arrow) => wanted.has(`agencies -> ${ends(arrow).slice(1).join(' ')}`);
  const here = {in: (arrow) => inside.includes(ends(arrow)[1]), out: (arrow) => inside.includes(ends(arrow)[0])};
  const found = [];
  for (const way of ['in', 'out']) {
    for (const arrow of arrows[way]) {
      if (!wanted.has(arrow) && !(way === 'in' && open(arrow))) found.push(`not an arrow of the architecture (${way}): ${arrow}`);
    }
    for (const arrow of wanted) {
      if (here[way](arrow) && !arrows[way].has(arrow)) found.push(`the policies do not let ${way}: ${arrow}`);
    }
  }
  return found;
}
