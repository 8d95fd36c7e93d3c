package dev.vitrine.access;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.is;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import dev.vitrine.access.Permissions.Permission;
import dev.vitrine.problem.Problem;
import dev.vitrine.storage.TestDatabase;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import jakarta.inject.Inject;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The table of who may make which call, held against the calls that there are and against the running service. */
@QuarkusTest
@WithTestResource(TestDatabase.class)
class PermissionsTest {
    private static final Map<Role, String> KEYS = new EnumMap<>(Map.of(
            Role.STOREFRONT, TestDatabase.STOREFRONT_KEY,
            Role.MERCHANDISER, TestDatabase.MERCHANDISER_KEY,
            Role.ANALYST, TestDatabase.ANALYST_KEY,
            Role.OPERATOR, TestDatabase.OPERATOR_KEY));

    @Inject
    Router router;

    static List<Permission> table() {
        return Permissions.table();
    }

    private static RequestSpecification stranger() {
        // what a proxy on this machine adds: without it the storefront's calls are open here
        return given().noFiltersOfType(OperatorByDefault.class)
                .header("X-Forwarded-For", "203.0.113.7")
                .contentType(ContentType.JSON);
    }

    private static String address(Permission permission) {
        return permission.path().replaceAll("\\{\\w+}", "1").replace("/**", "/");
    }

    @Test
    void theTableHasEveryCallOfTheCodeAndNoOther() {
        List<String> calls = new ArrayList<>();
        for (JavaClass resource : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("dev.vitrine")) {
            // an interface is a client of somebody else's service
            if (resource.isAnnotatedWith(Path.class) && !resource.isInterface()) {
                Arrays.stream(resource.reflect().getMethods())
                        .filter(PermissionsTest::answersACall)
                        .map(CallerFilter::callOf)
                        .forEach(calls::add);
            }
        }
        assertThat(Permissions.table().stream().map(Permission::toString).filter(call -> !call.contains(" /q/")))
                .containsExactlyInAnyOrderElementsOf(calls);
    }

    private static boolean answersACall(Method method) {
        return Stream.of(method.getAnnotations())
                .anyMatch(annotation -> annotation.annotationType().isAnnotationPresent(HttpMethod.class));
    }

