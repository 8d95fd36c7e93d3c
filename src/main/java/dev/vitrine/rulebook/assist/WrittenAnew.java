package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.LooseCondition;
import dev.vitrine.rulebook.language.SpokenCondition;
import dev.vitrine.rulebook.language.SpokenVerb;
import dev.vitrine.rulebook.language.Token;
import dev.vitrine.rulebook.language.Token.Kind;
import dev.vitrine.rulebook.language.WholeDivision;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import dev.vitrine.rulebook.source.TextFix.TextEdit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Fixes that write a condition or a verb anew, as the problem's cure says it. */
final class WrittenAnew {
    private static final Pattern WRITE = Pattern.compile("[Ww]rite: ([^\\n]+)$");
    private static final Pattern NAMED = Pattern.compile("(\\$\\w+)\\.[^$]*$");
    /** One verb. */
    private static final Pattern VERB = Pattern.compile("shelf\\.\\w+\\( [^;]* \\);");

    private static final Set<String> LOST =
            Set.of("null", "empty", "none", "nil", "nothing", "missing", "undefined", "blank");

    private final String text;
    private final List<Token> tokens;

    WrittenAnew(String text, List<Token> tokens) {
        this.text = text;
        this.tokens = tokens;
    }

    /** What the cure says to write, if it ends with that. */
    static Optional<String> meant(RuleProblem problem) {
        Matcher write = WRITE.matcher(problem.cure());
        return write.find() ? Optional.of(write.group(1)) : Optional.empty();
    }

    Optional<TextFix> fix(RuleProblem problem) {
        int at = IntStream.range(0, tokens.size())
                .filter(i -> isAt(tokens.get(i), problem))
                .findFirst()
                .orElse(-1);
        if (at < 0) {
            return Optional.empty();
        }
        return sign(problem, at)
                .or(() -> fact(problem, at))
                .or(() -> division(problem, at))
                .or(() -> group(problem, at))
                .or(() -> statement(problem, at))
                .or(() -> path(problem, at))
                .or(() -> owner(problem, at))
                .or(() -> said(problem, at))
                .or(() -> condition(problem, at));
    }

    private static boolean isAt(Token token, RuleProblem problem) {
        return token.line() == problem.line()
                && token.column() <= problem.column()
                && problem.column() < token.column() + token.text().length();
    }

    /** A sign for a word or another sign. */
    private Optional<TextFix> sign(RuleProblem problem, int at) {
        Token token = tokens.get(at);
        boolean joins = problem.message().contains("joins facts, not conditions")
                && problem.cure().startsWith("Use");
        if (joins) {
            return Optional.of(QuickFixes.replace(
                    token.line(),
                    token.column(),
                    token.text().length(),
                    token.text().equalsIgnoreCase("or") ? "||" : "&&"));
        } else if (token.is("-")
                && problem.cure().equals("Begin comments with //.")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("-")) {
            return Optional.of(QuickFixes.replace(token.line(), token.column(), 2, "//"));
        } else if (token.is(";") && problem.cure().equals("Write a comma.")) {
            return Optional.of(QuickFixes.replace(token.line(), token.column(), 1, ","));
        } else if (token.is(":") && problem.message().startsWith("No colon follows 'date-")) {
            return Optional.of(new TextFix("Delete :", List.of(edit(token, 1, ""))));
        } else if (token.is("-") && problem.message().startsWith("'->'")) {
            return Optional.of(QuickFixes.replace(token.line(), token.column(), 2, "."));
        } else if (problem.cure().startsWith("Write the value alone: ")
                && at + 2 < tokens.size()
                && tokens.get(at + 2).line() == token.line()) {
            int end = tokens.get(at + 2).column();
            return Optional.of(
                    new TextFix("Delete " + token.text() + ":", List.of(edit(token, end - token.column(), ""))));
        } else if (problem.message().startsWith("A rule has one '")
                || problem.message().startsWith("A verb stands without")
                        && problem.cure().equals("Delete it.")) {
            return Optional.of(new TextFix(
                    "Delete " + token.text(), List.of(edit(token, token.text().length(), ""))));
        }
        return Optional.empty();
    }

