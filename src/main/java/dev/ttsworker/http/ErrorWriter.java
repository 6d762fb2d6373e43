package dev.ttsworker.http;

import com.sun.net.httpserver.HttpExchange;
import dev.ttsworker.error.WorkerException;
import java.io.IOException;

/// Writer of the responses to requests that are refused or fail.
public interface ErrorWriter {
  /// One line of text.
  ErrorWriter LINE =
      new ErrorWriter() {
        @Override
        public void write(HttpExchange exchange, HttpError error) throws IOException {
          Responses.text(exchange, error.status(), error.line());
        }

        @Override
        public void write(HttpExchange exchange, WorkerException failure) throws IOException {
          Responses.text(exchange, Responses.status(failure.code()), failure.getMessage());
        }
      };

  void write(HttpExchange exchange, HttpError error) throws IOException;

  void write(HttpExchange exchange, WorkerException failure) throws IOException;
}
