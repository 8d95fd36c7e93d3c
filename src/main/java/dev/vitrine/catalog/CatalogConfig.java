package dev.vitrine.catalog;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Settings of {@code vitrine.catalog}. */
@ConfigMapping(prefix = "vitrine.catalog")
public interface CatalogConfig {
    /** The most products in the catalog; further ones are refused. */
    @WithDefault("1000000")
    int maxProducts();
}
