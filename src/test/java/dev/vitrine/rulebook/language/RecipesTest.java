package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Every recipe of the manual compiles. */
class RecipesTest {
    private static final Pattern QUOTED = Pattern.compile("`([^`]+)`");

    @Test
    void everyRecipeOfTheManualCompiles() throws IOException, InvalidRulesException {
        List<RuleFile> files = new ArrayList<>();
        for (String line : Files.readAllLines(Path.of("rules/README.md"))) {
            int arrow = line.indexOf(" → ");
            if (line.startsWith("- …") && arrow > 0) {
                String rule = "rule \"Recipe " + files.size() + "\" @owner( \"a test\" )\nwhen\n"
                        + String.join("\n", quoted(line.substring(0, arrow))) + "\nthen\n"
                        + String.join("\n", quoted(line.substring(arrow))) + "\nend\n";
                files.add(new RuleFile("shelf/recipe" + files.size() + ".drl", rule));
            }
        }
        assertThat(files).hasSizeGreaterThan(5);
        assertThat(RuleLab.compile(files).rules()).hasSameSizeAs(files);
    }

    private static List<String> quoted(String text) {
        List<String> quoted = new ArrayList<>();
        Matcher matcher = QUOTED.matcher(text);
        while (matcher.find()) {
            quoted.add(matcher.group(1));
        }
        return quoted;
    }
}
