package dev.vitrine.rulebook;

import static dev.vitrine.rulebook.RuleProblem.fault;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

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
        for (Path file : ruleFiles()) {
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
            List<Path> found = ruleFiles();
            if (found.size() > FILES_MAX) {
                throw new RuleBookFaults(fault(
                        folder.toString(),
                        0,
                        0,
                        "",
                        "There are " + found.size() + " rule files; at most " + FILES_MAX + " are taken.",
                        ""));
            }
            Path real = folder.toRealPath();
            for (Path file : found) {
                String path = folder.relativize(file).toString().replace('\\', '/');
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

    private List<Path> ruleFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder, DEPTH_MAX)) {
            return files.filter(file -> isRuleFile(file.getFileName().toString()) && Files.isRegularFile(file))
                    .sorted()
                    .toList();
        } catch (java.io.UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** Hidden files and what editors leave behind while they save do not count. */
    private static boolean isRuleFile(String name) {
        return !name.startsWith(".") && (name.endsWith(RuleFile.RULES) || name.endsWith(RuleFile.EXAMPLES));
    }
}
