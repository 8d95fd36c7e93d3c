package dev.vitrine.access;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * The keys that were read last, as hashes in a file: a service that starts while the database is away must let its storefront
 * in.
 */
final class KeyCopy {
    private static final Logger LOG = Logger.getLogger(KeyCopy.class);

    private final Path file;
    private List<ApiKey> written;

    KeyCopy(Path folder) {
        this.file = folder.resolve("access-keys.json");
    }

    List<ApiKey> read() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try {
            List<ApiKey> keys = new ArrayList<>();
            for (JsonNode key : Json.MAPPER.readTree(Files.readAllBytes(file))) {
                add(key, keys);
            }
            return keys;
        } catch (IOException e) {
            LOG.warnf("%s cannot be read; it is written again when the database is there: %s", file, e.getMessage());
            return List.of();
        }
    }

    /** A newer version may have written roles that are not known here. */
    private void add(JsonNode key, List<ApiKey> keys) {
        try {
            keys.add(Json.MAPPER.treeToValue(key, ApiKey.class));
        } catch (JsonProcessingException e) {
            LOG.warnf("A key in %s opens nothing: %s", file, e.getOriginalMessage());
        }
    }

    /** Replaces the file as a whole if something changed. */
    void write(List<ApiKey> keys) {
        if (keys.equals(written)) {
            return;
        }
        try {
            Files.createDirectories(file.getParent());
            Path next = file.resolveSibling(file.getFileName() + ".next");
            Files.deleteIfExists(next);
            if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
                Files.createFile(
                        next, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
            }
            Files.write(next, Json.MAPPER.writeValueAsBytes(keys));
            Files.move(next, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
            written = keys;
        } catch (IOException e) {
            LOG.warnf("%s cannot be written: %s", file, e.getMessage());
        }
    }
}
