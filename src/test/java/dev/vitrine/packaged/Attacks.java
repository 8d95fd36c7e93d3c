package dev.vitrine.packaged;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** All attacks on a shop. Each comes from an address of its own, as limits are by address. */
final class Attacks {
    private static final int FEW_CANDIDATES = 3;

    private final BesiegedShop shop;

    Attacks(BesiegedShop shop) {
        this.shop = shop;
    }

    /** Each attack by itself, then all together. */
    List<Attack> oneByOne() throws IOException {
        List<Attack> attacks = new ArrayList<>(drafts());
        attacks.addAll(badClients());
        attacks.addAll(floods());
        Attack strangers = new Together("all of these", List.copyOf(attacks));
        attacks.add(hangingDatabase());
        attacks.add(fullDisk());
        attacks.add(strangers);
        attacks.add(new Together("all of these, and the full disk", List.of(strangers, fullDisk())));
        return attacks;
    }

    /** Those of a kind at once, for who has little time. */
    List<Attack> byKind() throws IOException {
        List<Attack> clients = new ArrayList<>(badClients());
        clients.addAll(floods());
        Attack badClients = new Together("bad clients and floods", clients);
        return List.of(
                new Together("hostile drafts", drafts()),
                badClients,
                hangingDatabase(),
                new Together("bad clients, floods and a full disk", List.of(badClients, fullDisk())));
    }

    private List<Attack> drafts() throws IOException {
        return List.of(
                DraftAttack.withoutKey(from(2)),
                DraftAttack.byMerchandiser(from(3), BesiegedShop.MERCHANDISER),
                DraftAttack.escapes(from(4), BesiegedShop.MERCHANDISER),
                new PublishedDrafts(from(5), BesiegedShop.MERCHANDISER, shop.lostKey()));
    }

    private List<Attack> badClients() {
        List<Attack> attacks = new ArrayList<>(BadClient.all(from(6), shop.lostKey()));
        attacks.add(new SlowBodies(from(7), shop.lostKey(), shop.scale().slowBodies()));
        attacks.add(new IdleConnections(from(8), shop.scale().idleConnections()));
        return attacks;
    }

    private List<Attack> floods() {
        Storefront keyless = new Storefront(FEW_CANDIDATES, Map.of());
        Storefront withLostKey = new Storefront(FEW_CANDIDATES, Attackers.key(shop.lostKey()));
        double perSecond = shop.scale().flood();
        return List.of(
                Flood.keyless(from(9), perSecond, keyless::request),
                Flood.guessedKeys(from(10), perSecond),
                Flood.lostKey(from(11), perSecond, withLostKey::request));
    }

    private HangingDatabase hangingDatabase() throws IOException {
        return new HangingDatabase(from(12), BesiegedShop.MERCHANDISER, shop.lostKey(), shop.postmaster());
    }

    private FullDisk fullDisk() throws IOException {
        return new FullDisk(shop.disk(), shop.service().pid(), hangingDatabase());
    }

    private Attackers from(int host) {
        return new Attackers("127.0.0." + host, shop.service().port());
    }
}
