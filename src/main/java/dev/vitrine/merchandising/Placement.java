package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The place in the shop that is being filled, such as {@code home-page}.
 *
 * @param limit places to fill, 1 to 100
 * @param interference how many products here may be unrelated to what a decided visitor came for, by the shop's settings
 */
public record Placement(String name, int limit, int interference) {
    public Placement {
        name = requireNonNullElse(name, "");
    }
}
