package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.documents.Page;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documents say one can write, one can write: the manual's recipes, and every rule in a block of code. */
class RecipesTest {
    @Test
    void everyRuleOfTheDocumentsCompiles() throws InvalidRulesException {
        List<RuleFile> files = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Rule rule : page.rules()) {
                files.add(new RuleFile(page.path() + "-line-" + rule.line() + ".drl", rule.text()));
            }
        }
        assertThat(files).hasSizeGreaterThan(12);
        assertThat(RuleLab.compile(files).rules()).hasSameSizeAs(files);
    }
}
