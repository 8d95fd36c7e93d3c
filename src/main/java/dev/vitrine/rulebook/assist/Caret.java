package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Argument;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.language.Token.Kind;
import dev.vitrine.rulebook.language.ValueKind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * A place in a rule file and what may stand there. It reads the tokens before the place, and so works on half-written text, which
 * no parser takes. The grammar of the rule language would not help: it allows far more than a rule may hold.
 */
final class Caret {
    /** In which part of a file. */
    enum Part {
        BETWEEN_RULES,
        /** After the rule's name. */
        HEAD,
        CONDITIONS,
        CONSEQUENCE,
        /** In a comment, where nothing is expected. */
        COMMENT
    }

    /** What may stand at the place, apart from what can always be written. */
    enum Expected {
        NOTHING,
        /** A fact, or a word that stands before one. */
        FACT,
        /** A word of the fact, or another operand of a condition. */
        OPERAND,
        OPERATOR,
        /** A value of {@link #type}, or a text that names something of {@link #values}. */
        VALUE,
        /** A word of what stands before the point. */
        MEMBER,
        VERB,
        STATEMENT,
        KEYWORD
    }

    private static final Set<String> COMPARISONS =
            Set.of("==", "!=", "<", "<=", ">", ">=", "contains", "memberOf", "matches", "in");

    private static final Set<String> JOINS = Set.of("(", ",", "&&", "||", "!");
    /** Stands for the place in the text that is read. No file may hold it. */
    private static final char MARK = '\u0001';

    /** An open bracket and what it belongs to. */
    private record Frame(String fact, String scope, String function, int opened, int argument) {}

    /** A text operand of a comparison. */
    private record Operand(String fact, String word, String argument) {}

    private final Glossary glossary = Glossary.get();
    private final Map<String, String> bound = new LinkedHashMap<>();
    private final Map<String, Word> boundWords = new LinkedHashMap<>();

    private Part part = Part.BETWEEN_RULES;
    private Expected expected = Expected.KEYWORD;
    private String rule = "";
    /** What stands before the place and belongs to what is being written. */
    private String prefix = "";

    private boolean quoted;
    private String fact = "";
    /** The fact before the point, for {@link Expected#MEMBER}. */
    private String memberOf = "";

    private Class<?> type;
    private ValueKind values;
    private String attribute = "";
    private List<Argument> arguments = List.of();
    private String operatorOf = "";
    private boolean named;

    /** @param before the text before the place */
    private Caret(String before) {
        List<Token> tokens = Token.of(before + MARK);
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        boolean atEnd = last != null && last.text().indexOf(MARK) == last.text().length() - 1;
        if (!atEnd || last.text().startsWith("/*")) {
            part = Part.COMMENT;
            expected = Expected.NOTHING;
            return;
        }
        List<Token> all = new ArrayList<>(tokens.subList(0, tokens.size() - 1));
        if (last.kind() == Kind.UNCLOSED) {
            quoted = true;
            prefix = last.text().substring(1, last.text().length() - 1);
        } else if (!all.isEmpty() && touches(all.get(all.size() - 1), last)) {
            prefix = all.remove(all.size() - 1).text();
        }
        int begin = lastRule(all);
        if (begin < 0) {
            return;
        }
        List<Token> tokensOfRule = all.subList(begin, all.size());
        if (tokensOfRule.size() > 1 && tokensOfRule.get(1).kind() == Kind.TEXT) {
            String name = tokensOfRule.get(1).text();
            rule = name.substring(1, name.length() - 1);
        }
        read(tokensOfRule);
        if (part == Part.HEAD && !quoted) {
            prefix = headWord(before);
        }
    }

    /** What is being written above {@code when}, where words have hyphens and {@code @}. */
    private static String headWord(String before) {
        int from = before.length();
        while (from > 0
                && (Character.isLetter(before.charAt(from - 1)) || "-@".indexOf(before.charAt(from - 1)) >= 0)) {
            from--;
        }
        return before.substring(from);
    }

    /** The place at a line and column, from 1; past the end of a line it is the end. */
    static Caret at(String text, int line, int column) {
        return new Caret(text.substring(0, Lines.offset(text, line, column)));
    }

    private static boolean touches(Token word, Token mark) {
        boolean near = word.line() == mark.line() && word.column() + word.text().length() == mark.column();
        return near && (word.word() || word.kind() == Kind.NUMBER);
    }

    private static int lastRule(List<Token> tokens) {
        for (int i = tokens.size() - 1; i >= 0; i--) {
            if (tokens.get(i).first() && tokens.get(i).is("rule")) {
                return i;
            }
        }
        return -1;
    }

