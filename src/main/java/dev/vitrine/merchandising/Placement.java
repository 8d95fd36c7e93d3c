package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The place in the shop that is being filled, such as {@code home-page}.
 *
 * @param name the placement's name, as the shop's settings list it
 * @param limit places to fill, 1 to 100
 */
public record Placement(String name, int limit) {
    public Placement {
        name = requireNonNullElse(name, "");
    }
}
