package dev.vitrine.rulebook.check;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class DisjointSubsetTest {
    private record Promise(int number, int worth, BitSet members) {
        static Promise of(int number, int worth, long members) {
            return new Promise(number, worth, BitSet.valueOf(new long[] {members}));
        }

        boolean disjointFrom(Promise other) {
            return !members.intersects(other.members);
        }
    }

    private static double most(List<Promise> promises) {
        List<Promise> found = DisjointSubset.most(promises, Promise::worth, Promise::disjointFrom);
        for (Promise one : found) {
            assertThat(found).allMatch(other -> one.equals(other) || one.disjointFrom(other));
        }
        return found.stream().mapToDouble(Promise::worth).sum();
    }

    @Property
    void noOtherChoiceIsWorthMore(@ForAll @Size(max = 10) List<@IntRange(min = 1, max = 0xFFFF) Integer> given) {
        // the low bits are the members, the others the worth
        List<Promise> promises = IntStream.range(0, given.size())
                .mapToObj(i -> Promise.of(i, 1 + (given.get(i) >> 8), given.get(i) & 0xFF))
                .toList();
        double best = IntStream.range(0, 1 << promises.size())
                .mapToObj(choice -> IntStream.range(0, promises.size())
                        .filter(i -> (choice >> i & 1) == 1)
                        .mapToObj(promises::get)
                        .toList())
                .filter(choice -> choice.stream().allMatch(one -> choice.stream()
                        .allMatch(other -> one.equals(other) || one.disjointFrom(other))))
                .mapToDouble(
                        choice -> choice.stream().mapToDouble(Promise::worth).sum())
                .max()
                .orElse(0);
        assertThat(most(promises)).isCloseTo(best, within(1e-9));
    }

    /** Before, each further one doubled the time: a guarantee on every candidate kept a processor busy for good. */
    @Test
    void manyDisjointPromisesEndAtOnce() {
        List<Promise> promises =
                IntStream.range(0, 60).mapToObj(i -> Promise.of(i, 1, 1L << i)).toList();
        assertThat(most(promises)).isEqualTo(60);
    }

    /** Pairs that exclude each other, all of equal worth, leave the search nothing to cut. */
    @Test
    void whatCannotBeSearchedWholeIsCutShort() {
        List<Promise> promises = IntStream.range(0, 62)
                .mapToObj(i -> Promise.of(i, 1, 1L << i | 1L << (i + 1)))
                .toList();
        assertThat(most(promises)).isBetween(25.0, 31.0);
    }
}
