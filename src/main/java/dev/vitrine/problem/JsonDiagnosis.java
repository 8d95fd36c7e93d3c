package dev.vitrine.problem;

import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonProcessingException;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Why a text is not JSON, in the words of people who send it. The parser's own words name its classes and settings, so none of
 * them goes out: what is not known here is only placed.
 */
final class JsonDiagnosis {
    /** Enough to find it, and no more of what somebody sent. */
    private static final int QUOTED_MAX = 20;

    private static final String START = "\\((?:start marker at|for \\w+ starting at) .*?line: (\\d+), column: (\\d+)";
    private static final Pattern UNCLOSED =
            Pattern.compile("end-of-input: expected close marker for (Object|Array) " + START);
    private static final Pattern WRONG_CLOSE = Pattern.compile(
            "Unexpected close marker '(.)': expected '(.)' \\(for (Object|Array) starting at .*?line: (\\d+), column: (\\d+)");
    /** Outside of texts, the parser takes the bytes of a character one by one. */
    private static final Pattern STRAY_BYTE = Pattern.compile("Invalid UTF-8 start byte 0x[89ab]");

    private static final String NO_PLACE_FOR_IT =
            "found a character that can only stand in a text; texts stand in straight double quotes (\"), and blanks are plain";

    private static final Pattern CHARACTER =
            Pattern.compile("Unexpected character \\('(.{1,2})' \\(code (\\d+)", Pattern.DOTALL);
    private static final Pattern CONTROL = Pattern.compile("\\(CTRL-CHAR, code (\\d+)\\)");
    private static final Pattern TOKEN =
            Pattern.compile("Unrecognized token '(.*?)'?:? ?was expecting", Pattern.DOTALL);
    private static final Pattern ESCAPE = Pattern.compile("Unrecognized character escape '?(.)");
    private static final Pattern NO_NUMBER = Pattern.compile("Non-standard token '(\\S+)'");
    private static final Pattern LIMIT = Pattern.compile("\\((\\d+)\\) exceeds the maximum allowed \\((\\d+)");

    static final String AFTER_END = "it goes on after its end";

    private static final String TYPOGRAPHIC = "\u201C\u201D\u201E\u2018\u2019\u201A\u00AB\u00BB";
    private static final List<String> CAPITALS = List.of("true", "false", "null", "none");

    private JsonDiagnosis() {}

    /** What is wrong, and where, such as "is not valid JSON at line 1, column 2: …". */
    static String of(JsonProcessingException error, JsonLocation where) {
        String why = why(error.getOriginalMessage(), where);
        return at(where) + (why.isEmpty() ? "" : ": " + why);
    }

    static String at(JsonLocation where) {
        boolean placed = where != null && where.getLineNr() > 0;
        return "is not valid JSON"
                + (placed ? " at line " + where.getLineNr() + ", column " + Math.max(1, where.getColumnNr()) : "");
    }

    /** What is wrong, without a place; "" if that is not known. */
    static String why(String told, JsonLocation where) {
        String message = told == null ? "" : told;
        boolean first = where != null && where.getLineNr() == 1 && where.getColumnNr() <= 2;
        if (message.startsWith("Unexpected end-of-input")) {
            return end(message);
        }
        Matcher close = WRONG_CLOSE.matcher(message);
        if (close.find()) {
            return "found " + close.group(1) + " where the " + kind(close.group(3)) + " that begins at line "
                    + close.group(4) + ", column " + close.group(5) + " must be closed with " + close.group(2);
        }
        if (STRAY_BYTE.matcher(message).lookingAt()) {
            return NO_PLACE_FOR_IT;
        }
        if (message.startsWith("Invalid UTF-8") || message.contains("surrogate")) {
            return "the text is not UTF-8; send the body as UTF-8";
        }
        if (message.contains("comment")) {
            return "JSON has no comments";
        }
        if (message.contains("Leading zeroes")) {
            return "a number has no zeros before it; a code such as 007 stands in double quotes";
        }
        Matcher control = CONTROL.matcher(message);
        if (control.find()) {
            return control(Integer.parseInt(control.group(1)), message.startsWith("Illegal unquoted"), first);
        }
        Matcher escape = ESCAPE.matcher(message);
        if (escape.find()) {
            return "\\" + Printable.of(escape.group(1)) + " means nothing in a text; write a backslash as \\\\";
        }
        Matcher number = NO_NUMBER.matcher(message);
        if (number.find()) {
            return quoted(number.group(1)) + " is no number in JSON";
        }
        Matcher token = TOKEN.matcher(message);
        if (token.find()) {
            return token(token.group(1), first);
        }
        Matcher character = CHARACTER.matcher(message);
        return character.find()
                ? character(character.group(1), Integer.parseInt(character.group(2)), message, first)
                : message.startsWith("Unexpected close marker") ? AFTER_END : "";
    }

