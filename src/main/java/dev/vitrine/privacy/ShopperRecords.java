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

    /** Erases all that the database has, whatever its time says, in the current transaction. */
    default void erase(Erasure erasure) {}

    /** Erases what arrived in the database afterwards and is of before the erasure, in the current transaction. */
    default void eraseLate(Erasure erasure) {}

    /** Drops what is of before the erasure from the memory and the disk of this instance. It is called more than once. */
    default void forget(Erasure erasure) {}
}
