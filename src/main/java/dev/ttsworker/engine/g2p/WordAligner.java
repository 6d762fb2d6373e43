package dev.ttsworker.engine.g2p;

import dev.ttsworker.error.ErrorCode;
import dev.ttsworker.error.WorkerException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SequencedMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Word-to-phoneme alignment of a text. Usually the phonemizer separates phonemes as the text
/// separates words. It also joins some words ("of the") and splits others ("42"); then each word is
/// phonemized in isolation and aligned to the text's phonemes ([PhoneAlignment]). Thread-safe.
public final class WordAligner {
  private static final Logger LOG = LoggerFactory.getLogger(WordAligner.class);

  /// Size of the LRU cache of words: few words make up most of any text.
  private static final int REMEMBERED = 2_000;

  private static final int LONGEST_REMEMBERED = 24;

  /// Errors of the phonemizer that concern a single word and perhaps not the text.
  private static final Set<ErrorCode> UNREAD =
      EnumSet.of(ErrorCode.INVALID_FIELD, ErrorCode.NO_CAPACITY, ErrorCode.INTERNAL);

  private final Phonemizer phonemizer;
  private final SequencedMap<String, int[]> remembered = new LinkedHashMap<>(64, 0.75f, true);

  /// @param phonemizer the one that the texts' phonemes come from
  public WordAligner(Phonemizer phonemizer) {
    this.phonemizer = phonemizer;
  }

  /// The span of each word, in their order; spans do not overlap.
  ///
  /// @param sentences phonemes of the text, as returned by the phonemizer
  /// @param words the text's words with their punctuation
  /// @throws WorkerException as [Phonemizer#phonemize]
  public List<PhonemeSpan> align(List<String> sentences, List<String> words) {
    PhoneSequence spoken = PhoneSequence.of(sentences);
    int[] wordOfSound = new int[spoken.size()];
    int plain = plainWords(words);
    if (plain == spoken.words()) {
      countOff(spoken, words, wordOfSound);
    } else if (!words.isEmpty()) {
      layBeside(spoken, words, wordOfSound);
    }
    return places(spoken, wordOfSound, words.size());
  }

  /// Number of words with letters; -1 when one has a sign that may be pronounced as a word.
  private static int plainWords(List<String> words) {
    int plain = 0;
    for (String word : words) {
      boolean letters = false;
      for (int i = 0; i < word.length(); i += Character.charCount(word.codePointAt(i))) {
        int c = word.codePointAt(i);
        if (Character.isLetter(c)) {
          letters = true;
        } else if (!isSilent(c, i + Character.charCount(c) == word.length())) {
          return -1;
        }
      }
      plain += letters ? 1 : 0;
    }
    return plain;
  }

  private static boolean isSilent(int c, boolean last) {
    return switch (c) {
      case '.' -> last;
      case ',', ';', ':', '!', '?', '"', '\'', '(', ')', '’', '‘', '“', '”', '…', '«', '»' -> true;
      default -> isMark(Character.getType(c));
    };
  }

  private static boolean isMark(int type) {
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.FORMAT;
  }

  private static void countOff(PhoneSequence spoken, List<String> words, int[] wordOfSound) {
    int word = nextWithLetters(words, 0);
    for (int i = 0; i < wordOfSound.length; i++) {
      if (spoken.sound(i) == PhoneSequence.BREAK) {
        word = nextWithLetters(words, word + 1);
      }
      wordOfSound[i] = word;
    }
  }

  private static int nextWithLetters(List<String> words, int from) {
    int next = from;
    while (next < words.size() && words.get(next).codePoints().noneMatch(Character::isLetter)) {
      next++;
    }
    return next;
  }

  private void layBeside(PhoneSequence spoken, List<String> words, int[] wordOfSound) {
    Map<String, int[]> alone = alone(words);
    int length = words.stream().mapToInt(word -> soundsOf(alone, word).length + 1).sum() - 1;
    int[] sounds = new int[length];
    int[] wordOf = new int[length];
    int at = 0;
    for (int word = 0; word < words.size(); word++) {
      if (word > 0) {
        sounds[at] = PhoneAlignment.WORD_END;
        wordOf[at++] = word;
      }
      int[] own = soundsOf(alone, words.get(word));
      System.arraycopy(own, 0, sounds, at, own.length);
      Arrays.fill(wordOf, at, at + own.length, word);
      at += own.length;
    }
    if (length == 0) {
      return;
    }
    int[] owners = PhoneAlignment.owners(sounds, spoken.sounds());
    for (int i = 0; i < owners.length; i++) {
      wordOfSound[i] = wordOf[owners[i]];
    }
  }

  private static int[] soundsOf(Map<String, int[]> alone, String word) {
    return alone.getOrDefault(word, new int[0]);
  }

  /// The phones of each word in isolation.
  private Map<String, int[]> alone(List<String> words) {
    Map<String, int[]> known = new LinkedHashMap<>();
    Set<String> unknown = new LinkedHashSet<>();
    synchronized (remembered) {
      for (String word : words) {
        int[] sounds = remembered.get(word);
        if (sounds == null) {
          unknown.add(word);
        } else {
          known.put(word, sounds);
        }
      }
    }
    List<String> asked = List.copyOf(unknown);
    List<List<String>> answers = asked.isEmpty() ? List.of() : phonemizeEach(asked);
    for (int i = 0; i < asked.size(); i++) {
      int[] sounds = PhoneSequence.of(answers.get(i)).sounds();
      known.put(asked.get(i), sounds);
      remember(asked.get(i), sounds);
    }
    return known;
  }

  /// A word that the phonemizer cannot read in isolation must not fail the call.
  private List<List<String>> phonemizeEach(List<String> words) {
    try {
      return phonemizer.phonemizeEach(words);
    } catch (WorkerException e) {
      if (!UNREAD.contains(e.code())) {
        throw e;
      }
      LOG.warn(
          "Words are aligned by their letters, since they cannot be phonemized in isolation", e);
      return words.stream().map(word -> List.of(word)).toList();
    }
  }

  private void remember(String word, int[] sounds) {
    if (word.length() > LONGEST_REMEMBERED) {
      return;
    }
    synchronized (remembered) {
      remembered.put(word, sounds);
      if (remembered.size() > REMEMBERED) {
        remembered.pollFirstEntry();
      }
    }
  }

  private static List<PhonemeSpan> places(PhoneSequence spoken, int[] wordOfSound, int words) {
    List<PhonemeSpan> places = new ArrayList<>(words);
    PhonemeSpan last = PhonemeSpan.NONE;
    int at = 0;
    for (int word = 0; word < words; word++) {
      int first = -1;
      int end = 0;
      for (; at < wordOfSound.length && wordOfSound[at] <= word; at++) {
        if (spoken.sound(at) == PhoneSequence.BREAK) {
          continue;
        }
        first = first < 0 ? at : first;
        if (spoken.sentence(at) == spoken.sentence(first)) {
          end = spoken.end(at);
        }
      }
      last =
          first < 0
              ? new PhonemeSpan(last.sentence(), last.end(), last.end())
              : new PhonemeSpan(spoken.sentence(first), spoken.start(first), end);
      places.add(last);
    }
    return places;
  }
}
