#!/usr/bin/env python3
"""Renders deploy/helm/tts-worker and looks whether what comes out fits together.

Usage: check-chart.py FOLDER    (needs helm-python-sdk and PyYAML)

Into FOLDER go each case's worker.yaml, as NAME.worker.yaml, for tts-worker check-config, Envoy's configuration, as
NAME.envoy.yaml, and its preStop script, as prestop.
"""
import pathlib
import shutil
import sys
import tempfile

import helm_python as helm
import yaml

ROOT = pathlib.Path(__file__).parent.parent
CHART = ROOT / "deploy/helm/tts-worker"

EVERYTHING = yaml.safe_load("""
drain: {graceMs: 7500, drainMs: 60000}
redis: {existingSecret: redis}
tokens: {existingSecret: tokens}
voices: {existingClaim: voices}
autoscaling: {keda: {enabled: true}}
envoy: {enabled: true}
serviceMonitor: {enabled: true, labels: {release: prometheus}}
prometheusRule: {enabled: true}
dashboard: {enabled: true}
runtimeClassName: nvidia
config: {model_manager: {default_model_id: mock-440hz}, limits: {max_open_calls: 100}}
extraEnv: [{name: LOG_LEVEL, value: DEBUG}]
imagePullSecrets: [{name: registry}]
service: {type: LoadBalancer, annotations: {a: b}}
networkPolicy: {egress: [{ports: [{port: 4317}]}]}
nodeSelector: {a: b}
affinity: {nodeAffinity: {}}
""")
CLOSED = yaml.safe_load("""
fullnameOverride: speech
tls: {existingSecret: certificate, clientCertificates: true}
redis: {url: "redis://redis:6379"}
voices: {image: "registry.example/voices:1"}
autoscaling: {cpu: {enabled: true}}
networkPolicy: {enabled: false}
podDisruptionBudget: {enabled: false}
""")
GOOD = {
    "cpu": {},
    "gpu": yaml.safe_load((CHART / "values-gpu.yaml").read_text()),
    "everything": EVERYTHING,
    "closed": CLOSED,
}
# Wrong values, and what the message must have.
BROKEN = {
    "replicaCount: two": ["/replicaCount", "integer"],
    "replicaCoutn: 3": ["replicaCoutn"],
    "drain: {graceMs: -1}": ["/drain/graceMs", "0"],
    "image: {pullPolicy: Sometimes}": ["/image/pullPolicy", "IfNotPresent"],
    "redis: {url: localhost}": ["/redis/url", "rediss?://"],
    "networkPolicy: {clients: []}": ["/networkPolicy/clients"],
    "autoscaling: {cpu: {enabled: true}, keda: {enabled: true}}": [
        "autoscaling.cpu.enabled", "autoscaling.keda.enabled"],
    "autoscaling: {minReplicas: 20}": ["autoscaling.minReplicas is 20", "at most", "10"],
    "autoscaling: {keda: {targetRatio: 0.9}}": ["/autoscaling/keda/targetRatio", "0.75"],
    'redis: {url: "redis://a", existingSecret: b}': ["redis.url", "redis.existingSecret"],
    "voices: {existingClaim: a, image: b}": ["voices.existingClaim", "voices.image"],
    "tls: {clientCertificates: true}": ["tls.clientCertificates", "tls.existingSecret"],
    "{envoy: {enabled: true}, tls: {existingSecret: a}}": ["envoy.enabled", "tls.existingSecret"],
    "config: {worker: {drain_ms: 1}}": ["drain_ms", "drain"],
}


KINDS = {"ConfigMap", "Deployment", "HorizontalPodAutoscaler", "NetworkPolicy", "PodDisruptionBudget",
         "PrometheusRule", "ScaledObject", "Service", "ServiceMonitor"}


