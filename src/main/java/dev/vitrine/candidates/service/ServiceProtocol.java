package dev.vitrine.candidates.service;

import com.fasterxml.jackson.core.JsonPointer;
import dev.vitrine.merchandising.Facts;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * How the shop's service is spoken to, as the settings say.
 *
 * @param address null where there is no service
 */
public record ServiceProtocol(URI address, Map<String, String> headers, RequestTemplate request, AnswerReader answer) {
    private static final String PREFIX = "vitrine.candidates.service.";
    private static final Pattern HEADER_NAME = Pattern.compile("[!#$%&'*+.^_`|~0-9A-Za-z-]+");
    private static final Pattern HEADER_VALUE = Pattern.compile("[\\t\\x20-\\x7e]+");

    /** @throws IllegalArgumentException naming the setting that is wrong */
    public static ServiceProtocol of(ServiceConfig config) {
        if (config.count() > Facts.CANDIDATES_MAX) {
            throw wrong("count", "is " + config.count() + "; must be at most " + Facts.CANDIDATES_MAX);
        }
        if (config.circuitFailures() > 1 || config.circuitFailures() == 0) {
            throw wrong("circuit-failures", "is " + config.circuitFailures() + "; must be above 0 and at most 1");
        }
        if (config.comparedShare() > 1) {
            throw wrong("compared-share", "is " + config.comparedShare() + "; must be at most 1");
        }
        if (config.timeOut().compareTo(Duration.ZERO) > 0 && config.timeOut().toMillis() == 0) {
            throw wrong("time-out", "must be at least 1 ms");
        }
        return new ServiceProtocol(
                config.url()
                        .map(url -> read("url", url, ServiceProtocol::address))
                        .orElse(null),
                headers(config.headers()),
                read("request", config.request(), RequestTemplate::of),
                new AnswerReader(
                        read("list", config.list(), JsonPointer::compile),
                        read("sku", config.sku(), JsonPointer::compile),
                        read("score", config.score(), JsonPointer::compile),
                        config.scores() == ServiceConfig.Scores.CHANCE,
                        config.count()));
    }

    private static <T> T read(String setting, String value, Function<String, T> reading) {
        try {
            return reading.apply(value);
        } catch (IllegalArgumentException e) {
            throw wrong(setting, e.getMessage());
        }
    }

    private static IllegalArgumentException wrong(String setting, String why) {
        return new IllegalArgumentException(PREFIX + setting + ": " + why);
    }

    /** The messages do not repeat the address: it may hold a password by mistake. */
    private static URI address(String url) {
        try {
            URI address = new URI(url.strip());
            String scheme = String.valueOf(address.getScheme()).toLowerCase(Locale.ROOT);
            if (!scheme.equals("http") && !scheme.equals("https") || address.getHost() == null) {
                throw new IllegalArgumentException(
                        "must be an address with http or https and a host, such as https://models.shop.example/candidates");
            }
            if (address.getRawUserInfo() != null) {
                throw new IllegalArgumentException(
                        "must not hold a user or password; send them by " + PREFIX + "headers");
            }
            if (address.getRawFragment() != null) {
                throw new IllegalArgumentException("must not have a part after '#'; it is never sent");
            }
            return address;
        } catch (URISyntaxException e) {
            throw new IllegalArgumentException("is not an address: " + e.getReason() + " at character " + e.getIndex());
        }
    }

    /** The messages do not repeat a header: its value is a secret. */
    private static Map<String, String> headers(Optional<List<String>> lines) {
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line : lines.orElse(List.of())) {
            int colon = line.indexOf(':');
            String name = colon < 0 ? "" : line.substring(0, colon).strip();
            String value = line.substring(colon + 1).strip();
            if (!HEADER_NAME.matcher(name).matches()
                    || !HEADER_VALUE.matcher(value).matches()) {
                throw wrong(
                        "headers",
                        "header " + (headers.size() + 1)
                                + " must be 'Name: value', such as 'Authorization: Bearer …'; a comma within a value is written \\,");
            }
            headers.put(name, value);
        }
        return headers;
    }
}
