package dev.vitrine.imports;

import java.io.Closeable;
import java.util.List;

/** The rows of a file, one after the other. */
interface Rows extends Closeable {
    /** The longest row. The reader holds one row in memory, and an open quote would make one row of the rest of the file. */
    int ROW_MAX = 1 << 20;

    /** The next row, or null after the last. */
    Row next();

    /** The columns in the file's header, null if the file has no header. */
    List<String> header();
}
