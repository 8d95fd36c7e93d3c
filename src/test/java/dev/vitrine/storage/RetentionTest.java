package dev.vitrine.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@WithTestResource(QuietService.class)
class RetentionTest {
    @Inject
    Sql sql;

    @Inject
    Transactions transactions;

    @Inject
    Retention retention;

    @BeforeEach
    void nothingIsStored() {
        sql.run("truncate staged, scheduled, backtest, campaign, idempotency_key, share, shopper, event");
        sql.run("delete from access_key where name like '% key'");
    }

    /** Rows of a table by the days since they ended, and the days that the setting has. */
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "idempotency_key | call | 1 | insert into idempotency_key values ('NAME', 'k', '', 200, null, '', TIME)",
                "backtest | note | 400 | insert into backtest (state, started_at, ended_at, author, note, edition, done, total,"
                        + " files) values ('DONE', TIME, TIME, '', 'NAME', 1, 0, 0, '[]')",
                "scheduled | note | 400 | insert into scheduled (state, edits, author, note, origin, starts_at, ends_at)"
                        + " values ('OVER', '[]', '', 'NAME', '', TIME - interval '90 days', TIME)",
                "scheduled | note | 400 | insert into scheduled (state, edits, author, note, origin, starts_at)"
                        + " values ('CANCELLED', '[]', '', 'NAME', '', TIME)",
                "staged | outcome | 400 | insert into staged values (COUNT, 1, '[]', 0, '[]', '{}', TIME, 'NAME')",
                "campaign | id | 400 | insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at,"
                        + " ends_at) values ('NAME', '', 'SEASON', 0, '[]', '[]', '[]', TIME, TIME)",
                "campaign | id | 400 | insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at,"
                        + " ends_at, ended_at) values ('NAME', '', 'SEASON', 0, '[]', '[]', '[]', TIME, now(), TIME)",
                "decision | id | 30 | insert into decision values ('NAME', TIME, '', '', null, 1, '', '', false, 1, '', '{}')",
                "share | placement | 400 | insert into share values (TIME, 'NAME', '', '', '', '', '', 1, 1, 1, 1)",
                "shopper | id | 400 | insert into shopper values ('NAME', TIME, 'null')",
                "access_key | name | 1100 | insert into access_key (name, role, hash, created_at, revoked_at)"
                        + " values ('NAME key', 'ANALYST', 'NAME', TIME, TIME)",
                "access_key | name | 1100 | insert into access_key (name, role, hash, created_at, expires_at)"
                        + " values ('NAME key', 'ANALYST', 'NAME', TIME, TIME)"
            })
    void whatIsOlderThanItsSettingIsDeleted(String table, String column, int days, String insert) {
        for (Map.Entry<String, Integer> row : new TreeMap<>(Map.of("old", days + 1, "young", days - 1)).entrySet()) {
            sql.run(insert.replace("NAME", row.getKey())
                    .replace("COUNT", row.getKey().equals("old") ? "1" : "2")
                    .replace("TIME", "now() - interval '" + row.getValue() * 24 + " hours 1 minute'"));
        }
        retention.deleteOld();
        assertThat(sql.column("select " + column + " from " + table + " where " + column + " ~ 'old|young'"))
                .singleElement()
                .asString()
                .startsWith("young");
    }

    @Test
    void whatHasNotEndedStays() {
        String longAgo = "now() - interval '2000 days'";
        sql.run(
                "insert into scheduled (state, edits, author, note, origin, starts_at) values ('RUNNING', '[]', '', '', '',"
                        + longAgo + ")");
        sql.run(
                "insert into backtest (state, started_at, author, note, edition, done, total, files) values ('RUNNING', "
                        + longAgo + ", '', '', 1, 0, 0, '[]')");
        sql.run("insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at, ends_at) values"
                + " ('c', '', 'SEASON', 0, '[]', '[]', '[]', " + longAgo + ", now() + interval '1 day')");
        sql.run("insert into staged values (7, 1, '[]', 0, '[]', '{}', " + longAgo + ", 'the last one')");
        sql.run("insert into access_key (name, role, hash, created_at) values ('a key', 'ANALYST', 'h', " + longAgo
                + ")");
        sql.run("insert into access_key (name, role, hash, created_at, revoked_at) values ('analyst', 'ANALYST', 'h2', "
                + longAgo + ", " + longAgo + ") on conflict (name) do update set revoked_at = excluded.revoked_at");
        retention.deleteOld();
        for (String table : List.of("scheduled", "backtest", "campaign", "staged")) {
            assertThat(sql.number("select count(*) from " + table)).as(table).isEqualTo(1);
        }
        assertThat(sql.column("select name from access_key where name in ('a key', 'analyst')"))
                .containsExactlyInAnyOrder("a key", "analyst");
        sql.run("update access_key set revoked_at = null where name = 'analyst'");
    }

    @Test
    void allBatchesAreDeletedAndAFailureCostsNoOtherTable() {
        Instant now = Instant.parse("2026-05-01T00:00:00Z");
        int[] left = {25_000};
        ExpiringRows broken = rows((oldest, most) -> {
            throw new IllegalStateException("broken");
        });
        ExpiringRows many = rows((oldest, most) -> {
            assertThat(oldest).isEqualTo(now.minus(Duration.ofDays(3)));
            int deleted = Math.min(left[0], most);
            left[0] -= deleted;
            return deleted;
        });
        new Retention(List.of(broken, many), transactions, Clock.fixed(now, ZoneOffset.UTC)).deleteOld();
        assertThat(left[0]).isZero();
    }

    private interface Deletion {
        int before(Instant oldest, int most);
    }

    private static ExpiringRows rows(Deletion deletion) {
        return new ExpiringRows() {
            @Override
            public String what() {
                return "rows";
            }

            @Override
            public Duration keep() {
                return Duration.ofDays(3);
            }

            @Override
            public int deleteBefore(Instant oldest, int most) {
                return deletion.before(oldest, most);
            }
        };
    }
}
