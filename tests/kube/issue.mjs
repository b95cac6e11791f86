// node issue.mjs RENDERED.yaml: it makes the secrets that cert-manager would make of the manifests' certificates.
import {execFileSync} from 'node:child_process';
import {mkdtempSync, readFileSync, rmSync, writeFileSync} from 'node:fs';
import {tmpdir} from 'node:os';
import {parseAllDocuments, stringify} from 'yaml';

const work = mkdtempSync(`${tmpdir()}/accord-issue-`);
const openssl = (...args) => execFileSync('openssl', args, {cwd: work, stdio: ['ignore', 'pipe', 'pipe']});
const read = (name) => readFileSync(`${work}/${name}`).toString('base64');
const usages = {'server auth': 'serverAuth', 'client auth': 'clientAuth'};
const newKey = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes'];

// They become part of a path, a subject and a line of configuration, where a comma would begin another name.
const plain = (name) => {
  if (!/^[A-Za-z0-9*][A-Za-z0-9.:/ -]*$/.test(name)) throw new Error(`no name for a certificate: ${JSON.stringify(name)}`);
  return name;
};

function issue({spec}) {
  [spec.secretName, spec.commonName, ...(spec.dnsNames ?? []), ...(spec.uris ?? [])].forEach(plain);
  const days = String(parseInt(spec.duration) / 24), name = spec.secretName, subject = ['-subj', `/CN=${spec.commonName}`];
  if (spec.isCA) {
    openssl('req', '-x509', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.crt`, '-days', days, ...subject);
    return;
  }
  const names = [...spec.dnsNames.map((each) => `DNS:${each}`), ...spec.uris.map((each) => `URI:${each}`)];
  writeFileSync(`${work}/extensions`, `subjectAltName=${names.join(',')}\nextendedKeyUsage=${spec.usages.map((each) => usages[each]).join(',')}\n`);
  openssl('req', '-new', ...newKey, '-keyout', `${name}.key`, '-out', `${name}.csr`, ...subject);
  openssl('x509', '-req', '-in', `${name}.csr`, '-CA', 'service-ca.crt', '-CAkey', 'service-ca.key', '-CAcreateserial', '-days', days,
    '-extfile', 'extensions', '-out', `${name}.crt`);
  console.log(stringify({apiVersion: 'v1', kind: 'Secret', metadata: {name, namespace: 'accord'}, type: 'kubernetes.io/tls',
    data: {'tls.crt': read(`${name}.crt`), 'tls.key': read(`${name}.key`), 'ca.crt': read('service-ca.crt')}}) + '---');
}

const certificates = parseAllDocuments(readFileSync(process.argv[2], 'utf8')).map((each) => each.toJS()).filter((each) => each?.kind === 'Certificate');
try {
  for (const each of certificates.sort((a, b) => !!b.spec.isCA - !!a.spec.isCA)) issue(each);
} finally {
  rmSync(work, {recursive: true});
}