    private Optional<TextFix> division(RuleProblem problem, int at) {
        List<Token> told = WholeDivision.told(problem.message()).map(Token::of).orElse(List.of());
        int end = at + told.size();
        boolean here = !told.isEmpty()
                && end <= tokens.size()
                && IntStream.range(0, told.size())
                        .allMatch(i -> tokens.get(at + i).is(told.get(i).text()));
        return here
                ? meant(problem).flatMap(meant -> replace(problem, tokens.get(at), tokens.get(end - 1), meant))
                : Optional.empty();
    }

    /** A word of a condition where a group is named. */
    private Optional<TextFix> group(RuleProblem problem, int at) {
        boolean called = problem.cure().startsWith("After 'then', write: ")
                && at + 1 < tokens.size()
                && tokens.get(at + 1).is("(");
        int last = called ? closing(at + 1) : -1;
        return last < 0
                ? Optional.empty()
                : meant(problem).flatMap(meant -> replace(problem, tokens.get(at), tokens.get(last), meant));
    }

    /** The bracket that closes the one at this place, -1 if none does. */
    private int closing(int open) {
        int depth = 0;
        for (int i = open; i < tokens.size(); i++) {
            depth += tokens.get(i).is("(") ? 1 : tokens.get(i).is(")") ? -1 : 0;
            if (depth == 0) {
                return i;
            }
        }
        return -1;
    }

    /** A whole verb, if the cure is nothing but that verb. */
    private Optional<TextFix> statement(RuleProblem problem, int at) {
        String meant =
                meant(problem).filter(text -> VERB.matcher(text).matches()).orElse("");
        boolean only = problem.cure().equals("Write: " + meant)
                || problem.cure().equals("A decimal has a point. Write: " + meant)
                || problem.cure().matches("[\\d.,]+ % is [\\d.]+\\. Write: " + Pattern.quote(meant));
        if (meant.isEmpty() || !only) {
            return Optional.empty();
        }
        int begin = at;
        while (begin > 0
                && !tokens.get(begin - 1).is(";")
                && !tokens.get(begin - 1).is("then")) {
            begin--;
        }
        int end = at;
        while (end < tokens.size()
                && !tokens.get(end).is(";")
                && !tokens.get(end).is("end")) {
            end++;
        }
        return end < tokens.size() && tokens.get(end).is(";") && begin + 1 < end
                ? replace(problem, tokens.get(begin), tokens.get(end), meant)
                : Optional.empty();
    }

    /** A path without its quotes. */
    private Optional<TextFix> path(RuleProblem problem, int at) {
        int last = at;
        while (tokens.get(last).word()
                && last + 2 < tokens.size()
                && Set.of("/", "-").contains(tokens.get(last + 1).text())
                && tokens.get(last + 2).word()) {
            last += 2;
        }
        String written = "\""
                + String.join(
                        "",
                        tokens.subList(at, last + 1).stream().map(Token::text).toList()) + "\"";
        return last > at && problem.cure().endsWith(written)
                ? replace(problem, tokens.get(at), tokens.get(last), written)
                : Optional.empty();
    }

    /** The owner's line, from its first word on. */
    private Optional<TextFix> owner(RuleProblem problem, int at) {
        Token first = tokens.get(at);
        Optional<String> meant = meant(problem).filter(text -> text.startsWith("@owner("));
        if (meant.isEmpty() || first.is("@") || !first.text().equalsIgnoreCase("owner")) {
            return Optional.empty();
        }
        Token last = tokens.stream()
                .skip(at)
                .takeWhile(token -> token.line() == first.line() && !token.is("when"))
                .reduce(first, (one, next) -> next);
        return replace(problem, first, last, meant.get());
    }

