package dev.ttsworker.engine.voice.sentence;

import java.util.List;

/// Calibration phonemes, which a voice is measured with: everyday sentences as American and British
/// English front ends give them. They do not depend on the front end that is installed.
public final class CalibrationPhonemes {
  /// Changes with the sentences, or the way voices are measured by them.
  public static final int VERSION = 1;

  private static final List<String> AMERICAN =
      List.of(
          "ðə mˈɔɹnɪŋ tɹˈAn wʌz lˈAt, bˌʌt nˈObˌɑdi sˈimd tə mˈInd.",
          "plˈiz lˈiv jʊɹ mˈɛsɪʤ ˈæftəɹ ðə tˈOn, ænd wi wɪl kˈɔl ju bˈæk.",
          "hˌW mˈɛni ʌv ðiz ˈOld lˈɛTəɹz dˈɪd ʃi kˈip ɪn ðə hˈWs?",
          "wˌʌt ɐn ɪkstɹˈɔɹdᵊnˌɛɹi ˈivnɪŋ! ˌI nˈɛvəɹ ɪmˈæʤᵊnd ðæt ɪt kʊd bi sˌO bjˈuTəfəl.",
          "zˈibɹəz, ʤəɹˈæfs ænd ˈɛləfənts ɡˈæðəɹd kwˈIətli nˌɪɹ ðə vˈænɪʃɪŋ wˈɔTəɹ hˈOl.",
          "jˈɛs; pˈʊʃ ðə jˈɛlO bˈʌtn: ɪt ˈOpᵊnz bˈOθ dˈɔɹz — ðˈɛn wˈAt.",
          "nˈʌmbəɹz sˈʌʧ æz fˈɔɹTi tˈu, nˈIn hˈʌndɹəd ænd sˈɛvən ɑɹ ɹˈɛd ɪn wˈɜɹdz.",
          "ʤˈɔɹʤ ʧˈOz ɐ lˈɑɹʤ, ʤˈusi ˈɔɹᵊnʤ æt ðə vˈɪlɪʤ ʃˈɑp.");

  private static final List<String> BRITISH =
      List.of(
          "ðə mˈɔːnɪŋ tɹˈAn wɒz lˈAt, bˌʌt nˈQbədi sˈiːmd tə mˈInd.",
          "plˈiːz lˈiːv jɔː mˈɛsɪʤ ˈɑːftə ðə tˈQn, and wiː wɪl kˈɔːl juː bˈak.",
          "hˌW mˈɛni ɒv ðiːz ˈQld lˈɛtəz dˈɪd ʃiː kˈiːp ɪn ðə hˈWs?",
          "wˌɒt ɐn ɪkstɹˈɔːdɪnəɹi ˈiːvnɪŋ! ˌI nˈɛvə ɪmˈaʤɪnd ðat ɪt kʊd biː sˌQ bjˈuːtɪfʊl.");

  private CalibrationPhonemes() {}

  /// About half a minute of speech.
  ///
  /// @param british whether the voice was trained on British English
  public static List<String> of(boolean british) {
    return british ? BRITISH : AMERICAN;
  }
}
