package dev.vitrine.decision.record;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.privacy.ShopperRecords;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Set;

/** The decisions that were made for a shopper. An erased one stays as a count of its edition, without whom it was for. */
@Singleton
final class ShopperDecisions implements ShopperRecords {
    private final DecisionRepository repository;
    private final DecisionJson decisions;

    ShopperDecisions(DecisionRepository repository, DecisionJson decisions) {
        this.repository = repository;
        this.decisions = decisions;
    }

    @Override
    public Set<String> visitsOf(String shopper) {
        return repository.visitsOf(shopper);
    }

    @Override
    public void write(String shopper, JsonGenerator json) throws IOException {
        json.writeArrayFieldStart("decisions");
        repository.ofShopper(shopper, row -> {
            try {
                json.writeTree(decisions.explanation(row));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
        json.writeEndArray();
    }

    @Override
    public void erase(Erasure erasure) {
        repository.erase(erasure);
    }

    @Override
    public void eraseLate(Erasure erasure) {
        repository.eraseLate(erasure);
    }
}
