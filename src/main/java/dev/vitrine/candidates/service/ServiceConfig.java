package dev.vitrine.candidates.service;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Settings of {@code vitrine.candidates.service}. */
@ConfigMapping(prefix = "vitrine.candidates.service")
public interface ServiceConfig {
    enum Use {
        /** Its candidates are decided on; the built-in model is compared with it. */
        SERVE,
        /** It is only compared with the built-in model. */
        SHADOW
    }

    enum Scores {
        /** Say only which is better. */
        ORDER,
        /** Say how likely the shopper takes it next: 0 to 1. */
        CHANCE
    }

    /** Where it is asked, by POST. Without it there is no service. */
    Optional<String> url();

    /** Headers of each request as {@code Name: value}, such as an API key. */
    Optional<List<String>> headers();

    @WithDefault("serve")
    Use use();

    /** How long an answer is waited for; a decision waits for half of its placement's budget at most. */
    @WithDefault("25ms")
    Duration timeOut();

    /** How often a call is made again that could not be sent or was answered with 5xx, within the time-out. */
    @WithDefault("1")
    int retries();

    /** Calls under way at once. */
    @WithDefault("64")
    int callsMax();

    /** Candidates that are asked for, and taken at most. */
    @WithDefault("100")
    int count();

    /** The body of the request: JSON, in which texts such as {@code "{recent}"} stand for values. */
    @WithDefault(RequestTemplate.USUAL)
    String request();

    /** JSON pointer of the list in the answer. An answer that is a list needs none. */
    @WithDefault("/candidates")
    String list();

    /** JSON pointer of the sku in an element of the list. An element that is a text is the sku itself. */
    @WithDefault("/sku")
    String sku();

    /** JSON pointer of the score in an element. Where no element has one, the order of the list counts. */
    @WithDefault("/score")
    String score();

    @WithDefault("order")
    Scores scores();

    @WithDefault("256K")
    MemorySize answerMaxBytes();

    /** The circuit opens when so many of the last calls failed... */
    @WithDefault("0.5")
    double circuitFailures();

    /** ...of so many. */
    @WithDefault("20")
    int circuitVolume();

    /** How long nothing is asked then; afterwards one call tries. */
    @WithDefault("5s")
    Duration circuitDelay();

    /** Share of visits for which both models are asked, to be compared. */
    @WithDefault("0.1")
    double comparedShare();

    /** How long the compared lists are kept. */
    @WithDefault("30d")
    Duration keepComparisons();
}
