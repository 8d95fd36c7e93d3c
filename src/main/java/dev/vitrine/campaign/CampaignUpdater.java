package dev.vitrine.campaign;

import dev.vitrine.problem.ProblemException;
import dev.vitrine.problem.UnavailableException;
import dev.vitrine.storage.DatabaseUnavailableException;
import dev.vitrine.storage.OutcomeUnknownException;
import dev.vitrine.storage.Transactions;
import dev.vitrine.storage.Watermark;
import jakarta.inject.Singleton;
import jakarta.persistence.LockTimeoutException;
import jakarta.persistence.QueryTimeoutException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.function.UnaryOperator;
import org.hibernate.exception.ConstraintViolationException;

/** Keeps {@link Campaigns} in line with the database. In whatever order answers arrive, the latest versions stay. */
@Singleton
public final class CampaignUpdater {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final CampaignRepository repository;
    private final Transactions transactions;
    private final Campaigns campaigns;
    private final Map<String, Instant> versions = new HashMap<>();
    private final Watermark read = new Watermark();

    private record Version(PlannedCampaign campaign, Instant updatedAt) {
        static Version of(CampaignEntity row) {
            return new Version(row.campaign(), row.updatedAt);
        }
    }

    CampaignUpdater(CampaignRepository repository, Transactions transactions, Campaigns campaigns) {
        this.repository = repository;
        this.transactions = transactions;
        this.campaigns = campaigns;
    }

    /** Whether the campaigns have been read; they have not while the database has been away since the start. */
    public boolean loaded() {
        return read.isSet();
    }

    /** @throws DatabaseUnavailableException when the database cannot be reached */
    public void load() {
        if (!loaded()) {
            read(Instant.EPOCH);
        }
    }

    void refresh() {
        read(loaded() ? read.since() : Instant.EPOCH);
    }

    private void read(Instant since) {
        Watermark.Moment now = transactions.call(repository::now);
        Map<String, Instant> changed = transactions.call(() -> repository.versionsSince(since));
        changed.entrySet().removeIf(version -> !newer(version.getKey(), version.getValue()));
        apply(transactions.readable("campaign", List.copyOf(changed.keySet()), ids -> repository.of(ids).stream()
                .map(Version::of)
                .toList()));
        // one that cannot be read is looked at again when it is written again
        changed.forEach(this::known);
        read.advance(now);
    }

    private synchronized boolean newer(String id, Instant version) {
        Instant known = versions.get(id);
        return known == null || version.isAfter(known);
    }

    private synchronized void known(String id, Instant version) {
        if (newer(id, version)) {
            versions.put(id, version);
        }
    }

    /** Stores a new campaign; false when its id is taken. Nothing has changed in memory when it throws. */
    public boolean add(PlannedCampaign campaign) {
        return add(campaign, () -> {});
    }

    /** The same with something that is stored along with the campaign. */
    boolean add(PlannedCampaign campaign, Runnable along) {
        load();
        CampaignEntity row = CampaignEntity.of(campaign);
        try {
            boolean added = transactions.call(() -> {
                boolean free = repository.findById(row.id) == null;
                if (free) {
                    along.run();
                    repository.add(row);
                }
                return free;
            });
            if (added) {
                apply(List.of(Version.of(row)));
            }
            return added;
        } catch (ConstraintViolationException e) {
            // another instance took the id at the same moment
            return false;
        } catch (OutcomeUnknownException e) {
            throw unknownOutcome(e, row.id);
        }
    }

    /**
     * Changes a campaign as it is in the database. Nothing has changed in memory when it throws.
     *
     * @param along stores something along with the change, made of the campaign before and after it
     * @throws ProblemException with 404 when there is none of this id, and whatever the change refuses
     * @throws UnavailableException when the database cannot be reached, or somebody else holds the campaign
     */
    PlannedCampaign change(
            String id, UnaryOperator<PlannedCampaign> change, BiConsumer<PlannedCampaign, PlannedCampaign> along) {
        Version changed;
        try {
            changed = transactions.call(() -> {
                CampaignEntity row = repository.locked(id).orElseThrow(() -> unknown(id));
                PlannedCampaign before = row.campaign();
                row.set(change.apply(before));
                repository.update(row);
                along.accept(before, row.campaign());
                return Version.of(row);
            });
        } catch (OutcomeUnknownException e) {
            throw unknownOutcome(e, id);
        } catch (QueryTimeoutException | LockTimeoutException e) {
            throw new UnavailableException("The campaign is being changed by somebody else; try again", RETRY_AFTER, e);
        }
        apply(List.of(changed));
        return changed.campaign();
    }

    private static OutcomeUnknownException unknownOutcome(OutcomeUnknownException e, String id) {
        return e.about("the campaign '" + id + "' so", "GET /campaigns/" + id + " tells when it is back");
    }

    static ProblemException unknown(String id) {
        return new ProblemException(404, "id", "There is no campaign '" + id + "'");
    }

    private synchronized void apply(List<Version> changed) {
        List<PlannedCampaign> newer = new ArrayList<>();
        for (Version version : changed) {
            if (newer(version.campaign().id(), version.updatedAt())) {
                versions.put(version.campaign().id(), version.updatedAt());
                newer.add(version.campaign());
            }
        }
        campaigns.put(newer);
    }
}
