package dev.vitrine.rulebook;

import dev.vitrine.merchandising.*;
import java.time.Instant;
import java.util.*;
import org.junit.jupiter.api.Test;

class ProbeTest {
    @Test
    void probe() throws Exception {
        List<Candidate> cs = new ArrayList<>();
        for (int i = 0; i < 1000; i++)
            cs.add(new Candidate(
                    "s" + i, null, "f", null, "a/b", null, i, i, 0.5, 1, Set.of(), 1, 1, 1, 1, null, null, false));
        Facts facts = new Facts(
                new Placement("home-page", 10),
                new Page(null, null, null, null, null, 0),
                Shopper.NEWCOMER,
                Visit.JUST_BEGUN,
                Cart.WITHOUT_ITEMS,
                List.of(),
                cs);
        for (String x : List.of(
                "$a : Candidate() $b : Candidate( price + $a.price < 0 )",
                "$a : Candidate() $b : Candidate()",
                "$a : Candidate() $b : Candidate( family == $a.family)",
                "$b : Candidate( ) not Candidate( price < $b.price, stock == $b.stock + 0 )",
                "$b : Candidate() exists( Candidate( price < $b.price ) and Cart( value < $b.price ) )",
                "(Cart() or Page()) $a : Candidate( price < 3 ) $b : Candidate( price > $a.price, price < 10 )",
                "Cart() $b : Candidate( price < 4 )")) {
            var e = RuleCompiler.compileUntried(List.of(new RuleFile(
                            "a/a.drl", "rule \"x\" @owner(\"y\") when " + x + " then shelf.hide($b); end")))
                    .engine();
            for (int i = 0; i < 3; i++) {
                long t = System.nanoTime();
                Outcome o = e.fire(facts, Instant.EPOCH, new Stop());
                System.out.println(x + " -> " + o.proposals().size() + " " + o.failures() + " ms "
                        + (System.nanoTime() - t) / 1000000);
            }
        }
    }
}
