package dev.vitrine.rulebook.engine;

import dev.vitrine.merchandising.Facts;
import dev.vitrine.merchandising.Proposals;
import dev.vitrine.rulebook.check.RuleLab;
import dev.vitrine.rulebook.edition.Edition;
import dev.vitrine.rulebook.edition.StoredEdition;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.runtime.KieContainer;
import org.kie.api.runtime.KieSession;

/**
 * Runs a folder of rules the way Drools' manual does: the same files and vocabulary, the classic build, and a new session of the
 * container for each request. Benchmarks compare the service with it.
 */
public final class PlainDrools {
    private static final String PACKAGE_FOLDER = "src/main/resources/dev/vitrine/merchandising/";

    private final KieContainer container;

    public PlainDrools(Path folder) throws InvalidRulesException {
        KieServices services = KieServices.get();
        KieFileSystem files = services.newKieFileSystem();
        for (RuleFile file : new RuleFolder(folder).read()) {
            if (file.path().equals(RuleFile.VOCABULARY)) {
                files.write(PACKAGE_FOLDER + file.path(), file.text());
            } else if (file.holdsRules()) {
                files.write(PACKAGE_FOLDER + file.path(), ParsedFile.compilable(file));
            }
        }
        KieBuilder builder = services.newKieBuilder(files).buildAll();
        if (builder.getResults().hasMessages(Message.Level.ERROR)) {
            throw new IllegalStateException(builder.getResults().toString());
        }
        container = services.newKieContainer(builder.getKieModule().getReleaseId());
    }

    /** The same folder as an edition of the service. */
    public static Edition edition(Path folder) throws InvalidRulesException {
        List<RuleFile> files = new RuleFolder(folder).read();
        return new Edition(
                new StoredEdition(1, Instant.EPOCH, "", "", StoredEdition.hash(files), files), RuleLab.tried(files));
    }

    /** The proposals, without the names of rules: a plain session does not report them. */
    public Proposals fire(Facts facts) {
        KieSession session = container.newKieSession();
        try {
            Proposals shelf = new Proposals(session::insert);
            session.setGlobal("shelf", shelf);
            session.insert(facts.placement());
            session.insert(facts.page());
            session.insert(facts.shopper());
            session.insert(facts.visit());
            session.insert(facts.cart());
            facts.campaigns().forEach(session::insert);
            facts.candidates().forEach(session::insert);
            session.fireAllRules();
            return shelf;
        } finally {
            session.dispose();
        }
    }
}
