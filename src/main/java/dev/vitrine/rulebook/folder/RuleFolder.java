package dev.vitrine.rulebook.folder;

import static dev.vitrine.rulebook.source.RuleProblem.fault;

import dev.vitrine.problem.ComposedText;
import dev.vitrine.rulebook.source.InvalidRulesException;
import dev.vitrine.rulebook.source.RuleFile;
import dev.vitrine.rulebook.source.RulePath;
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
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/** The folder in which merchandisers keep their rule files. */
public final class RuleFolder {
    /** An editor has finished after two looks; files that never stand still must not block anybody. */
    private static final int LOOKS_MAX = 3;

    private static final Pattern BESIDE = Pattern.compile(".*\\.edition-\\d+");

    /**
     * The rule files, and what cannot be read.
     *
     * @param skipped warnings of what is named as a rule file and is none
     */
    public record Look(List<RuleFile> files, List<RuleProblem> problems, List<RuleProblem> skipped) {}

    private final Path folder;

    public RuleFolder(Path folder) {
        this.folder = folder.toAbsolutePath().normalize();
    }

    public Path path() {
        return folder;
    }

    /** A value that changes when a file is added, removed or saved; cheap enough for several calls a second. */
    public String fingerprint() throws IOException {
        StringBuilder fingerprint = new StringBuilder();
        Entries entries = entries(
                folder.toRealPath(),
                name -> holdsRules(name) || BESIDE.matcher(name).matches());
        for (Path odd : entries.odd()) {
            fingerprint.append(odd).append("|no file\n");
        }
        for (Path file : entries.files()) {
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

    public List<RuleFile> read() throws InvalidRulesException {
        Look look = look();
        if (!look.problems().isEmpty()) {
            throw new InvalidRulesException(look.problems());
        }
        return look.files();
    }

    /** The files as of one moment: files that change while they are read are read again. */
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
                wrong("The files keep changing while they are read.", "They are read again once they stop changing."));
    }

    private RuleProblem wrong(String message, String cure) {
        return fault(folder.toString(), 0, 0, "", message, cure);
    }

    private Look once() throws IOException, InvalidRulesException {
        Path real = folder.toRealPath();
        Entries entries = entries(real, RuleFolder::holdsRules);
        List<Path> found = entries.files();
        if (found.size() > RuleFile.FILES_MAX) {
            throw new InvalidRulesException(wrong(
                    "There are " + found.size() + " rule files; at most " + RuleFile.FILES_MAX + " are taken.", ""));
        }
        List<RuleProblem> problems = new ArrayList<>();
        List<RuleFile> files = new ArrayList<>();
        for (Path file : found) {
            String path = within(real, file);
            Optional<String> objection = RulePath.objection(path);
            if (objection.isPresent()) {
                problems.add(fault(path, 0, 0, "", "The file's path " + objection.get() + ".", "Rename the file."));
            } else if (!ComposedText.of(path).equals(path)) {
                problems.add(fault(
                        path,
                        0,
                        0,
                        "",
                        "The file's path has letters that are made of several characters.",
                        "Type its name again."));
            } else if (!file.toRealPath().startsWith(real)) {
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
        return new Look(
                files,
                problems,
                entries.odd().stream()
                        .map(odd -> skipped(within(real, odd), odd))
                        .toList());
    }

    private static String within(Path real, Path entry) {
        return real.relativize(entry).toString().replace('\\', '/');
    }

    private static RuleProblem skipped(String path, Path entry) {
        return RuleProblem.warning(
                path,
                0,
                0,
                "",
                "The name is that of a rule file, but it is "
                        + (Files.isDirectory(entry) ? "a folder." : "none: a pipe, or a link that leads nowhere."),
                "Name it otherwise, or take it away.");
    }

    /** A value that changes whenever the file is saved, even with the same text; empty if there is no file. */
    String stamp(String path) {
        try {
            BasicFileAttributes attributes = Files.readAttributes(folder.resolve(path), BasicFileAttributes.class);
            return attributes.lastModifiedTime().toInstant() + "|" + attributes.fileKey();
        } catch (IOException e) {
            return "";
        }
    }

    /** When the file was last saved. For a missing file, when its folder last gained or lost a file. */
    Instant lastChanged(String path) {
        for (Path at = folder.resolve(path); at.startsWith(folder); at = at.getParent()) {
            try {
                return Files.getLastModifiedTime(at).toInstant();
            } catch (IOException e) {
                // then the parent folder is used
            }
        }
        return Instant.MAX;
    }

    /** The text of the file, or null. */
    String text(String path) throws IOException {
        Path file = folder.resolve(path);
        return Files.exists(file) ? decoded(Files.readAllBytes(file)) : null;
    }

    boolean holds(String path) {
        return Files.exists(folder.resolve(path));
    }

    /** Replaces a file atomically, or deletes it for null; false if it has changed since {@code seen} was read. */
    public boolean write(String path, String text, String seen) throws IOException {
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

    /** A hidden file until it is complete, so that nobody reads half of it. */
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
                // the folder's editor may run as another user
                Files.setPosixFilePermissions(aside, Files.getPosixFilePermissions(file));
            }
            Files.move(aside, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } finally {
            Files.deleteIfExists(aside);
        }
    }

    /** A subfolder may be a link to another place. */
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
        return ComposedText.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
    }

    /** Hidden files and folders and the temporary files of editors are ignored. */
    private static Entries entries(Path root, Predicate<String> wanted) throws IOException {
        List<Path> found = new ArrayList<>();
        List<Path> odd = new ArrayList<>();
        Files.walkFileTree(root, Set.of(), RuleFile.DEPTH_MAX, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes attributes) {
                if (directory.equals(root)) {
                    return FileVisitResult.CONTINUE;
                } else if (hidden(directory)) {
                    return FileVisitResult.SKIP_SUBTREE;
                }
                if (holdsRules(directory.getFileName().toString())) {
                    odd.add(directory);
                }
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) {
                String name = file.getFileName().toString();
                if (!hidden(file) && wanted.test(name)) {
                    (Files.isRegularFile(file) ? found : odd).add(file);
                }
                return FileVisitResult.CONTINUE;
            }
        });
        found.sort(null);
        odd.sort(null);
        return new Entries(found, odd);
    }

    /** @param odd pipes, links that lead nowhere and folders, all of them with the name of a rule file */
    private record Entries(List<Path> files, List<Path> odd) {}

    private static boolean holdsRules(String name) {
        return name.endsWith(RuleFile.RULES) || name.endsWith(RuleFile.EXAMPLES);
    }

    /** Hidden by its name: tools keep their own files there, on every system but Windows. */
    private static boolean hidden(Path path) {
        return path.getFileName().toString().startsWith(".");
    }
}
