package dev.vitrine.visit;

import dev.vitrine.merchandising.Device;
import dev.vitrine.merchandising.NamedValues;
import java.util.Map;

/** What the storefront says of the moment, and no event does; "" where it says nothing. */
public record Circumstances(Device device, String country, String language, Map<String, String> context) {
    public static final Circumstances UNKNOWN = new Circumstances(Device.UNKNOWN, "", "", NamedValues.NONE);

    public Circumstances {
        context = NamedValues.of(context);
    }
}
