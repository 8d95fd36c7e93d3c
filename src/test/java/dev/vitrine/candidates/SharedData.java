package dev.vitrine.candidates;

import static org.junit.jupiter.api.Assumptions.abort;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Data that is beside the project on some machines and never in it. */
public final class SharedData {
    private static final List<Path> PLACES = List.of(Path.of("../shared/data"), Path.of("../../shared/data"));

    private SharedData() {}

    /** The file, or an aborted test that says what is missing. */
    public static Path file(String name) {
        for (Path place : PLACES) {
            if (Files.exists(place.resolve(name))) {
                return place.resolve(name);
            }
        }
        return abort("skipped: ../shared/data/" + name + " is not there");
    }
}
