package dev.vitrine.imports;

import java.io.Closeable;
import java.util.List;

/** The rows of a file, one after the other. */
interface Rows extends Closeable {
    /** Longer rows are an error: the reader holds one row in memory, and a quote left open makes one of the rest. */
    int ROW_MAX = 1 << 20;

    /** The next row, or null after the last. */
    Row next();

    /** The columns that the file's header names; null where the file has no header. */
    List<String> header();
}
