package dev.vitrine.access;

import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.junit.callback.QuarkusTestAfterConstructCallback;
import io.restassured.RestAssured;
import io.restassured.filter.Filter;
import io.restassured.filter.FilterContext;
import io.restassured.response.Response;
import io.restassured.specification.FilterableRequestSpecification;
import io.restassured.specification.FilterableResponseSpecification;

/**
 * Sends the operator's key with every request of REST Assured that has no {@code Authorization} of its own: most tests are
 * about other things. A test of strangers leaves it out with {@code given().noFiltersOfType(OperatorByDefault.class)}.
 */
public final class OperatorByDefault implements Filter, QuarkusTestAfterConstructCallback {
    private static final String AUTHORIZATION = "Authorization";

    @Override
    public void afterConstruct(Object test) {
        RestAssured.replaceFiltersWith(this);
    }

    @Override
    public Response filter(
            FilterableRequestSpecification request, FilterableResponseSpecification response, FilterContext next) {
        if (!request.getHeaders().hasHeaderWithName(AUTHORIZATION)) {
            request.header(AUTHORIZATION, "Bearer " + TestDatabase.OPERATOR_KEY);
        }
        return next.next(request, response);
    }
}
