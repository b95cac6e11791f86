#!/usr/bin/env bash
# Renders every overlay of k8s/ and holds it against the schemas of Kubernetes, our own rules and the architecture; then
# lets the processes read the configurations as they would in their containers.
# usage: manifests.sh BIN_DIR
set -euo pipefail
bin=$(realpath "${1:?usage: manifests.sh BIN_DIR}")
cd "$(dirname "$0")/../.."
work=$(mktemp -d "${TMPDIR:-/tmp}/accord-manifests.XXXXXX")
trap 'rm -rf "$work"' EXIT

die() { printf 'manifests: %s\n' "$*" >&2; exit 1; }
. tests/kube/tools.sh
debian_kubectl
debian_promtool
node_modules
kubectls=("$KUBECTL")
# Debian 12 packages kubectl 1.20, which does not know the fields that our kustomizations use, so it is left out.
if command -v kubectl >/dev/null && ! kubectl version --client 2>/dev/null | grep -q '1\.20\.'; then kubectls+=("$(command -v kubectl)"); fi

cp -r k8s "$work/k8s"
rm -rf "$work/k8s/overlays/dev/pki"
"$work/k8s/overlays/dev/pki.sh" "$bin/accordctl" >/dev/null

for overlay in dev production; do
  i=0
  for kubectl in "${kubectls[@]}"; do
    "$kubectl" kustomize "$work/k8s/overlays/$overlay" >"$work/$overlay.$i.yaml" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
    node tests/kube/check.mjs "$overlay" "$work/$overlay.$i.yaml"
    i=$((i + 1))
  done
  node tests/kube/check.mjs --self-check "$overlay" "$work/$overlay.0.yaml"
done

# Each component is given to the production overlay.
for component in k8s/components/*/; do
  component=$(basename "$component")
  mkdir -p "$work/k8s/overlays/with-$component"
  printf 'resources: [../production]\ncomponents: [../../components/%s]\n' "$component" >"$work/k8s/overlays/with-$component/kustomization.yaml"
  "$KUBECTL" kustomize "$work/k8s/overlays/with-$component" >"$work/$component.yaml" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
  ! cmp -s "$work/production.0.yaml" "$work/$component.yaml" || die "the component $component changes nothing"
  node tests/kube/check.mjs production "$work/$component.yaml" "$component"
done
for component in backup secrets-store spire; do node tests/kube/check.mjs --self-check production "$work/$component.yaml" "$component"; done
# This runs the backup's own script on files where this machine may have them, and each service is dumped as its owner.
mkdir -p "$work/pod"/{config,owners,bin,tmp}
cp k8s/base/config/*.textproto "$work/pod/config/"
rm "$work/pod/config/gateway.textproto"
for file in "$work"/pod/config/*.textproto; do
  name=$(basename "$file" .textproto)
  mkdir "$work/pod/owners/$name"
  echo "postgresql://accord_${name}_owner@db/accord?sslkey=/etc/accord/database/tls.key" >"$work/pod/owners/$name/dsn"
done
printf '#!/bin/sh\necho "$@"\n' >"$work/pod/bin/accordctl"
chmod +x "$work/pod/bin/accordctl"
node -e '
  const {parseAllDocuments} = require("yaml"), {readFileSync} = require("fs");
  const found = parseAllDocuments(readFileSync(process.argv[1], "utf8")).map((each) => each.toJS()).find((each) => each.kind === "CronJob");
  console.log(found.spec.jobTemplate.spec.template.spec.containers[0].command[2]);' "$work/backup.yaml" |
  sed -e "s|/tmp/|$work/pod/tmp/|g; s|/etc/accord/config|$work/pod/config|; s|\"/etc/accord/owners/\$name/dsn|\"$work/pod/owners/\$name/dsn|" \
      -e "s|mkdir .*|mkdir $work/pod/tmp/config $work/pod/tmp/dsn|" >"$work/pod/backup.sh"
PATH=$work/pod/bin:$PATH sh -eu "$work/pod/backup.sh" >"$work/pod/said"
grep -q '^backup .*/registry.textproto .* --out /backup/2' "$work/pod/said" || die "the backup is begun otherwise: $(cat "$work/pod/said")"
grep -qx "  database_file: \"$work/pod/tmp/dsn/registry\"" "$work/pod/tmp/config/registry.textproto" || die 'the backup does not name the owner'
grep -qx 'postgresql://accord_registry_owner@db/accord?sslkey=/etc/accord/owners/registry/tls.key' "$work/pod/tmp/dsn/registry" ||
  die 'the backup does not find the key of the owner'

