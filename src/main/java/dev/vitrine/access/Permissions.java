package dev.vitrine.access;

import static dev.vitrine.access.Role.ANALYST;
import static dev.vitrine.access.Role.MERCHANDISER;
import static dev.vitrine.access.Role.OPERATOR;
import static dev.vitrine.access.Role.STOREFRONT;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Who may make which call: the one table. A call that it does not name is answered with 404, even if there is code for it. A
 * step in braces stands for any one step, and two asterisks at the end for any number of steps. The operator may make every
 * call.
 */
final class Permissions {
    private static final List<Permission> TABLE = List.of(
            decisions("POST /decisions"),
            events("POST /events"),
            //
            allow("GET /decisions/{id}", MERCHANDISER, ANALYST),
            allow("GET /insights/shares", MERCHANDISER, ANALYST),
            allow("GET /model", MERCHANDISER, ANALYST),
            allow("GET /products/{sku}", MERCHANDISER, ANALYST),
            //
            allow("GET /campaigns", MERCHANDISER, ANALYST),
            allow("POST /campaigns", MERCHANDISER),
            allow("GET /campaigns/{id}", MERCHANDISER, ANALYST),
            allow("PUT /campaigns/{id}", MERCHANDISER),
            allow("DELETE /campaigns/{id}", MERCHANDISER),
            allow("POST /campaigns/{id}/activate", MERCHANDISER),
            allow("POST /campaigns/{id}/end", MERCHANDISER),
            allow("GET /campaigns/{id}/check", MERCHANDISER),
            //
            allow("GET /rulebook", MERCHANDISER, ANALYST),
            allow("POST /rulebook/check", MERCHANDISER),
            allow("POST /rulebook/publish", MERCHANDISER),
            allow("POST /rulebook/preview", MERCHANDISER),
            allow("GET /rulebook/editions", MERCHANDISER, ANALYST),
            allow("GET /rulebook/editions/{number}", MERCHANDISER, ANALYST),
            allow("GET /rulebook/editions/{number}/changes", MERCHANDISER, ANALYST),
            allow("POST /rulebook/editions/{number}/restore", MERCHANDISER),
            allow("GET /rulebook/staged", MERCHANDISER, ANALYST),
            allow("POST /rulebook/staged", MERCHANDISER),
            allow("DELETE /rulebook/staged", MERCHANDISER),
            allow("POST /rulebook/staged/share", MERCHANDISER),
            allow("POST /rulebook/staged/promote", MERCHANDISER),
            allow("GET /rulebook/scheduled", MERCHANDISER, ANALYST),
            allow("POST /rulebook/scheduled", MERCHANDISER),
            allow("GET /rulebook/scheduled/{id}", MERCHANDISER, ANALYST),
            allow("DELETE /rulebook/scheduled/{id}", MERCHANDISER),
            allow("GET /rulebook/calendar", MERCHANDISER, ANALYST),
            allow("GET /rulebook/backtests", MERCHANDISER, ANALYST),
            allow("POST /rulebook/backtests", MERCHANDISER),
            allow("GET /rulebook/backtests/{id}", MERCHANDISER, ANALYST),
            allow("DELETE /rulebook/backtests/{id}", MERCHANDISER),
            allow("GET /rulebook/shadow", MERCHANDISER, ANALYST),
            allow("POST /rulebook/shadow", MERCHANDISER),
            allow("DELETE /rulebook/shadow", MERCHANDISER),
            allow("GET /rulebook/audit", MERCHANDISER),
            //
            allow("POST /products", OPERATOR),
            allow("POST /model/train", OPERATOR),
            allow("GET /shoppers/{id}", OPERATOR),
            allow("DELETE /shoppers/{id}", OPERATOR),
            allow("GET /audit", OPERATOR),
            allow("GET /keys", OPERATOR),
            allow("POST /keys", OPERATOR),
            allow("DELETE /keys/{name}", OPERATOR),
            //
            everybody("GET /q/health/live"),
            everybody("GET /q/health/ready"),
            everybody("GET /q/health/started"),
            everybody("GET /q/openapi"),
            everybody("GET /q/swagger-ui/**"),
            allow("GET /q/health", MERCHANDISER, ANALYST),
            allow("GET /q/health/well", MERCHANDISER, ANALYST),
            allow("GET /q/health/group", MERCHANDISER, ANALYST),
            allow("GET /q/health/group/{name}", MERCHANDISER, ANALYST),
            allow("GET /q/metrics", ANALYST));

