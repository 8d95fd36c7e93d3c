package dev.vitrine.rulebook.command;

/** A number with its thing, as people say it. */
final class Count {
    private Count() {}

    static String of(int count, String thing) {
        return (count == 0 ? "no" : Integer.toString(count)) + " " + thing + (count == 1 ? "" : "s");
    }
}
