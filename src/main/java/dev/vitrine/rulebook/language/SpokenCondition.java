package dev.vitrine.rulebook.language;

import static java.util.Map.entry;

import java.time.DayOfWeek;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A condition as people say it, or write it elsewhere: {@code hour from 18 to 22}, {@code brand is not "X"}, {@code stock IS NULL}.
 *
 * @param at the token where it begins to differ from a condition of a rule
 * @param from the first token of what is to be written anew
 * @param to the last one
 * @param meant the condition as a rule writes it
 */
public record SpokenCondition(Token at, Token from, Token to, String message, String cure, String meant) {
    private static final Set<String> COMPARES = Set.of("==", "!=", "<", "<=", ">", ">=");
    private static final Set<String> OPERATORS = Set.of("contains", "matches", "memberOf", "in");
    private static final Set<String> FILLERS = Set.of("is", "are", "be", "does", "do");
    private static final Set<String> UNTIL = Set.of("to", "until", "till", "and", "bis", "-", "..", "&&");

    private static final Map<String, String> SIGNS = Map.ofEntries(
            entry("equals", "=="),
            entry("equal", "=="),
            entry("eq", "=="),
            entry("is", "=="),
            entry("less", "<"),
            entry("fewer", "<"),
            entry("smaller", "<"),
            entry("lower", "<"),
            entry("cheaper", "<"),
            entry("below", "<"),
            entry("under", "<"),
            entry("before", "<"),
            entry("lt", "<"),
            entry("more", ">"),
            entry("greater", ">"),
            entry("bigger", ">"),
            entry("higher", ">"),
            entry("above", ">"),
            entry("over", ">"),
            entry("after", ">"),
            entry("exceeds", ">"),
            entry("gt", ">"),
            entry("least", ">="),
            entry("from", ">="),
            entry("since", ">="),
            entry("gte", ">="),
            entry("most", "<="),
            entry("until", "<="),
            entry("lte", "<="));

    /** What joins the values of a function. */
    private static final Map<String, String> FUNCTIONS =
            Map.of("IF", "", "WENN", "", "AND", ", ", "UND", ", ", "OR", " || ", "ODER", " || ");

    private static final Set<String> HOLDS = Set.of("CONTAINS", "INCLUDES", "SEARCH", "FIND", "LIKE");

    private static final Map<String, String> WORDS = Map.ofEntries(
            entry("contains", "contains"),
            entry("contain", "contains"),
            entry("has", "contains"),
            entry("have", "contains"),
            entry("holds", "contains"),
            entry("includes", "contains"),
            entry("include", "contains"),
            entry("with", "contains"),
            entry("in", "in"),
            entry("matches", "matches"),
            entry("like", "matches"),
            entry("ilike", "matches"));

    static final String RANGE = "A range is written as two conditions.";

    /** Tokens that are read one after the other. */
    private static final class Reader {
        private final List<Token> tokens;
        private int next;

        Reader(List<Token> tokens, int next) {
            this.tokens = tokens;
            this.next = next;
        }

        Token token() {
            return next < tokens.size() ? tokens.get(next) : null;
        }

        boolean skip(Set<String> words) {
            boolean found = token() != null && words.contains(token().text().toLowerCase(Locale.ROOT));
            next += found ? 1 : 0;
            return found;
        }

        /** A value, null if none is next: a number, a text, a word, or a word of a named fact. */
        String value() {
            Token first = token();
            if (first == null || !first.value() || OPERATORS.contains(first.text()) || first.is("not")) {
                return null;
            }
            int begin = next++;
            if (first.word()) {
                if (isNext(".")) {
                    next += 2;
                }
                if (isNext("(")) {
                    next = closing(next) + 1;
                }
            }
            return written(tokens.subList(begin, Math.min(next, tokens.size())));
        }

