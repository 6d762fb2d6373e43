package dev.ttsworker.engine.synthesis;

import dev.ttsworker.engine.CancellationToken;
import dev.ttsworker.engine.PhraseReuse;
import dev.ttsworker.engine.SynthesisRequest;
import dev.ttsworker.engine.SynthesisStage;
import dev.ttsworker.engine.VoiceSettings;
import dev.ttsworker.engine.WordDetail;
import dev.ttsworker.engine.WordTiming;
import dev.ttsworker.engine.text.SpokenWord;
import dev.ttsworker.engine.text.SpokenWord.Pronunciation;
import dev.ttsworker.engine.voice.Pace;
import dev.ttsworker.engine.voice.Rendering;
import dev.ttsworker.engine.voice.VoiceModel;
import dev.ttsworker.engine.voice.WordTimingRequest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Phrase cache: audio of short phrases that were synthesised before, such as greetings, as the
/// voice made it: before level and resampling, so that a phrase fits anywhere in a call. Bounded in
/// bytes, those of texts and words included, so that silent phrases have a size too; what was not
/// asked for longest goes first. Thread-safe.
public final class PhraseCache {
  private final long capacityBytes;
  private final int longestChars;
  private final Map<Key, Take> takes = new LinkedHashMap<>(16, 0.75f, true);
  private long bytes;
  private long soundBytes;
  private long hits;
  private long misses;

  /// What an entry takes besides its sound, texts and words, about.
  static final int ENTRY_BYTES = 512;

  /// What one word or phoneme takes, about.
  private static final int WORD_BYTES = 128;

  /// @param capacityBytes most memory of all that is kept; 0 keeps none
  /// @param longestChars longer phrases are not kept
  public PhraseCache(long capacityBytes, int longestChars) {
    this.capacityBytes = capacityBytes;
    this.longestChars = longestChars;
  }

  /// Keeps nothing.
  public static PhraseCache off() {
    return new PhraseCache(0, 0);
  }