class Release:
    """The objects of one rendering; `problems` says what does not fit."""

    def __init__(self, chart, values):
        self.problems = []
        with helm.Chart.load(chart) as chart:
            self.values = chart.merge_values(values)
            rendered = chart.render(values, name="tts", namespace="speech")
        self.notes = next(text for path, text in rendered.items() if path.endswith("NOTES.txt"))
        manifests = [text for path, text in rendered.items() if path.endswith(".yaml")]
        self.objects = [each for text in manifests for each in yaml.safe_load_all(text) if each]

    def of(self, *kinds):
        return [each for each in self.objects if each["kind"] in kinds]

    def expect(self, true, problem):
        if not true:
            self.problems.append(problem)

    def check(self):
        names = [(each["kind"], each["metadata"]["name"]) for each in self.objects]
        self.expect(len(names) == len(set(names)), f"two objects of one name: {names}")
        for deployment in self.of("Deployment"):
            self.check_deployment(deployment)
        for each in self.of("Service", "PodDisruptionBudget", "ServiceMonitor", "NetworkPolicy"):
            self.check_selecting(each)
        for each in self.of("HorizontalPodAutoscaler", "ScaledObject"):
            self.check_scaling(each)
        kinds = {kind for kind, _ in names}
        scaled = kinds & {"HorizontalPodAutoscaler", "ScaledObject"}
        self.expect(len(scaled) <= 1, f"scaled twice: {scaled}")
        self.check_drain()
        self.expect("speech.svc" in self.notes, "NOTES.txt names no address")
        return kinds

    def check_deployment(self, deployment):
        where = f"Deployment {deployment['metadata']['name']}"
        spec = deployment["spec"]
        pod = spec["template"]["spec"]
        labels = spec["template"]["metadata"]["labels"]
        selector = spec["selector"]["matchLabels"]
        self.expect(selector.items() <= labels.items(), f"{where}: selector {selector}, labels of its pods {labels}")
        for spread in pod["topologySpreadConstraints"]:
            chosen = spread["labelSelector"]["matchLabels"]
            self.expect(chosen.items() <= labels.items(), f"{where}: spread over {spread['topologyKey']} selects {chosen}")
        scaled = any(each["spec"]["scaleTargetRef"]["name"] == deployment["metadata"]["name"]
                     for each in self.of("HorizontalPodAutoscaler", "ScaledObject"))
        self.expect(scaled != ("replicas" in spec), f"{where}: replicas must be set exactly where nothing scales")
        volumes = {each["name"]: each for each in pod["volumes"]}
        containers = pod["containers"] + pod.get("initContainers", [])
        mounted = set()
        for container in containers:
            mounted |= {each["name"] for each in container["volumeMounts"]}
            self.check_container(f"{where}, {container['name']}", container, pod)
        self.expect(mounted == set(volumes), f"{where}: mounted are {sorted(mounted)}, there are {sorted(volumes)}")
        own = {each["metadata"]["name"] for each in self.of("ConfigMap")}
        maps = {each["configMap"]["name"] for each in volumes.values() if "configMap" in each}
        self.expect(maps <= own, f"{where}: there are no ConfigMaps {maps - own}")

    def check_container(self, where, container, pod):
        ports = {each["name"] for each in container.get("ports", [])}
        for probe in ("startupProbe", "readinessProbe", "livenessProbe"):
            if probe in container:
                port = container[probe]["httpGet"]["port"]
                self.expect(port in ports, f"{where}: {probe} asks the port {port}; there are {ports}")
        rights = container["securityContext"]
        well = (rights["readOnlyRootFilesystem"] and not rights["allowPrivilegeEscalation"]
                and rights["capabilities"]["drop"] == ["ALL"] and pod["securityContext"]["runAsNonRoot"]
                and pod["securityContext"]["runAsUser"] == 1000
                and pod["securityContext"]["seccompProfile"]["type"] == "RuntimeDefault")
        self.expect(well, f"{where}: more rights than needed")
        self.expect({"requests", "limits"} <= container["resources"].keys(), f"{where}: no resources")

    def check_selecting(self, each):
        spec = each["spec"]
        where = f"{each['kind']} {each['metadata']['name']}"
        chosen = spec.get("selector", spec.get("podSelector"))
        chosen = chosen.get("matchLabels", chosen)
        if each["kind"] == "ServiceMonitor":
            targets = [service for service in self.of("Service")
                       if chosen.items() <= service["metadata"]["labels"].items()]
            with_port = [service for service in targets
                         if spec["endpoints"][0]["port"] in {port["name"] for port in service["spec"]["ports"]}]
            self.expect(len(with_port) == 1, f"{where} scrapes {len(with_port)} Services")
            self.expect(with_port and with_port[0]["metadata"]["labels"].get(spec["jobLabel"]) == "tts-worker",
                        f"{where}: the job is not called tts-worker")
            return
        pods = [deployment["spec"]["template"] for deployment in self.of("Deployment")
                if chosen.items() <= deployment["spec"]["template"]["metadata"]["labels"].items()]
        self.expect(len(pods) == 1, f"{where} selects the pods of {len(pods)} Deployments")
        ports = {port["name"] for pod in pods for container in pod["spec"]["containers"] for port in container["ports"]}
        if each["kind"] == "Service":
            wanted = {port["targetPort"] for port in spec["ports"]}
            self.expect(wanted <= ports, f"{where}: no port of its pods is called {wanted - ports}")
        if each["kind"] == "NetworkPolicy":
            wanted = {port["port"] for rule in spec["ingress"] for port in rule["ports"]}
            self.expect(wanted <= ports, f"{where}: no port of its pods is called {wanted - ports}")
            self.expect(all(rule.get("from") for rule in spec["ingress"]), f"{where}: lets in everybody")

    def check_scaling(self, each):
        target = each["spec"]["scaleTargetRef"]
        found = [one for one in self.of(target["kind"]) if one["metadata"]["name"] == target["name"]]
        self.expect(len(found) == 1 and found[0]["apiVersion"] == target["apiVersion"],
                    f"{each['kind']} {each['metadata']['name']} scales {target}, which is not there")

    def check_drain(self):
        worker = self.worker_yaml()["worker"]
        pod = next(each for each in self.of("Deployment") if self.is_worker(each))["spec"]["template"]["spec"]
        need = (worker["drain_grace_ms"] + worker["drain_ms"]) / 1000
        given = pod["terminationGracePeriodSeconds"]
        self.expect(given >= need + 5, f"terminationGracePeriodSeconds is {given}; grace and drain take {need} s")
        asked = (self.values["drain"]["graceMs"], self.values["drain"]["drainMs"])
        drain = (worker["drain_grace_ms"], worker["drain_ms"])
        self.expect(asked == drain, f"drain of worker.yaml is {drain}, not {asked}")
        container = pod["containers"][0]
        ports = {port["name"]: port["containerPort"] for port in container["ports"]}
        self.expect(ports == {"grpc": worker["grpc_port"], "http": self.worker_yaml()["metrics"]["prometheus_port"]},
                    f"worker.yaml has other ports than {ports}")

    def envoy_prestop(self):
        pod = next(each for each in self.of("Deployment") if not self.is_worker(each))["spec"]["template"]["spec"]
        return pod["containers"][0]["lifecycle"]["preStop"]["exec"]["command"][2]

    def check_limits(self):
        limits = self.worker_yaml()["limits"]
        self.expect(limits == {"max_open_calls": 100, "max_resets": 100000}, f"limits of worker.yaml are {limits}")

    def check_gpu(self):
        container = self.of("Deployment")[0]["spec"]["template"]["spec"]["containers"][0]
        self.expect(container["resources"]["limits"].get("nvidia.com/gpu") == 1, "a worker has not exactly one GPU")
        self.expect(container["image"] == "tts-worker:gpu", f"the image is {container['image']}")

    @staticmethod
    def is_worker(each):
        return each["metadata"]["labels"]["app.kubernetes.io/component"] == "worker"

    def data(self, key):
        return next((each["data"][key] for each in self.of("ConfigMap") if key in each["data"]), None)

    def worker_yaml(self):
        return yaml.safe_load(self.data("worker.yaml"))

    def check_envoy(self):
        """The chart's configuration is deploy/envoy's, apart from the workers' addresses."""
        ours = yaml.safe_load((ROOT / "deploy/envoy/envoy.yaml").read_text())
        theirs = yaml.safe_load(self.data("envoy.yaml"))
        headless = [each["metadata"]["name"] for each in self.of("Service") if each["spec"].get("clusterIP") == "None"]
        for cluster in theirs["static_resources"]["clusters"][:2]:
            addresses = [each["endpoint"]["address"]["socket_address"]
                         for each in cluster["load_assignment"]["endpoints"][0]["lb_endpoints"]]
            wanted = [{"address": f"{headless[0]}.speech.svc", "port_value": self.values["ports"]["grpc"]}]
            self.expect(addresses == wanted, f"Envoy's {cluster['name']} are {addresses}, not {wanted}")
        for config in (ours, theirs):
            for cluster in config["static_resources"]["clusters"][:2]:
                cluster["load_assignment"]["endpoints"][0]["lb_endpoints"] = []
        self.expect(ours == theirs, "Envoy's configuration differs from deploy/envoy/envoy.yaml in more than addresses")
        pod = next(each for each in self.of("Deployment") if not self.is_worker(each))["spec"]["template"]["spec"]
        drain = self.values["envoy"]["drainSeconds"]
        self.expect(pod["terminationGracePeriodSeconds"] > drain, "Envoy is killed in its drain")


