package dev.vitrine.privacy;

import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.util.Set;

/** A place where something is kept of single shoppers. */
public interface ShopperRecords {
    /** The visits that are known to be the shopper's, from the database in the current transaction. */
    default Set<String> visitsOf(String shopper) {
        return Set.of();
    }

    /** Writes fields with what the database has of the shopper, in the current transaction. */
    default void write(String shopper, JsonGenerator json) throws IOException {}

    /** Erases it in the database, in the current transaction. It is called again for what arrived later. */
    default void erase(Erasure erasure) {}

    /** Drops it from the memory and the disk of this instance. */
    default void forget(Erasure erasure) {}
}