# This joins several of them at once, as far as they do not exclude each other.
together() {
  local name=$1; shift
  mkdir -p "$work/k8s/overlays/$name"
  { echo 'resources: [../production]'; echo 'components:'; printf -- '- ../../components/%s\n' "$@"; } >"$work/k8s/overlays/$name/kustomization.yaml"
  "$KUBECTL" kustomize "$work/k8s/overlays/$name" >"$work/$name.yaml" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }
}
together many-together authorities backup client-addresses external-secrets zones node-local-dns outside-database
together others-together backup secrets-store spire tls-route trust-domain zones

"$KUBECTL" kustomize "$work/k8s/beside/cloudnative-pg" >"$work/database.yaml"
"$KUBECTL" kustomize "$work/k8s/beside/witness" >"$work/witness.yaml"
node tests/kube/beside.mjs "$work/database.yaml" "$work/production.0.yaml" k8s/beside/trust-manager/bundle.yaml \
  k8s/beside/spire/identities.yaml "$work/witness.yaml"
[ "$(ACCORD_CONFIG=k8s/beside/witness/contexts.yaml "$bin/accordctl" context list -o name)" = witness ] || die 'accordctl does not read the context of the witness'
"$bin/accordctl" audit witness --help >"$work/help"
while read -r option; do
  grep -q -- "$option" "$work/help" || die "accordctl audit witness has no option $option"
done < <(grep -o -- ' --[a-z-]*' k8s/beside/witness/witness.yaml)

# The next tag, the last one again, and another configuration under the same tag are applied over what is there.
render() { "$KUBECTL" kustomize "$1/overlays/production" >"$2" 2>"$work/errors" || { cat "$work/errors" >&2; exit 1; }; }
cp -r "$work/k8s" "$work/next"
sed -i 's/newTag: "0\.1\.0"/newTag: "0.2.0"/' "$work/next/overlays/production/kustomization.yaml"
render "$work/next" "$work/next.yaml"
grep -q 'name: migrate-registry-0\.2\.0$' "$work/next.yaml" || die 'the next tag has no Jobs of its own'
! grep -q '0\.1\.0' "$work/next.yaml" || die 'the next tag leaves something of the last one'
cp -r "$work/k8s" "$work/changed"
echo '# Changed.' | tee -a "$work"/changed/base/config/*.textproto >/dev/null
render "$work/changed" "$work/changed.yaml"
for pair in 'production.0 next' 'next production.0' 'production.0 changed' 'production.0 production.0'; do
  read -r before after <<<"$pair"
  node tests/kube/release.mjs "$work/$before.yaml" "$work/$after.yaml" || die "$after cannot be applied over $before"
done
node tests/kube/release.mjs --self-check "$work/production.0.yaml"
echo 'a next tag, its rollback and a changed configuration are applied without a step by hand'

# The chart is what the overlay makes of it, and with each of its values it says what the overlay says.
k8s/helm/generate.py --kubectl "$KUBECTL"
# A chart of another tag, a default that is not the overlay's, and a component that the chart does not know are noticed.
mkdir "$work/other"
cp -r "$work/next" "$work/other/k8s"
sed -i 's/minReplicas: 2/minReplicas: 3/' "$work/other/k8s/overlays/production/gateway-autoscaler.yaml"
! "$work/other/k8s/helm/generate.py" --kubectl "$KUBECTL" 2>"$work/errors" || die 'an old chart is taken for the present one'
grep -q 'accord/Chart.yaml is not what the overlay makes of it' "$work/errors" || die "the chart's tag is not noticed"
grep -q 'values.yaml says 2 at processes.gateway.minReplicas, and the overlay 3' "$work/errors" || die 'a default is not noticed'
mkdir "$work/other/k8s/components/unknown"
! "$work/other/k8s/helm/generate.py" --kubectl "$KUBECTL" 2>"$work/errors" || die 'a component that the chart does not know is passed over'
node tests/kube/chart.mjs "$work" "$KUBECTL"
# Debian has no Helm; where there is one, it is asked too.
if command -v helm >/dev/null; then
  helm lint --strict k8s/helm/accord >"$work/helm" 2>&1 || { cat "$work/helm" >&2; exit 1; }
  helm template accord k8s/helm/accord --namespace accord >"$work/helm.yaml"
  node tests/kube/chart.mjs --helm "$work/helm.yaml" "$work"
fi
echo "rendered with ${#kubectls[@]} kubectl: $(for kubectl in "${kubectls[@]}"; do "$kubectl" version --client 2>/dev/null | grep -oE 'v1\.[0-9.]+' | head -n 1; done | tr '\n' ' ')"

rules=(k8s/base/alerts.yaml k8s/components/*/alerts.yaml)
node -e '
  const {parse, stringify} = require("yaml"), {readFileSync} = require("fs");
  const groups = process.argv.slice(1).flatMap((file) => parse(readFileSync(file, "utf8")).spec.groups);
  console.log(stringify({groups}));' "${rules[@]}" >"$work/alerts.rules.yaml"
