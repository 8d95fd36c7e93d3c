package dev.vitrine.situations;

import dev.vitrine.problem.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The files in which the situations stand. */
final class SituationFiles {
    private static final Path FOLDER = Path.of("src/test/resources/situations");
    /** Situations that the shop does not master yet, a name a line. */
    private static final Path OPEN = FOLDER.resolve("open.txt");

    private SituationFiles() {}

    static List<Situation> all() {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Situation> all = new ArrayList<>();
            Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
            for (Path file : files.filter(one -> one.toString().endsWith(".yaml"))
                    .sorted()
                    .toList()) {
                for (Object written : yaml.<List<?>>load(Files.readString(file))) {
                    all.add(Json.MAPPER.convertValue(written, Situation.class));
                }
            }
            Set<String> names = new HashSet<>();
            all.forEach(one -> {
                if (!names.add(one.name())) {
                    throw new IllegalStateException("two situations are named '" + one.name() + "'");
                }
            });
            return all;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static Set<String> open() {
        try {
            return new HashSet<>(Files.readAllLines(OPEN).stream()
                    .filter(line -> !line.isBlank() && !line.startsWith("#"))
                    .toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
