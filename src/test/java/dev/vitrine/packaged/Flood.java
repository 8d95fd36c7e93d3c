package dev.vitrine.packaged;

import java.util.Set;
import java.util.function.LongFunction;

/** More requests a second than anybody may make; none of those named may get through. */
record Flood(String title, Attackers attackers, double perSecond, LongFunction<byte[]> requests, Set<String> forbidden)
        implements Attack {
    private static final int CONNECTIONS = 16;
    private static final Set<String> GRANTED = Set.of("200", "500");

    static Flood keyless(Attackers attackers, double perSecond, LongFunction<byte[]> requests) {
        return new Flood("a flood without a key", attackers, perSecond, requests, GRANTED);
    }

    static Flood guessedKeys(Attackers attackers, double perSecond) {
        return new Flood(
                "a flood with guessed keys",
                attackers,
                perSecond,
                n -> HttpConnection.post("/keys", Attackers.key("guess-" + n), "{}"),
                GRANTED);
    }

    static Flood lostKey(Attackers attackers, double perSecond, LongFunction<byte[]> requests) {
        return new Flood("a storefront's lost key beyond its rate", attackers, perSecond, requests, Set.of("500"));
    }

    @Override
    public void run(Deadline until, Answers answers) {
        OpenLoop loop = new OpenLoop(attackers.address(), attackers.port(), requests, CONNECTIONS);
        answers.add(loop.runWhile(perSecond, () -> !until.isOver()).answers());
    }
}
