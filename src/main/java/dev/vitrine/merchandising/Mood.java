package dev.vitrine.merchandising;

/** What a visit can be read as. It can be several at once; each is a {@link Reading} with its own evidence. */
public enum Mood {
    /** Compares products of one category and has not decided. */
    COMPARING,
    /** Came for one product and is about to buy it. */
    DECIDED,
    /** Looks around without a visible goal. */
    BROWSING,
    /** Is about to leave without a purchase. */
    LEAVING,
    /** Looks for somebody else, so that this visit says little about the shopper. */
    GIFT,
    /** Looks at parts of one theme: the goal is all of it. */
    KIT,
    /** Has found the product and looks for the right variant: size, colour. */
    CHOOSING_VARIANT,
    /** Is about to buy again what is used up. */
    REPLENISHING,
    /** Watches the price: sale pages, sorting by price, coupons. */
    SAVING,
    /** Is new to the shop. */
    NEWCOMER,
    /** Comes and buys again and again. */
    REGULAR,
    /** Has bought recently. */
    JUST_BOUGHT
}
