package dev.vitrine.rulebook.assist;

/** Lines and columns, from 1, in UTF-16 units, as editors count them. A line ends before its line end. */
final class Lines {
    private Lines() {}

    /** The index of a place in the text; past the end of its line, that is the end of the line. */
    static int offset(String text, int line, int column) {
        int begin = 0;
        for (int i = 1; i < line; i++) {
            int next = text.indexOf('\n', begin);
            if (next < 0) {
                return text.length();
            }
            begin = next + 1;
        }
        return Math.min(begin + Math.max(0, column - 1), end(text, begin));
    }

    /** The text of a line, "" if there is none. */
    static String line(String text, int line) {
        int begin = offset(text, line, 1);
        return text.substring(begin, end(text, begin));
    }

    private static int end(String text, int begin) {
        int next = text.indexOf('\n', begin);
        int end = next < 0 ? text.length() : next;
        return end > begin && text.charAt(end - 1) == '\r' ? end - 1 : end;
    }

    static int count(String text) {
        return 1 + (int) text.chars().filter(c -> c == '\n').count();
    }
}
