package dev.vitrine.packaged;

import java.util.Set;

/** A disk without room for what has to wait, while the database hangs. */
record FullDisk(SmallDisk disk, long pid, HangingDatabase database) implements Attack {
    @Override
    public String title() {
        return "a full disk (" + disk.means() + ") and a hanging database";
    }

    @Override
    public Set<String> mustReport() {
        return database.mustReport();
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        try (SmallDisk.Full full = disk.fill(pid)) {
            database.run(until, answers);
        }
    }
}
