package dev.vitrine.rulebook.engine;

/** Compiled rules name a class or member that is not on the list. */
final class NotAllowedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NotAllowedException(String what) {
        super("'" + what + "' is not allowed in rules");
    }
}