cp tests/kube/alerts_test.yaml "$work/"
"$PROMTOOL" check rules --lint-fatal "$work/alerts.rules.yaml" >"$work/promtool" || { cat "$work/promtool" >&2; exit 1; }
mapfile -t alerts < <(sed -n "s|^ *- alert: ||p" "${rules[@]}")
for alert in "${alerts[@]}"; do
  [ "$(grep -c "alertname: $alert\b" tests/kube/alerts_test.yaml)" -ge 2 ] || die "tests/kube/alerts_test.yaml does not show $alert silent and firing"
done
"$PROMTOOL" test rules "$work/alerts_test.yaml" >"$work/promtool" || { cat "$work/promtool" >&2; exit 1; }
echo "${#alerts[@]} alerts fire, and are silent, as they should"
queries=$(tests/kube/queries.py "$work/queries.yaml")
"$PROMTOOL" test rules "$work/queries.yaml" >"$work/promtool" || { cat "$work/promtool" >&2; exit 1; }
tests/kube/queries.py --wrong "$work/wrong.yaml" >/dev/null
! "$PROMTOOL" test rules "$work/wrong.yaml" >"$work/promtool" 2>&1 || die 'promtool lets a wrong value pass'
echo "$queries give what was recorded"

# This makes a bill of materials of the packages of this machine in place of an image's.
cyclonedx_schemas
mkdir "$work/inside"
dpkg-query -W -f '${Package} ${Version} ${Architecture} ${source:Package} ${source:Version}\n' >"$work/inside/packages.txt"
cp /usr/lib/os-release "$work/inside/os-release"
echo "$(sha256sum <"$bin/accordctl" | cut -c1-64)  /usr/bin/accordctl" >"$work/inside/programs.txt"
k8s/sbom.py --name accordctl --version 0.1.0 --commit 0123456789ab --time 0 --digest "sha256:$(cut -c1-64 "$work/inside/programs.txt")" \
  "$work/inside" >"$work/bill.json"
node tests/kube/bill.mjs "$CYCLONEDX_SCHEMAS" "$work/bill.json"

# What the image's build stage is given is enough to configure it.
mkdir "$work/context"
sed -n 's/^!//p' .dockerignore | xargs cp -r --parents -t "$work/context"
(cd "$work/context" && cmake --preset release -DBUILD_TESTING=OFF) >"$work/cmake" 2>&1 || { tail -n 20 "$work/cmake" >&2; exit 1; }

# This puts the files of /etc/accord and /usr/share/accord where a process of this machine can read them.
pki=$work/k8s/overlays/dev/pki etc=$work/etc
mkdir -p "$etc"/{front,tls,keys}
cp "$pki/gateway-server.crt" "$etc/front/tls.crt"; cp "$pki/gateway-server.key" "$etc/front/tls.key"; cp "$pki/agency-ca.crt" "$etc/front/ca.crt"
cp "$pki/services/gateway.crt" "$etc/tls/tls.crt"; cp "$pki/services/gateway.key" "$etc/tls/tls.key"; cp "$pki/service-ca.crt" "$etc/tls/ca.crt"
cp "$pki/gateway-assertion.key" "$etc/keys/assertion.key"; cp "$pki/audit-hash.key" "$etc/keys/"
count=0
for config in k8s/base/config/*.textproto; do
  name=$(basename "$config" .textproto)
  sed -e "s|/etc/accord|$etc|g" "$config" >"$work/$name.textproto"
  "$bin/accord-$name" --config "$work/$name.textproto" --check-config
  while read -r file; do
    [ -e "$file" ] || { echo "$config names $file, which no image has" >&2; exit 1; }
  done < <(sed -n 's|.*"/usr/share/accord/\(.*\)".*|\1|p' "$config")
  count=$((count + 1))
done
echo "$count configurations are read by their processes"
