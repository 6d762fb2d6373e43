package dev.ttsworker;

import dev.ttsworker.proto.ControlCommand;
import dev.ttsworker.proto.LoadModelRequest;
import dev.ttsworker.proto.TTSServiceGrpc;
import dev.ttsworker.proto.UnloadModelRequest;
import io.grpc.ManagedChannel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/// Callers as nobody wishes for. Each kind returns when its callers are gone or its calls have
/// ended; its sessions stay open until [#endSessions], so that what the worker does is the worker's
/// own doing. Several may misbehave at once.
final class Misbehaviour {
  private static final String SENTENCE = "Good morning, dear listener, how are you today? ";
  private static final String LONG = SENTENCE.repeat(50);
  private static final String SPEAKERS = "piper-tiny-speakers";

  /// Frames leave in real time, so that calls run when something happens to them.
  private static final Map<String, String> PACED = Map.of("max_lead_ms", "100");

  private final TestWorker worker;
  private final AtomicInteger made = new AtomicInteger();
  private final Queue<String> sessions = new ConcurrentLinkedQueue<>();

  Misbehaviour(TestWorker worker) {
    this.worker = worker;
  }

  /// What callers do.
  enum Kind {
    READERS_VANISH,
    CONNECTION_IS_CUT,
    CALLS_ARE_CANCELLED,
    DEADLINES_PASS,
    TINY_CHUNKS,
    LONG_TEXT,
    STOP_BEFORE_AUDIO,
    PAUSE_NEVER_RESUMED,
    PAUSE_BETWEEN_CALLS,
    SESSION_ENDS,
    SESSION_IS_REPLACED,
    VOICE_IS_UNLOADED,
    READER_READS_NOTHING
  }

  void happen(Kind kind, Random random) throws Exception {
    switch (kind) {
      case READERS_VANISH -> vanish(random);
      case CONNECTION_IS_CUT -> cut(random);
      case CALLS_ARE_CANCELLED -> cancel(random);
      case DEADLINES_PASS -> passDeadlines(random);
      case TINY_CHUNKS -> sendTinyChunks();
      case LONG_TEXT -> sendLongText();
      case STOP_BEFORE_AUDIO -> stopEarly(random);
      case PAUSE_NEVER_RESUMED -> pauseForEver(random);
      case PAUSE_BETWEEN_CALLS -> pauseBetweenCalls(random);
      case SESSION_ENDS -> endRunning(random);
      case SESSION_IS_REPLACED -> replace(random);
      case VOICE_IS_UNLOADED -> unload(random);
      case READER_READS_NOTHING -> readNothing(random);
    }
  }

  void endSessions() {
    for (String id = sessions.poll(); id != null; id = sessions.poll()) {
      worker.endSession(id);
    }
  }

  private String session(String model, Map<String, String> options) {
    String id = "bad-" + made.incrementAndGet();
    sessions.add(id);
    worker.session(id, model, options);
    return id;
  }

  private String session() {
    return session("", PACED);
  }

