package dev.vitrine.rulebook.schedule;

import dev.vitrine.rulebook.source.Edit;
import java.time.Instant;
import java.util.List;

/**
 * A change of the rule book that is planned for a time.
 *
 * @param edits what is to be published, laid over what is live then
 * @param accept why lists may become worse, null where nobody has said so
 * @param base the edition that the editor began with, null where that does not matter
 * @param until when it goes back, null where it stays
 * @param before what takes it back; empty until it is live
 */
record ScheduledChange(
        long id,
        State state,
        List<Edit> edits,
        Integer base,
        String author,
        String note,
        String origin,
        String accept,
        Instant from,
        Instant until,
        List<Edit> before,
        Integer edition,
        String outcome) {
    enum State {
        PLANNED,
        /** Live, until its end. */
        RUNNING,
        /** Live for good, or gone back, or left because somebody changed it. */
        OVER,
        CANCELLED,
        /** It could not be published when its time came. */
        FAILED
    }

    ScheduledChange running(int as, List<Edit> back) {
        return new ScheduledChange(
                id,
                State.RUNNING,
                edits,
                base,
                author,
                note,
                origin,
                accept,
                from,
                until,
                back,
                as,
                "live as edition " + as);
    }

    /** The same, but its end restores other texts. */
    ScheduledChange bringingBack(List<Edit> other) {
        return new ScheduledChange(
                id, state, edits, base, author, note, origin, accept, from, until, other, edition, outcome);
    }

    ScheduledChange ended(State how, Integer as, String why) {
        return new ScheduledChange(id, how, edits, base, author, note, origin, accept, from, until, before, as, why);
    }

    /** Its number, and its note if it has one. */
    String named() {
        return "scheduled change " + id + (note.isEmpty() ? "" : ": " + note);
    }
}
