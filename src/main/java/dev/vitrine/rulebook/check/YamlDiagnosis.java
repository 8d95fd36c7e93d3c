package dev.vitrine.rulebook.check;

import static java.util.Objects.requireNonNullElse;

import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import org.yaml.snakeyaml.error.Mark;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.reader.ReaderException;

/** Why a file is not YAML, in the words of people who write examples. */
final class YamlDiagnosis {
    private YamlDiagnosis() {}

    static RuleProblem of(RuleFile file, RuntimeException error) {
        if (error instanceof MarkedYAMLException marked) {
            return marked(file, marked);
        }
        if (error instanceof ReaderException unreadable) {
            int at = file.text().offsetByCodePoints(0, Math.min(unreadable.getPosition(), codePoints(file.text())));
            int line = 1
                    + (int) file.text().chars().limit(at).filter(c -> c == '\n').count();
            return RuleProblem.fault(
                    file.path(),
                    line,
                    at - file.text().lastIndexOf('\n', at - 1),
                    "",
                    "The file contains a character that is not text (U+"
                            + String.format("%04X", unreadable.getCodePoint()) + ").",
                    "Delete it.");
        }
        // nesting is the only other mistake that people make; it has no place
        boolean deep = requireNonNullElse(error.getMessage(), "").contains("Nesting");
        return RuleProblem.fault(
                file.path(),
                0,
                0,
                "",
                deep ? "Brackets are nested more deeply than any case needs." : "The file cannot be read as YAML.",
                "Write it like the examples of other rules.");
    }

    private static int codePoints(String text) {
        return text.codePointCount(0, text.length());
    }

    private static RuleProblem marked(RuleFile file, MarkedYAMLException error) {
        String problem = requireNonNullElse(error.getProblem(), "");
        String context = requireNonNullElse(error.getContext(), "");
        Mark at = error.getProblemMark();
        Mark begin = error.getContextMark() == null ? at : error.getContextMark();
        if (problem.contains("TAB")) {
            return at(file, at, "The line begins with a tab.", "Indent with spaces.");
        }
        if (problem.contains("cannot start any token")) {
            String sign = Character.toString(at.getBuffer()[at.getPointer()]);
            return at(
                    file,
                    at,
                    "A text cannot begin with " + sign + " unless it is in quotes.",
                    "Put it in quotes, such as \"" + sign + "home\".");
        }
        if (context.contains("alias") || context.contains("anchor") || problem.contains("alias")) {
            return at(file, begin, "A text cannot begin with * or & unless it is in quotes.", "Put it in quotes.");
        }
        if (context.contains("quoted scalar")) {
            return at(
                    file,
                    begin,
                    "The quote that opens here is not closed, or is an apostrophe.",
                    "Close it; put a text with an apostrophe in double quotes, such as \"'tis the season\".");
        }
        if (problem.contains("mapping values are not allowed")) {
            return at(
                    file,
                    at,
                    "A colon is not allowed here: it is part of a text without quotes, or the line is indented too far.",
                    "Put a text with a colon in quotes; begin the words of a case in the same column.");
        }
        if (context.contains("flow")) {
            boolean within = at.getLine() == begin.getLine() && !problem.matches(".*got [\\]}]");
            return within
                    ? at(
                            file,
                            at,
                            "The text in brackets breaks off here: a comma is missing, a bracket is not closed, or a text"
                                    + " with a colon, @, # or ' is not in quotes.",
                            "Put such a text in quotes, or add the comma or bracket that is missing.")
                    : at(
                            file,
                            begin,
                            "The bracket that opens here has no matching closing bracket, or a text in it with a colon,"
                                    + " @, # or ' is not in quotes (noticed in line " + (at.getLine() + 1)
                                    + ").",
                            "Close { with } and [ with ], and put such a text in quotes.");
        }
        if (problem.contains("<scalar>")) {
            return at(
                    file,
                    at,
                    "A text continues after its closing quote; the quote may be an apostrophe.",
                    "Put the whole text in double quotes, such as \"don't wait\".");
        }
        if (problem.contains("document")) {
            return at(
                    file,
                    at,
                    "The lines above are complete, and nothing can follow: a colon is missing after a rule's name, or the file"
                            + " contains ---.",
                    "Write \"Name of the rule\": with a colon, and one rule below the other.");
        }
        return at(
                file,
                at,
                "The line does not match the lines above: it is indented differently, a closing bracket has no opening one,"
                        + " or a text with a colon, @, # or ' is not in quotes.",
                "Begin lines that belong together in the same column, and put such a text in quotes.");
    }

    private static RuleProblem at(RuleFile file, Mark mark, String message, String cure) {
        return RuleProblem.fault(
                file.path(),
                mark == null ? 1 : mark.getLine() + 1,
                mark == null ? 1 : mark.getColumn() + 1,
                "",
                message,
                cure);
    }
}
