package dev.vitrine.rulebook.folder;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RuleProblem;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.nio.file.attribute.PosixFileAttributeView;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The folder in which merchandisers keep their rule files. */
public final class RuleFolder {
    /** Our choice: an editor is done after two looks, and what is never done must not keep anybody waiting. */
    private static final int LOOKS_MAX = 3;

    private static final Pattern BESIDE = Pattern.compile(".*\\.edition-\\d+");

    /**
     * What stands in the folder.
     *
     * @param files rule files by path
     * @param problems what cannot be read
     */
    public record Look(List<RuleFile> files, List<RuleProblem> problems) {}

    private final Path folder;

    public RuleFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path path() {
        return folder;
    }

    /** A value that changes when a file is added, removed or saved, or one beside a conflict; cheap enough to ask for several times a second. */
    public String fingerprint() throws IOException {
        StringBuilder fingerprint = new StringBuilder();
        for (Path file : files(
                folder.toRealPath(),
                name -> holdsRules(name) || BESIDE.matcher(name).matches())) {
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

    /** All rule files, by path, where all can be read. */
    public List<RuleFile> read() throws InvalidRulesException {
        Look look = look();
        if (!look.problems().isEmpty()) {
            throw new InvalidRulesException(look.problems());
        }
        return look.files();
    }

    /** The files of one moment: what changes while it is read is read again. */
    public Look look() throws InvalidRulesException {
        if (!Files.isDirectory(folder)) {
            throw new InvalidRulesException(
                    wrong("There is no such folder.", "Set VITRINE_RULES to the folder of the rules."));
        }
        try {
            for (int i = 0; i < LOOKS_MAX; i++) {
                String before = fingerprint();
                Look look = once();
                if (fingerprint().equals(before)) {
                    return look;
                }
            }
        } catch (IOException e) {
            throw new InvalidRulesException(wrong("The folder cannot be read: " + e + ".", ""));
        }
        throw new InvalidRulesException(
                wrong("The files change while they are read.", "They are read again once they stand still."));
    }

    private RuleProblem wrong(String message, String cure) {
        return fault(folder.toString(), 0, 0, "", message, cure);
    }

    private Look once() throws IOException, InvalidRulesException {
        Path real = folder.toRealPath();
        List<Path> found = files(real, RuleFolder::holdsRules);
        if (found.size() > RuleFile.FILES_MAX) {
            throw new InvalidRulesException(wrong(
                    "There are " + found.size() + " rule files; at most " + RuleFile.FILES_MAX + " are taken.", ""));
        }
        List<RuleProblem> problems = new ArrayList<>();
        List<RuleFile> files = new ArrayList<>();
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
            } else if (Files.size(file) > RuleFile.BYTES_MAX) {
                problems.add(RuleFile.tooLarge(path, Files.size(file)));
            } else {
                try {
                    files.add(new RuleFile(path, decoded(Files.readAllBytes(file))));
                } catch (CharacterCodingException e) {
                    problems.add(fault(path, 0, 0, "", "The file is not UTF-8 text.", "Save it as UTF-8."));
                }
            }
        }
        return new Look(files, problems);
    }

    /** A value that changes whenever the file is saved, the same text or not; "" where there is none. */
    String stamp(String path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder.resolve(path), BasicFileAttributes.class);
            return attributes.lastModifiedTime().toInstant() + "|" + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    /** When the file was last saved; where there is none, when the folder that it would stand in last gained or lost one. */
    Instant lastChanged(String path) {
        for (Path at = folder.resolve(path); at.startsWith(folder); at = at.getParent()) {
            try {
                return Files.getLastModifiedTime(at).toInstant();
            } catch (IOException e) {
                // then the folder above it tells
            }
        }
        return Instant.MAX;
    }

    /** What the file holds, null where there is none. */
    String text(String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.exists(file) ? decoded(Files.readAllBytes(file)) : null;
    }

    boolean holds(String path) {
        return Files.exists(folder.resolve(path));
    }

    /**
     * Puts a text into the place of a file, whole or not at all.
     *
     * @param text null to delete the file
     * @param seen what the file was seen to hold, null where there was none
     * @return false when it holds something else by now; it is left alone then
     */
    boolean write(String path, String text, String seen) throws IOException {
        Path root = folder.toRealPath();
        Path file = root.resolve(path);
        staysInside(root, file);
        if (!Objects.equals(text(path), seen)) {
            return false;
        }
        if (text == null) {
            Files.deleteIfExists(file);
        } else {
            Files.createDirectories(file.getParent());
            moveIntoPlace(file, text);
        }
        return true;
    }

    /** Hidden until it is whole, so that no look sees half of it. */
    private static void moveIntoPlace(Path file, String text) throws IOException {
        Path aside = file.resolveSibling("." + file.getFileName() + ".vitrine");
        try {
            try (FileChannel channel = FileChannel.open(
                    aside, StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING, StandardOpenOption.WRITE)) {
                ByteBuffer bytes = StandardCharsets.UTF_8.encode(text);
                while (bytes.hasRemaining()) {
                    channel.write(bytes);
                }
                channel.force(true);
            }
            if (Files.exists(file)
                    && Files.getFileStore(file).supportsFileAttributeView(PosixFileAttributeView.class)) {
                // the editor at the folder may be another user
                Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(file));
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** A folder in the folder may be a link to elsewhere. */
    private static void staysInside(Path root, Path file) throws IOException {
        Path there = file.getParent();
        while (!Files.exists(there)) {
            there = there.getParent();
        }
        if (!there.toRealPath().startsWith(root)) {
            throw new IOException(there + " leaves the rules folder");
        }
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
    private static List<Path> files(Path root, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), RuleFile.DEPTH_MAX, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                return directory.equals(root) || !hidden(directory)
                        ? FileVisitResult.CONTINUE
                        : FileVisitResult.SKIP_SUBTREE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!hidden(file) && wanted.test(name) && Files.isRegularFile(file)) {
                    found.add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        return found;
    }

    private static boolean holdsRules(String name) {
        return name.endsWith(RuleFile.RULES) || name.endsWith(RuleFile.EXAMPLES);
    }

    /** By its name, as everywhere but on Windows: tools hide there what is theirs. */
    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
