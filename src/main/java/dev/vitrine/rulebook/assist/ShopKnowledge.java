package dev.vitrine.rulebook.assist;

import java.util.List;

/** What is known of the shop: its values, and its products. */
public interface ShopKnowledge {
    /** Where no shop is known. */
    ShopKnowledge NONE = new ShopKnowledge() {
        @Override
        public ShopValues values() {
            return ShopValues.NONE;
        }

        @Override
        public List<KnownProduct> products(String begun, int most) {
            return List.of();
        }
    };

    ShopValues values();

    /** Products whose sku begins with this text, that of this very sku first; then those whose name has its words. */
    List<KnownProduct> products(String begun, int most);
}