        private int closing(int open) {
            int depth = 0;
            for (int i = open; i < tokens.size(); i++) {
                depth += SyntaxDiagnosis.opens(tokens.get(i)) ? 1 : SyntaxDiagnosis.closes(tokens.get(i)) ? -1 : 0;
                if (depth == 0) {
                    return i;
                }
            }
            return tokens.size() - 1;
        }

        boolean isNext(String text) {
            return token() != null && token().is(text);
        }

        boolean isCompared() {
            return token() != null && (COMPARES.contains(token().text()) || OPERATORS.contains(token().text()));
        }

        /** Whether a condition may end here. */
        boolean ended() {
            return token() == null || Set.of(")", ",", "&&", "||", ";").contains(token().text());
        }

        Token last() {
            return tokens.get(Math.min(next, tokens.size()) - 1);
        }
    }

    /** The word or call that ends before a token. */
    private record Subject(int begin, String text, String word) {}

    /** The condition that goes wrong at this token, within the brackets of a fact. */
    public static Optional<SpokenCondition> at(List<Token> tokens, int at) {
        if (at < 1) {
            return Optional.empty();
        }
        Token token = tokens.get(at);
        Token before = tokens.get(at - 1);
        String fact = fact(tokens, at);
        if (before.is("(") || before.is(",")) {
            return token.text().equalsIgnoreCase("not")
                    ? negated(tokens, at)
                    : function(tokens, at)
                            .or(() -> withoutSubject(tokens, at, fact))
                            .or(() -> atLeast(tokens, at, fact));
        }
        Subject subject = subject(tokens, at);
        if (subject == null) {
            return joined(tokens, at).or(() -> range(tokens, at, fact)).or(() -> unit(tokens, at, fact));
        }
        return token.is("in") ? list(tokens, at, subject) : compared(tokens, at, subject, fact);
    }

    /** The fact in whose brackets the token stands, "" if it is in those of none. */
    private static String fact(List<Token> tokens, int at) {
        int depth = 0;
        for (int i = at - 1; i > 0; i--) {
            Token token = tokens.get(i);
            depth += SyntaxDiagnosis.closes(token) ? 1 : SyntaxDiagnosis.opens(token) ? -1 : 0;
            if (depth < 0 && Vocabulary.isFact(tokens.get(i - 1).text())) {
                return tokens.get(i - 1).text();
            }
        }
        return "";
    }

    private static Subject subject(List<Token> tokens, int at) {
        int last = at - 1;
        int begin = last;
        if (tokens.get(last).is(")")) {
            int depth = 0;
            do {
                depth += SyntaxDiagnosis.closes(tokens.get(begin))
                        ? 1
                        : SyntaxDiagnosis.opens(tokens.get(begin)) ? -1 : 0;
                begin--;
            } while (depth > 0 && begin > 0);
        }
        Token word = tokens.get(begin);
        if (!word.word() || isSpoken(word) || begin == 0) {
            return null;
        }
        if (begin > 1 && tokens.get(begin - 1).is(".") && tokens.get(begin - 2).word()) {
            begin -= 2;
        }
        Token before = begin == 0 ? null : tokens.get(begin - 1);
        boolean begins =
                before != null && Set.of("(", ",", "&&", "||", "!", ":").contains(before.text());
        return begins ? new Subject(begin, written(tokens.subList(begin, at)), word.text()) : null;
    }

    private static boolean isSpoken(Token word) {
        String small = word.text().toLowerCase(Locale.ROOT);
        return OPERATORS.contains(small)
                || small.equals("not")
                || FILLERS.contains(small)
                || UNTIL.contains(small)
                || small.equals("or");
    }

    /** The tokens with the blanks between them, on one line. */
    static String written(List<Token> tokens) {
        StringBuilder text = new StringBuilder();
        Token before = null;
        for (Token token : tokens) {
            boolean apart = before != null
                    && (before.line() != token.line()
                            || before.column() + before.text().length() < token.column());
            text.append(apart ? " " : "").append(token.text());
            before = token;
        }
        return text.toString();
    }

