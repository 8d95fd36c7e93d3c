package dev.vitrine.rulebook.language;

import java.util.List;
import org.drools.drl.ast.descr.PackageDescr;
import org.drools.drl.parser.DrlParser;
import org.drools.drl.parser.DroolsError;
import org.drools.drl.parser.DroolsParserException;
import org.kie.internal.builder.conf.LanguageLevelOption;

/** What the Drools parser makes of a text; the tree is incomplete if there are errors. */
record SyntaxTree(PackageDescr tree, List<DroolsError> errors) {
    /** @throws DroolsParserException when there is no tree at all */
    static SyntaxTree of(String text) throws DroolsParserException {
        DrlParser parser = new DrlParser(LanguageLevelOption.DRL6);
        PackageDescr tree = parser.parse(true, text);
        return new SyntaxTree(tree, parser.getErrors());
    }
}
