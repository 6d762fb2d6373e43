/// NVIDIA Riva's speech synthesis on the gRPC port: its messages to calls and back.
@NullMarked
package dev.ttsworker.grpc.riva;

import org.jspecify.annotations.NullMarked;
