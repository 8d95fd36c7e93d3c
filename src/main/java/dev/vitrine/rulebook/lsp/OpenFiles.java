package dev.vitrine.rulebook.lsp;

import dev.vitrine.rulebook.assist.RuleTexts;
import dev.vitrine.rulebook.folder.RuleFolder;
import dev.vitrine.rulebook.language.ParsedFile;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleCard;
import dev.vitrine.rulebook.source.RuleFile;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemNotFoundException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/** The files that an editor has open, over those of the folder in which they are. */
final class OpenFiles {
    /** An open file. {@code uri} is as the editor writes it. */
    record OpenFile(String uri, Path folder, String path, String text, Integer version) {
        RuleFile file() {
            return new RuleFile(path, text);
        }
    }

    private final Map<String, OpenFile> open = new ConcurrentHashMap<>();

    void put(String uri, String text, Integer version) {
        OpenFile before = open.get(uri);
        Path folder = before == null ? folder(uri) : before.folder();
        String path = before == null ? path(uri, folder) : before.path();
        open.put(uri, new OpenFile(uri, folder, path, text, version));
    }

    void remove(String uri) {
        open.remove(uri);
    }

    /** The open file of this address, null if it is not open. */
    OpenFile get(String uri) {
        return open.get(uri);
    }

    List<OpenFile> in(Path folder) {
        return open.values().stream()
                .filter(file -> file.folder().equals(folder))
                .toList();
    }

    /** The rules folder around a file: that with the vocabulary, or one that is called so, or where the file is. */
    private static Path folder(String uri) {
        Path file = onDisk(uri);
        Path parent = file.getParent() == null ? file : file.getParent();
        for (Path folder = parent; folder != null; folder = folder.getParent()) {
            boolean called = folder.getFileName() != null
                    && folder.getFileName().toString().equals("rules");
            if (called || Files.exists(folder.resolve(RuleFile.VOCABULARY))) {
                return folder;
            }
        }
        return parent;
    }

    private static Path onDisk(String uri) {
        try {
            return Path.of(URI.create(uri)).toAbsolutePath().normalize();
        } catch (IllegalArgumentException | FileSystemNotFoundException notAFile) {
            // such as an editor's new text without a place
            String name = uri.substring(Math.max(uri.lastIndexOf('/'), uri.lastIndexOf(':')) + 1);
            return Path.of("unsaved", name).toAbsolutePath();
        }
    }

    private static String path(String uri, Path folder) {
        return folder.relativize(onDisk(uri)).toString().replace('\\', '/');
    }

    /** The address of a file of the folder, as the editor writes it if the file is open. */
    String uri(Path folder, String path) {
        return in(folder).stream()
                .filter(file -> file.path().equals(path))
                .map(OpenFile::uri)
                .findFirst()
                .orElseGet(() -> folder.resolve(path).toUri().toString());
    }

    /** All files of the folder as they are in the editor. */
    List<RuleFile> files(Path folder) {
        Map<String, RuleFile> files = new TreeMap<>();
        if (Files.isDirectory(folder)) {
            try {
                new RuleFolder(folder).look().files().forEach(file -> files.put(file.path(), file));
            } catch (InvalidRulesException unreadable) {
                // what is open can be checked without the rest
            }
        }
        in(folder).forEach(file -> files.put(file.path(), file.file()));
        return new ArrayList<>(files.values());
    }

    /** The files around an open one. */
    RuleTexts around(OpenFile file) {
        Path folder = file.folder();
        return new RuleTexts() {
            @Override
            public Optional<String> text(String path) {
                return in(folder).stream()
                        .filter(one -> one.path().equals(path))
                        .map(OpenFile::text)
                        .findFirst()
                        .or(() -> saved(folder.resolve(path)));
            }

            @Override
            public List<RuleCard> rules() {
                String rules = file.path().replace(RuleFile.EXAMPLES, RuleFile.RULES);
                return text(rules)
                        .map(text -> ParsedFile.of(new RuleFile(rules, text)).rules())
                        .orElse(List.of());
            }
        };
    }

    private static Optional<String> saved(Path file) {
        try {
            return Files.isRegularFile(file)
                    ? Optional.of(Files.readString(file, StandardCharsets.UTF_8))
                    : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
