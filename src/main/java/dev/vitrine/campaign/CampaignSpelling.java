package dev.vitrine.campaign;

import dev.vitrine.catalog.CatalogWords;
import dev.vitrine.problem.FieldWarning;
import jakarta.inject.Singleton;
import java.util.ArrayList;
import java.util.List;

/** Tags, categories and skus of a campaign that no product has. They are no mistake where the catalog follows later. */
@Singleton
public final class CampaignSpelling {
    /** Whoever misspells more has another list than the shop's, and sees it by then. */
    static final int WARNINGS_MAX = 20;

    private final CatalogWords words;

    CampaignSpelling(CatalogWords words) {
        this.words = words;
    }

    /** @param at the path of the plan in the request, such as {@code campaigns[0].}, or "" */
    public List<FieldWarning> of(String at, CampaignPlan plan) {
        List<FieldWarning> warnings = new ArrayList<>();
        add(warnings, CatalogWords.Kind.TAG, at + "tags", plan.tags());
        add(warnings, CatalogWords.Kind.CATEGORY, at + "categories", plan.categories());
        add(warnings, CatalogWords.Kind.SKU, at + "skus", plan.skus());
        return List.copyOf(warnings);
    }

    private void add(List<FieldWarning> warnings, CatalogWords.Kind kind, String field, List<String> given) {
        for (int i = 0; given != null && i < given.size() && warnings.size() < WARNINGS_MAX; i++) {
            String word = given.get(i);
            String at = field + "[" + i + "]";
            words.unknown(kind, word).ifPresent(unknown -> warnings.add(unknown.at(at, word)));
        }
    }
}