    @Test
    void noRouteOfTheServiceIsReachedOutsideOfTheTable() {
        List<String> unknown = router.getRoutes().stream()
                .map(Route::getPath)
                .filter(path -> path != null && path.startsWith("/"))
                .map(path -> path.replaceAll(":\\w+", "1").replaceAll("/\\*?$", ""))
                .filter(path -> !path.isEmpty() && Permissions.find("GET", path).permission() == null)
                .toList();
        for (String path : unknown) {
            int status = given().get(path).statusCode();
            assertThat(status).as(path).isIn(404, 405);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void aStrangerIsLetInOnlyWhereEverybodyIs(Permission permission) {
        int status =
                stranger().request(permission.method(), address(permission)).statusCode();
        if (permission.isForEverybody()) {
            assertThat(status).isNotIn(401, 403);
        } else {
            assertThat(status).isEqualTo(401);
        }
    }

    @ParameterizedTest
    @MethodSource("table")
    void aKeyOpensItsCallsOnly(Permission permission) {
        for (Map.Entry<Role, String> key : KEYS.entrySet()) {
            boolean allowed = permission.allows(key.getKey());
            // an allowed call that changes something is not made: every other test does
            if (!allowed || permission.method().equals("GET")) {
                int status = stranger()
                        .header("Authorization", "Bearer " + key.getValue())
                        .request(permission.method(), address(permission))
                        .statusCode();
                assertThat(status == 403)
                        .as("%s as %s: %d", permission, key.getKey(), status)
                        .isEqualTo(!allowed);
                assertThat(status).isNotEqualTo(401);
            }
        }
    }

    @Test
    void everyChangeSaysOfWhat() {
        Set<String> things = Set.of(
                "rulebook",
                "draft",
                "campaign",
                "backtest",
                "shadow",
                "products",
                "segments",
                "model",
                "shopper",
                "key");
        assertThat(Permissions.table()).allSatisfy(permission -> {
            boolean changes = permission.traffic() == TrafficClass.MANAGEMENT
                    && !permission.method().equals("GET")
                    && !Set.of(
                                    "/rulebook/check",
                                    "/rulebook/preview",
                                    "/rulebook/changes",
                                    "/rulebook/complete",
                                    "/rulebook/hover",
                                    "/campaigns/{id}/check")
                            .contains(permission.path());
            assertThat(permission.changed() != null).as(permission.toString()).isEqualTo(changes);
            assertThat(things).contains(changes ? permission.changed() : "rulebook");
        });
    }

    @Test
    void theOperatorMayDoEverything() {
        assertThat(Permissions.table()).allMatch(permission -> permission.allows(Role.OPERATOR));
    }

    @Test
    void theStorefrontsCallsAreOpenOnThisMachineOnly() {
        given().noFiltersOfType(OperatorByDefault.class)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/decisions")
                .then()
                .statusCode(400);
        for (String proxy : List.of("X-Forwarded-For", "Forwarded", "X-Real-IP", "Via")) {
            given().noFiltersOfType(OperatorByDefault.class)
                    .header(proxy, "for=203.0.113.7")
                    .contentType(ContentType.JSON)
                    .body("{}")
                    .post("/decisions")
                    .then()
                    .statusCode(401);
        }
    }

    @Test
    void aPageWhoseNameWasMadeToLeadHereFindsNothingOpen() {
        given().noFiltersOfType(OperatorByDefault.class)
                .header("Host", "rebound.example:8081")
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/decisions")
                .then()
                .statusCode(401);
    }

    @Test
    void aKeyOpensNoMoreHereThanInAShopWithoutADemo() {
        given().noFiltersOfType(OperatorByDefault.class)
                .header("Authorization", "Bearer " + TestDatabase.MERCHANDISER_KEY)
                .contentType(ContentType.JSON)
                .body("{}")
                .post("/decisions")
                .then()
                .statusCode(403);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/decisions/../keys",
                "/decisions;x=y",
                "//keys",
                "/keys;a=b",
                "/%6beys",
                "/keys/",
                "/q/health/live/../../metrics",
                "/q/swagger-ui/../metrics",
                "/q/swagger-ui/%2e%2e/metrics",
                "/q/swagger-ui/..%2fmetrics",
                "/q/metrics/",
                "/q/health/live;/../well"
            })
    void anotherSpellingOfAnAddressOpensNothing(String spelling) {
        int status = stranger()
                .urlEncodingEnabled(false)
                .header("Authorization", "Bearer " + TestDatabase.STOREFRONT_KEY)
                .get(spelling)
                .statusCode();
        assertThat(status).isIn(400, 401, 403, 404, 405);
    }

    @Test
    void anAddressThatExistsSaysWhichMethodsItHas() {
        given().get("/products").then().statusCode(405).header("Allow", "POST").contentType(Problem.MEDIA_TYPE);
        given().patch("/campaigns/x").then().statusCode(405).header("Allow", "DELETE, GET, PUT");
    }

    @Test
    void keysAreMadeListedAndRevokedByCalls() {
        String key = given().contentType(ContentType.JSON)
                .body(Map.of("name", "the nightly report", "role", "analyst"))
                .post("/keys")
                .then()
                .statusCode(201)
                .body("name", equalTo("the nightly report"))
                .extract()
                .path("key");
        stranger().header("Authorization", "Bearer " + key).get("/model").then().statusCode(200);
        stranger().header("Authorization", "Bearer " + key).get("/keys").then().statusCode(403);
        String listed = given().get("/keys").then().statusCode(200).extract().asString();
        assertThat(listed).contains("the nightly report").doesNotContain(key);
        given().get("/keys")
                .then()
                .body("keys.find { it.name == 'the nightly report' }.createdBy", is("operator"))
                .body("keys.find { it.name == 'the nightly report' }.lastUsedAt", containsString("20"));
        given().contentType(ContentType.JSON)
                .body(Map.of("name", "the nightly report", "role", "analyst"))
                .post("/keys")
                .then()
                .statusCode(409)
                .body("field", is("name"));
        given().delete("/keys/the nightly report").then().statusCode(204);
        stranger().header("Authorization", "Bearer " + key).get("/model").then().statusCode(401);
        given().delete("/keys/operator").then().statusCode(409).body("detail", containsString("setting"));
        given().delete("/keys/nobody").then().statusCode(404).body("field", is("name"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{}|name",
                "{'name': 'x'}|role",
                "{'name': 'x', 'role': 'god'}|role",
                "{'name': '', 'role': 'analyst'}|name",
                "{'name': 'x', 'role': 'analyst', 'expiresAt': '2020-01-01T00:00:00Z'}|expiresAt",
                "{'name': 'x', 'role': 'analyst', 'expiresAt': '2920-01-01T00:00:00Z'}|expiresAt"
            })
    void aKeyThatCannotBeMadeNamesTheField(String asked) {
        String[] parts = asked.split("\\|");
        given().contentType(ContentType.JSON)
                .body(parts[0].replace('\'', '"'))
                .post("/keys")
                .then()
                .statusCode(400)
                .body("field", is(parts[1]));
    }

    @Test
    void answersCarryTheHeadersThatProtectBrowsers() {
        Set<String> headers =
                Set.of("X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Content-Security-Policy");
        for (String header : headers) {
            assertThat(given().get("/model").header(header)).as(header).isNotNull();
            assertThat(stranger().get("/model").header(header)).as(header).isNotNull();
        }
    }

    @Test
    void pagesOfOtherOriginsMayNotCall() {
        given().header("Origin", "https://elsewhere.example")
                .header("Access-Control-Request-Method", "POST")
                .options("/decisions")
                .then()
                .header("Access-Control-Allow-Origin", (String) null);
        given().header("Origin", "https://elsewhere.example")
                .get("/model")
                .then()
                .statusCode(403);
    }
}
