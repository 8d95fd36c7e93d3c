package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.language.CaseWords;
import dev.vitrine.rulebook.language.Glossary;
import dev.vitrine.rulebook.language.Glossary.Fact;
import dev.vitrine.rulebook.language.Glossary.Word;
import dev.vitrine.rulebook.language.ProposalText;
import dev.vitrine.rulebook.language.SeparatedNumber;
import dev.vitrine.rulebook.language.ValueKind;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import dev.vitrine.rulebook.source.TextFix;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Fixes in an examples file, by the text at the problem's place. */
final class CaseFixes {
    private static final Pattern PERCENT = Pattern.compile("^(\\d{1,3}(?:\\.\\d+)?) ?%");
    private static final Pattern GLUED = Pattern.compile("^(\\w+):(\\S+?)(?=[\\s,}]|$)");
    private static final Pattern WORD = Pattern.compile("^(?:\"([^\"\\\\]*)\"|([\\p{L}\\p{N}_/-]+))");

    private static final Pattern VALUE = Pattern.compile("^(?:\"([^\"]*)\"|'([^']*)'|([^\\s,}\\]][^,}\\]]*))");
    private static final Pattern WHOLE_PART = Pattern.compile("(\\d+),\\s*$");

    private final Glossary glossary = Glossary.get();
    private final RuleFile file;
    private final Collection<String> rules;
    private final Function<ValueKind, Collection<String>> known;

    /** @param rules the names of the rules beside the file */
    CaseFixes(RuleFile file, Collection<String> rules, Function<ValueKind, Collection<String>> known) {
        this.file = file;
        this.rules = rules;
        this.known = known;
    }

    List<TextFix> fixes(RuleProblem problem) {
        if (problem.column() < 1) {
            return List.of();
        }
        int line = problem.line();
        int column = problem.column();
        String whole = Lines.line(file.text(), line);
        String here = whole.substring(Math.min(column - 1, whole.length()));
        Matcher percent = PERCENT.matcher(here);
        if (percent.find()) {
            return List.of(
                    QuickFixes.replace(line, column, percent.group().length(), QuickFixes.share(percent.group(1))));
        }
        Optional<TextFix> rewritten = rewritten(problem, whole, here);
        if (rewritten.isPresent()) {
            return rewritten.stream().toList();
        }
        CasePlace place = CasePlace.at(file.text(), line, column);
        Collection<String> names = names(place);
        Matcher glued = GLUED.matcher(here);
        if (glued.find() && names.contains(glued.group(1))) {
            return List.of(
                    QuickFixes.replace(line, column, glued.group().length(), glued.group(1) + ": " + glued.group(2)));
        }
        Matcher word = WORD.matcher(here);
        if (!word.find()) {
            return List.of();
        }
        String written = word.group(1) == null ? word.group(2) : word.group(1);
        Optional<String> meant = names.contains(written.toUpperCase(Locale.ROOT)) && place.key() != null
                ? Optional.of(written.toUpperCase(Locale.ROOT)).filter(one -> !one.equals(written))
                : QuickFixes.meant(written, names);
        return meant
                .map(one -> QuickFixes.replace(
                        line, column, word.group().length(), word.group(1) == null ? one : "\"" + one + "\""))
                .stream()
                .toList();
    }

    /** A number or a proposal as people write it, if its right form is what the problem says to write. */
    private static Optional<TextFix> rewritten(RuleProblem problem, String whole, String here) {
        Matcher written = VALUE.matcher(here);
        if (!written.find()) {
            return Optional.empty();
        }
        int column = problem.column();
        String value = written.group(1) != null
                ? written.group(1)
                : written.group(2) != null ? written.group(2) : written.group(3).strip();
        Matcher before = WHOLE_PART.matcher(whole.substring(0, column - 1));
        // a comma between braces ends the value, so what follows it looks like a word of its own
        if (value.matches("\\d+") && before.find()) {
            String decimal = before.group(1) + "." + value;
            return problem.cure().endsWith(decimal)
                    ? Optional.of(QuickFixes.replace(
                            problem.line(),
                            before.start(1) + 1,
                            column - 1 - before.start(1) + value.length(),
                            decimal))
                    : Optional.empty();
        }
        String meantDecimal = problem.cure().replaceFirst("^Write: ", "");
        if (problem.message().startsWith("A comma begins another entry")
                && here.startsWith(meantDecimal.replaceFirst("(\\d)\\.(\\d)", "$1,$2"))) {
            return Optional.of(QuickFixes.replace(problem.line(), column, meantDecimal.length(), meantDecimal));
        }
        int length = written.group(3) == null ? written.end() : value.length();
        return Stream.of(
                        SeparatedNumber.meant(value),
                        ProposalText.ofProposal(value).map(ProposalText::meant),
                        ProposalText.ofReading(value).map(ProposalText::meant))
                .flatMap(Optional::stream)
                .filter(meant -> problem.cure().endsWith(": " + meant))
                .findFirst()
                .map(meant -> QuickFixes.replace(problem.line(), column, length, meant));
    }

    private Collection<String> names(CasePlace place) {
        List<String> around = place.around();
        if (around.isEmpty()) {
            return rules;
        }
        if (around.size() == 1) {
            return List.of("fires", "does-not-fire");
        }
        if (around.size() == 2) {
            return place.key() == null ? CaseWords.FORMS.keySet() : List.of();
        }
        Fact fact = glossary.fact(CaseWords.fact(around.get(2)));
        if (fact == null || around.size() > 3) {
            return List.of();
        }
        if (place.key() == null) {
            return fact.words().stream().filter(Word::stated).map(Word::name).toList();
        }
        Word word = fact.word(place.key());
        if (word == null) {
            return List.of();
        }
        return word.values() == null ? Glossary.choices(word.type()) : known.apply(word.values());
    }
}
