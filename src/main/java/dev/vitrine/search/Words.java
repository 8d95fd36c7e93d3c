package dev.vitrine.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.CharArraySet;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.StopFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.de.GermanAnalyzer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.de.GermanNormalizationFilter;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.en.EnglishPossessiveFilter;
import org.apache.lucene.analysis.en.PorterStemFilter;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;

/** The words of a text, in one of three forms: as they are, or the stems of a language. Words that say nothing are left out. */
enum Words {
    PLAIN {
        @Override
        TokenStream form(TokenStream words) {
            return words;
        }
    },
    ENGLISH {
        @Override
        TokenStream form(TokenStream words) {
            return new PorterStemFilter(words);
        }
    },
    GERMAN {
        @Override
        TokenStream form(TokenStream words) {
            return new GermanLightStemFilter(words);
        }
    };

    /** Of both languages: a shop's texts are in either, and "for" must not find the "tent for two". */
    private static final CharArraySet SILENT = stopWords();

    private static CharArraySet stopWords() {
        CharArraySet words = new CharArraySet(EnglishAnalyzer.getDefaultStopSet(), true);
        words.addAll(GermanAnalyzer.getDefaultStopSet());
        return words;
    }

    /** Whether the word says nothing of a thing. */
    static boolean silent(String word) {
        return SILENT.contains(word);
    }

    private final Analyzer analyzer = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            TokenStream lower = new LowerCaseFilter(new EnglishPossessiveFilter(words));
            // ü and ue are one letter; the accents of other languages are left out
            TokenStream folded = new ASCIIFoldingFilter(new GermanNormalizationFilter(new StopFilter(lower, SILENT)));
            return new TokenStreamComponents(words, form(folded));
        }
    };

    abstract TokenStream form(TokenStream words);

    Analyzer analyzer() {
        return analyzer;
    }

    List<String> of(String text) {
        try (TokenStream stream = analyzer.tokenStream("", text)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            List<String> words = new ArrayList<>();
            stream.reset();
            while (stream.incrementToken()) {
                words.add(word.toString());
            }
            stream.end();
            return words;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
