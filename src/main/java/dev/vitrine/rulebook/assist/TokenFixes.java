package dev.vitrine.rulebook.assist;

import dev.vitrine.problem.Nearest;
import dev.vitrine.rulebook.assist.Caret.Expected;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Argument;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.MeantWords;
import dev.vitrine.rulebook.language.SeparatedNumber;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.language.Token.Kind;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Fixes in a rule file, by the token at the problem's place. */
final class TokenFixes {
    /** Any word of three letters is near another one. */
    private static final int SHORT = 3;

    /** Of one line: looking at each reads the text before it, and thousands of words in a line are no rule of a person. */
    private static final int TOKENS_MAX = 200;

    private static final Map<String, String> SIGNS = Map.ofEntries(
            Map.entry("\u2265", ">="),
            Map.entry("\u2264", "<="),
            Map.entry("\u2260", "!="),
            Map.entry("=<", "<="),
            Map.entry("=>", ">="),
            Map.entry("<>", "!="),
            Map.entry("===", "=="),
            Map.entry("!==", "!="),
            Map.entry("=", "=="),
            Map.entry("&", "&&"),
            Map.entry("|", "||"),
            Map.entry("#", "//"));

    private static final String QUOTES = "\u201C\u201D\u201E\u00AB\u00BB";
    private static final List<String> EQUALS = List.of("equals", "equal", "is", "eq");
    private static final List<String> OPERATORS = List.of("contains", "matches", "memberOf", "in", "not");

    private final Glossary glossary = Glossary.get();
    private final String text;
    private final List<Token> tokens;
    private final Function<ValueKind, Collection<String>> known;

    TokenFixes(String text, List<Token> tokens, Function<ValueKind, Collection<String>> known) {
        this.text = text;
        this.tokens = tokens;
        this.known = known;
    }

    List<TextFix> fixes(RuleProblem problem) {
        Optional<TextFix> written = new WrittenAnew(text, tokens).fix(problem);
        if (written.isPresent()) {
            return List.of(written.get());
        }
        String said = problem.message() + " " + problem.cure();
        // the cure is a whole condition, and a part of it alone is another one
        boolean whole = WrittenAnew.meant(problem)
                .filter(meant ->
                        meant.matches("!?\\w*([wW]ithin|interest)\\(.*|.*( in \\(| matches |[!=]= \"\"|[=>] 0).*"))
                .isPresent();
        return found(problem).stream()
                .filter(fix -> isSaid(fix, said) && !(whole && isText(fix)))
                .toList();
    }

    /**
     * A fix writes what the problem says, a sign, or a word spelt right: something else would be another cure than the one that is
     * told.
     */
    private boolean isSaid(TextFix fix, String said) {
        return fix.edits().stream().allMatch(edit -> {
            String mended = edit.newText().strip();
            String word = mended.replace("\"", "");
            String line = Lines.line(text, edit.line());
            String old = edit.line() == edit.endLine() && edit.endColumn() <= line.length() + 1
                    ? line.substring(edit.column() - 1, edit.endColumn() - 1).strip()
                    : "";
            if (mended.equals(",")) {
                return said.contains("comma is missing");
            }
            return mended.length() < 2
                    || said.contains(mended)
                    || said.contains(word.equals(old) ? mended : word)
                    || old.length() > SHORT && Nearest.to(old, Set.of(word)).isPresent();
        });
    }

    private static boolean isText(TextFix fix) {
        return fix.edits().stream().allMatch(edit -> edit.newText().startsWith("\""));
    }

    private List<TextFix> found(RuleProblem problem) {
        List<TextFix> here = of(token -> token.line() == problem.line()
                && token.column() <= problem.column()
                && problem.column() < token.column() + token.text().length());
        if (!here.isEmpty()) {
            return here;
        }
        // the problem of a whole line stands at its first word, and quotes the one that is meant
        List<TextFix> quoted = of(token -> token.line() == problem.line()
                && (problem.message().contains("'" + token.text())
                        || token.kind() == Kind.TEXT && problem.message().contains(token.text())));
        if (!quoted.isEmpty()) {
            return quoted;
        }
        List<TextFix> elsewhere = inLine(problem.line());
        return elsewhere.isEmpty() ? semicolon(problem).stream().toList() : elsewhere;
    }

