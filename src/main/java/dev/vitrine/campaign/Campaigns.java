package dev.vitrine.campaign;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import dev.vitrine.merchandising.Campaign;
import dev.vitrine.merchandising.Theme;
import dev.vitrine.problem.Json;
import io.agroal.api.AgroalDataSource;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** All planned campaigns, in memory; which of them run is asked anew by each decision. */
@Singleton
public final class Campaigns {
    private static final TypeReference<Set<String>> WORDS = new TypeReference<>() {};

    private final AgroalDataSource database;
    private volatile List<PlannedCampaign> planned = List.of();

    Campaigns(AgroalDataSource database) {
        this.database = database;
    }

    void load(@Observes StartupEvent start) throws SQLException, JsonProcessingException {
        List<PlannedCampaign> loaded = new ArrayList<>();
        try (Connection connection = database.getConnection();
                PreparedStatement query = connection.prepareStatement(
                        "select id, name, theme, threshold, tags, categories, skus, starts_at, ends_at from campaign order by id");
                ResultSet row = query.executeQuery()) {
            while (row.next()) {
                loaded.add(new PlannedCampaign(
                        row.getString(1),
                        row.getString(2),
                        Theme.valueOf(row.getString(3)),
                        row.getDouble(4),
                        Json.MAPPER.readValue(row.getString(5), WORDS),
                        Json.MAPPER.readValue(row.getString(6), WORDS),
                        Json.MAPPER.readValue(row.getString(7), WORDS),
                        row.getTimestamp(8).toInstant(),
                        row.getTimestamp(9).toInstant()));
            }
        }
        planned = List.copyOf(loaded);
    }

    /** Whether there is a campaign of this id. */
    public boolean planned(String id) {
        return planned.stream().anyMatch(campaign -> campaign.id().equals(id));
    }

    /** The facts of the campaigns that run now, for a cart of this value. */
    public List<Campaign> running(Instant now, double cartValue) {
        List<PlannedCampaign> all = planned;
        if (all.isEmpty()) {
            return List.of();
        }
        return all.stream()
                .filter(campaign -> campaign.runs(now))
                .map(campaign -> campaign.fact(cartValue))
                .toList();
    }

    /** Keeps the campaign, in place of the one with the same id; it counts from the next decision on. */
    public synchronized void put(PlannedCampaign campaign) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement upsert = connection.prepareStatement(
                        """
                        insert into campaign (id, name, theme, threshold, tags, categories, skus, starts_at, ends_at)
                        values (?, ?, ?, ?, ?::jsonb, ?::jsonb, ?::jsonb, ?, ?)
                        on conflict (id) do update set name = excluded.name, theme = excluded.theme,
                            threshold = excluded.threshold, tags = excluded.tags, categories = excluded.categories,
                            skus = excluded.skus, starts_at = excluded.starts_at, ends_at = excluded.ends_at,
                            updated_at = now()
                        """)) {
            upsert.setString(1, campaign.id());
            upsert.setString(2, campaign.name());
            upsert.setString(3, campaign.theme().name());
            upsert.setDouble(4, campaign.threshold());
            upsert.setString(5, Json.MAPPER.writeValueAsString(campaign.tags()));
            upsert.setString(6, Json.MAPPER.writeValueAsString(campaign.categories()));
            upsert.setString(7, Json.MAPPER.writeValueAsString(campaign.skus()));
            upsert.setObject(8, campaign.startsAt().atOffset(ZoneOffset.UTC));
            upsert.setObject(9, campaign.endsAt().atOffset(ZoneOffset.UTC));
            upsert.executeUpdate();
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
        planned = Stream.concat(
                        planned.stream().filter(other -> !other.id().equals(campaign.id())), Stream.of(campaign))
                .toList();
    }
}
