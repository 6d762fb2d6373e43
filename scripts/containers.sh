# Sourced by scripts/verify-containers.sh: which engine, can it run anything, and the images that the Dockerfile starts
# from. Bash. Every function here is about the machine, not about this project: what fails calls `cannot`.
# It uses work, run, port and build_options of its caller.
# shellcheck shell=bash disable=SC2034,SC2154
# shellcheck source=scripts/jdk.sh
. scripts/jdk.sh

# Ends the script: this machine cannot run containers, for reason $*.
cannot() {
  echo "verify-containers: containers cannot be run here: $*" >&2
  exit 75
}

# Sets `engine`: docker where its engine answers, else podman.
find_engine() {
  case $(timeout 20 docker version --format '{{json .Server}}' 2>/dev/null) in
    '' | null | *Podman*) engine=podman ;;
    *) engine=docker ;;
  esac
  command -v "$engine" >/dev/null || cannot "no Docker engine answers, and podman is not on the PATH"
}

# Runs /bin/true, alone with its libraries, as Compose runs the worker: own network, port, read-only, no capabilities.
run_true() {
  podman network exists "$run" || podman network create "$run" || return
  podman run --rm --name "$run-try" --network "$run" -p "127.0.0.1:$port:7001" --read-only --tmpfs /tmp \
    --cap-drop ALL --user 1000:1000 tts-try /bin/true
}

# Sees podman run something. Where it does not as it is set up: with runc, and with limits that a container may set.
try_engine() {
  [ "$engine" = podman ] || return 0
  # shellcheck disable=SC2046 # words
  tar -chf - /bin/true $(ldd /bin/true | grep -o '/[^ )]*') 2>/dev/null | podman import - tts-try >"$work/try" 2>&1 ||
    cannot "$(tail -n 1 "$work/try")"
  run_true >"$work/try" 2>&1 && return
  printf '%s\n' '[containers]' 'default_ulimits = ["nofile=4096:4096", "nproc=4096:4096"]' '[engine]' \
    'runtime = "runc"' >"$work/containers.conf"
  export CONTAINERS_CONF=$work/containers.conf
  run_true >"$work/try" 2>&1 || cannot "$(grep -v level=warning "$work/try" | tail -n 1)"
}

# Prints the image that the Dockerfile has for $1, such as CPU_IMAGE.
official() { sed -n "s/^ARG $1=//p" Dockerfile; }

has_image() { "$engine" image inspect "$1" >/dev/null 2>&1; }

# Once a registry has not answered, it is not asked again.
pull() {
  [ -z "${unreachable:-}" ] || return 1
  timeout 60 "$engine" pull -q "$1" >"$work/pull" 2>&1 || {
    unreachable=yes
    return 1
  }
}

# Sets `image` to $1, which is here or can be pulled, or to a stand-in of the name $2, which $3 makes.
base_image() {
  image=$1
  has_image "$image" || pull "$image" && return
  image=$2
  has_image "$image" || "$3" >"$work/base.log" 2>&1 || {
    cat "$work/base.log" >&2
    cannot "$1 cannot be pulled ($(tail -n 1 "$work/pull" | cut -c 1-160)) nor made here, see above"
  }
}

# Builds the image $1 from the context $2 by the Dockerfile on standard input.
build_base() { "$engine" build "${build_options[@]}" -t "$1" -f - "$2"; }

# Where this machine has its packages of Debian release $1 from; nothing where it is another one.
mirror() {
  # shellcheck disable=SC2016 # apt's own
  apt-get indextargets --format '$(CODENAME) $(REPO_URI)' 'Created-By: Packages' 2>/dev/null |
    sed -n "s/^$1 //p" | head -n 1
}

