package dev.vitrine.insight;

import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;

/** What one line of a report covers, on the shop's clock. */
enum Span {
    HOUR {
        @Override
        Instant begin(Instant at, ZoneId zone) {
            return at.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant();
        }

        @Override
        Instant next(Instant begin, ZoneId zone) {
            return begin.plus(1, ChronoUnit.HOURS);
        }
    },
    DAY {
        @Override
        Instant begin(Instant at, ZoneId zone) {
            return at.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
        }

        @Override
        Instant next(Instant begin, ZoneId zone) {
            ZonedDateTime there = begin.atZone(zone);
            return there.toLocalDate().plusDays(1).atStartOfDay(zone).toInstant();
        }
    };

    /** When the hour or day of this moment began. */
    abstract Instant begin(Instant at, ZoneId zone);

    /** When the one after it begins. */
    abstract Instant next(Instant begin, ZoneId zone);
}
