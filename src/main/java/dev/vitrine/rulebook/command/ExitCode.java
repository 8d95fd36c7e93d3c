package dev.vitrine.rulebook.command;

/** How the commands end. A script can rely on these; docs/rules-in-git.md lists them. */
final class ExitCode {
    static final int OK = 0;
    /** The rules have faults; or there are differences, where that was asked. */
    static final int FAULTS = 1;
    /** The arguments are wrong; picocli's own code. */
    static final int USAGE = 2;
    /** Nobody answers, or not now: to try again later may help. */
    static final int UNREACHABLE = 3;
    /** Somebody else changed the same files. */
    static final int CONFLICT = 4;
    /** The service refused the call, or the command failed: to try again does not help. */
    static final int REFUSED = 5;

    private ExitCode() {}
}
