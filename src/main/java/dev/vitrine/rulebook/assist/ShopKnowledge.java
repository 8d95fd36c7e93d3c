package dev.vitrine.rulebook.assist;

import dev.vitrine.rulebook.assist.ShopValues.ShopValue;
import java.util.List;

/** What is known of the shop: its values, and its products by the begin of their sku or by their name. */
public interface ShopKnowledge {
    /** Where no shop is known. */
    ShopKnowledge NONE = new ShopKnowledge() {
        @Override
        public ShopValues values() {
            return ShopValues.NONE;
        }

        @Override
        public List<ShopValue> skus(String part, int most) {
            return List.of();
        }
    };

    ShopValues values();

    List<ShopValue> skus(String part, int most);
}
