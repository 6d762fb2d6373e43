package dev.ttsworker.engine.runtime;

import ai.onnxruntime.OrtException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reason of a failure for logs, health, metrics and clients: one line, without paths and host
/// names.
public final class FailureReason {
  private static final String NO_CUDA_LIBRARY = "Failed to find CUDA shared provider";
  private static final int LONGEST = 300;

  /// What ONNX Runtime says around it is about options and files of its own.
  private static final Pattern CUDA =
      Pattern.compile("\\b(CUDA|CUBLAS|CUDNN|CURAND|CUFFT) (?:failure|error):? (\\d+): ([^;]*)");

  private FailureReason() {}

  /// For failures outside of the runtime with the type.
  public static String of(Throwable failure) {
    String said =
        failure instanceof OrtException
            ? String.valueOf(failure.getMessage())
            : failure.getClass().getSimpleName() + ": " + failure.getMessage();
    return of(said);
  }

  /// Of what a failure says.
  public static String of(String said) {
    String message = said.replaceAll("\\s+", " ").strip();
    if (message.endsWith(NO_CUDA_LIBRARY)) {
      return "this ONNX Runtime was built without CUDA";
    }
    Matcher cuda = CUDA.matcher(message);
    if (cuda.find()) {
      return "%s failure %s: %s".formatted(cuda.group(1), cuda.group(2), cuda.group(3).strip());
    }
    String plain =
        message
            .replaceFirst("^Error code - \\w+ - message: ", "")
            .replaceFirst("^.*\\[ONNXRuntimeError\\] : \\d+ : \\w+ : ", "")
            .replaceAll(" ?; hostname=[^;]*", "")
            .replaceAll("(?:[A-Za-z]:)?[\\\\/](?:[^\\\\/\\s:]+[\\\\/])+", "")
            .strip();
    return plain.length() > LONGEST ? plain.substring(0, LONGEST) + "…" : plain;
  }
}
