package dev.vitrine.candidates;

import dev.vitrine.problem.ProblemException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;

/**
 * A click log in the usual format of research: a header, then lines of {@code SessionId}, {@code ItemId} and {@code Time}
 * (seconds since 1970), separated by tabs or commas, in any order; compressed by gzip or not.
 */
final class SessionLog {
    private SessionLog() {}

    static Sessions read(Path file) throws IOException {
        try (BufferedReader lines = open(file)) {
            String header = lines.readLine();
            if (header == null) {
                throw new ProblemException(file.toString(), "is empty");
            }
            String separator = header.indexOf('\t') >= 0 ? "\t" : ",";
            List<String> columns = Arrays.asList(header.split(separator));
            int session = column(file, columns, "SessionId");
            int item = column(file, columns, "ItemId");
            int time = column(file, columns, "Time");
            Sessions.Gathering gathering = new Sessions.Gathering();
            Map<String, Integer> sessions = new HashMap<>();
            int number = 1;
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                number++;
                String[] cells = line.split(separator, -1);
                if (cells.length != columns.size()) {
                    throw new ProblemException(
                            file + " line " + number, "has " + cells.length + " columns, its header " + columns.size());
                }
                Integer known = sessions.putIfAbsent(cells[session], sessions.size());
                gathering.add(
                        known == null ? sessions.size() - 1 : known, cells[item], millis(file, number, cells[time]));
            }
            return gathering.sessions();
        }
    }

    private static BufferedReader open(Path file) throws IOException {
        InputStream bytes = Files.newInputStream(file);
        try {
            InputStream text = file.toString().endsWith(".gz") ? new GZIPInputStream(bytes, 1 << 16) : bytes;
            return new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), 1 << 16);
        } catch (IOException e) {
            bytes.close();
            throw e;
        }
    }

    private static int column(Path file, List<String> columns, String name) {
        int place = columns.indexOf(name);
        if (place < 0) {
            throw new ProblemException(
                    file + " line 1", "has no column " + name + "; it has " + String.join(", ", columns));
        }
        return place;
    }

    private static long millis(Path file, int line, String seconds) {
        try {
            double value = Double.parseDouble(seconds);
            if (Math.abs(value) < 1e12) {
                return Math.round(value * 1000);
            }
        } catch (NumberFormatException e) {
            // reported below, with the line
        }
        throw new ProblemException(
                file + " line " + line, "has the Time '" + seconds + "'; must be seconds since 1970");
    }
}
