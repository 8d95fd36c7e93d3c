package dev.vitrine.rulebook;

import static dev.vitrine.rulebook.RuleProblem.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** The folder in which merchandisers keep their rule files. */
final class RuleFolder {
    /** Our choice: some hundred times the longest file that one can still read. */
    static final int FILE_BYTES_MAX = 256 * 1024;

    static final int FILES_MAX = 2_000;
    private static final int DEPTH_MAX = 8;

    private final Path folder;

    RuleFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    Path path() {
        return folder;
    }

    /** A value that changes when a file is added, removed or saved; cheap enough to ask for several times a second. */
    String fingerprint() throws IOException {
        StringBuilder fingerprint = new StringBuilder();
        for (Path file : ruleFiles(folder.toRealPath())) {
            BasicFileAttributes attributes = Files.readAttributes(file, BasicFileAttributes.class);
            fingerprint
                    .append(file)
                    .append('|')
                    .append(attributes.lastModifiedTime().toInstant())
                    .append('|')
                    .append(attributes.size())
                    .append('|')
                    .append(attributes.fileKey())
                    .append('\n');
        }
        return fingerprint.toString();
    }

    /** All rule files, by path. */
    List<RuleFile> read() throws RuleBookFaults {
        if (!Files.isDirectory(folder)) {
            throw new RuleBookFaults(fault(
                    folder.toString(),
                    0,
                    0,
                    "",
                    "There is no such folder.",
                    "Set VITRINE_RULES to the folder of the rules."));
        }
        List<RuleProblem> problems = new ArrayList<>();
        List<RuleFile> files = new ArrayList<>();
        try {
            Path real = folder.toRealPath();
            List<Path> found = ruleFiles(real);
            if (found.size() > FILES_MAX) {
                throw new RuleBookFaults(fault(
                        folder.toString(),
                        0,
                        0,
                        "",
                        "There are " + found.size() + " rule files; at most " + FILES_MAX + " are taken.",
                        ""));
            }
            for (Path file : found) {
                String path = real.relativize(file).toString().replace('\\', '/');
                if (!file.toRealPath().startsWith(real)) {
                    problems.add(fault(
                            path,
                            0,
                            0,
                            "",
                            "The file is a link that leaves the rules folder.",
                            "Copy the file into the folder."));
                    continue;
                }
                if (Files.size(file) > FILE_BYTES_MAX) {
                    problems.add(fault(
                            path,
                            0,
                            0,
                            "",
                            "The file has " + Files.size(file) + " bytes; at most " + FILE_BYTES_MAX + " are taken.",
                            "Split it."));
                    continue;
                }
                byte[] bytes = Files.readAllBytes(file);
                try {
                    files.add(new RuleFile(path, decoded(bytes)));
                } catch (CharacterCodingException e) {
                    problems.add(fault(path, 0, 0, "", "The file is not UTF-8 text.", "Save it as UTF-8."));
                }
            }
        } catch (IOException e) {
            throw new RuleBookFaults(fault(folder.toString(), 0, 0, "", "The folder cannot be read: " + e + ".", ""));
        }
        if (!problems.isEmpty()) {
            throw new RuleBookFaults(problems);
        }
        return files;
    }

    private static String decoded(byte[] bytes) throws CharacterCodingException {
        String text = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT)
                .decode(ByteBuffer.wrap(bytes))
                .toString();
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    /** Hidden files and folders, and what editors leave behind while they save, do not count. */
    private static List<Path> ruleFiles(Path root) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), DEPTH_MAX, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(root) || !hidden(directory)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!hidden(file)
                        && (name.endsWith(RuleFile.RULES) || name.endsWith(RuleFile.EXAMPLES))
                        && Files.isRegularFile(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    /** By its name, as everywhere but on Windows: tools hide there what is theirs. */
    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
