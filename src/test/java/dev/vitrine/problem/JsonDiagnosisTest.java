package dev.vitrine.problem;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.core.JsonProcessingException;
import java.io.ByteArrayInputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is wrong with a body, where, and in no words of the parser. */
class JsonDiagnosisTest {
    private static final String AT = "is not valid JSON at line ";

    enum Colour {
        DARK_RED,
        BLUE
    }

    record Item(String sku, Double score) {}

    record Body(
            String name,
            Integer limit,
            Long big,
            Double d,
            Boolean on,
            Colour colour,
            List<Item> items,
            List<Integer> nums,
            Map<String, String> map) {}

    private static ProblemException problem(byte[] body) {
        JsonProcessingException error = catchThrowableOfType(
                JsonProcessingException.class,
                () -> Json.MAPPER.readerFor(Body.class).readValue(new ByteArrayInputStream(body)));
        assertThat(error).isNotNull();
        ProblemException problem = Json.problem(error, null);
        ParserWords.assertNotIn(problem.getMessage());
        return problem;
    }

    private static void assertTold(String body, String field, String message) {
        ProblemException problem =
                problem(body.replace('~', '\n').replace('´', '\t').getBytes(StandardCharsets.UTF_8));
        assertThat(problem.getMessage()).isEqualTo(message);
        assertThat(problem.field()).isEqualTo(field);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "{\"name\": \"a\" | name | 1, column 13: the object that begins at line 1, column 1 is never closed with }",
                "{~ \"items\": [{\"sku\": \"a\"} | items[0] | 2, column 24: the list that begins at line 2, column 11 is never closed with ]",
                "{\"name\": \"a | name | 1, column 12: it ends within a text, whose closing \" is missing",
                "{\"limit\": | limit | 1, column 10: it ends before it is complete",
                "{\"nums\": [1, 2} | nums[1] | 1, column 15: found } where the list that begins at line 1, column 10 must be closed with ]",
                "{\"name\": \"a\",} | name | 1, column 14: the comma before } must go",
                "{\"nums\": [1, 2,]} | nums[2] | 1, column 16: the comma before ] must go",
                "{\"limit\": 1,, \"d\": 2} | limit | 1, column 13: found a comma where the name of a field must be",
                "{\"nums\": [,1]} | nums[0] | 1, column 11: a value is missing before the comma",
                "{'name': 'a'} | | 1, column 2: found '; names and texts stand in straight double quotes (\")",
                "{\"name\": 'a'} | name | 1, column 10: found '; names and texts stand in straight double quotes (\")",
                "{“name”: \"a\"} | | 1, column 4: found “; names and texts stand in straight double quotes (\")",
                "{\"name\": “a”} | name | 1, column 12: found a character that can only stand in a text; texts stand in straight double quotes (\"), and blanks are plain",
                "{name: \"a\"} | | 1, column 2: found n where the name of a field in double quotes must be",
                "{\"d\": 1,5} | d | 1, column 9: found 5 where the name of a field in double quotes must be; a decimal has a point, not a comma",
                "{\"limit\": 007} | limit | 1, column 12: a number has no zeros before it; a code such as 007 stands in double quotes",
                "{\"limit\": +5} | limit | 1, column 12: a number has no plus sign before it",
                "{\"d\": .5} | d | 1, column 7: a number begins with a digit, such as 0.5",
                "{\"d\": 5.} | d | 1, column 9: found } where a digit must follow the decimal point",
                "{\"d\": NaN} | d | 1, column 10: 'NaN' is no number in JSON",
                "{\"limit\": 1_000} | limit | 1, column 12: found _ where a comma or } must be",
                "{\"name\": \"a\" \"limit\": 3} | name | 1, column 14: a comma is missing before \"",
                "{\"name\": \"a\"; \"limit\": 3} | name | 1, column 13: found ; where a comma or } must be",
                "{\"name\" = \"a\"} | name | 1, column 9: found = where the colon after a name must be",
                "{\"name\": } | name | 1, column 10: a value is missing before }",
                "{\"name\": \"a~b\"} | name | 1, column 12: a text goes on in the next line; close it with \", or write the line break as \\n",
                "{\"name\": \"a´b\"} | name | 1, column 12: a tab stands in a text; write it as \\t",
                "{\"name\": \"a\\q\"} | name | 1, column 13: \\q means nothing in a text; write a backslash as \\\\",
                "{\"name\": \"\\u12\"} | name | 1, column 15: four hexadecimal digits must follow \\u, such as \\u00e9",
                "{\"on\": True} | on | 1, column 8: 'True' is no value; write true, false or null",
                "{\"on\": yes} | on | 1, column 8: 'yes' is no value; a text stands in double quotes",
                "{\"name\": \"a\" // c~} | name | 1, column 14: JSON has no comments",
                "name=a&limit=3 | | 1, column 1: it begins with 'name', so it is no JSON; an object begins with {",
                "rule \"x\"~when | | 1, column 1: it begins with 'rule', so it is no JSON; an object begins with {",
                "<xml/> | | 1, column 1: it begins with <, so it is no JSON; an object begins with {",
                "--boundary | | 1, column 2: it begins with --, so it is no JSON; an object begins with {",
                "{} {} | | 1, column 4: it goes on after its end",
                "{} x | | 1, column 4: it goes on after its end",
                "{}} | | 1, column 3: it goes on after its end",
                "aaaaaaaaaabbbbbbbbbbccccc | | 1, column 1: it begins with 'aaaaaaaaaabbbbbbbbbb…', so it is no JSON; an object begins with {",
            })
    void whatIsNoJsonIsPlacedAndExplained(String body, String field, String message) {
        assertTold(body, field, AT + message);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '^',
            value = {
                "^^ | | the body is empty; send a JSON object",
                "[] | | the body must be an object, not a list",
                "5 | | the body must be an object, not a number",
                "\"a\" | | the body must be an object, not a text",
                "{\"name\": 5} | name | '5' is not text",
                "{\"name\": [1]} | name | must be text, not a list",
                "{\"limit\": {}} | limit | must be a whole number from -2147483648 to 2147483647, not an object",
                "{\"limit\": true} | limit | must be a whole number from -2147483648 to 2147483647, not true or false",
                "{\"limit\": \"8\"} | limit | must be a whole number without quotes, not the text '8'",
                "{\"limit\": 99999999999} | limit | must be a whole number from -2147483648 to 2147483647",
                "{\"big\": 99999999999999999999} | big | must be a whole number from -9223372036854775808 to 9223372036854775807",
                "{\"limit\": 1.5} | limit | '1.5' is not a whole number from -2147483648 to 2147483647",
                "{\"items\": {}} | items | must be a list, not an object",
                "{\"items\": [5]} | items[0] | must be an object, not a number",
                "{\"map\": {\"a\": 5}} | map.a | '5' is not text",
                "{\"colour\": \"green\"} | colour | 'green' is not one of dark-red, blue",
                "{\"colour\": \"blu\"} | colour | 'blu' is not one of dark-red, blue; did you mean 'blue'?",
                "{\"colour\": 1} | colour | '1' is not one of dark-red, blue",
                "{\"name\": \"a\", \"name\": \"b\"} | name | is given twice, again at line 1, column 21",
            })
    void aValueOfAnotherKindIsToldWithItsField(String body, String field, String message) {
        assertTold(body == null ? "" : body, field, message);
    }

    @Test
    void whatIsTooLargeIsToldWithTheLimit() {
        assertTold(
                "{\"x\": " + "[".repeat(40),
                null,
                "the body has brackets within brackets 33 deep; at most 32 are allowed");
        assertTold(
                "{\"limit\": " + "1".repeat(73) + "}",
                null,
                "the body has a number of 73 digits; at most 64 are allowed");
        assertTold(
                "{\"name\": \"" + "x".repeat(1 << 21) + "\"}",
                "name",
                "has a text that is too long; at most 1,048,576 characters are allowed");
    }

    @Test
    void aTextInAnotherEncodingIsToldToBeSentAsUtf8() {
        for (String charset : List.of("ISO-8859-1", "windows-1252")) {
            assertThat(problem("{\"name\": \"Größe\"}".getBytes(Charset.forName(charset)))
                            .getMessage())
                    .isEqualTo(AT + "1, column 15: the text is not UTF-8; send the body as UTF-8");
        }
    }

    @Test
    void aCompressedBodyIsToldToBeSentAsPlainText() {
        assertThat(problem(new byte[] {0x1f, (byte) 0x8b, 8, 0}).getMessage())
                .isEqualTo(AT + "1, column 2: found the control character U+001F; the body must be plain text, and not"
                        + " compressed");
    }
}