def lint(chart):
    report = helm.lint(chart, strict=True, kube_version="v1.33.0")
    return [each["error"] for each in report["messages"] if each["severity"] >= 2] + report["errors"]


def refused(chart, text, parts):
    """Why these values are not refused as they should be."""
    try:
        Release(chart, yaml.safe_load(text))
    except helm.HelmError as error:
        missing = [part for part in parts if part not in str(error)]
        return [f"refused, but without {missing}: {error}"] if missing else []
    return ["not refused"]


def say(what, problems):
    print(f"{'FAILED' if problems else 'ok    '} {what}")
    for problem in problems:
        print(f"         {problem}")
    return not problems


def checks(chart, folder):
    yield say("helm lint", lint(chart))
    kinds = set()
    for name, values in GOOD.items():
        release = Release(chart, values)
        kinds |= release.check()
        (folder / f"{name}.worker.yaml").write_text(release.data("worker.yaml"))
        if release.data("envoy.yaml"):
            release.check_envoy()
            release.check_limits()
            (folder / f"{name}.envoy.yaml").write_text(release.data("envoy.yaml"))
            (folder / "prestop").write_text(release.envoy_prestop())
        if name == "gpu":
            release.check_gpu()
        yield say(f"values {name}: {len(release.objects)} objects fit together", release.problems)
    yield say("every kind was rendered", sorted(KINDS - kinds))
    for text, parts in BROKEN.items():
        yield say(f"refused by name: {text}", refused(chart, text, parts))


def main(folder):
    with tempfile.TemporaryDirectory() as work:
        # Without the links, of which Helm would speak each time.
        chart = shutil.copytree(CHART, pathlib.Path(work) / CHART.name)
        results = [*checks(chart, folder)]
    sys.exit(0 if all(results) else 1)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
