package dev.vitrine.merchandising;

import static java.util.Objects.requireNonNullElse;

/**
 * The place in the shop that is being filled, such as {@code home-page}.
 *
 * @param name the placement's name, as the shop's settings list it
 * @param limit places to fill, 1 to 100
 * @param interference the interference budget of the shop's settings: how many products here may be unrelated to what a
 *     decided visitor came for
 */
public record Placement(String name, int limit, int interference) {
    public Placement {
        name = requireNonNullElse(name, "");
    }
}