    private static Optional<SpokenCondition> compared(List<Token> tokens, int at, Subject subject, String fact) {
        Token token = tokens.get(at);
        String small = token.text().toLowerCase(Locale.ROOT);
        boolean allowed = token.is("not")
                && at + 1 < tokens.size()
                && OPERATORS.contains(tokens.get(at + 1).text());
        if (allowed || OPERATORS.contains(token.text()) || COMPARES.contains(token.text())) {
            return Optional.empty();
        }
        Reader reader = new Reader(tokens, at);
        boolean filled = reader.skip(FILLERS);
        boolean negated = reader.skip(Set.of("not", "!", "isn't", "no"));
        filled |= reader.skip(Set.of("be", "a", "an"));
        boolean spoken = filled || negated;
        Token word = reader.token();
        if (word == null) {
            return Optional.empty();
        }
        String said = word.text().toLowerCase(Locale.ROOT);
        boolean exists = Set.of("exists", "exist").contains(said);
        if (exists || spoken && MissingValue.isMissing(word.text())) {
            reader.next++;
            Optional<String> meant = MissingValue.condition(fact, subject.text(), subject.word(), negated != exists);
            return meant.flatMap(condition -> rewritten(tokens, at, subject, reader, condition));
        }
        if (Set.of("between", "from").contains(said) || word.kind() == Token.Kind.NUMBER && !spoken) {
            Reader bounds = new Reader(tokens, reader.next + (word.kind() == Token.Kind.NUMBER ? 0 : 1));
            Optional<SpokenCondition> range = bounds(tokens, at, subject, fact, bounds, negated);
            if (range.isPresent() || word.kind() == Token.Kind.NUMBER) {
                return range;
            }
        }
        reader.skip(Set.of("at"));
        Token sign = reader.token();
        String operator = sign == null ? null : SIGNS.get(sign.text().toLowerCase(Locale.ROOT));
        if (operator != null && (sign.word() || negated)) {
            reader.next++;
            reader.skip(Set.of("than", "to", "as"));
            boolean orEqual = reader.skip(Set.of("or")) && reader.skip(Set.of("equal"));
            reader.skip(Set.of("to"));
            return withValue(
                    tokens,
                    at,
                    subject,
                    reader,
                    negated ? opposite(operator) : orEqual ? operator + "=" : operator,
                    fact);
        }
        String asked = sign == null ? null : WORDS.get(said);
        if (asked != null && (spoken || !said.equals(asked) || !word.is(asked))) {
            reader.next++;
            return asked(tokens, at, subject, reader, said, negated ? "not " + asked : asked);
        }
        return spoken && !small.equals("do")
                ? withValue(tokens, at, subject, reader, negated ? "!=" : "==", fact)
                : Optional.empty();
    }

    private static Optional<SpokenCondition> asked(
            List<Token> tokens, int at, Subject subject, Reader reader, String said, String operator) {
        if (operator.endsWith("in")) {
            return values(reader)
                    .flatMap(values -> rewritten(
                            tokens, at, subject, reader, subject.text() + " " + operator + " ( " + values + " )"));
        }
        String value = reader.value();
        if (value == null || !reader.ended()) {
            return Optional.empty();
        }
        boolean like = said.endsWith("like");
        if (like && value.length() > 2 && "\"'".indexOf(value.charAt(0)) >= 0) {
            String pattern = value.substring(1, value.length() - 1);
            value = "\""
                    + (pattern.contains("%") || pattern.contains("*")
                            ? Wildcard.pattern(pattern)
                            : ".*" + pattern + ".*")
                    + "\"";
        }
        return rewritten(tokens, at, subject, reader, subject.text() + " " + operator + " " + value);
    }

    private static Optional<SpokenCondition> withValue(
            List<Token> tokens, int at, Subject subject, Reader reader, String operator, String fact) {
        String value = reader.value();
        if (value == null) {
            return Optional.empty();
        }
        if (MissingValue.isMissing(value)) {
            return MissingValue.condition(fact, subject.text(), subject.word(), operator.equals("!="))
                    .flatMap(condition -> rewritten(tokens, at, subject, reader, condition));
        }
        return reader.ended()
                ? rewritten(tokens, at, subject, reader, subject.text() + " " + operator + " " + value)
                : Optional.empty();
    }

