package dev.vitrine.imports;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.TextNode;
import dev.vitrine.problem.ProblemException;
import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.util.HashSet;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/** Rows of a CSV file (RFC 4180) with a header. */
final class CsvRows implements Rows {
    private final LimitedReader reader;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    /** The line of the next record. The parser's own count is not exact at blank lines and at the end. */
    private long line = 1;

    CsvRows(Reader text, char separator) throws IOException {
        reader = new LimitedReader(text);
        CSVFormat format = CSVFormat.RFC4180.builder().setDelimiter(separator).get();
        parser = CSVParser.builder().setReader(reader).setFormat(format).get();
        records = parser.iterator();
        CSVRecord first = nextRecord();
        if (first == null) {
            throw new ImportFailure("the file is empty; a CSV file begins with a header");
        }
        header = first.stream().map(String::strip).toList();
        line += lines(first);
        Set<String> seen = new HashSet<>();
        for (String column : header) {
            if (!column.isEmpty() && !seen.add(column)) {
                throw new ImportFailure("line 1: the header has the column '" + column + "' twice");
            }
        }
    }

    @Override
    public List<String> header() {
        return header;
    }

    @Override
    public Row next() {
        for (CSVRecord parsed; (parsed = nextRecord()) != null; ) {
            long start = line;
            line += lines(parsed);
            if (parsed.size() == 1 && parsed.get(0).isBlank()) {
                continue;
            }
            if (parsed.size() != header.size()) {
                return new Row(
                        start,
                        Map.of(),
                        new ProblemException(
                                null, "has " + parsed.size() + " columns, the header has " + header.size()));
            }
            Map<String, JsonNode> columns = new LinkedHashMap<>(header.size() * 2);
            for (int i = 0; i < header.size(); i++) {
                columns.put(header.get(i), TextNode.valueOf(parsed.get(i)));
            }
            return new Row(start, columns, null);
        }
        return null;
    }

    private CSVRecord nextRecord() {
        reader.sinceLastRow = 0;
        try {
            return records.hasNext() ? records.next() : null;
        } catch (UncheckedIOException e) {
            throw RowFile.unreadable(line, e.getCause());
        } catch (IllegalStateException e) {
            throw RowFile.unreadable(line, e);
        }
    }

    private static long lines(CSVRecord parsed) {
        long lines = 1;
        for (String value : parsed) {
            for (int i = 0; i < value.length(); i++) {
                if (value.charAt(i) == '\n') {
                    lines++;
                }
            }
        }
        return lines;
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }

    /** Stops the parser from reading the rest of a file into one row. */
    private static final class LimitedReader extends FilterReader {
        private long sinceLastRow;

        LimitedReader(Reader text) {
            super(text);
        }

        @Override
        public int read(char[] buffer, int offset, int length) throws IOException {
            int count = super.read(buffer, offset, length);
            sinceLastRow += Math.max(count, 0);
            if (sinceLastRow > ROW_MAX + length) {
                throw new IOException(
                        "the row is longer than " + ROW_MAX + " characters; perhaps a quote is left open");
            }
            return count;
        }
    }
}
