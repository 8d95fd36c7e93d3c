package dev.vitrine.imports;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.vitrine.problem.Printable;
import dev.vitrine.problem.ProblemException;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.function.ObjLongConsumer;

/** One import, from the first row to the summary. Memory holds one batch, and the keys of {@link Distinct}. */
final class ImportRun {
    static final int DONE = 0;
    static final int FAILED = 1;
    static final int SOME_REFUSED = 2;

    private final Target target;
    private final ImportOptions options;
    private final Distinct distinct;
    private final PrintWriter out;
    private final PrintWriter err;
    private final Delivery.Pause pause;
    private final ImportTally tally = new ImportTally();

    /** @param distinct null if every row is sent */
    ImportRun(
            Target target,
            ImportOptions options,
            Distinct distinct,
            PrintWriter out,
            PrintWriter err,
            Delivery.Pause pause) {
        this.target = target;
        this.options = options;
        this.distinct = distinct;
        this.out = out;
        this.err = err;
        this.pause = pause;
    }

    int run() {
        try {
            RowFile file = options.rowFile();
            Mapping mapping = new Mapping(target, options);
            Delivery delivery = new Delivery(options.to, options.key(), target, pause, this::print);
            if (distinct != null && distinct.needsFirstPass()) {
                learn(file, mapping);
            }
            send(file, mapping, delivery);
            if (!mapping.unusedColumns().isEmpty()) {
                print("Columns not used: " + String.join(", ", mapping.unusedColumns()));
            }
        } catch (ImportFailure e) {
            print(options.file + ": " + e.getMessage());
            tally.printRefused(err);
            tally.print(out);
            return FAILED;
        }
        tally.printRefused(err);
        tally.print(out);
        return tally.anyRefused() ? SOME_REFUSED : DONE;
    }

    private void learn(RowFile file, Mapping mapping) {
        if (file.standardInput()) {
            throw new ImportFailure("the last row of each key is known only after reading twice, which the standard"
                    + " input does not allow; use --keep first, or a file");
        }
        eachRecord(file, "Reading", mapping, (record, line) -> distinct.learn(line, record), false);
    }

    private void send(RowFile file, Mapping mapping, Delivery delivery) {
        Batch[] batch = {new Batch(target)};
        eachRecord(
                file,
                "Sending",
                mapping,
                (record, line) -> {
                    if (distinct != null && !distinct.keeps(line, record)) {
                        tally.leftOut();
                        return;
                    }
                    byte[] written = batch[0].written(record);
                    if (!batch[0].fits(record, written)) {
                        deliver(batch[0], delivery);
                        batch[0] = new Batch(target);
                    }
                    batch[0].add(line, record, written);
                },
                true);
        deliver(batch[0], delivery);
    }

    private void deliver(Batch batch, Delivery delivery) {
        if (!batch.lines().isEmpty()) {
            tally.results(batch.lines(), delivery.send(batch));
        }
    }

    private void eachRecord(
            RowFile file, String task, Mapping mapping, ObjLongConsumer<ObjectNode> consumer, boolean counted) {
        try (Progress progress = new Progress(task, file.size(), options.quiet);
                Rows rows = file.open(progress)) {
            if (rows.header() != null) {
                mapping.check(rows.header());
            }
            for (Row row; (row = rows.next()) != null; ) {
                if (counted) {
                    tally.read();
                }
                try {
                    consumer.accept(mapping.record(row), row.line());
                } catch (ProblemException e) {
                    if (counted) {
                        tally.refused(row.line(), e.field(), e.getMessage());
                    }
                }
            }
        } catch (IOException e) {
            throw new ImportFailure("the file cannot be closed: " + e.getMessage());
        }
    }

    private void print(String line) {
        err.println(Printable.of(line));
        err.flush();
    }
}