    /** What people say, if its right form is what the problem says to write. */
    private Optional<TextFix> said(RuleProblem problem, int at) {
        List<Token> part = part(at);
        int within = part.indexOf(tokens.get(at));
        return Stream.of(
                        SpokenCondition.at(part, within)
                                .flatMap(spoken -> replace(problem, spoken.from(), spoken.to(), spoken.meant())),
                        LooseCondition.at(part, within)
                                .filter(loose -> loose.meant() != null)
                                .flatMap(loose -> replace(problem, loose.from(), loose.to(), loose.meant())),
                        SpokenVerb.at(part, within)
                                .flatMap(verb -> replace(problem, verb.from(), verb.to(), verb.meant())))
                .flatMap(Optional::stream)
                .findFirst();
    }

    /** The tokens of the conditions, or of the consequence, in which a token stands. */
    private List<Token> part(int at) {
        int begin = at;
        while (begin > 0
                && !Set.of("when", "then").contains(tokens.get(begin - 1).text())) {
            begin--;
        }
        int end = at;
        while (end < tokens.size()
                && !Set.of("then", "end").contains(tokens.get(end).text())) {
            end++;
        }
        return tokens.subList(begin, Math.max(end, at + 1));
    }

    private static Optional<TextFix> replace(RuleProblem problem, Token from, Token to, String meant) {
        return problem.cure().endsWith(": " + meant) && from.line() == to.line()
                ? Optional.of(QuickFixes.replace(
                        from.line(), from.column(), to.column() + to.text().length() - from.column(), meant))
                : Optional.empty();
    }

    /** A whole condition of a fact, if nothing of it is lost in what the problem says to write. */
    private Optional<TextFix> condition(RuleProblem problem, int at) {
        String meant = meant(problem).orElse("");
        boolean number = problem.message().startsWith("A number cannot")
                || problem.message().startsWith("A decimal");
        if (number || !meant.matches("!?[\\w.$]+.*( in \\(| matches | contains |[!=<>]=? |\\().*")) {
            return Optional.empty();
        }
        int begin = at;
        int depth = 0;
        while (begin > 0 && !(depth == 0 && isBorder(begin - 1))) {
            begin--;
            depth += tokens.get(begin).is(")") ? 1 : tokens.get(begin).is("(") ? -1 : 0;
        }
        int end = end(begin);
        // the values of a list may have commas between them
        while (end + 2 < tokens.size()
                && tokens.get(end).is(",")
                && tokens.get(end + 1).value()
                && meant.contains(" in ( ")
                && meant.contains(tokens.get(end + 1).text())
                && Set.of(",", ")").contains(tokens.get(end + 2).text())) {
            end += 2;
        }
        begin = withThoseBefore(begin, meant);
        List<Token> whole = tokens.subList(begin, end);
        if (whole.isEmpty() || begin == 0 || isOutside(begin)) {
            return Optional.empty();
        }
        Token wrong = tokens.get(at);
        boolean group =
                problem.message().contains("names a group") && whole.get(0).equals(wrong);
        boolean kept = whole.stream()
                .filter(token -> token.value() && !(group && token.equals(wrong)))
                .allMatch(token -> isKept(token, meant));
        boolean sameWord = group
                || meant.replaceFirst("^!", "").startsWith(whole.get(0).text())
                || whole.get(0).is("category") && meant.replaceFirst("^!", "").startsWith("within(")
                || whole.get(0).is("!")
                        && whole.size() > 1
                        && meant.startsWith(whole.get(1).text());
        return kept && sameWord ? replace(problem, whole.get(0), whole.get(whole.size() - 1), meant) : Optional.empty();
    }

    /** Conditions of the same word before this one, if they are in what is meant: {@code hour >= 22, hour < 6}. */
    private int withThoseBefore(int begin, String meant) {
        int first = begin;
        while (first > 2 && tokens.get(first - 1).is(",")) {
            int before = first - 2;
            while (before > 0 && !isBorder(before - 1)) {
                before--;
            }
            List<Token> condition = tokens.subList(before, first - 1);
            boolean same = !condition.isEmpty()
                    && condition.get(0).is(tokens.get(begin).text())
                    && condition.stream().allMatch(token -> meant.contains(token.text()) || token.is("=="));
            if (!same) {
                return first;
            }
            first = before;
        }
        return first;
    }

