package dev.vitrine.merchandising;

/**
 * What a visit can be read as. A visit may be several at once; each is a {@link Reading} with its own evidence.
 */
public enum Mood {
    /** Weighs products of one category against each other and has not settled. */
    COMPARING,
    /** Came for one thing and is on the way to buying it. */
    DECIDED,
    /** Looks around without a goal that can be told. */
    BROWSING,
    /** Is about to go without having bought. */
    LEAVING,
    /** Looks for somebody else: what is seen now says little about the shopper. */
    GIFT,
    /** Looks at parts or variants of one theme: the goal is the whole of it. */
    KIT,
    /** Has found the thing and looks for the right variant of it: size, colour. */
    CHOOSING_VARIANT,
    /** Is due to buy again what is used up. */
    REPLENISHING,
    /** Watches the price: sale pages, sorting by price, coupons. */
    SAVING,
    /** Is new to the shop. */
    NEWCOMER,
    /** Comes and buys again and again. */
    REGULAR,
    /** Bought a short while ago. */
    JUST_BOUGHT
}
