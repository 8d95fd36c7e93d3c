package dev.vitrine.evaluation;

import com.fasterxml.jackson.core.JsonGenerator;
import dev.vitrine.privacy.Erasure;
import dev.vitrine.privacy.ShopperRecords;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.util.Set;

/** What two models proposed to a shopper. */
@Singleton
final class ShopperModelComparisons implements ShopperRecords {
    private final ModelComparisonRepository repository;

    ShopperModelComparisons(ModelComparisonRepository repository) {
        this.repository = repository;
    }

    @Override
    public Set<String> visitsOf(String shopper) {
        return repository.visitsOf(shopper);
    }

    @Override
    public void write(String shopper, JsonGenerator json) throws IOException {
        json.writeObjectField("modelComparisons", repository.ofShopper(shopper));
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
