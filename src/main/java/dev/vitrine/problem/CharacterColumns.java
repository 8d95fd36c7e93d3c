package dev.vitrine.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.nio.charset.StandardCharsets;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Columns of a JSON text as editors count them. The parser counts bytes where it reads bytes, and an ü is two of them. */
final class CharacterColumns {
    private static final Pattern PLACE = Pattern.compile("(line (\\d+), column )(\\d+)");

    private CharacterColumns() {}

    /** @param detail of this error, with places in this body, which is UTF-8 */
    static String inCharacters(String detail, JsonProcessingException error, byte[] body) {
        boolean ofBytes = error.getLocation() != null && error.getLocation().getByteOffset() >= 0;
        return ofBytes
                ? PLACE.matcher(detail)
                        .replaceAll(place -> Matcher.quoteReplacement(place.group(1))
                                + column(body, Integer.parseInt(place.group(2)), Integer.parseInt(place.group(3))))
                : detail;
    }

    private static int column(byte[] body, int line, int bytes) {
        int begin = 0;
        for (int at = 0, left = line - 1; at < body.length && left > 0; at++) {
            if (body[at] == '\n' || body[at] == '\r' && (at + 1 == body.length || body[at + 1] != '\n')) {
                begin = at + 1;
                left--;
            }
        }
        int end = Math.max(begin, Math.min(body.length, begin + bytes - 1));
        String before = new String(body, begin, end - begin, StandardCharsets.UTF_8);
        return before.codePointCount(0, before.length()) + 1 + Math.max(0, bytes - 1 - (end - begin));
    }
}
