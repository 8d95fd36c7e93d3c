package dev.vitrine.search;

import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.LowerCaseFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.de.GermanLightStemFilter;
import org.apache.lucene.analysis.en.EnglishMinimalStemFilter;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;

/**
 * Which word of a product's name says what it is: {@code machine} of "Uno espresso machine".
 *
 * @param word its stem, "" for a name without words
 * @param described whether a word before it says more about the thing; "Nova 12" has none, and may be no word for a thing
 */
public record ThingName(String word, boolean described) {
    /** A unit of measure, such as "W" or "cm", has no more letters. */
    private static final int UNIT = 3;

    private static final Analyzer WORDS = new Analyzer() {
        @Override
        protected TokenStreamComponents createComponents(String field) {
            Tokenizer words = new StandardTokenizer();
            return new TokenStreamComponents(
                    words, new GermanLightStemFilter(new EnglishMinimalStemFilter(new LowerCaseFilter(words))));
        }
    };

    /**
     * The last word before the first comma, bracket or word such as "with", "for" or "mit": in English and German
     * what comes before it says of what sort the thing is, and what comes after, of what colour or for whom. It ends
     * before a number, too ("Nova 12 Max", "charger 45 W"); measures and the brand are skipped.
     */
    public static ThingName of(String text, String brand) {
        String name = brand.isEmpty() ? text : text.replace(brand, "");
        try (TokenStream stream = WORDS.tokenStream("", name)) {
            CharTermAttribute word = stream.addAttribute(CharTermAttribute.class);
            OffsetAttribute place = stream.addAttribute(OffsetAttribute.class);
            String thing = "";
            int words = 0;
            int end = 0;
            boolean measured = false;
            stream.reset();
            while (stream.incrementToken()) {
                boolean parted =
                        name.substring(end, place.startOffset()).chars().anyMatch(c -> c != ' ' && c != '-');
                if (!thing.isEmpty()
                        && (parted || Words.silent(name.substring(place.startOffset(), place.endOffset())))) {
                    break;
                }
                end = place.endOffset();
                boolean number = word.chars().anyMatch(Character::isDigit);
                if (number && words > 0) {
                    break;
                }
                boolean unit = measured && word.length() <= UNIT;
                measured = number;
                if (!number && !unit && word.length() > 1) {
                    thing = word.toString();
                    words++;
                }
            }
            stream.end();
            return new ThingName(thing, words > 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
