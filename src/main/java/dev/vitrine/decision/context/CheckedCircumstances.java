package dev.vitrine.decision.context;

import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.decision.context.DecisionRequest.VisitPart;
import dev.vitrine.merchandising.Device;
import dev.vitrine.problem.Check;
import dev.vitrine.problem.FlatValues;
import dev.vitrine.problem.Json;
import dev.vitrine.problem.ProblemException;
import dev.vitrine.visit.Circumstances;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** Device, country, language and context of a request, checked and brought into one form. */
final class CheckedCircumstances {
    private static final Set<String> COUNTRIES = Set.of(Locale.getISOCountries());
    /** Kosovo, which has no code of its own: what the European Union and the services that locate addresses use. */
    private static final String KOSOVO = "XK";

    private static final Pattern LANGUAGE_TAG = Pattern.compile("([A-Za-z]{2,3})(-[A-Za-z0-9]{1,8})*");
    private static final int LANGUAGE_MAX = 35;
    private static final int COUNTRY_MAX = 2;

    private CheckedCircumstances() {}

    /** @throws ProblemException naming the field that is wrong */
    static Circumstances of(VisitPart visit, Map<String, JsonNode> context) {
        boolean said = visit.device() != null || visit.country() != null || visit.language() != null;
        if (!said && (context == null || context.isEmpty())) {
            return Circumstances.UNKNOWN;
        }
        return new Circumstances(
                visit.device() == null ? Device.UNKNOWN : visit.device(),
                visit.country() == null ? "" : country(visit.country()),
                visit.language() == null ? "" : language(visit.language()),
                FlatValues.CONTEXT.checked("context", context));
    }

    private static String country(String sent) {
        Check.name("visit.country", sent, COUNTRY_MAX);
        String code = sent.toUpperCase(Locale.ROOT);
        if (!COUNTRIES.contains(code) && !code.equals(KOSOVO)) {
            throw new ProblemException(
                    "visit.country",
                    "is " + Json.shortened(sent) + "; must be an ISO 3166-1 code of two letters, such as DE"
                            + (code.equals("UK") ? "; the United Kingdom is GB" : ""));
        }
        return code;
    }

    private static String language(String sent) {
        Check.name("visit.language", sent, LANGUAGE_MAX);
        if (!LANGUAGE_TAG.matcher(sent).matches()) {
            throw new ProblemException(
                    "visit.language", "is " + Json.shortened(sent) + "; must be one BCP 47 tag, such as de or de-AT");
        }
        int end = sent.indexOf('-');
        return (end < 0 ? sent : sent.substring(0, end)).toLowerCase(Locale.ROOT);
    }
}