  /// @param voice the loaded one, not its name: a voice that was reloaded is another
  /// @param seed 0 where any will do
  private record Key(
      VoiceModel voice,
      String text,
      List<Optional<Pronunciation>> sounds,
      VoiceSettings settings,
      PhraseReuse repeats,
      long seed,
      WordDetail words) {
    long bytes() {
      long chars = text.length();
      for (Optional<Pronunciation> sound : sounds) {
        chars += sound.map(it -> it.said().length() + it.phonemes().length()).orElse(0);
      }
      return ENTRY_BYTES + Character.BYTES * chars + (long) WORD_BYTES * sounds.size();
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Take(float[] samples, List<WordTiming> timings) {
    Take {
      timings = List.copyOf(timings);
    }

    long soundBytes() {
      return (long) samples.length * Float.BYTES;
    }

    long bytes() {
      long entries = timings.size();
      for (WordTiming timing : timings) {
        entries += timing.phonemes().size();
      }
      return soundBytes() + WORD_BYTES * entries;
    }
  }

  /// A phrase on its way to sound.
  ///
  /// @param repeated whether it was spoken before, so that nothing is computed
  record Phrase(Rendering rendering, boolean repeated) {}

  /// Begins a phrase, as [VoiceModel#render] does, from an earlier take when there is one that will
  /// do.
  Phrase begin(
      VoiceModel voice,
      SynthesisRequest request,
      String text,
      WordTimingRequest asked,
      RandomGenerator noise) {
    if (request.reuse() == PhraseReuse.NONE || capacityBytes == 0 || text.length() > longestChars) {
      return new Phrase(voice.render(text, asked, request.voice(), noise), false);
    }
    // A voice draws one number for each segment; so the same samples come with the cache and
    // without.
    long seed = noise.nextLong();
    Key key =
        new Key(
            voice,
            text,
            asked.words().stream().map(SpokenWord::pronunciation).toList(),
            request.voice(),
            request.reuse(),
            request.reuse() == PhraseReuse.SAME_SEED ? seed : 0,
            request.words());
    Take known = find(key);
    if (known != null) {
      return new Phrase(new Replay(known, asked.words()), true);
    }
    Rendering fresh = voice.render(text, asked, request.voice(), () -> seed);
    return new Phrase(new Recording(key, fresh), false);
  }

  private synchronized @Nullable Take find(Key key) {
    Take known = takes.get(key);
    if (known == null) {
      misses++;
    } else {
      hits++;
    }
    return known;
  }

  private synchronized void keep(Key key, Take take) {
    if (key.bytes() + take.bytes() > capacityBytes) {
      return;
    }
    Take former = takes.put(key, take);
    if (former != null) {
      count(key, former, -1);
    }
    count(key, take, 1);
    Iterator<Map.Entry<Key, Take>> oldest = takes.entrySet().iterator();
    while (bytes > capacityBytes) {
      Map.Entry<Key, Take> entry = oldest.next();
      count(entry.getKey(), entry.getValue(), -1);
      oldest.remove();
    }
  }

  private void count(Key key, Take take, int times) {
    bytes += times * (key.bytes() + take.bytes());
    soundBytes += times * take.soundBytes();
  }

  /// Phrases that were there.
  public synchronized long hits() {
    return hits;
  }

  /// Phrases short enough to be kept that were not there.
  public synchronized long misses() {
    return misses;
  }

  /// Memory of the sound that is kept.
  public synchronized long bytes() {
    return soundBytes;
  }

  /// Phrases that are kept.
  synchronized int size() {
    return takes.size();
  }

  /// Notes what a voice makes, and keeps it when it has come to its end.
  private final class Recording implements Rendering {
    private final Key key;
    private final Rendering rendering;
    private final List<float[]> parts = new ArrayList<>();
    private final List<WordTiming> timings = new ArrayList<>();

    Recording(Key key, Rendering rendering) {
      this.key = key;
      this.rendering = rendering;
    }

    @Override
    public boolean isFinished() {
      return rendering.isFinished();
    }

    @Override
    public SynthesisStage latestStage() {
      return rendering.latestStage();
    }

    @Override
    public List<WordTiming> takeWords() {
      List<WordTiming> taken = rendering.takeWords();
      timings.addAll(taken);
      if (rendering.isFinished()) {
        keep(key, new Take(joined(parts), timings));
      }
      return taken;
    }

    @Override
    public float[] step(Pace pace, CancellationToken cancel) {
      float[] made = rendering.step(pace, cancel);
      parts.add(made);
      return made;
    }
  }

  private static float[] joined(List<float[]> parts) {
    float[] all = new float[parts.stream().mapToInt(part -> part.length).sum()];
    int at = 0;
    for (float[] part : parts) {
      System.arraycopy(part, 0, all, at, part.length);
      at += part.length;
    }
    return all;
  }

  /// An earlier take, in pieces as large as asked for.
  private static final class Replay implements Rendering {
    /// Of a decoder frame, whatever the voice.
    private static final int SAMPLES_PER_FRAME = 256;

    private final Take take;
    private final List<SpokenWord> words;
    private boolean wordsTaken;
    private int done;

    Replay(Take take, List<SpokenWord> words) {
      this.take = take;
      this.words = words;
    }

    @Override
    public boolean isFinished() {
      return done == take.samples().length;
    }

    @Override
    public List<WordTiming> takeWords() {
      if (wordsTaken) {
        return List.of();
      }
      wordsTaken = true;
      List<WordTiming> timings = new ArrayList<>();
      for (WordTiming former : take.timings()) {
        timings.add(
            WordTimingRequest.timing(
                words.get(timings.size()),
                former.start(),
                former.end(),
                former.exact(),
                former.phonemes(),
                former.unknownPhonemes()));
      }
      return timings;
    }

    @Override
    public float[] step(Pace pace, CancellationToken cancel) {
      int end = Math.min(take.samples().length, done + pace.windowFrames() * SAMPLES_PER_FRAME);
      float[] part = Arrays.copyOfRange(take.samples(), done, end);
      done = end;
      return part;
    }
  }
}
