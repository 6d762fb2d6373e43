# syntax=docker/dockerfile:1
# Two images from one file:
#   docker build -t tts-worker:gpu .                  for NVIDIA GPUs, falls back to the CPU
#   docker build -t tts-worker:cpu --target cpu .     small, no CUDA
# With a voice baked in: --build-arg VOICE=piper-en-us-joe-medium. More: docs/DOCKER_SETUP.md

ARG BUILD_IMAGE=maven:3.9-eclipse-temurin-25
ARG GO_IMAGE=golang:1.26-bookworm
ARG CPU_IMAGE=debian:bookworm-slim
# ONNX Runtime's CUDA library needs CUDA 12 (cudart, cuBLAS, cuRAND) and cuDNN 9.
ARG GPU_IMAGE=nvidia/cuda:12.9.1-cudnn-runtime-ubuntu24.04

FROM ${GO_IMAGE} AS probe
RUN CGO_ENABLED=0 go install -trimpath -ldflags='-s -w' github.com/grpc-ecosystem/grpc-health-probe@v0.4.61

FROM ${BUILD_IMAGE} AS source
WORKDIR /build
COPY pom.xml tts-worker LICENSE NOTICE ./
COPY .mvn .mvn
COPY scripts/jdk.sh scripts/
COPY configs configs
COPY docs/licenses docs/licenses
COPY proto proto
COPY voicepacks voicepacks
COPY src/main src/main
ENV MAVEN_BUILD="mvn -B -ntp -Dmaven.test.skip=true -Djacoco.skip=true package"

FROM source AS build-cpu
RUN --mount=type=cache,target=/root/.m2 ${MAVEN_BUILD} '-P!format,cpu'

FROM source AS build-gpu
RUN --mount=type=cache,target=/root/.m2 ${MAVEN_BUILD} '-P!format,gpu'

# What the libraries on the class path need of Java, found with jdeps and by running them on it
# (docs/decisions/0002-images.md).
FROM ${BUILD_IMAGE} AS jre
RUN jlink --add-modules java.base,java.logging,java.management,java.naming,java.net.http,java.sql,java.xml,jdk.httpserver,jdk.jfr,jdk.management,jdk.unsupported \
    --strip-java-debug-attributes --no-header-files --no-man-pages --compress zip-6 --output /opt/java

# A voice only if VOICE names one; the folder is there in any case.
FROM build-cpu AS voice
ARG VOICE=
RUN mkdir -p /voicepacks/piper \
    && if [ -n "$VOICE" ]; then VOICEPACK_ROOT=/voicepacks target/tts-worker/tts-worker voices install "$VOICE"; fi

FROM ${CPU_IMAGE} AS base-cpu
RUN apt-get update \
    && apt-get install -y --no-install-recommends libstdc++6 \
    && rm -rf /var/lib/apt/lists/*

FROM ${GPU_IMAGE} AS base-gpu

FROM base-cpu AS cpu
COPY --from=jre /opt/java /opt/java
COPY --from=probe /go/bin/grpc-health-probe /usr/local/bin/
COPY --from=build-cpu /build/target/tts-worker /app
COPY --from=voice /voicepacks /app/voicepacks
ENV TTS_JAVA_HOME=/opt/java VOICEPACK_ROOT=/app/voicepacks
WORKDIR /app
USER 1000:1000
EXPOSE 7001 9090
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/app/tts-worker", "health"]
# The launcher ends in exec: Java is process 1 and SIGTERM arrives.
ENTRYPOINT ["/app/tts-worker"]
CMD ["serve", "--config", "/app/configs/image.yaml"]

FROM base-gpu AS gpu
COPY --from=jre /opt/java /opt/java
COPY --from=probe /go/bin/grpc-health-probe /usr/local/bin/
COPY --from=build-gpu /build/target/tts-worker /app
COPY --from=voice /voicepacks /app/voicepacks
ENV TTS_JAVA_HOME=/opt/java VOICEPACK_ROOT=/app/voicepacks NVIDIA_DRIVER_CAPABILITIES=compute,utility
WORKDIR /app
USER 1000:1000
EXPOSE 7001 9090
HEALTHCHECK --interval=30s --timeout=10s --start-period=60s --retries=3 CMD ["/app/tts-worker", "health"]
ENTRYPOINT ["/app/tts-worker"]
CMD ["serve", "--config", "/app/configs/image.yaml"]
