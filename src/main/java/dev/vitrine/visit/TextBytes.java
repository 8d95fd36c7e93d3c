package dev.vitrine.visit;

/** What a text takes of the memory, about: an object, and two bytes for each character. */
final class TextBytes {
    private static final int OBJECT = 40;

    private TextBytes() {}

    /** 0 for null. */
    static int of(String text) {
        return text == null ? 0 : OBJECT + 2 * text.length();
    }
}