    private static String opposite(String operator) {
        return switch (operator) {
            case "==" -> "!=";
            case "<" -> ">=";
            case ">" -> "<=";
            case ">=" -> "<";
            default -> ">";
        };
    }

    private static Optional<SpokenCondition> rewritten(
            List<Token> tokens, int at, Subject subject, Reader reader, String meant) {
        Token last = reader.last();
        int end = reader.next;
        // the words between the value and what it is compared with
        String said = tokens.subList(at, end).stream()
                .takeWhile(token -> token.word() && !token.text().startsWith("$") || token.is("!"))
                .limit(4)
                .map(Token::text)
                .collect(Collectors.joining(" "));
        String quoted = said.isEmpty() ? tokens.get(at).text() : said.replace("! ", "!");
        return Optional.of(new SpokenCondition(
                tokens.get(at),
                tokens.get(subject.begin()),
                last,
                "'" + quoted + "' is not a comparison.",
                "Write: " + meant,
                meant));
    }

    private static Optional<SpokenCondition> bounds(
            List<Token> tokens, int at, Subject subject, String fact, Reader reader, boolean negated) {
        boolean bracket = reader.skip(Set.of("("));
        String low = reader.value();
        boolean until = low != null && (reader.skip(UNTIL) || reader.skip(Set.of(",")));
        if (until) {
            // the dots of 18..22 are two signs
            while (reader.isNext(".")) {
                reader.next++;
            }
        } else if (low != null && reader.isNext(".")) {
            while (reader.isNext(".")) {
                reader.next++;
            }
            until = true;
        }
        String high = until ? reader.value() : null;
        if (high == null) {
            return Optional.empty();
        }
        if (bracket && !reader.skip(Set.of(")")) || !reader.ended()) {
            return Optional.empty();
        }
        return Optional.of(between(fact, subject.text(), low, high, negated)).map(meant -> {
            Token token = tokens.get(at);
            return new SpokenCondition(
                    token,
                    tokens.get(subject.begin()),
                    reader.last(),
                    token.word() && !token.is("in") ? "'" + token.text() + "' is not a comparison." : RANGE,
                    "Write: " + meant,
                    meant);
        });
    }

    /** {@code hour == 18 to 22}: the range begins like a comparison. */
    private static Optional<SpokenCondition> range(List<Token> tokens, int at, String fact) {
        Token token = tokens.get(at);
        boolean begins = at > 3
                && UNTIL.contains(token.text().toLowerCase(Locale.ROOT))
                && token.word()
                && !token.text().equalsIgnoreCase("and")
                && tokens.get(at - 1).value()
                && COMPARES.contains(tokens.get(at - 2).text());
        Subject subject = begins ? subject(tokens, at - 2) : null;
        Reader reader = new Reader(tokens, at + 1);
        String high = subject == null ? null : reader.value();
        if (high == null || !reader.ended()) {
            return Optional.empty();
        }
        String meant = between(
                fact,
                subject.text(),
                tokens.get(at - 1).text(),
                high,
                tokens.get(at - 2).is("!="));
        return Optional.of(new SpokenCondition(
                token, tokens.get(subject.begin()), reader.last(), RANGE, "Write: " + meant, meant));
    }

    /** The sign that a word is said for. */
    static Optional<String> sign(String word) {
        return Optional.ofNullable(SIGNS.get(word.toLowerCase(Locale.ROOT)));
    }

