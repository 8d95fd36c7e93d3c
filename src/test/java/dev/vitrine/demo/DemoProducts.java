package dev.vitrine.demo;

import dev.vitrine.catalog.Product;
import java.time.LocalDate;
import java.util.List;

/** What the demo shop sells, for shops without its history. */
public final class DemoProducts {
    private DemoProducts() {}

    public static List<Product> on(LocalDate day) {
        return DemoAssortment.on(day).products();
    }
}
