package dev.vitrine.rulebook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.documents.Page;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What the documents say one can write, one can write: the manual's recipes, and every rule in a block of code. */
class RecipesTest {
    @Test
    void everyRuleOfTheDocumentsCompiles() throws RuleBookFaults {
        List<RuleFile> files = new ArrayList<>();
        for (Page page : Page.all()) {
            for (Page.Rule rule : page.rules()) {
                files.add(new RuleFile(page.path() + "-line-" + rule.line() + ".drl", rule.text()));
            }
        }
        assertThat(files).hasSizeGreaterThan(12);
        assertThat(RuleCompiler.compileUntried(files).rules()).hasSameSizeAs(files);
    }
}
