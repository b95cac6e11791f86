"""This says what of the manifests is a value of the chart, by a function for each kind of place. Each changes an object
as it was rendered; what it takes away is kept, to be held against the defaults in values.yaml."""
from __future__ import annotations

import re
from typing import Any

from template import MISSING, Choice, Expression, Text, inside, text, value

PROCESS = ("Deployment", "StatefulSet")
NAMESPACE = Expression(".Release.Namespace")
TAG = Expression(".Values.image.tag | default .Chart.AppVersion")
HASHED = re.compile(r"-[0-9a-z]{10}$")


class Places:
    """This puts values into objects and remembers which defaults they need."""

    def __init__(self, tag: str, hashed: set[str]):
        self.tag = tag
        # These are names of ConfigMaps that end in a hash of their content.
        self.hashed = hashed
        self.defaults: dict[str, Any] = {}

    def whole(self, holder: Any, key: Any, path: str) -> None:
        """Says that what is at `key` is a value."""
        self._default(path, holder[key])
        holder[key] = value(path)

    def within(self, source: str, changes: list[tuple[str, str]]) -> str | Text:
        """Says that the first group of each pattern is a value."""
        for pattern, path in changes:
            for found in re.finditer(pattern, source):
                self._default(path, int(found[1]) if found[1].isdigit() else found[1])
        return text(source, [(pattern, inside(path)) for pattern, path in changes])

    def _default(self, path: str, found: Any) -> None:
        if self.defaults.setdefault(path, found) != found:
            raise ValueError(f"{path} would be both {self.defaults[path]} and {found}")

    def fill(self, document: dict[str, Any]) -> dict[str, Any]:
        """Gives the object with its values."""
        document["metadata"]["namespace"] = Text((NAMESPACE,))
        self._names(document)
        kind = document["kind"]
        fill = getattr(self, f"_{kind.lower()}", None)
        if fill is not None:
            fill(document)
        if kind in PROCESS:
            self._process(document)
        for pod in self._pods(document):
            self._pod(pod)
        return document

    def _unhashed(self, name: str) -> str:
        return HASHED.sub("", name) if name in self.hashed else name

    def _names(self, document: dict[str, Any]) -> None:
        document["metadata"]["name"] = self._unhashed(document["metadata"]["name"])
        for pod in self._pods(document):
            for volume in pod["spec"].get("volumes", []):
                if "configMap" in volume:
                    volume["configMap"]["name"] = self._unhashed(volume["configMap"]["name"])

    @staticmethod
    def _pods(document: dict[str, Any]) -> list[dict[str, Any]]:
        spec = document.get("spec", {})
        if document["kind"] in (*PROCESS, "Job"):
            return [spec["template"]]
        return [spec["jobTemplate"]["spec"]["template"]] if document["kind"] == "CronJob" else []

    def _pod(self, pod: dict[str, Any]) -> None:
        spec = pod["spec"]
        for container in [*spec.get("initContainers", []), *spec["containers"]]:
            image, _, tag = container["image"].rpartition(":")
            if tag != self.tag:
                self.whole(container, "image", "spire.helperImage")
                continue
            path = "accordctl.repository" if image.endswith("/accordctl") else "image.repository"
            self._default(path, image)
            container["image"] = Text((inside(path), ":", TAG))
        spec["imagePullSecrets"] = Choice("image.pullSecrets", value("image.pullSecrets"), MISSING)
        for each in ("nodeSelector", "tolerations", "priorityClassName"):
            spec[each] = Choice(f"pods.{each}", value(f"pods.{each}"), MISSING)

    def _process(self, document: dict[str, Any]) -> None:
        name, spec = document["metadata"]["name"], document["spec"]
        self.whole(spec["template"]["spec"]["containers"][0], "resources", f"processes.{name}.resources")
        # A pod that would go on with an old configuration is replaced.
        template = f'include (print $.Template.BasePath "/configuration/{name}.yaml") .'
        spec["template"]["metadata"]["annotations"] = {"checksum/config": Text((Expression(f"{template} | sha256sum"),))}
        if "replicas" in spec:
            self.whole(spec, "replicas", f"processes.{name}.replicas")
        for claim in spec.get("volumeClaimTemplates", []):
            self.whole(claim["spec"]["resources"]["requests"], "storage", f"processes.{name}.storage")
            claim["spec"]["storageClassName"] = Choice(f"processes.{name}.storageClass", value(f"processes.{name}.storageClass"), MISSING)

    def _job(self, document: dict[str, Any]) -> None:
        name = document["metadata"]["name"]
        document["metadata"]["name"] = Text((name.removesuffix(self.tag), TAG))

    def _horizontalpodautoscaler(self, document: dict[str, Any]) -> None:
        for key in ("minReplicas", "maxReplicas"):
            self.whole(document["spec"], key, f"processes.gateway.{key}")

    def _configmap(self, document: dict[str, Any]) -> None:
        for key, content in document["data"].items():
            if key.endswith(".textproto"):
                document["data"][key] = self.within(content, [
                    (r'\btrust_domain: "([^"]+)"', "trustDomain"), (r'\b(?:log_)?origin: "([^"]+)"', "log.origin"),
                    (r"\nloops: (\d+)\n", "processes.gateway.loops")])
            elif key.endswith(".json"):
                document["data"][key] = text(content, [(r'namespace=\\"(accord)\\"', NAMESPACE)])

    def _prometheusrule(self, document: dict[str, Any]) -> None:
        self._labels(document)
        for rule in (rule for group in document["spec"]["groups"] for rule in group["rules"]):
            rule["expr"] = text(rule["expr"], [(r'namespace="(accord)"', NAMESPACE)])
            rule["annotations"]["runbook_url"] = self.within(rule["annotations"]["runbook_url"], [("https://([^/]+)/", "hosts.runbooks")])

    def _servicemonitor(self, document: dict[str, Any]) -> None:
        self._labels(document)
        for endpoint in document["spec"]["endpoints"]:
            self.whole(endpoint, "interval", "monitoring.interval")

    @staticmethod
    def _labels(document: dict[str, Any]) -> None:
        document["metadata"]["labels"] = Choice("monitoring.labels", value("monitoring.labels"), MISSING)

    def _networkpolicy(self, document: dict[str, Any]) -> None:
        rules = {"dns": ("egress", "to", "dns.peers"), "postgres": ("egress", "to", "database.peers"),
                 "metrics": ("ingress", "from", "monitoring.peers")}
        if document["metadata"]["name"] in rules:
            way, peers, path = rules[document["metadata"]["name"]]
            (rule,) = document["spec"][way]
            self.whole(rule, peers, path)
            if path == "database.peers":
                self.whole(rule["ports"][0], "port", "database.port")

    def _certificate(self, document: dict[str, Any]) -> None:
        spec = document["spec"]
        if spec.get("isCA"):
            return
        self.whole(spec, "issuerRef", "issuer.ref")
        for key in ("duration", "renewBefore"):
            self.whole(spec, key, f"certificates.{key}")
        spec["uris"] = [self.within(uri, [("spiffe://([^/]+)/", "trustDomain")]) for uri in spec["uris"]]
        spec["dnsNames"] = [text(name, [(r"\.(accord)\.svc$", NAMESPACE)]) for name in spec["dnsNames"]]

    def _service(self, document: dict[str, Any]) -> None:
        if document["metadata"]["name"] == "gateway":
            path = "processes.gateway.serviceAnnotations"
            document["metadata"]["annotations"] = Choice(path, value(path), MISSING)

    def _cronjob(self, document: dict[str, Any]) -> None:
        for key in ("schedule", "timeZone"):
            self.whole(document["spec"], key, f"backup.{key}")

    def _persistentvolumeclaim(self, document: dict[str, Any]) -> None:
        self.whole(document["spec"]["resources"]["requests"], "storage", "backup.storage")
        document["spec"]["storageClassName"] = Choice("backup.storageClass", value("backup.storageClass"), MISSING)

    def _secretstore(self, document: dict[str, Any]) -> None:
        self.whole(document["spec"], "provider", "externalSecrets.provider")

    def _secretproviderclass(self, document: dict[str, Any]) -> None:
        self.whole(document["spec"]["parameters"], "vaultAddress", "secretsStore.vaultAddress")

    def _gateway(self, document: dict[str, Any]) -> None:
        self.whole(document["spec"], "gatewayClassName", "gatewayApi.className")
        for listener in document["spec"]["listeners"]:
            self.whole(listener, "hostname", "hosts.gateway")

    def _tlsroute(self, document: dict[str, Any]) -> None:
        for at in range(len(document["spec"]["hostnames"])):
            self.whole(document["spec"]["hostnames"], at, "hosts.gateway")