  private List<SpokenCall> speakOver(ManagedChannel connection, Random random)
      throws InterruptedException {
    List<SpokenCall> calls = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      SpokenCall call = new SpokenCall(TTSServiceGrpc.newStub(connection));
      call.send(session(), LONG);
      calls.add(call);
    }
    for (SpokenCall call : calls) {
      boolean _ = call.hear(random.nextInt(12));
    }
    return calls;
  }

  private void vanish(Random random) throws InterruptedException {
    ManagedChannel connection = worker.connect();
    List<SpokenCall> calls = speakOver(connection, random);
    connection.shutdownNow();
    for (SpokenCall call : calls) {
      call.hearOut();
    }
  }

  private void cut(Random random) throws IOException, InterruptedException {
    try (Cable cable = new Cable(worker.worker.port())) {
      List<SpokenCall> calls = speakOver(cable.channel, random);
      cable.cut();
      for (SpokenCall call : calls) {
        call.hearOut();
      }
    }
  }

  /// 200 calls, 20 at once.
  private void cancel(Random random) throws InterruptedException {
    ManagedChannel connection = worker.connect();
    for (int round = 0; round < 10; round++) {
      List<SpokenCall> calls = new ArrayList<>();
      for (int i = 0; i < 20; i++) {
        calls.add(beginAnything(connection, random));
      }
      for (SpokenCall call : calls) {
        boolean _ = call.hear(random.nextInt(2) * random.nextInt(4));
        call.cancel();
      }
      for (SpokenCall call : calls) {
        call.hearOut();
      }
    }
    connection.shutdownNow();
  }

  private SpokenCall beginAnything(ManagedChannel connection, Random random) {
    String id =
        session(random.nextInt(4) == 0 ? "mock" : "", random.nextBoolean() ? PACED : Map.of());
    SpokenCall call = new SpokenCall(TTSServiceGrpc.newStub(connection));
    call.send(id, LONG.substring(random.nextInt(LONG.length() / 2)));
    switch (random.nextInt(4)) {
      case 0 -> call.endInput();
      case 1 -> call.send(id, SENTENCE);
      default -> {}
    }
    return call;
  }

  private void passDeadlines(Random random) throws InterruptedException {
    List<SpokenCall> calls = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      String id = session();
      SpokenCall call =
          new SpokenCall(
              TTSServiceGrpc.newStub(worker.channel).withDeadlineAfter(30, TimeUnit.MILLISECONDS));
      if (random.nextInt(4) > 0) {
        call.send(id, LONG);
      }
      calls.add(call);
    }
    for (SpokenCall call : calls) {
      call.hearOut();
    }
  }

  /// 10,000 pieces of one character, of which a second is heard.
  private void sendTinyChunks() throws InterruptedException {
    String id = session("", Map.of("max_lead_ms", "200"));
    SpokenCall call = worker.call();
    String text = SENTENCE.repeat(10_000 / SENTENCE.length() + 1).substring(0, 10_000);
    for (int i = 0; i < text.length(); i++) {
      call.send(id, text.substring(i, i + 1));
    }
    boolean _ = call.hear(50);
    call.cancel();
    call.hearOut();
  }

  /// 100 kB in a few chunks, of which a second is heard.
  private void sendLongText() throws InterruptedException {
    String id = session();
    String chunk = SENTENCE.repeat(17_000 / SENTENCE.length());
    SpokenCall call = worker.call();
    for (int i = 0; i < 6; i++) {
      call.send(id, chunk);
    }
    boolean _ = call.hear(50);
    call.cancel();
    call.hearOut();
  }

  private void stopEarly(Random random) throws InterruptedException {
    for (int i = 0; i < 10; i++) {
      String id = session();
      SpokenCall call = worker.call();
      call.send(id, random.nextBoolean() ? LONG : "No sentence ends here");
      // The first one may come before the call.
      while (!call.isOver()) {
        var _ = worker.control(id, ControlCommand.STOP);
      }
    }
  }

  private void pauseForEver(Random random) throws InterruptedException {
    List<SpokenCall> calls = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      String id = session();
      SpokenCall call = worker.call();
      call.send(id, LONG);
      boolean _ = call.hear(1 + random.nextInt(10));
      var _ = worker.control(id, ControlCommand.PAUSE);
      calls.add(call);
    }
    for (SpokenCall call : calls) {
      call.hearOut();
    }
  }

  /// The second call speaks to its end while the first is paused.
  private void pauseBetweenCalls(Random random) throws InterruptedException {
    String id = session();
    SpokenCall paused = worker.call();
    paused.send(id, LONG);
    boolean _ = paused.hear(1 + random.nextInt(10));
    var _ = worker.control(id, ControlCommand.PAUSE);
    if (worker.say(id, "Hello.").length <= 1920) {
      throw new AssertionError("The pause of another call was sticky");
    }
    if (random.nextBoolean()) {
      paused.cancel();
    }
    paused.hearOut();
  }

  private void endRunning(Random random) throws InterruptedException {
    String id = session();
    List<SpokenCall> calls = runningOn(id, random);
    worker.endSession(id);
    for (SpokenCall call : calls) {
      call.hearOut();
    }
  }

  private void replace(Random random) throws InterruptedException {
    String id = session();
    List<SpokenCall> calls = runningOn(id, random);
    worker.session(id, "mock", Map.of());
    for (SpokenCall call : calls) {
      call.hearOut();
    }
  }

  private List<SpokenCall> runningOn(String id, Random random) throws InterruptedException {
    List<SpokenCall> calls = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      SpokenCall call = worker.call();
      call.send(id, LONG);
      boolean _ = call.hear(random.nextInt(8));
      calls.add(call);
    }
    boolean _ = calls.getLast().hear(1);
    return calls;
  }

  /// The voice must stay under its running call, and go with it.
  private void unload(Random random) throws InterruptedException {
    var _ = worker.stub().loadModel(LoadModelRequest.newBuilder().setModelId(SPEAKERS).build());
    String id = session(SPEAKERS, PACED);
    SpokenCall call = worker.call();
    call.send(id, LONG);
    boolean _ = call.hear(1 + random.nextInt(8));
    var _ = worker.stub().unloadModel(UnloadModelRequest.newBuilder().setModelId(SPEAKERS).build());
    if (!call.hear(20)) {
      throw new AssertionError("The voice went from under its call");
    }
    worker.endSession(id);
    call.hearOut();
  }

  private void readNothing(Random random) throws InterruptedException {
    ManagedChannel connection = worker.connect();
    List<SlowReader> readers = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      SlowReader reader = new SlowReader(connection);
      reader.send(session("", Map.of()), LONG);
      readers.add(reader);
    }
    readers.getFirst().read(1 + random.nextInt(3));
    if (random.nextBoolean()) {
      readers.forEach(SlowReader::cancel);
    }
    connection.shutdownNow();
    for (SlowReader reader : readers) {
      reader.awaitEnd();
    }
  }
}
