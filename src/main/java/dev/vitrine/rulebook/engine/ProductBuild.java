package dev.vitrine.rulebook.engine;

import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.CodeSource;
import java.util.Optional;
import org.drools.base.util.Drools;

/** What the packaged product says of itself: the build writes it down when it is built. */
public final class ProductBuild {
    /** A hash of all classes of the product. */
    public static final String ID = "product-build.txt";

    public static final String RULES = "shipped-rules.bin";

    private ProductBuild() {}

    /** Identifies what turns a rule file into byte code; nothing outside of a jar, where classes change between starts. */
    public static Optional<String> id() {
        try {
            CodeSource source = ProductBuild.class.getProtectionDomain().getCodeSource();
            byte[] id = resource(ID);
            boolean packaged = source != null
                    && Files.isRegularFile(Path.of(source.getLocation().toURI()));
            return packaged && id.length > 0
                    ? Optional.of(id(new String(id, StandardCharsets.UTF_8)))
                    : Optional.empty();
        } catch (IOException | URISyntaxException | RuntimeException e) {
            return Optional.empty();
        }
    }

    public static String id(String classes) {
        return classes + " drools " + Drools.getFullVersion() + " java "
                + Runtime.version().feature();
    }

    /** The shipped rules, compiled; empty where there are none. */
    public static byte[] shippedRules() throws IOException {
        return resource(RULES);
    }

    private static byte[] resource(String name) throws IOException {
        try (InputStream in = ProductBuild.class.getResourceAsStream(name)) {
            return in == null ? new byte[0] : in.readAllBytes();
        }
    }
}
