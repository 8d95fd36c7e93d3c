package dev.vitrine.rulebook.publish;

import dev.vitrine.rulebook.engine.CompiledRuleCache;
import dev.vitrine.rulebook.engine.ProductBuild;
import dev.vitrine.rulebook.engine.RuleCompiler;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.source.InvalidRulesException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.ZoneOffset;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jboss.logging.Logger;

/** Run by the Maven build: compiles the shipped rules, so that a first start need not. Faults are reported by the start. */
public final class ShippedRules {
    private static final Logger LOG = Logger.getLogger(ShippedRules.class);

    private ShippedRules() {}

    /** @param args the folder of the rules, and the folder of the product's classes */
    public static void main(String[] args) throws IOException {
        // as the service sets it
        System.setProperty("drools.dateformat", "yyyy-MM-dd");
        Path rules = Path.of(args[0]);
        Path classes = Path.of(args[1]);
        Path room = classes.resolve(ProductBuild.class.getPackageName().replace('.', '/'));
        Files.deleteIfExists(room.resolve(ProductBuild.RULES));
        String id = hash(classes);
        Files.writeString(room.resolve(ProductBuild.ID), id);
        Path aside = Files.createTempDirectory(classes.getParent(), "shipped-rules");
        RuleCompiler compiler =
                new RuleCompiler(Optional.of(new CompiledRuleCache(aside, ProductBuild.id(id), new byte[0])));
        try {
            compiler.compile(new RuleFolder(rules).read(), ZoneOffset.UTC);
            ship(aside, room.resolve(ProductBuild.RULES));
        } catch (InvalidRulesException faults) {
            LOG.warnf("The rules in %s cannot be compiled ahead:%n%s", rules, faults.getMessage());
        }
    }

    private static void ship(Path kept, Path target) throws IOException {
        List<Path> entries;
        try (Stream<Path> files = Files.list(kept)) {
            entries = files.toList();
        }
        // more than one where files had to be compiled apart, which is no loss but that of time at a first start
        if (entries.size() == 1) {
            Files.move(entries.get(0), target);
        }
        for (Path entry : entries) {
            Files.deleteIfExists(entry);
        }
        Files.delete(kept);
    }

    private static String hash(Path classes) throws IOException {
        try (Stream<Path> files = Files.walk(classes)) {
            MessageDigest hash = MessageDigest.getInstance("SHA-256");
            files.filter(file -> file.toString().endsWith(".class")).sorted().forEach(file -> {
                try {
                    hash.update(classes.relativize(file).toString().getBytes(StandardCharsets.UTF_8));
                    hash.update(Files.readAllBytes(file));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
            return HexFormat.of().formatHex(hash.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }
}
