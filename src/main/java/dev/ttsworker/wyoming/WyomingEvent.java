package dev.ttsworker.wyoming;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Event of a client. Its payload is left out: no event that is understood here has one.
///
/// @param bytes of its line and its data
record WyomingEvent(String type, ObjectNode data, int bytes) {
  /// A member of the data; empty when it is missing or null.
  ///
  /// @throws WorkerException `INVALID_FIELD` when it is no string
  String text(String name) {
    return text(data, name, name);
  }

  /// A member of an object in the data; empty when it, or the object, is missing or null.
  ///
  /// @throws WorkerException `INVALID_FIELD` when it is no string, or the object is none
  String text(String object, String name) {
    JsonNode value = data.path(object);
    if (!value.isMissingNode() && !value.isNull() && !value.isObject()) {
      throw invalid(object + " must be an object");
    }
    return text(value, name, object + "." + name);
  }

  private static String text(JsonNode object, String name, String field) {
    JsonNode value = object.path(name);
    if (value.isMissingNode() || value.isNull()) {
      return "";
    }
    if (!value.isString()) {
      throw invalid(field + " must be a string");
    }
    return value.stringValue();
  }

  private static WorkerException invalid(String message) {
    return new WorkerException(ErrorCode.INVALID_FIELD, message);
  }
}