    /** A range as conditions. */
    static String between(String fact, String word, String low, String high, boolean negated) {
        Class<?> type = Vocabulary.isFact(fact) ? Vocabulary.word(Vocabulary.fact(fact), word) : null;
        if (type == DayOfWeek.class && isDay(low) && isDay(high)) {
            return word + (negated ? " not" : "") + " in ( " + days(low, high) + " )";
        }
        // an hour lasts until the next one: from 18 to 22 are 18, 19, 20 and 21
        String last = word.equals("hour") ? " < " : " <= ";
        if (negated) {
            return word + " < " + low + " || " + word + (last.equals(" < ") ? " >= " : " > ") + high;
        }
        boolean overnight = word.equals("hour")
                && low.matches("\\d{1,2}")
                && high.matches("\\d{1,2}")
                && Integer.parseInt(low) > Integer.parseInt(high);
        return word + " >= " + low + (overnight ? " || " : ", ") + word + last + high;
    }

    private static boolean isDay(String text) {
        return Stream.of(DayOfWeek.values())
                .anyMatch(day -> day.name().equals(text.replace("\"", "").toUpperCase(Locale.ROOT)));
    }

    private static String days(String from, String to) {
        DayOfWeek day = DayOfWeek.valueOf(from.replace("\"", "").toUpperCase(Locale.ROOT));
        DayOfWeek last = DayOfWeek.valueOf(to.replace("\"", "").toUpperCase(Locale.ROOT));
        List<String> days = new ArrayList<>(List.of(day.name()));
        while (day != last) {
            day = day.plus(1);
            days.add(day.name());
        }
        return String.join(", ", days);
    }

    /** {@code weekday == SATURDAY or SUNDAY}, {@code price > 5 and < 10} */
    private static Optional<SpokenCondition> joined(List<Token> tokens, int at) {
        Token token = tokens.get(at);
        String small = token.text().toLowerCase(Locale.ROOT);
        boolean either = small.equals("or");
        if ((either || small.equals("and"))
                && at + 2 < tokens.size()
                && tokens.get(at + 1).text().equalsIgnoreCase("not")
                && tokens.get(at + 2).word()
                && new Reader(tokens, at + 3).ended()) {
            String meant = (either ? "|| !" : "&& !") + tokens.get(at + 2).text();
            return Optional.of(joined(token, token, tokens.get(at + 2), meant));
        }
        if (!either && !small.equals("and")
                || at < 4
                || !tokens.get(at - 1).value()
                || !COMPARES.contains(tokens.get(at - 2).text())) {
            return Optional.empty();
        }
        Subject subject = subject(tokens, at - 2);
        if (subject == null) {
            return Optional.empty();
        }
        String operator = tokens.get(at - 2).text();
        Reader reader = new Reader(tokens, at + 1);
        if (reader.isCompared() && COMPARES.contains(reader.token().text())) {
            String second = reader.token().text();
            reader.next++;
            String value = reader.value();
            return value == null || !reader.ended()
                    ? Optional.empty()
                    : Optional.of(joined(
                            token,
                            tokens.get(subject.begin()),
                            reader.last(),
                            subject.text() + " " + operator + " "
                                    + tokens.get(at - 1).text() + (either ? " || " : ", ") + subject.text() + " "
                                    + second + " " + value));
        }
        List<String> values = new ArrayList<>(List.of(tokens.get(at - 1).text()));
        reader.next--;
        while (reader.skip(Set.of("or", "and"))) {
            String value = reader.value();
            if (value == null || reader.isCompared()) {
                return Optional.empty();
            }
            values.add(value);
        }
        boolean plain = values.stream().skip(1).noneMatch(value -> value.endsWith(")"));
        Optional<String> meant = plain ? AnyOf.condition(subject.text(), operator, values) : Optional.empty();
        boolean word = values.stream().skip(1).anyMatch(value -> Vocabulary.facts().stream()
                .anyMatch(fact -> Vocabulary.question(fact, value) != null));
        return word || !reader.ended()
                ? Optional.empty()
                : meant.map(condition -> joined(token, tokens.get(subject.begin()), reader.last(), condition));
    }

    private static SpokenCondition joined(Token at, Token from, Token to, String meant) {
        return new SpokenCondition(
                at,
                from,
                to,
                "'" + at.text() + "' joins facts, not conditions inside the brackets of a fact.",
                "Write: " + meant,
                meant);
    }

