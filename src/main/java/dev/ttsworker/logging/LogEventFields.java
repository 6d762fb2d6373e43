package dev.ttsworker.logging;

import ch.qos.logback.classic.spi.ILoggingEvent;
import net.logstash.logback.composite.AbstractJsonProvider;
import tools.jackson.core.JsonGenerator;

/// JSON provider that writes the fields of an event flat into the JSON object of its line.
final class LogEventFields extends AbstractJsonProvider<ILoggingEvent> {
  private final LogFields fields;

  LogEventFields(LogFields fields) {
    this.fields = fields;
  }

  @Override
  public void writeTo(JsonGenerator generator, ILoggingEvent event) {
    fields.of(event).forEach(generator::writePOJOProperty);
  }
}
