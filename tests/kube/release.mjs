// node release.mjs BEFORE.yaml AFTER.yaml exits with 1 if an API server that holds BEFORE would refuse to apply AFTER,
// because a field has changed that cannot be. --self-check RENDERED.yaml: every such change must be noticed.
import {readFileSync} from 'node:fs';
import {isDeepStrictEqual} from 'node:util';
import {parseAllDocuments} from 'yaml';

// The API server lets nobody change these, by kind.
const fixed = {
  Job: [['spec', 'selector'], ['spec', 'template'], ['spec', 'completions'], ['spec', 'completionMode']],
  Deployment: [['spec', 'selector']],
  StatefulSet: [['spec', 'selector'], ['spec', 'serviceName'], ['spec', 'podManagementPolicy'], ['spec', 'volumeClaimTemplates']],
  Service: [['spec', 'clusterIP']],
  PersistentVolumeClaim: [['spec', 'accessModes'], ['spec', 'storageClassName'], ['spec', 'volumeName']],
  Secret: [['type']],
};
const documentsIn = (file) => parseAllDocuments(readFileSync(file, 'utf8')).map((each) => each.toJS()).filter(Boolean);
const at = (value, path) => path.reduce((inner, key) => inner?.[key], value);
const key = ({apiVersion, kind, metadata}) => `${apiVersion} ${kind} ${metadata.name}`;

function findings(before, after) {
  const held = new Map(before.map((each) => [key(each), each]));
  return after.flatMap((each) => (fixed[each.kind] ?? [])
    .filter((path) => held.has(key(each)) && !isDeepStrictEqual(at(held.get(key(each)), path), at(each, path)))
    .map((path) => `${each.kind} ${each.metadata.name}: ${path.join('.')} cannot be changed`));
}

function selfCheck(documents) {
  let missed = 0;
  for (const kind of ['Job', 'Deployment', 'StatefulSet', 'Service']) {
    for (const path of fixed[kind]) {
      const copy = structuredClone(documents), changed = copy.find((each) => each.kind === kind);
      at(changed, path.slice(0, -1))[path.at(-1)] = 'another';
      if (findings(documents, copy).length === 1) continue;
      console.log(`self-check: not noticed: ${path.join('.')} of a ${kind}`);
      ++missed;
    }
  }
  return missed;
}

const args = process.argv.slice(2);
if (args[0] === '--self-check') process.exit(selfCheck(documentsIn(args[1])) === 0 ? 0 : 1);
const found = findings(...args.map(documentsIn));
for (const what of found) console.log(what);
process.exit(found.length === 0 ? 0 : 1);
