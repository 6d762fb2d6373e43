package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpHeaders;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/// Download of a file that goes on where it broke off, within one call and after it. Only a file
/// with a checksum goes on: the checksum is of the whole, so that pieces of two versions are found
/// out, and then it begins anew. Source of the headers: RFC 9110, 13.1.5 and 14. Used once.
final class ResumableDownload {
  private static final int OK = 200;
  private static final int PARTIAL = 206;
  private static final int RANGE_NOT_SATISFIABLE = 416;
  private static final List<Integer> PASSING = List.of(408, 425, 429, 500, 502, 503, 504);

  private final HttpClient client;
  private final DownloadLimits limits;
  private final InstallProgress progress;

  /// A failure that another attempt may not have.
  private static final class PassingException extends IOException {
    PassingException(String message) {
      super(message);
    }

    PassingException(IOException cause) {
      super(cause.getMessage(), cause);
    }
  }

  ResumableDownload(HttpClient client, DownloadLimits limits, InstallProgress progress) {
    this.client = client;
    this.limits = limits;
    this.progress = progress;
  }

  /// Makes `partial` the whole file.
  ///
  /// @param name for people
  /// @throws IOException when that is not possible; then what has come stays, unless it is wrong or
  ///   little
  /// @throws WorkerException `INSTALL_FAILED` when it cannot be written
  void fetch(URI address, String name, Optional<Checksum> expected, PartialFile partial)
      throws IOException {
    if (expected.isEmpty() || partial.size() > expected.get().size()) {
      partial.delete();
    }
    try {
      long best = partial.size();
      for (int vain = 0; !attempt(address, name, expected, partial, vain + 1); ) {
        vain = partial.size() > best + limits.leastKeptBytes() ? 0 : vain + 1;
        best = Math.max(best, partial.size());
        pause();
      }
    } catch (IOException | WorkerException e) {
      if (partial.size() < limits.leastKeptBytes()) {
        partial.delete();
      }
      throw e;
    }
  }

  /// @param number of attempts in vain, this one included
  /// @return whether the file is whole
  private boolean attempt(
      URI address, String name, Optional<Checksum> expected, PartialFile partial, int number)
      throws IOException {
    String continued = partial.size() > 0 ? ", continued" : "";
    progress.started(
        name + " from " + address.getHost() + continued, expected.map(Checksum::size).orElse(-1L));
    try (CheckedFile file = CheckedFile.resume(partial.file(), expected)) {
      transfer(address, expected, partial, file);
      return true;
    } catch (PassingException e) {
      if (number >= limits.attempts()) {
        throw e;
      }
      return false;
    } finally {
      progress.finished();
    }
  }

  private void transfer(
      URI address, Optional<Checksum> expected, PartialFile partial, CheckedFile file)
      throws IOException {
    long present = file.size();
    if (expected.isEmpty() || present < expected.get().size()) {
      try (TimedBody body = open(address, expected, partial, file)) {
        append(body, file);
      }
    }
    try {
      file.check();
    } catch (IOException e) {
      boolean tooShort = expected.isPresent() && file.size() < expected.get().size();
      if (!tooShort) {
        partial.delete();
      }
      throw tooShort || present > 0 ? new PassingException(e) : e;
    }
  }

  private void append(TimedBody body, CheckedFile file) throws IOException {
    try {
      file.append(body, progress);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new PassingException(e);
    }
  }

  /// Asks for what is missing, and empties the file when all of it comes.
  private TimedBody open(
      URI address, Optional<Checksum> expected, PartialFile partial, CheckedFile file)
      throws IOException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response =
        send(request(address, partial, file.size()));
    TimedBody body = new TimedBody(limits.idle());
    response.body().subscribe(body);
    try {
      check(response, expected, partial, file.size());
      if (response.statusCode() == OK) {
        file.clear();
        partial.begin(response.headers().firstValue("ETag"));
      }
      checkLength(response.headers(), expected, file.size());
      progress.advanced(file.size());
      return body;
    } catch (IOException | WorkerException e) {
      body.close();
      throw e;
    }
  }

  private HttpRequest request(URI address, PartialFile partial, long present) throws IOException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(limits.connect().multipliedBy(2)).GET();
    if (present > 0) {
      request.header("Range", "bytes=" + present + "-");
      partial.version().ifPresent(version -> request.header("If-Range", version));
    }
    return request.build();
  }

  private static void check(
      HttpResponse<?> response, Optional<Checksum> expected, PartialFile partial, long present)
      throws IOException {
    int status = response.statusCode();
    if (!VoiceSource.Web.isAllowed(response.uri())) {
      throw new IOException("was redirected to an address that is not https");
    }
    boolean otherPart = status == PARTIAL && !isRest(response, expected, present);
    if (present > 0 && (status == RANGE_NOT_SATISFIABLE || otherPart)) {
      partial.delete();
      throw new PassingException("the server has no rest of what came of " + name(partial));
    }
    if (PASSING.contains(status)) {
      throw new PassingException("HTTP status " + status);
    }
    if (status != OK && !(status == PARTIAL && present > 0)) {
      throw new IOException("HTTP status " + status);
    }
  }

  private static boolean isRest(
      HttpResponse<?> response, Optional<Checksum> expected, long present) {
    String range = response.headers().firstValue("Content-Range").orElse("");
    return expected.stream()
        .anyMatch(whole ->
            range.equals("bytes %d-%d/%d".formatted(present, whole.size() - 1, whole.size())));
  }

  private static String name(PartialFile partial) {
    return Folders.name(partial.file());
  }

  private static void checkLength(HttpHeaders headers, Optional<Checksum> expected, long present)
      throws IOException {
    OptionalLong announced = headers.firstValueAsLong("Content-Length");
    if (announced.isEmpty()) {
      return;
    }
    long total = present + announced.getAsLong();
    long limit = VerifiedCopy.limit(expected);
    if (total > limit || (expected.isPresent() && total < limit)) {
      throw new IOException(
          "announces %d bytes, expected %d%s"
              .formatted(total, limit, expected.isPresent() ? "" : " at most"));
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpRequest request)
      throws IOException {
    try {
      return client.send(request, BodyHandlers.ofPublisher());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IllegalArgumentException e) {
      throw new IOException("was sent to an address that cannot be used", e);
    } catch (ConnectException | HttpConnectTimeoutException e) {
      throw e;
    } catch (IOException e) {
      throw new PassingException(e);
    }
  }

  private void pause() throws IOException {
    try {
      Thread.sleep(limits.pause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    }
  }
}