# What debian:bookworm-slim has, and the certificates that this machine trusts, each where the package ca-certificates
# takes it up too.
make_debian() {
  # shellcheck disable=SC2046 # a word or none
  timeout 240 debootstrap --variant=minbase bookworm "$work/debian" $(mirror bookworm) || return
  (
    cd "$work/debian" || exit
    rm -rf var/cache/apt/* var/lib/apt/lists/* usr/share/doc usr/share/man usr/share/info usr/share/locale \
      usr/share/lintian
    mkdir -p etc/ssl/certs
    cp -L /etc/ssl/certs/ca-certificates.crt etc/ssl/certs/
    mkdir -p usr/local/share/ca-certificates
    awk '/BEGIN CERT/ { n++ } n { print > ("usr/local/share/ca-certificates/machine-" n ".crt") }' \
      etc/ssl/certs/ca-certificates.crt
  )
  tar -C "$work/debian" -cf - . | "$engine" import - tts-base:debian
}

# This machine's JDK where the official image has it, and this machine's Maven.
make_maven() {
  find_java javac || return
  maven=$(mvn -v | sed -n 's/^Maven home: //p')
  mkdir -p "$work/maven"
  cp -RL "$java_home" "$work/maven/jdk" || return
  cp -RL "$maven" "$work/maven/maven" || return
  rm -f "$work/maven/jdk/src.zip" "$work/maven/jdk/lib/src.zip"
  [ ! -f ~/.m2/settings.xml ] || cp ~/.m2/settings.xml "$work/maven/maven/conf/settings.xml"
  build_base tts-base:maven "$work/maven" <<DOCKERFILE
FROM $cpu_image
COPY jdk /opt/java/openjdk
COPY maven /usr/share/maven
RUN ln -s /usr/share/maven/bin/mvn /usr/bin/mvn
ENV JAVA_HOME=/opt/java/openjdk LANG=C.UTF-8
DOCKERFILE
}

make_go() {
  command -v go >/dev/null || {
    echo "there is no Go here"
    return 1
  }
  build_base tts-base:go "$(go env GOROOT)" <<DOCKERFILE
FROM $cpu_image
COPY . /usr/local/go
ENV PATH=/usr/local/go/bin:/usr/sbin:/usr/bin:/sbin:/bin GOPROXY=$(go env GOPROXY) GOSUMDB=$(go env GOSUMDB)
DOCKERFILE
}

make_redis() {
  build_base tts-base:redis "$work/empty" <<DOCKERFILE
FROM $cpu_image
RUN apt-get update && apt-get install -y --no-install-recommends redis-server
CMD ["redis-server", "--bind", "0.0.0.0", "--protected-mode", "no"]
DOCKERFILE
}

# Sets cpu_image, gpu_image, build_image, go_image and redis_image.
base_images() {
  mkdir -p "$work/empty"
  base_image "$(official CPU_IMAGE)" tts-base:debian make_debian
  cpu_image=$image
  base_image "$(official BUILD_IMAGE)" tts-base:maven make_maven
  build_image=$image
  base_image "$(official GO_IMAGE)" tts-base:go make_go
  go_image=$image
  base_image "$(sed -n 's/^ *image: \(redis:\)/\1/p' docker-compose.yml)" tts-base:redis make_redis
  redis_image=$image
  # 3 GB, so only where it is here already. Without CUDA the worker falls back, which is what is tried.
  gpu_image=$(official GPU_IMAGE)
  has_image "$gpu_image" || gpu_image=$cpu_image
}

# Podman's builds start with what Maven has downloaded on this machine; Docker would send all of it to its engine.
seed_maven() {
  [ "$engine" = podman ] && [ -d ~/.m2/repository ] || return 0
  build_base tts-seed ~/.m2/repository <<DOCKERFILE
FROM $build_image
RUN --mount=type=bind,target=/host --mount=type=cache,target=/root/.m2/repository,sharing=locked \
  cp -Rn /host/. /root/.m2/repository/
DOCKERFILE
}

# Sets `compose`: Docker's own, else podman-compose, which is fetched into target/ when it is not installed.
find_compose() {
  if [ "$engine" = docker ]; then
    compose=(docker compose)
    docker compose version >"$work/try" 2>&1 || cannot "$(tail -n 1 "$work/try")"
    return
  fi
  compose=(podman-compose --in-pod false)
  command -v podman-compose >/dev/null && return
  compose[0]=target/podman-compose/bin/podman-compose
  [ -x "${compose[0]}" ] || { python3 -m venv target/podman-compose &&
    timeout 120 target/podman-compose/bin/python -m pip install -q podman-compose; } >"$work/try" 2>&1 ||
    cannot "podman-compose cannot be installed: $(tail -n 1 "$work/try")"
}