    /** A list without its brackets. */
    private static Optional<SpokenCondition> list(List<Token> tokens, int at, Subject subject) {
        Reader reader = new Reader(tokens, at + 1);
        if (reader.isNext("(")) {
            return Optional.empty();
        }
        int begin = reader.next;
        boolean range = reader.value() != null && reader.isNext(".");
        reader.next = begin;
        if (range) {
            return bounds(tokens, at, subject, fact(tokens, at), reader, false);
        }
        return values(reader).map(values -> {
            String meant = subject.text() + " in ( " + values + " )";
            return new SpokenCondition(
                    tokens.get(at),
                    tokens.get(subject.begin()),
                    reader.last(),
                    "The list after 'in' is not in round brackets.",
                    "Write: " + meant,
                    meant);
        });
    }

    /** What is in a list, in whatever brackets, as far as no new condition begins. */
    private static Optional<String> values(Reader reader) {
        boolean bracket = reader.token() != null && SyntaxDiagnosis.opens(reader.token());
        reader.next += bracket ? 1 : 0;
        List<String> values = new ArrayList<>();
        int end;
        do {
            end = reader.next;
            String value = reader.value();
            if (value == null || reader.isCompared()) {
                reader.next = end - 1;
                break;
            }
            values.add(value);
        } while (reader.skip(Set.of(",", "or", "and", "||", ";")));
        boolean closed = bracket && reader.token() != null && SyntaxDiagnosis.closes(reader.token());
        reader.next += closed ? 1 : 0;
        return values.isEmpty() || bracket && !closed ? Optional.empty() : Optional.of(String.join(", ", values));
    }

    /** {@code not brand in ( "a" )}: the word belongs before the comparison. */
    private static Optional<SpokenCondition> negated(List<Token> tokens, int at) {
        int begin = at + 1;
        Reader reader = new Reader(tokens, begin);
        String word = reader.value();
        Token operator = reader.token();
        if (word == null || operator == null || !reader.isCompared()) {
            return Optional.empty();
        }
        reader.next++;
        String meant;
        if (operator.is("in")) {
            String values = values(reader).orElse(null);
            meant = values == null ? null : word + " not in ( " + values + " )";
        } else {
            String value = reader.value();
            meant = value == null || !reader.ended()
                    ? null
                    : word + " "
                            + (OPERATORS.contains(operator.text())
                                    ? "not " + operator.text()
                                    : operator.is("!=") ? "==" : opposite(operator.text()))
                            + " " + value;
        }
        return Optional.ofNullable(meant)
                .map(condition -> new SpokenCondition(
                        tokens.get(at),
                        tokens.get(at),
                        reader.last(),
                        "'not' goes before a fact, or before 'in', 'contains' and 'matches'.",
                        "Write: " + condition,
                        condition));
    }

    /** {@code OR( brand = "Asana"; brand = "Movo" )}, as spreadsheets write it. */
    private static Optional<SpokenCondition> function(List<Token> tokens, int at) {
        String name = tokens.get(at).text().toUpperCase(Locale.ROOT);
        boolean called = at + 1 < tokens.size() && tokens.get(at + 1).is("(");
        if (!called || !FUNCTIONS.containsKey(name) && !HOLDS.contains(name)) {
            return Optional.empty();
        }
        Reader reader = new Reader(tokens, at + 1);
        int end = reader.closing(at + 1);
        List<String> parts = new ArrayList<>();
        int begin = at + 2;
        int depth = 0;
        for (int i = begin; i <= end; i++) {
            Token token = tokens.get(i);
            boolean separates = depth == 0 && (token.is(";") || token.is(",") || i == end);
            if (separates && i > begin) {
                parts.add(written(tokens.subList(begin, i)).replaceAll("(?<![=!<>])=(?!=)", "=="));
            }
            begin = separates ? i + 1 : begin;
            depth += SyntaxDiagnosis.opens(token) ? 1 : SyntaxDiagnosis.closes(token) ? -1 : 0;
        }
        if (parts.isEmpty()) {
            return Optional.empty();
        }
        if (HOLDS.contains(name)) {
            Optional<String> holds = parts.size() == 2
                    ? MeantComparison.holds(fact(tokens, at), parts.get(0), parts.get(1))
                    : Optional.empty();
            return holds.map(condition -> function(tokens.get(at), tokens.get(end), condition));
        }
        String meant = name.equals("IF") || name.equals("WENN")
                ? parts.get(0)
                : name.equals("NOT") ? "!( " + parts.get(0) + " )" : String.join(FUNCTIONS.get(name), parts);
        return Optional.of(function(tokens.get(at), tokens.get(end), meant));
    }

