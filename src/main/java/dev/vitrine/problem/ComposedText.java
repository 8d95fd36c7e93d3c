package dev.vitrine.problem;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.DeserializationContext;
import com.fasterxml.jackson.databind.KeyDeserializer;
import com.fasterxml.jackson.databind.deser.std.StdScalarDeserializer;
import com.fasterxml.jackson.databind.deser.std.StringDeserializer;
import com.fasterxml.jackson.databind.type.LogicalType;
import java.io.IOException;
import java.text.Normalizer;

/**
 * Reads texts in Unicode's composed form (NFC): an é that came as e and an accent is the é that a rule names. Every text of a
 * request comes through here, so no other place has to think of it.
 */
public final class ComposedText extends StdScalarDeserializer<String> {
    private static final long serialVersionUID = 1;

    /** Below, no character has another form, and none combines with another. */
    private static final int FIRST_MARK = 0x0300;

    ComposedText() {
        super(String.class);
    }

    /** The text in composed form; one that {@link TextKind} refuses for its marks stays as it is. */
    public static String of(String text) {
        if (text == null || staysAsItIs(text) || Normalizer.isNormalized(text, Normalizer.Form.NFC)) {
            return text;
        }
        return Normalizer.normalize(text, Normalizer.Form.NFC);
    }

    /** Whether there is nothing to compose, or so many marks that sorting them would keep a processor busy for minutes. */
    private static boolean staysAsItIs(String text) {
        boolean plain = true;
        int marks = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c >= FIRST_MARK) {
                plain = false;
                int whole = text.codePointAt(i);
                marks = TextKind.isMark(whole) ? marks + 1 : Character.isLowSurrogate(c) ? marks : 0;
                if (marks > TextKind.MARKS_MAX) {
                    return true;
                }
            } else {
                marks = 0;
            }
        }
        return plain;
    }

    @Override
    public String deserialize(JsonParser parser, DeserializationContext context) throws IOException {
        return of(StringDeserializer.instance.deserialize(parser, context));
    }

    @Override
    public LogicalType logicalType() {
        return LogicalType.Textual;
    }

    /** Names in objects that are maps. */
    static final class Keys extends KeyDeserializer {
        @Override
        public String deserializeKey(String key, DeserializationContext context) {
            return of(key);
        }
    }
}
