package dev.vitrine.candidates.service;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.candidates.CandidateRequest;
import dev.vitrine.merchandising.PageType;
import dev.vitrine.problem.Json;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RequestTemplateTest {
    private static ServiceRequest request(String shopper, String sku, String category) {
        return new ServiceRequest(
                "search-page",
                "v-1",
                shopper,
                sku,
                new CandidateRequest(
                        PageType.ORDER_CONFIRMATION,
                        List.of("a", "b \"c\""),
                        category,
                        "",
                        List.of("x"),
                        List.of("o"),
                        Map.of("home/garden", 0.5),
                        List.of(),
                        100),
                7);
    }

    private static String body(String template, ServiceRequest request) throws IOException {
        return Json.MAPPER.readTree(RequestTemplate.of(template).body(request)).toString();
    }

    @Test
    void placeholdersBecomeValues() throws IOException {
        assertThat(body(
                        """
                        {"a": ["{recent}", {"b": "{cart}"}], "p": "{page}", "n": "{count}", "o": "{ordered}", "i": "{interests}",
                         "s": "{shopper}", "w": "{placement}", "fixed": [1, true, null, "text", "{ braces }"]}""",
                        request("s-1", "", "")))
                .isEqualTo(
                        """
                        {"a":[["a","b \\"c\\""],{"b":["x"]}],"p":"order-confirmation","n":7,"o":["o"],"i":{"home/garden":0.5},\
                        "s":"s-1","w":"search-page","fixed":[1,true,null,"text","{ braces }"]}""");
    }

    @Test
    void whatIsUnknownIsNull() throws IOException {
        assertThat(body("[\"{shopper}\", \"{sku}\", \"{category}\", \"{words}\"]", request(null, "", null)))
                .isEqualTo("[null,null,null,null]");
    }

    @Test
    void theUsualRequestDoesNotTellTheShopper() throws IOException {
        assertThat(body(RequestTemplate.USUAL, request("s-1", "a", "c")))
                .isEqualTo(
                        """
                        {"visit":"v-1","page":"order-confirmation","sku":"a","category":"c","words":null,\
                        "recent":["a","b \\"c\\""],"cart":["x"],"count":7}""");
    }
}