    private static SpokenCondition function(Token from, Token to, String meant) {
        return new SpokenCondition(
                from, from, to, "A condition has no function '" + from.text() + "'.", "Write: " + meant, meant);
    }

    /** {@code Cart( contains "mat-blue" )} */
    private static Optional<SpokenCondition> withoutSubject(List<Token> tokens, int at, String fact) {
        Token operator = tokens.get(at);
        Reader reader = new Reader(tokens, at);
        if (fact.isEmpty() || !reader.isCompared()) {
            return Optional.empty();
        }
        reader.next++;
        boolean list = operator.is("in");
        String value = list ? values(reader).orElse(null) : reader.value();
        if (value == null || !reader.ended()) {
            return Optional.empty();
        }
        String meant = MeantWords.subject(fact, operator.text(), value) + (list ? " in ( " + value + " )" : "");
        String condition = list ? meant : MeantWords.whole(fact, operator.text(), value);
        return Optional.of(new SpokenCondition(
                operator,
                operator,
                reader.last(),
                "Nothing stands before '" + operator.text() + "'.",
                "Write the word that is asked, such as: " + condition,
                condition));
    }

    /** {@code Candidate( at least 2 )} */
    private static Optional<SpokenCondition> atLeast(List<Token> tokens, int at, String fact) {
        Reader reader = new Reader(tokens, at);
        Token first = tokens.get(at);
        if (fact.isEmpty() || !reader.skip(Set.of("at")) || reader.token() == null) {
            return Optional.empty();
        }
        String sign = SIGNS.get(reader.token().text().toLowerCase(Locale.ROOT));
        String said = first.text() + " " + reader.token().text();
        reader.next++;
        String value = sign == null ? null : reader.value();
        if (value == null || !reader.ended()) {
            return Optional.empty();
        }
        String condition = MeantWords.whole(fact, sign, value);
        return Optional.of(new SpokenCondition(
                first,
                first,
                reader.last(),
                "Nothing stands before '" + said + "'.",
                "Write the word that is asked, such as: " + condition,
                condition));
    }

    /** {@code 14 days}, {@code 0.5 kg} */
    private static Optional<SpokenCondition> unit(List<Token> tokens, int at, String fact) {
        Token number = tokens.get(at - 1);
        Token unit = tokens.get(at);
        boolean known = Vocabulary.isFact(fact) && Vocabulary.question(Vocabulary.fact(fact), unit.text()) != null;
        if (number.kind() != Token.Kind.NUMBER
                || !unit.word()
                || known
                || isSpoken(unit)
                || !new Reader(tokens, at + 1).ended()) {
            return Optional.empty();
        }
        Subject subject = at > 3 && COMPARES.contains(tokens.get(at - 2).text()) ? subject(tokens, at - 2) : null;
        String word = subject == null ? "" : subject.word();
        return Optional.of(withUnit(number, unit, NumberWithUnit.of(fact, word, number.text(), unit.text())));
    }

    static SpokenCondition withUnit(Token number, Token unit, NumberWithUnit found) {
        return new SpokenCondition(
                unit, number, unit, "A number cannot have '" + unit.text() + "'.", found.cure(), found.number());
    }
}
