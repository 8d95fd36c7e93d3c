package dev.vitrine;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.inject.Singleton;
import java.util.Map;

/** What each metric of Vitrine means, for the {@code # HELP} lines of {@code GET /q/metrics}. */
@Singleton
final class MetricDescriptions implements MeterFilter {
    static final Map<String, String> DESCRIPTIONS = Map.ofEntries(
            Map.entry("vitrine.decisions", "Time of decisions, by placement and outcome"),
            Map.entry("vitrine.decisions.unrecorded", "Decisions that wait to be recorded, in memory and on disk"),
            Map.entry("vitrine.decisions.on.disk.bytes", "Size of the decisions that wait on disk"),
            Map.entry("vitrine.decisions.let.go", "Decisions that were answered and will never be recorded"),
            Map.entry("vitrine.events", "Events that were sent on their own, by status"),
            Map.entry("vitrine.events.on.disk.bytes", "Size of the events that wait on disk for the database"),
            Map.entry("vitrine.events.waiting", "Events of decisions that wait to be recorded"),
            Map.entry("vitrine.events.let.go", "Events of decisions that were dropped"),
            Map.entry(
                    "vitrine.model.comparisons.let.go",
                    "Decisions whose two models were not compared for lack of room"),
            Map.entry("vitrine.model.service", "Time of the model service's answers, by outcome"),
            Map.entry("vitrine.model.service.circuit", "Of the model service: 0 closed, 1 half open, 2 open"),
            Map.entry("vitrine.requests.refused", "Requests that were refused before they were read, by reason"),
            Map.entry("vitrine.rulebook.reloads", "Editions that were published, and changes that were refused"),
            Map.entry("vitrine.rulebook.scheduled", "Scheduled changes that started or ended, by outcome"),
            Map.entry("vitrine.rulebook.staged", "Staged editions that ended, by outcome"),
            Map.entry("vitrine.shares.uncounted", "Lists whose shares could not be counted"),
            Map.entry("vitrine.shortfalls", "Guarantees that could not be kept, by placement"));

    @Override
    public Meter.Id map(Meter.Id id) {
        String description = DESCRIPTIONS.get(id.getName());
        return description == null
                ? id
                : new Meter.Id(id.getName(), Tags.of(id.getTags()), id.getBaseUnit(), description, id.getType());
    }
}
