package dev.ttsworker.engine.g2p.espeak;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Wire protocol between the worker and a helper process. Neither trusts the other: every length is
/// checked against the limits of the request before any allocation, UTF-8 must be valid, and no
/// bytes may remain. A violation is a [ProtocolException].
///
/// A request is a number, a voice and a text; an answer repeats the number. When a helper is ready
/// it sends an answer with [#HELLO] as the number.
final class EspeakProtocol {
  /// "tts-esp2": the first eight bytes of a helper.
  static final long HELLO = 0x7474732D65737032L;

  static final int MAX_VOICE_BYTES = 32;

  /// Most bytes of UTF-8 of one text.
  static final int MAX_TEXT_BYTES = 8_000;

  /// Most bytes of a message about a failed start.
  static final int MAX_MESSAGE_BYTES = 1_000;

  private static final int MIN_ANSWER_BYTES = 2_048;

  /// Phonemes of character names are long: "Chinese letter" for three bytes.
  private static final int ANSWER_BYTES_PER_TEXT_BYTE = 128;

  private EspeakProtocol() {}

  /// Violation of the protocol by the other side.
  static final class ProtocolException extends IOException {
    private static final long serialVersionUID = 1L;

    ProtocolException(String message) {
      super(message);
    }
  }

  /// Phonemization request.
  ///
  /// @param number of this request, from 1 on
  /// @param voice name of a voice of eSpeak
  /// @param text empty to test the voice only
  record Request(long number, String voice, String text) {
    void writeTo(DataOutputStream out) throws IOException {
      byte[] name = voice.getBytes(StandardCharsets.UTF_8);
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      check("voice's bytes", name.length, MAX_VOICE_BYTES);
      check("text's bytes", utf8.length, MAX_TEXT_BYTES);
      out.writeLong(number);
      out.writeByte(name.length);
      out.write(name);
      out.writeInt(utf8.length);
      out.write(utf8);
      out.flush();
    }

    /// @throws java.io.EOFException when the input has ended
    static Request readFrom(DataInputStream in) throws IOException {
      long number = in.readLong();
      String voice = utf8(bytes(in, check("voice's bytes", in.readByte(), MAX_VOICE_BYTES)));
      String text = utf8(bytes(in, check("text's bytes", in.readInt(), MAX_TEXT_BYTES)));
      return new Request(number, voice, text);
    }

    /// Most bytes of an answer to this request.
    int mostAnswerBytes() {
      return MIN_ANSWER_BYTES + ANSWER_BYTES_PER_TEXT_BYTE * utf8Length();
    }

    /// Most clauses of the text: eSpeak consumes input with each.
    int mostClauses() {
      return utf8Length() + 1;
    }

    private int utf8Length() {
      return text.getBytes(StandardCharsets.UTF_8).length;
    }
  }

  /// Kinds of answers.
  enum Kind {
    /// The library is loaded.
    READY,
    /// The clauses of the text.
    CLAUSES,
    /// There is no such voice; with eSpeak's status.
    NO_VOICE,
    /// eSpeak does not reach the end of the text, or its phonemes exceed the limit.
    ENDLESS,
    /// The library cannot be used; with a message. The helper ends.
    UNUSABLE;

    private static final List<Kind> ALL = List.of(values());
  }

  /// Answer to a request.
  ///
  /// @param number of the request
  /// @param content depends on the kind
  @SuppressWarnings("ArrayRecordComponent") // Read or written once; never compared.
  record Answer(long number, Kind kind, byte[] content) {
    void writeTo(DataOutputStream out) throws IOException {
      out.writeLong(number);
      out.writeByte(Kind.ALL.indexOf(kind));
      out.writeInt(content.length);
      out.write(content);
      out.flush();
    }

    /// @param expected the required number
    /// @param limit most bytes of content
    static Answer readFrom(DataInputStream in, long expected, int limit) throws IOException {
      long number = in.readLong();
      if (number != expected) {
        throw new ProtocolException("answer to another request than " + expected);
      }
      int kind = in.readUnsignedByte();
      if (kind >= Kind.ALL.size()) {
        throw new ProtocolException("answer of the unknown kind " + kind);
      }
      byte[] content = bytes(in, check("answer's bytes", in.readInt(), limit));
      return new Answer(number, Kind.ALL.get(kind), content);
    }

    static Answer ready() {
      return new Answer(HELLO, Kind.READY, new byte[0]);
    }

    static Answer unusable(String message) {
      ByteBuffer content = ByteBuffer.allocate(MAX_MESSAGE_BYTES);
      StandardCharsets.UTF_8.newEncoder().encode(CharBuffer.wrap(message), content, true);
      return new Answer(HELLO, Kind.UNUSABLE, Arrays.copyOf(content.array(), content.position()));
    }

    static Answer noVoice(Request request, int status) {
      byte[] content = ByteBuffer.allocate(Integer.BYTES).putInt(status).array();
      return new Answer(request.number(), Kind.NO_VOICE, content);
    }

    static Answer clauses(Request request, List<EspeakLibrary.Clause> clauses) {
      List<byte[]> phonemes =
          clauses.stream()
              .map(clause -> clause.phonemes().getBytes(StandardCharsets.UTF_8))
              .toList();
      long length = 0;
      for (byte[] utf8 : phonemes) {
        length += 2L * Integer.BYTES + utf8.length;
      }
      if (length > request.mostAnswerBytes()) {
        return new Answer(request.number(), Kind.ENDLESS, new byte[0]);
      }
      ByteBuffer content = ByteBuffer.allocate((int) length);
      for (int i = 0; i < clauses.size(); i++) {
        byte[] utf8 = phonemes.get(i);
        content.putInt(utf8.length).put(utf8).putInt(clauses.get(i).terminator());
      }
      return new Answer(request.number(), Kind.CLAUSES, content.array());
    }

    /// @param most clauses that there can be
    List<EspeakLibrary.Clause> clauses(int most) throws ProtocolException {
      ByteBuffer rest = ByteBuffer.wrap(content);
      List<EspeakLibrary.Clause> clauses = new ArrayList<>();
      try {
        while (rest.hasRemaining()) {
          check("clauses", clauses.size() + 1, most);
          byte[] phonemes = new byte[check("clause's bytes", rest.getInt(), rest.remaining())];
          rest.get(phonemes);
          clauses.add(new EspeakLibrary.Clause(utf8(phonemes), rest.getInt()));
        }
      } catch (BufferUnderflowException e) {
        throw new ProtocolException("answer that ends within a clause");
      }
      return clauses;
    }

    int status() throws ProtocolException {
      check("status's bytes", content.length, Integer.BYTES);
      if (content.length < Integer.BYTES) {
        throw new ProtocolException("answer without its status");
      }
      return ByteBuffer.wrap(content).getInt();
    }

    String message() throws ProtocolException {
      return utf8(content);
    }
  }

  private static byte[] bytes(DataInputStream in, int length) throws IOException {
    byte[] bytes = new byte[length];
    in.readFully(bytes);
    return bytes;
  }

  private static int check(String what, int length, int limit) throws ProtocolException {
    if (length < 0 || length > limit) {
      throw new ProtocolException(what + ": " + length + ", allowed: 0 to " + limit);
    }
    return length;
  }

  private static String utf8(byte[] bytes) throws ProtocolException {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new ProtocolException("bytes that are not UTF-8");
    }
  }
}
