package dev.vitrine.packaged;

import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/** Several attacks at once. */
record Together(String title, List<Attack> attacks) implements Attack {
    @Override
    public Set<String> mustReport() {
        return attacks.stream().flatMap(attack -> attack.mustReport().stream()).collect(Collectors.toSet());
    }

    @Override
    public void run(Deadline until, Answers answers) throws Exception {
        Attackers.inParallel(attacks.stream()
                .map(attack -> (Callable<Void>) () -> {
                    attack.run(until, answers);
                    return null;
                })
                .toList());
    }
}
