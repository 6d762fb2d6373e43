package dev.ttsworker.engine.g2p.english;

/// All that the front end of one accent needs. Immutable; usable by any thread.
record EnglishModel(
    Tokenizer tokenizer,
    Tagger tagger,
    Lexicon lexicon,
    UnknownWordNet net,
    Heteronyms heteronyms) {}
