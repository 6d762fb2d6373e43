package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.Flow;

/// Download of a part's files over HTTPS. Plain HTTP is spoken with this machine only (a local
/// mirror). Thread-safe.
final class WebFetcher {
  private final Duration connectLimit;
  private final Duration idleLimit;

  /// @param connectLimit for connecting; the answer's headers may take twice as long
  /// @param idleLimit for the pause between two pieces of a body
  WebFetcher(Duration connectLimit, Duration idleLimit) {
    this.connectLimit = connectLimit;
    this.idleLimit = idleLimit;
  }

  /// Fetches every file into `folder`.
  ///
  /// @throws IOException when this source cannot deliver; the message says why
  void fetch(VoiceSource.Web source, CataloguePart part, Path folder, InstallProgress progress)
      throws IOException {
    try (HttpClient client = client()) {
      try {
        for (String name : part.fileNames()) {
          fetch(client, source, name, part.checksum(source, name), folder, progress);
        }
      } finally {
        client.shutdownNow();
      }
    }
  }

  private void fetch(
      HttpClient client,
      VoiceSource.Web source,
      String name,
      Optional<Checksum> checksum,
      Path folder,
      InstallProgress progress)
      throws IOException {
    progress.started(
        name + " from " + source.base().getHost(), checksum.map(Checksum::size).orElse(-1L));
    try (TimedBody body = open(client, source.base().resolve(name), checksum)) {
      VerifiedCopy.copy(body, folder.resolve(name), checksum, progress);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(name + ": " + reason(e), e);
    } finally {
      progress.finished();
    }
  }

  private TimedBody open(HttpClient client, URI address, Optional<Checksum> checksum)
      throws IOException {
    HttpResponse<Flow.Publisher<List<ByteBuffer>>> response = send(client, address);
    TimedBody body = new TimedBody(idleLimit);
    response.body().subscribe(body);
    try {
      check(response, checksum);
      return body;
    } catch (IOException e) {
      body.close();
      throw e;
    }
  }

  private static void check(HttpResponse<?> response, Optional<Checksum> checksum)
      throws IOException {
    if (response.statusCode() != 200) {
      throw new IOException("HTTP status " + response.statusCode());
    }
    if (!VoiceSource.Web.isAllowed(response.uri())) {
      throw new IOException("was redirected to an address that is not https");
    }
    OptionalLong announced = response.headers().firstValueAsLong("Content-Length");
    long limit = checksum.map(Checksum::size).orElse(VerifiedCopy.MOST_UNCHECKED_BYTES);
    if (announced.isPresent() && announced.getAsLong() > limit) {
      throw new IOException(
          "announces " + announced.getAsLong() + " bytes, expected " + limit + " at most");
    }
  }

  private HttpResponse<Flow.Publisher<List<ByteBuffer>>> send(HttpClient client, URI address)
      throws IOException {
    HttpRequest request =
        HttpRequest.newBuilder(address).timeout(connectLimit.multipliedBy(2)).GET().build();
    try {
      return client.send(request, BodyHandlers.ofPublisher());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new InterruptedIOException("interrupted");
    } catch (IllegalArgumentException e) {
      throw new IOException("was sent to an address that cannot be used", e);
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(connectLimit)
        .build();
  }

  /// The client's own exceptions often say nothing but their class.
  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host name cannot be resolved";
      }
    }
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : Printable.printable(Printable.withoutCredentials(message), 200);
  }
}