    private static int find(List<Token> tokens, String word, int from) {
        return IntStream.range(Math.min(from, tokens.size()), tokens.size())
                .filter(i -> tokens.get(i).is(word))
                .findFirst()
                .orElse(-1);
    }

    private void read(List<Token> tokens) {
        int when = find(tokens, "when", 1);
        int then = when < 0 ? -1 : find(tokens, "then", when);
        int end = then < 0 ? -1 : find(tokens, "end", then);
        if (end >= 0) {
            return;
        }
        if (when < 0) {
            part = Part.HEAD;
            expected = tokens.size() > 1 ? Expected.KEYWORD : Expected.NOTHING;
        } else if (then < 0) {
            part = Part.CONDITIONS;
            conditions(tokens.subList(when + 1, tokens.size()));
        } else {
            part = Part.CONSEQUENCE;
            // names and what they stand for
            conditions(tokens.subList(when + 1, then));
            forget();
            consequence(tokens.subList(then + 1, tokens.size()));
        }
    }

    private void forget() {
        fact = "";
        memberOf = "";
        type = null;
        values = null;
        attribute = "";
        arguments = List.of();
        operatorOf = "";
    }

    private Deque<Frame> frames(List<Token> tokens) {
        Deque<Frame> open = new ArrayDeque<>();
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            Token before = i == 0 ? null : tokens.get(i - 1);
            if (token.is("(")) {
                open.push(frame(tokens, i, before, open));
            } else if (token.is(")") && !open.isEmpty()) {
                open.pop();
            } else if (token.is(",") && !open.isEmpty()) {
                Frame top = open.pop();
                open.push(new Frame(top.fact, top.scope, top.function, top.opened, top.argument + 1));
            } else if (token.is(":") && before != null && before.text().startsWith("$")) {
                bind(tokens, i, before.text(), open);
            }
        }
        return open;
    }

    private void bind(List<Token> tokens, int colon, String name, Deque<Frame> open) {
        if (colon + 1 < tokens.size()) {
            String what = tokens.get(colon + 1).text();
            if (open.isEmpty()) {
                bound.put(name, what);
            } else if (glossary.word(open.peek().fact, what) != null) {
                boundWords.put(name, glossary.word(open.peek().fact, what));
            }
        }
    }

    private Frame frame(List<Token> tokens, int at, Token before, Deque<Frame> open) {
        String around = open.isEmpty() ? "" : open.peek().fact;
        if (before == null || !before.word()) {
            return new Frame(around, "", "", at, 0);
        }
        boolean scoped = at > 2 && tokens.get(at - 2).is(".");
        String scope = scoped ? tokens.get(at - 3).text() : "";
        if (!scoped && glossary.fact(before.text()) != null) {
            return new Frame(before.text(), "", "", at, 0);
        }
        return new Frame(around, scope, before.text(), at, 0);
    }

    private void conditions(List<Token> tokens) {
        Deque<Frame> open = frames(tokens);
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        if (open.isEmpty()) {
            expected = last != null && last.word() && last.text().startsWith("$") ? Expected.NOTHING : Expected.FACT;
            named = last != null && last.is(":");
            return;
        }
        Frame frame = open.peek();
        fact = frame.fact;
        inside(tokens, frame, last);
    }

    private void consequence(List<Token> tokens) {
        Deque<Frame> open = frames(tokens);
        Token last = tokens.isEmpty() ? null : tokens.get(tokens.size() - 1);
        if (open.isEmpty()) {
            boolean dot = last != null && last.is(".");
            expected = dot
                    ? tokens.size() > 1 && tokens.get(tokens.size() - 2).is("shelf") ? Expected.VERB : Expected.NOTHING
                    : last == null || last.is(";") ? Expected.STATEMENT : Expected.NOTHING;
            return;
        }
        inside(tokens, open.peek(), last);
    }

    /** Within brackets. */
    private void inside(List<Token> tokens, Frame frame, Token last) {
        int at = tokens.size() - 1;
        if (last.is(".")) {
            expected = Expected.MEMBER;
            memberOf = at > 0 ? bound.getOrDefault(tokens.get(at - 1).text(), "") : "";
        } else if (COMPARISONS.contains(last.text())) {
            value(operand(tokens, at - 1));
        } else if (frame.function.equals("in") && JOINS.contains(last.text())) {
            value(operand(tokens, frame.opened - 2));
        } else if (last.is("(") || last.is(",")) {
            begin(frame);
        } else if (JOINS.contains(last.text()) || last.is(":") || "+-*/%".contains(last.text())) {
            expected = Expected.OPERAND;
            named = last.is(":");
        } else if (part == Part.CONDITIONS && (last.word() || last.is(")")) && frame.function.isEmpty()) {
            Operand left = operand(tokens, at);
            Word word = glossary.word(left.fact, left.word);
            boolean bindsName = last.text().startsWith("$");
            expected = bindsName || word == null ? Expected.NOTHING : Expected.OPERATOR;
            type = word == null ? null : word.type();
            operatorOf = left.word;
        } else {
            expected = Expected.NOTHING;
        }
    }

    /** At the begin of an argument, or of a condition. */
    private void begin(Frame frame) {
        if (frame.function.isEmpty()) {
            expected = part == Part.CONDITIONS ? Expected.OPERAND : Expected.NOTHING;
            return;
        }
        expected = Expected.VALUE;
        List<Argument> all = new ArrayList<>();
        forms(frame).forEach(form -> {
            if (frame.argument < form.size()) {
                all.add(form.get(frame.argument));
            }
        });
        arguments = List.copyOf(all);
        for (Argument argument : all) {
            type = type == null || argument.values() != null ? argument.type() : type;
            values = values == null ? argument.values() : values;
        }
        if (all.isEmpty()) {
            expected = Expected.NOTHING;
        }
    }

    private List<List<Argument>> forms(Frame frame) {
        if (frame.scope.equals("shelf")) {
            Glossary.Verb verb = glossary.verb(frame.function);
            return verb == null ? List.of() : verb.forms();
        }
        Word word = glossary.word(frame.scope.isEmpty() ? frame.fact : bound.get(frame.scope), frame.function);
        if (word != null) {
            return List.of(word.arguments());
        }
        Glossary.Function function = glossary.function(frame.function);
        return function == null ? List.of() : List.of(function.arguments());
    }

    private void value(Operand left) {
        Word word = glossary.word(left.fact, left.word);
        expected = word == null ? Expected.NOTHING : Expected.VALUE;
        if (word != null) {
            type = word.type();
            values = word.values();
            attribute = left.argument;
            if (values == ValueKind.ATTRIBUTE_VALUE && !left.fact.equals("Candidate")) {
                values = null;
            }
        }
    }

    /** The word that ends at this token, such as {@code text( "material" )} or {@code $c.price}. */
    private Operand operand(List<Token> tokens, int end) {
        int at = end;
        while (at >= 0 && tokens.get(at).is("not")) {
            at--;
        }
        String argument = "";
        if (at >= 0 && tokens.get(at).is(")")) {
            int depth = 0;
            int closed = at;
            while (at >= 0) {
                depth += tokens.get(at).is(")") ? 1 : tokens.get(at).is("(") ? -1 : 0;
                if (depth == 0) {
                    break;
                }
                at--;
            }
            if (closed == at + 2 && tokens.get(at + 1).kind() == Kind.TEXT) {
                String text = tokens.get(at + 1).text();
                argument = text.substring(1, text.length() - 1);
            }
            at--;
        }
        if (at < 0) {
            return new Operand("", "", "");
        }
        String word = tokens.get(at).text();
        boolean scoped = at > 1 && tokens.get(at - 1).is(".");
        String of = scoped ? bound.getOrDefault(tokens.get(at - 2).text(), "") : fact;
        return new Operand(of, word, argument);
    }

    Part part() {
        return part;
    }

    Expected expected() {
        return expected;
    }

    /** The name of the rule around the place, "" if there is none. */
    String rule() {
        return rule;
    }

    String prefix() {
        return prefix;
    }

    boolean quoted() {
        return quoted;
    }

    /** The fact in whose brackets the place is, "" if it is in none. */
    String fact() {
        return fact;
    }

    String memberOf() {
        return memberOf;
    }

    /** Of the value, or of the word before the operator; null if unknown. */
    Class<?> type() {
        return type;
    }

    /** What a text here names, null where it names nothing of the shop. */
    ValueKind values() {
        return values;
    }

    /** The attribute whose value it is. */
    String attribute() {
        return attribute;
    }

    /** What may stand here as an argument, one for each form of the call. */
    List<Argument> arguments() {
        return arguments;
    }

    /** Whether a name and a colon stand before it. */
    boolean named() {
        return named;
    }

    String operatorOf() {
        return operatorOf;
    }

    /** The facts of the rule that have a name, by their names. */
    Map<String, String> bound() {
        return bound;
    }

    /** The words that the rule keeps under a name. */
    Map<String, Word> boundWords() {
        return boundWords;
    }
}