    private static boolean isFact(String name) {
        return Glossary.get().fact(name) != null;
    }

    private boolean isBorder(int at) {
        Token token = tokens.get(at);
        boolean opensFact = token.is("(") && at > 0 && isFact(tokens.get(at - 1).text());
        return token.is(",") || opensFact;
    }

    /** Whether the token is within a call, such as the second value of a list. */
    private boolean isOutside(int begin) {
        int depth = 0;
        for (int i = begin - 1; i > 0; i--) {
            depth += tokens.get(i).is(")") ? 1 : tokens.get(i).is("(") ? -1 : 0;
            if (depth < 0) {
                return !isFact(tokens.get(i - 1).text());
            }
        }
        return true;
    }

    private int end(int begin) {
        int depth = 0;
        for (int i = begin; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            if (depth == 0 && (token.is(",") || token.is(")"))) {
                return i;
            }
            depth += token.is("(") ? 1 : token.is(")") ? -1 : 0;
        }
        return begin;
    }

    private static boolean isKept(Token token, String meant) {
        if (token.kind() == Kind.TEXT) {
            String value = token.text().substring(1, token.text().length() - 1);
            return meant.contains(value) || meant.contains(value.replaceAll("/?[*%]+", ""));
        }
        return meant.contains(token.text())
                || LOST.contains(token.text().toLowerCase(Locale.ROOT))
                || Set.of("category", "startsWith", "endsWith", "equals", "contains", "includes")
                        .contains(token.text());
    }

    /** A fact that is asked by what it is: it gets a name where it stands, or a line of its own. */
    private Optional<TextFix> fact(RuleProblem problem, int at) {
        Token written = tokens.get(at);
        Matcher named = NAMED.matcher(problem.cure());
        boolean asked =
                written.word() && at + 1 < tokens.size() && tokens.get(at + 1).is(".") && named.find();
        if (!asked || written.text().startsWith("$")) {
            return Optional.empty();
        }
        String name = named.group(1);
        TextEdit use = edit(written, written.text().length(), name);
        if (problem.cure().startsWith("Write: ")) {
            return Optional.of(new TextFix("Write " + name, List.of(use)));
        }
        String fact = written.text().substring(0, 1).toUpperCase(Locale.ROOT)
                + written.text().substring(1);
        List<TextEdit> edits = new ArrayList<>();
        List<Token> above = conditionsAbove(at);
        for (int i = 0; i < above.size() && edits.isEmpty(); i++) {
            if (above.get(i).is(fact) && above.get(i).first()) {
                edits.add(edit(above.get(i), 0, name + " : "));
            }
        }
        if (edits.isEmpty()) {
            Token first = above.stream().filter(Token::first).findFirst().orElse(null);
            if (first == null || !above.get(0).equals(first) || first.equals(written)) {
                return Optional.empty();
            }
            String indent = Lines.line(text, first.line()).substring(0, first.column() - 1);
            edits.add(edit(first, 0, name + " : " + fact + "()\n" + indent));
        }
        edits.add(use);
        boolean brackets = problem.cure().endsWith("()")
                && at + 3 < tokens.size()
                && !tokens.get(at + 3).is("(");
        if (brackets) {
            Token word = tokens.get(at + 2);
            int end = word.column() + word.text().length();
            edits.add(TextEdit.at(word.line(), end, end, "()"));
        }
        return Optional.of(new TextFix("Name the " + fact + " " + name, edits));
    }

    /** The conditions before a token, which may stand in the consequence. */
    private List<Token> conditionsAbove(int at) {
        int begin = at;
        while (begin > 0 && !tokens.get(begin - 1).is("when")) {
            begin--;
        }
        int end = begin;
        while (end < at && !tokens.get(end).is("then")) {
            end++;
        }
        return tokens.subList(begin, end);
    }

    private static TextEdit edit(Token token, int length, String by) {
        return TextEdit.at(token.line(), token.column(), token.column() + length, by);
    }
}
