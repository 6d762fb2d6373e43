/// OpenAI's speech endpoint on the HTTP port: its requests to calls and back.
@NullMarked
package dev.ttsworker.http.openai;

import org.jspecify.annotations.NullMarked;