    /** By path where it has no variable step, so that a decision looks once. */
    private static final Map<String, List<Permission>> LITERAL = new HashMap<>();

    private static final List<Permission> TEMPLATES = new ArrayList<>();

    static {
        for (Permission permission : TABLE) {
            if (permission.isLiteral()) {
                LITERAL.computeIfAbsent(permission.path(), path -> new ArrayList<>())
                        .add(permission);
            } else {
                TEMPLATES.add(permission);
            }
        }
    }

    private Permissions() {}

    /** A line of the table: a call, its roles, and the limits that it falls under. */
    record Permission(String method, String path, Set<Role> roles, TrafficClass traffic, String[] steps) {
        boolean isForEverybody() {
            return traffic == TrafficClass.PUBLIC;
        }

        boolean isStorefront() {
            return roles.contains(STOREFRONT);
        }

        boolean allows(Role role) {
            return roles.contains(role);
        }

        /** Whether the call changes something; a check or a preview is a POST and changes nothing. */
        boolean changes() {
            return traffic == TrafficClass.MANAGEMENT
                    && !method.equals("GET")
                    && !path.equals("/rulebook/check")
                    && !path.equals("/rulebook/preview");
        }

        /** The kind of thing that the call is about, as the audit log names it. */
        String thing() {
            return switch (steps[0]) {
                case "rulebook" ->
                    steps.length > 1 && steps[1].equals("backtests")
                            ? "backtest"
                            : steps.length > 1 && steps[1].equals("shadow") ? "shadow" : "rulebook";
                case "products", "model" -> steps[0];
                default -> steps[0].substring(0, steps[0].length() - 1);
            };
        }

        private boolean isLiteral() {
            return path.indexOf('{') < 0 && path.indexOf('*') < 0;
        }

        private boolean matches(String[] asked) {
            for (int i = 0; i < steps.length; i++) {
                if (steps[i].equals("**")) {
                    return true;
                }
                if (i >= asked.length || !steps[i].startsWith("{") && !steps[i].equals(asked[i])) {
                    return false;
                }
            }
            return asked.length == steps.length;
        }

        @Override
        public String toString() {
            return method + " " + path;
        }
    }

    /** What the table says of a call: its line, or else the methods that the path has, none for an unknown path. */
    record Found(Permission permission, Set<String> methods) {}

    static List<Permission> table() {
        return TABLE;
    }

    static Found find(String method, String path) {
        String plain = path.length() > 1 && path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
        String wanted = method.equals("HEAD") ? "GET" : method;
        List<Permission> here = LITERAL.get(plain);
        if (here == null) {
            String[] steps = steps(plain);
            here = TEMPLATES.stream().filter(line -> line.matches(steps)).toList();
        }
        for (Permission permission : here) {
            if (permission.method().equals(wanted)) {
                return new Found(permission, Set.of());
            }
        }
        return new Found(null, methods(here));
    }

    private static Set<String> methods(List<Permission> permissions) {
        Set<String> methods = new TreeSet<>();
        permissions.forEach(permission -> methods.add(permission.method()));
        return methods;
    }

    private static String[] steps(String path) {
        return path.substring(1).split("/", -1);
    }

    private static Permission decisions(String call) {
        return line(call, TrafficClass.DECISIONS, STOREFRONT);
    }

    private static Permission events(String call) {
        return line(call, TrafficClass.EVENTS, STOREFRONT);
    }

    private static Permission allow(String call, Role... roles) {
        return line(call, TrafficClass.MANAGEMENT, roles);
    }

    private static Permission everybody(String call) {
        return line(call, TrafficClass.PUBLIC, Role.values());
    }

    private static Permission line(String call, TrafficClass traffic, Role... roles) {
        String[] words = call.split(" ");
        Set<Role> allowed = EnumSet.of(OPERATOR, roles);
        return new Permission(words[0], words[1], allowed, traffic, steps(words[1]));
    }
}
