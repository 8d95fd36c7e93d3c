package dev.vitrine.rulebook.engine;

import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.language.Vocabulary;
import dev.vitrine.rulebook.source.RuleFile;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.drools.compiler.kie.builder.impl.InternalKieModule;
import org.drools.model.Model;
import org.drools.model.codegen.ExecutableModelProject;
import org.drools.modelcompiler.CanonicalKieModule;
import org.kie.api.KieServices;
import org.kie.api.builder.KieBuilder;
import org.kie.api.builder.KieFileSystem;
import org.kie.api.builder.Message;
import org.kie.api.builder.ReleaseId;

/** One run of the Drools compiler. Closing it removes what the run left in Drools' repository. */
final class DroolsBuild implements AutoCloseable {
    private static final KieServices SERVICES = KieServices.get();
    private static final String FOLDER = "src/main/resources/" + ParsedFile.PACKAGE.replace('.', '/') + "/";

    private final ReleaseId release =
            SERVICES.newReleaseId("dev.vitrine", "rulebook", UUID.randomUUID().toString());
    private final KieBuilder builder;

    DroolsBuild(List<ParsedFile> parsed) {
        KieFileSystem files = SERVICES.newKieFileSystem();
        files.generateAndWritePomXML(release);
        files.write(FOLDER + RuleFile.VOCABULARY, Vocabulary.DRL);
        for (ParsedFile file : parsed) {
            files.write(FOLDER + file.file().path(), file.compilerSource());
        }
        builder = SERVICES.newKieBuilder(files, DroolsBuild.class.getClassLoader());
    }

    /** All errors, by the classic build: the executable one stops at the first. */
    List<Message> errors() {
        builder.buildAll();
        return builder.getResults().getMessages(Message.Level.ERROR);
    }

    /** @throws IllegalStateException with the first error, if there is one */
    RuleByteCode result() {
        return new RuleByteCode(byteCode(), modelNames());
    }

    Map<String, byte[]> byteCode() {
        builder.buildAll(ExecutableModelProject.class);
        List<Message> errors = builder.getResults().getMessages(Message.Level.ERROR);
        if (!errors.isEmpty()) {
            throw new IllegalStateException(errors.get(0).getText());
        }
        Map<String, byte[]> classes = new HashMap<>(module().getClassesMap());
        // the project's class adds nothing to the models, and names classes that are not for rules
        classes.remove(CanonicalKieModule.getProjectModelClassNameNameWithReleaseId(release)
                        .replace('.', '/') + ".class");
        return classes;
    }

    List<Model> models(Map<String, byte[]> classes) {
        return new RuleByteCode(classes, modelNames()).load();
    }

    private List<String> modelNames() {
        String names =
                new String(module().getBytes(CanonicalKieModule.getModelFileWithGAV(release)), StandardCharsets.UTF_8);
        return names.lines()
                .filter(name -> !name.startsWith(CanonicalKieModule.MODEL_VERSION))
                .toList();
    }

    private CanonicalKieModule module() {
        return (CanonicalKieModule) (InternalKieModule) builder.getKieModule();
    }

    @Override
    public void close() {
        SERVICES.getRepository().removeKieModule(release);
    }
}
