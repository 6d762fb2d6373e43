package dev.ttsworker.engine.runtime;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

final class LowPriorityThreadsTest {
  /// In the words of /proc/thread-self/stat behind the name, see proc(5).
  private static final int NICE_AT = 16;

  private static int nice() throws Exception {
    String stat = Files.readString(Path.of("/proc/thread-self/stat"));
    return Integer.parseInt(stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1)[NICE_AT]);
  }

  private static int niceOfThread(int wanted) throws Exception {
    FutureTask<Integer> task = new FutureTask<>(LowPriorityThreadsTest::nice);
    new LowPriorityThreads(Thread.ofPlatform().daemon().factory(), wanted).newThread(task).start();
    return task.get();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void threadsGiveWayAndOthersDoNot() throws Exception {
    int ours = nice();
    assertEquals(ours + 5, niceOfThread(ours + 5));
    assertEquals(ours, niceOfThread(0));
    assertEquals(ours, nice());
  }

  @Test
  void theyAreTheFactorysThreads() {
    Thread made = new Thread();
    assertSame(made, new LowPriorityThreads(_ -> made, 5).newThread(() -> {}));
  }
}