    private static String kind(String marker) {
        return marker.equals("Object") ? "object" : "list";
    }

    private static String end(String message) {
        Matcher unclosed = UNCLOSED.matcher(message);
        if (unclosed.find()) {
            return "the " + kind(unclosed.group(1)) + " that begins at line " + unclosed.group(2) + ", column "
                    + unclosed.group(3) + " is never closed with "
                    + (unclosed.group(1).equals("Object") ? "}" : "]");
        }
        return message.contains("VALUE_STRING") || message.contains("field name")
                ? "it ends within a text, whose closing \" is missing"
                : "it ends before it is complete";
    }

    private static String control(int code, boolean inText, boolean first) {
        if (!inText) {
            return "found the control character " + codePoint(code)
                    + (first ? "; the body must be plain text, and not compressed" : " between the values");
        }
        return switch (code) {
            case '\n', '\r' -> "a text goes on in the next line; close it with \", or write the line break as \\n";
            case '\t' -> "a tab stands in a text; write it as \\t";
            default -> "the control character " + codePoint(code) + " stands in a text";
        };
    }

    private static String token(String token, boolean first) {
        if (CAPITALS.contains(token.toLowerCase(Locale.ROOT))) {
            return quoted(token) + " is no value; write true, false or null";
        }
        return first
                ? "it begins with " + quoted(token) + ", so it is no JSON; an object begins with {"
                : quoted(token) + " is no value; a text stands in double quotes";
    }

    private static String character(String found, int code, String message, boolean first) {
        String shown = found.codePointAt(0) < ' ' ? codePoint(found.codePointAt(0)) : found;
        if (message.contains("in numeric value")) {
            return number(shown, message, first);
        }
        if (found.equals("'") || found.equals("`") || TYPOGRAPHIC.contains(found)) {
            return "found " + shown + "; names and texts stand in straight double quotes (\")";
        }
        if (code > 0x7F) {
            return NO_PLACE_FOR_IT;
        }
        if (message.contains("hex-digit")) {
            return "four hexadecimal digits must follow \\u, such as \\u00e9";
        }
        if (message.contains("to start field name")) {
            return switch (found) {
                case "}" -> "the comma before } must go";
                case "," -> "found a comma where the name of a field must be";
                default ->
                    "found " + shown + " where the name of a field in double quotes must be"
                            + (Character.isDigit(found.charAt(0)) ? "; a decimal has a point, not a comma" : "");
            };
        }
        if (message.contains("expected a value") || message.contains("expected a valid value")) {
            return value(shown, first);
        }
        if (message.contains("comma to separate")) {
            boolean list = message.contains("Array");
            if (found.equals("\"") || found.equals("{") || found.equals("[")) {
                return "a comma is missing before " + shown;
            }
            return "found " + shown + " where a comma or " + (list ? "]" : "}") + " must be";
        }
        return message.contains("a colon to separate")
                ? "found " + shown + " where the colon after a name must be"
                : "";
    }

    private static String number(String found, String message, boolean first) {
        if (message.contains("plus sign")) {
            return "a number has no plus sign before it";
        }
        if (first && found.equals("-")) {
            return "it begins with --, so it is no JSON; an object begins with {";
        }
        String after = message.contains("Decimal point")
                ? "the decimal point"
                : message.contains("Exponent") ? "the exponent" : "the minus sign";
        return "found " + found + " where a digit must follow " + after;
    }

    private static String value(String found, boolean first) {
        return switch (found) {
            case "]" -> "the comma before ] must go";
            case "}" -> "a value is missing before }";
            case "," -> "a value is missing before the comma";
            case "." -> "a number begins with a digit, such as 0.5";
            default ->
                first
                        ? "it begins with " + found + ", so it is no JSON; an object begins with {"
                        : "found " + found + " where a value must be";
        };
    }

    /** A limit of the parser; "" if the message names none. */
    static String limit(String message) {
        Matcher limit = LIMIT.matcher(message);
        if (!limit.find()) {
            return "";
        }
        String most = String.format(Locale.ROOT, "%,d", Long.parseLong(limit.group(2)));
        if (message.contains("nesting")) {
            return "has brackets within brackets " + limit.group(1) + " deep; at most " + most + " are allowed";
        }
        return message.contains("Number")
                ? "has a number of " + limit.group(1) + " digits; at most " + most + " are allowed"
                : "has a " + (message.contains("Name") ? "name" : "text") + " that is too long; at most " + most
                        + " characters are allowed";
    }

    private static String codePoint(int code) {
        return String.format("U+%04X", code);
    }

    private static String quoted(String text) {
        String shown = Printable.of(text);
        return "'" + (shown.length() > QUOTED_MAX ? shown.substring(0, QUOTED_MAX) + "…" : shown) + "'";
    }
}
