package dev.ttsworker.registration;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Records in a map, with a switch for failures.
final class FakeStore implements RecordStore {
  final Map<String, String> records = new HashMap<>();
  final List<String> commands = new ArrayList<>();
  @Nullable Exception failure;

  @Override
  public void put(String key, String value, Duration timeToLive) throws IOException {
    commands.add("put " + timeToLive.toSeconds());
    failIfTold();
    records.put(key, value);
  }

  @Override
  public void remove(String key) throws IOException {
    commands.add("remove");
    failIfTold();
    records.remove(key);
  }

  private void failIfTold() throws IOException {
    switch (failure) {
      case null -> {}
      case IOException failure -> throw failure;
      default -> throw new IllegalStateException(failure);
    }
  }

  @Override
  public void close() {
    commands.add("close");
  }
}
