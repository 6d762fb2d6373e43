package dev.ttsworker.cli;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/// Signal handling of SIGTERM and SIGINT: the first one starts a drain, a second one ends the
/// process at once. The drain runs before the JVM begins to exit, since exit hooks run side by side
/// with the runtime's own.
///
/// `sun.misc.Signal` is the only way to a signal before the JVM exits; it is part of the supported
/// module jdk.unsupported. It is reached by reflection because the compiler's warning about it can
/// no longer be turned off, and warnings are errors here.
final class StopSignal {
  private static final int SIGNAL_EXIT_BASE = 128;
  private static final int SIGTERM = 15;

  private final AtomicBoolean signalled = new AtomicBoolean();
  private final CompletableFuture<Reason> asked = new CompletableFuture<>();

  /// Why the process is to end.
  enum Reason {
    /// SIGTERM, which supervisors send: other processes may still send work.
    TERMINATE,
    /// SIGINT, by a person at the keyboard who waits, or [StopSignal#ask].
    AT_ONCE
  }

  private StopSignal() {}

  /// From now on the first signal only opens [#await].
  static StopSignal install() {
    StopSignal stop = new StopSignal();
    try {
      Class<?> signal = Class.forName("sun.misc.Signal");
      Class<?> handlerType = Class.forName("sun.misc.SignalHandler");
      Method handle = signal.getMethod("handle", signal, handlerType);
      InvocationHandler receiver =
          (proxy, method, arguments) -> stop.invoked(proxy, method, arguments, signal);
      Object handler =
          Proxy.newProxyInstance(
              StopSignal.class.getClassLoader(), new Class<?>[] {handlerType}, receiver);
      for (String name : List.of("TERM", "INT")) {
        handle.invoke(null, signal.getConstructor(String.class).newInstance(name), handler);
      }
      return stop;
    } catch (ReflectiveOperationException e) {
      throw new IllegalStateException("This Java has no signals (module jdk.unsupported)", e);
    }
  }

  private Object invoked(Object proxy, Method method, Object[] arguments, Class<?> signal)
      throws ReflectiveOperationException {
    return switch (method.getName()) {
      case "handle" -> {
        received((int) signal.getMethod("getNumber").invoke(arguments[0]));
        yield proxy;
      }
      case "hashCode" -> System.identityHashCode(proxy);
      case "equals" -> System.identityHashCode(proxy) == System.identityHashCode(arguments[0]);
      default -> "stop signal";
    };
  }

  private void received(int number) {
    if (signalled.getAndSet(true)) {
      Runtime.getRuntime().halt(SIGNAL_EXIT_BASE + number);
    }
    asked.complete(number == SIGTERM ? Reason.TERMINATE : Reason.AT_ONCE);
  }

  /// Opens [#await] without a signal.
  void ask() {
    asked.complete(Reason.AT_ONCE);
  }

  /// Waits for the first signal, or [#ask].
  Reason await() throws InterruptedException {
    try {
      return asked.get();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    }
  }
}
