"""This does what a cluster does for pods, on this machine with podman: images, addresses, Services, replicas
and rolls."""
import pathlib

ROOT = pathlib.Path(__file__).resolve().parents[3]
# A run holds this on this machine; the next one takes it over.
LEASE = pathlib.Path("/run/accord-kube")
NETWORK = "accord-kube"
# These are the first three numbers of the addresses of pods and of Services.
PODS, SERVICES = "10.89.77", "10.89.76"
