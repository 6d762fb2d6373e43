package dev.ttsworker.wyoming;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import dev.ttsworker.session.Call;
import dev.ttsworker.session.CallTask;
import dev.ttsworker.session.SessionManager;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Conversation on one connection: handles its events in their order, on a virtual thread of its
/// own, which may block. One call runs at a time; the next one waits for its end. An interrupt ends
/// the conversation and its call.
final class Conversation implements Runnable {
  private static final Logger LOG = LoggerFactory.getLogger(Conversation.class);
  private static final int EVENT_OVERHEAD_BYTES = 256;

  private final BlockingQueue<WyomingEvent> inbox = new LinkedBlockingQueue<>();
  private final AtomicLong waitingBytes = new AtomicLong();
  private final SpeechService service;
  private final EventWriter client;
  private volatile Optional<Speech> speech = Optional.empty();
  private boolean streaming;

  Conversation(SpeechService service, EventWriter client) {
    this.service = service;
    this.client = client;
  }

  /// What all conversations of a port use.
  ///
  /// @param speakers runs each call on a virtual thread
  record SpeechService(
      SessionManager sessions, CallSettings settings, ServiceInfo info, Executor speakers) {}

  private record Speech(Call call, SpeechReply reply) {}

  /// Takes an event, which waits while a call opens or another one is to end.
  ///
  /// @return bytes of all events that wait
  long offer(WyomingEvent event) {
    long waiting = waitingBytes.addAndGet(event.bytes() + EVENT_OVERHEAD_BYTES);
    inbox.add(event);
    return waiting;
  }

  /// Whether an event waits or a call runs; for any thread.
  boolean isBusy() {
    return waitingBytes.get() > 0 || speech.filter(it -> !it.reply().hasEnded()).isPresent();
  }

  /// The connection can take more; for any thread.
  void onReady() {
    speech.ifPresent(it -> it.call().onReceiverReady());
  }

  @Override
  public void run() {
    try {
      while (!client.hasFailed()) {
        WyomingEvent event = inbox.take();
        handle(event);
        long _ = waitingBytes.addAndGet(-event.bytes() - EVENT_OVERHEAD_BYTES);
      }
    } catch (WorkerException e) {
      client.fail(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      String id = UUID.randomUUID().toString();
      LOG.atError().addKeyValue("error_id", id).setCause(e).log("An event of Wyoming failed");
      client.fail(new WorkerException(ErrorCode.INTERNAL, "Internal error; error id " + id, e));
    } finally {
      speech.ifPresent(it -> it.call().onCallerGone());
    }
  }

  /// Home Assistant sends the whole text of a stream once more as `synthesize`, for servers that
  /// have no streams.
  private void handle(WyomingEvent event) throws InterruptedException {
    switch (event.type()) {
      case "describe" -> client.write("info", service.info().now());
      case "ping" -> client.write("pong", Map.of("text", event.text("text")));
      case "synthesize" -> {
        if (!streaming) {
          speak(event);
        }
      }
      case "synthesize-start" -> {
        if (streaming) {
          throw outOfPlace(event, "after synthesize-stop");
        }
        streaming = true;
        awaitFormerCall();
        Call _ = open(event);
      }
      case "synthesize-chunk" -> streamed(event).appendText(service.settings().text(event));
      case "synthesize-stop" -> {
        streamed(event).endText();
        streaming = false;
      }
      default -> LOG.debug("An event of a type that is not known here was ignored");
    }
  }

  private Call streamed(WyomingEvent event) {
    return speech
        .filter(_ -> streaming)
        .map(Speech::call)
        .orElseThrow(() -> outOfPlace(event, "after synthesize-start"));
  }

  private static WorkerException outOfPlace(WyomingEvent event, String allowed) {
    return new WorkerException(
        ErrorCode.MALFORMED_REQUEST, event.type() + " is out of place; allowed: " + allowed);
  }

  private void speak(WyomingEvent event) throws InterruptedException {
    awaitFormerCall();
    String text = service.settings().text(event);
    Call call = open(event);
    call.appendText(text);
    call.endText();
  }

  private void awaitFormerCall() throws InterruptedException {
    if (speech.isPresent()) {
      speech.get().reply().awaitEnd();
    }
  }

  private Call open(WyomingEvent event) {
    SpeechReply reply = new SpeechReply(client, streaming);
    CallTask opened = service.sessions().openCall(service.settings().call(event), reply);
    speech = Optional.of(new Speech(opened.call(), reply));
    opened.speakOn(service.speakers());
    return opened.call();
  }
}