    /** The fixes of the first of these that has any. */
    private List<TextFix> of(Predicate<Token> which) {
        return IntStream.range(0, tokens.size())
                .filter(i -> which.test(tokens.get(i)))
                .limit(TOKENS_MAX)
                .mapToObj(this::fixes)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    /** What is wrong in any rule: the parser may give up before or behind it. */
    private List<TextFix> inLine(int line) {
        return IntStream.range(0, tokens.size())
                .filter(i -> tokens.get(i).line() == line)
                .limit(TOKENS_MAX)
                .mapToObj(this::inAnyRule)
                .filter(found -> !found.isEmpty())
                .findFirst()
                .orElse(List.of());
    }

    private List<TextFix> inAnyRule(int at) {
        Token token = tokens.get(at);
        return switch (token.kind()) {
            case SIGN -> sign(token, at);
            case NUMBER -> number(token, near(at + 1), at);
            case WORD -> missingComma(token, at);
            case TEXT -> isValue(token) ? text(token, Caret.at(text, token.line(), token.column()), at) : List.of();
            case UNCLOSED -> List.of();
        };
    }

    /** A text in the wrong quotes, or in place of a choice. */
    private boolean isValue(Token token) {
        Class<?> type = Caret.at(text, token.line(), token.column()).type();
        return token.text().startsWith("'") || type != null && type.isEnum();
    }

    private Token near(int at) {
        return at >= 0 && at < tokens.size() ? tokens.get(at) : null;
    }

    private List<TextFix> fixes(int at) {
        Token token = tokens.get(at);
        if (token.kind() == Kind.SIGN) {
            return sign(token, at);
        }
        Token next = near(at + 1);
        if (token.kind() == Kind.NUMBER) {
            return number(token, next, at);
        }
        Caret caret = Caret.at(text, token.line(), token.column());
        if (token.kind() == Kind.TEXT) {
            return text(token, caret, at);
        }
        return token.word() ? word(token, caret, at) : List.of();
    }

    private static List<TextFix> replace(Token token, String by) {
        return List.of(
                QuickFixes.replace(token.line(), token.column(), token.text().length(), by));
    }

    private List<TextFix> sign(Token token, int at) {
        Token before = near(at - 1);
        Token next = near(at + 1);
        if (QUOTES.contains(token.text())) {
            return straightQuotes(token.line());
        }
        if (Character.isSpaceChar(token.text().charAt(0))) {
            return List.of(new TextFix(
                    "Write an ordinary space",
                    List.of(TextEdit.at(token.line(), token.column(), token.column() + 1, " "))));
        }
        if (token.is("%") && before != null && before.kind() == Kind.NUMBER && (next == null || !next.value())) {
            return percent(before, token);
        }
        boolean bullet = token.is("-") && before != null && (before.is("then") || before.is(";")) && token.first();
        boolean colon = token.is(":")
                && before != null
                && (before.is("then")
                        || before.kind() == Kind.TEXT
                                && near(at - 2) != null
                                && near(at - 2).is("rule"));
        if (token.is("\u20AC") || colon || bullet) {
            return List.of(delete(token));
        }
        if (token.is(",") && (next == null || next.is(")"))) {
            return List.of(delete(token));
        }
        String right = SIGNS.get(token.text());
        return right == null ? List.of() : replace(token, right);
    }

    private static TextFix delete(Token token) {
        return new TextFix(
                "Delete " + token.text(),
                List.of(TextEdit.at(
                        token.line(),
                        token.column(),
                        token.column() + token.text().length(),
                        "")));
    }

    private List<TextFix> straightQuotes(int line) {
        String whole = Lines.line(text, line);
        List<TextEdit> edits = new ArrayList<>();
        for (int i = 0; i < whole.length(); i++) {
            if (QUOTES.indexOf(whole.charAt(i)) >= 0) {
                edits.add(TextEdit.at(line, i + 1, i + 2, "\""));
            }
        }
        return List.of(new TextFix("Write straight quotes", edits));
    }

    private static List<TextFix> percent(Token number, Token sign) {
        String share = QuickFixes.share(number.text());
        return List.of(new TextFix(
                "Write " + share, List.of(TextEdit.at(number.line(), number.column(), sign.column() + 1, share))));
    }

    private List<TextFix> number(Token token, Token next, int at) {
        Token after = near(at + 2);
        Optional<SeparatedNumber> separated = SeparatedNumber.at(tokens, at);
        // what a shop has named itself may be less than a price: 1,5 kg and 1,500 kg
        boolean own = near(at - 2) != null && near(at - 2).is(")");
        if (separated.isPresent()) {
            return own
                    ? List.of()
                    : List.of(QuickFixes.replace(
                            token.line(),
                            token.column(),
                            separated.get().length(),
                            separated.get().plain()));
        }
        if (next != null && next.is("%") && (after == null || !after.value())) {
            return percent(token, next);
        }
        boolean decimal = next != null
                && next.is(",")
                && after != null
                && after.kind() == Kind.NUMBER
                && after.column() == token.column() + token.text().length() + 1;
        if (decimal) {
            String right = token.text() + "." + after.text();
            return List.of(QuickFixes.replace(token.line(), token.column(), right.length(), right));
        }
        return missingComma(token, at);
    }

    private List<TextFix> text(Token token, Caret caret, int at) {
        String value = token.text().substring(1, token.text().length() - 1);
        Token before = near(at - 1);
        if (before != null && before.is("rule") && before.line() == token.line()) {
            return name(token);
        }
        if (token.text().startsWith("'")) {
            return replace(token, "\"" + value + "\"");
        }
        if (caret.expected() == Expected.VALUE
                && caret.type() != null
                && caret.type().isEnum()) {
            return choice(value, caret.type()).map(one -> replace(token, one)).orElse(List.of());
        }
        if (caret.expected() == Expected.VALUE && caret.values() != null) {
            Collection<String> words = known.apply(caret.values());
            Optional<String> meant = QuickFixes.meant(value, words);
            if (meant.isPresent()) {
                return replace(token, "\"" + meant.get() + "\"");
            }
            return caret.values() == ValueKind.CATEGORY ? within(token, value, at, words) : List.of();
        }
        if (caret.expected() == Expected.OPERAND) {
            Optional<String> meant = meantWord(token, caret.fact(), near(at - 1), near(at + 1));
            if (meant.isPresent()) {
                return replace(token, meant.get());
            }
        }
        return missingComma(token, at);
    }

    /** A name without the quotes in it. */
    private List<TextFix> name(Token begin) {
        String line = Lines.line(text, begin.line());
        int end = line.lastIndexOf('"');
        String inner = line.substring(begin.column(), Math.max(begin.column(), end));
        return inner.indexOf('"') < 0
                ? List.of()
                : List.of(QuickFixes.replace(
                        begin.line(),
                        begin.column(),
                        inner.length() + 2,
                        "\"" + inner.replace("\"", "").strip() + "\""));
    }

    private static Optional<String> choice(String value, Class<?> type) {
        List<String> choices = Glossary.choices(type);
        String shouted = value.toUpperCase(Locale.ROOT).replace('-', '_');
        return choices.contains(shouted) ? Optional.of(shouted) : QuickFixes.meant(shouted, choices);
    }

    /** A category that only holds others is the category of no product. */
    private List<TextFix> within(Token token, String value, int at, Collection<String> categories) {
        Token operator = near(at - 1);
        Token word = near(at - 2);
        boolean above = categories.stream().anyMatch(one -> one.startsWith(value + "/"));
        if (!above || operator == null || word == null || !operator.is("==") || !word.is("category")) {
            return List.of();
        }
        int end = token.column() + token.text().length();
        String condition = "within( " + token.text() + " )";
        return word.line() == token.line()
                ? List.of(QuickFixes.replace(token.line(), word.column(), end - word.column(), condition))
                : List.of();
    }

    private List<TextFix> word(Token token, Caret caret, int at) {
        Token before = near(at - 1);
        Optional<String> part = MeantWords.part(token.text());
        if (part.isPresent() && token.first()) {
            return replace(token, part.get());
        }
        if (EQUALS.contains(token.text()) && before != null && before.word()) {
            return replace(token, "==");
        }
        if (caret.expected() == Expected.VALUE && unquoted(token, caret)) {
            Collection<String> words = caret.values() == null ? List.of() : known.apply(caret.values());
            String meant = QuickFixes.meant(token.text(), words).orElse(token.text());
            return replace(token, "\"" + meant + "\"");
        }
        if (caret.expected() == Expected.VALUE
                && caret.type() != null
                && caret.type().isEnum()) {
            Optional<String> choice = choice(token.text(), caret.type());
            if (choice.isPresent() && !choice.get().equals(token.text())) {
                return replace(token, choice.get());
            }
        }
        List<TextFix> comma = missingComma(token, at);
        if (!comma.isEmpty()) {
            return comma;
        }
        if (caret.expected() == Expected.OPERAND && !caret.named()) {
            Optional<String> meant = meantWord(token, caret.fact(), before, near(at + 1));
            if (meant.isPresent()) {
                return replace(token, meant.get());
            }
        }
        return QuickFixes.meant(token.text(), names(caret, before))
                .filter(meant -> meant.startsWith("$") || !token.text().startsWith("$"))
                .map(meant -> replace(token, meant))
                .orElse(List.of());
    }

    /** What is meant by a word that the fact does not have, or by a value that stands there alone. */
    private Optional<String> meantWord(Token token, String fact, Token before, Token next) {
        boolean alone =
                before != null && (before.is("(") || before.is(",")) && next != null && (next.is(")") || next.is(","));
        if (glossary.word(fact, token.text()) != null) {
            return Optional.empty();
        }
        Optional<String> meant = MeantWords.of(fact, token.text()).or(() -> MeantWords.compared(fact, token.text()));
        return meant.filter(condition -> alone || condition.matches("\\w+"));
    }

    private boolean unquoted(Token token, Caret caret) {
        boolean text = caret.type() == String.class
                || caret.type() != null && Glossary.isMany(caret.type()) && caret.values() != null;
        boolean other = glossary.word(caret.fact(), token.text()) != null
                || glossary.function(token.text()) != null
                || !QuickFixes.meant(token.text(), functions(caret)).isEmpty();
        return text && !other && !token.text().startsWith("$") && !glossary.isFactNearly(token.text());
    }

    private List<String> functions(Caret caret) {
        List<Class<?>> types = caret.arguments().isEmpty()
                ? caret.type() == null ? List.of() : List.of(caret.type())
                : caret.arguments().stream().<Class<?>>map(Argument::type).toList();
        return glossary.functions().stream()
                .filter(function -> types.contains(function.type()))
                .map(Glossary.Function::name)
                .toList();
    }

    /** Two conditions that stand side by side, the second of which begins with this token. */
    private List<TextFix> missingComma(Token token, int at) {
        Token before = near(at - 1);
        boolean value = before != null
                && (before.kind() == Kind.NUMBER || before.kind() == Kind.TEXT || before.word() || before.is(")"))
                && !OPERATORS.contains(before.text())
                && !before.text().startsWith("$");
        if (!value || !token.word() || OPERATORS.contains(token.text())) {
            return List.of();
        }
        Caret caret = Caret.at(text, token.line(), token.column());
        boolean begins = caret.part() == Caret.Part.CONDITIONS && glossary.word(caret.fact(), token.text()) != null;
        int end = before.column() + before.text().length();
        return begins
                ? List.of(new TextFix("Add a comma", List.of(TextEdit.at(before.line(), end, end, ","))))
                : List.of();
    }

    private Collection<String> names(Caret caret, Token before) {
        List<String> names = new ArrayList<>();
        switch (caret.expected()) {
            case FACT -> {
                glossary.facts().forEach(fact -> names.add(fact.name()));
                names.addAll(List.of("not", "exists", "and", "or", "then"));
            }
            case OPERAND -> {
                words(caret.fact(), names);
                names.addAll(caret.bound().keySet());
                names.addAll(caret.boundWords().keySet());
            }
            case MEMBER -> words(caret.memberOf(), names);
            case VERB -> glossary.verbs().forEach(verb -> names.add(verb.name()));
            case OPERATOR -> names.addAll(OPERATORS);
            case VALUE -> {
                names.addAll(functions(caret));
                names.addAll(caret.bound().keySet());
                names.addAll(caret.boundWords().keySet());
                words(caret.fact(), names);
                if (caret.type() != null) {
                    names.addAll(Glossary.choices(caret.type()));
                }
            }
            case STATEMENT -> names.addAll(List.of("shelf", "end"));
            case KEYWORD -> {
                if (before != null && before.is("@")) {
                    names.add("owner");
                } else {
                    names.addAll(List.of("when", "date-effective", "date-expires", "enabled", "rule"));
                }
            }
            case NOTHING -> names.addAll(List.of("when", "then", "end"));
        }
        return names;
    }

    private void words(String fact, List<String> names) {
        Glossary.Fact of = glossary.fact(fact);
        if (of != null) {
            of.words().stream().map(Word::name).forEach(names::add);
        }
    }

    /** A consequence without its end. The compiler tells only that something is missing in the line. */
    private Optional<TextFix> semicolon(RuleProblem problem) {
        String line = Lines.line(text, problem.line());
        String plain = line.stripTrailing();
        return plain.strip().startsWith("shelf.") && plain.endsWith(")")
                ? Optional.of(new TextFix(
                        "Add ;", List.of(TextEdit.at(problem.line(), plain.length() + 1, plain.length() + 1, ";"))))
                : Optional.empty();
    }
}
