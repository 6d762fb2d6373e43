package dev.ttsworker.voicepack.install;

import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;

/// Download of a part's files over HTTPS. Plain HTTP is spoken with this machine only (a local
/// mirror). A transfer that breaks off goes on where it was, in this run or a later one.
/// Thread-safe.
final class WebFetcher {
  private final DownloadLimits limits;

  WebFetcher(DownloadLimits limits) {
    this.limits = limits;
  }

  /// Fetches every file into `folder`, the small ones first. What has come of a file that breaks
  /// off stays in the folder's [PartialFolder].
  ///
  /// @param folder of a [Staging]
  /// @throws IOException when this source cannot deliver; the message says why
  void fetch(VoiceSource.Web source, CataloguePart part, Path folder, InstallProgress progress)
      throws IOException {
    PartialFolder partials = Staging.partials(folder);
    partials.open();
    try (HttpClient client = client()) {
      try {
        for (String name : smallestFirst(source, part)) {
          fetch(new ResumableDownload(client, limits, progress), source, part, name, folder);
        }
      } finally {
        client.shutdownNow();
      }
    } finally {
      partials.deleteIfEmpty();
    }
  }

  private static List<String> smallestFirst(VoiceSource.Web source, CataloguePart part) {
    return part.fileNames().stream()
        .sorted(
            Comparator.comparingLong(
                name -> part.checksum(source, name).map(Checksum::size).orElse(0L)))
        .toList();
  }

  private static void fetch(
      ResumableDownload download,
      VoiceSource.Web source,
      CataloguePart part,
      String name,
      Path folder)
      throws IOException {
    PartialFile partial = PartialFile.in(Staging.partials(folder).path(), name);
    try {
      download.fetch(source.address(name), name, part.checksum(source, name), partial);
      partial.publish(folder.resolve(name));
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(name + ": " + reason(e), e);
    }
  }

  private HttpClient client() {
    return HttpClient.newBuilder()
        .version(HttpClient.Version.HTTP_1_1)
        .followRedirects(HttpClient.Redirect.NORMAL)
        .connectTimeout(limits.connect())
        .build();
  }

  /// The client's own exceptions often say nothing but their class.
  private static String reason(IOException e) {
    for (Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnresolvedAddressException) {
        return "the host name cannot be resolved";
      }
      if (cause instanceof HttpConnectTimeoutException) {
        return "no connection in time";
      }
      if (cause instanceof ConnectException && cause.getMessage() == null) {
        return "the connection was refused";
      }
    }
    String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : Printable.printable(Printable.withoutCredentials(message), 200);
  }
}
