package dev.vitrine.visit;

import com.fasterxml.jackson.core.JsonProcessingException;
import dev.vitrine.problem.Json;
import dev.vitrine.storage.FailureLog;
import dev.vitrine.storage.Spool;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/** Events that wait on disk while the database is away. */
final class WaitingEvents {
    private static final Logger LOG = Logger.getLogger(WaitingEvents.class);

    private final Spool spool;
    private final RejectedEvents rejected;
    /** Bounded, as the spool is. */
    private final Set<String> ids = ConcurrentHashMap.newKeySet();

    WaitingEvents(Spool spool, RejectedEvents rejected) {
        this.spool = spool;
        this.rejected = rejected;
    }

    boolean holds(String id) {
        return ids.contains(id);
    }

    boolean none() {
        return spool.bytes() == 0;
    }

    /** Writes those events that do not wait yet, all or none, and returns them. */
    synchronized List<Event> add(List<Event> events) throws IOException {
        List<Event> fresh =
                events.stream().filter(event -> !ids.contains(event.id())).toList();
        if (!fresh.isEmpty()) {
            spool.append(fresh.stream().map(Json::text).toList());
            fresh.forEach(event -> ids.add(event.id()));
        }
        return fresh;
    }

    /** Hands out what an earlier process left, and remembers its ids. */
    void restore(Consumer<List<Event>> each) {
        try {
            spool.read(lines -> {
                // what is no event is put aside when it is drained
                List<Event> events = parsed(lines, (line, why) -> {});
                events.forEach(event -> ids.add(event.id()));
                each.accept(events);
            });
        } catch (IOException e) {
            LOG.errorf(e, "Cannot read the events that wait on disk");
        }
    }

    /** Hands all events to the sink, the oldest first. Those for which it throws wait on. */
    void drain(Consumer<List<Event>> sink) {
        spool.drain(lines -> {
            List<Event> events = parsed(lines, rejected::add);
            sink.accept(events);
            events.forEach(event -> ids.remove(event.id()));
            LOG.infof("Stored %d events that waited on disk", events.size());
        });
    }

    private static List<Event> parsed(List<String> lines, BiConsumer<String, String> unreadable) {
        List<Event> events = new ArrayList<>(lines.size());
        for (String line : lines) {
            try {
                Event event = Json.STORED.readValue(line, Event.class);
                if (event == null) {
                    unreadable.accept(line, "not an event");
                } else {
                    events.add(event);
                }
            } catch (JsonProcessingException e) {
                unreadable.accept(line, FailureLog.reason(e));
            }
        }
        return events;
    }
}
