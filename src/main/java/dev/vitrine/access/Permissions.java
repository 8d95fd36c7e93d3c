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
            reads("GET /decisions/{id}", MERCHANDISER, ANALYST),
            reads("GET /decisions/{id}/prices", MERCHANDISER, ANALYST),
            reads("GET /decisions/{id}/why", MERCHANDISER, ANALYST),
            reads("GET /decisions", MERCHANDISER, ANALYST),
            reads("GET /insights/shares", MERCHANDISER, ANALYST),
            reads("GET /model", MERCHANDISER, ANALYST),
            reads("GET /model/comparison", MERCHANDISER, ANALYST),
            reads("GET /products/{sku}", MERCHANDISER, ANALYST),
            //
            reads("GET /campaigns", MERCHANDISER, ANALYST),
            changes("POST /campaigns", "campaign", MERCHANDISER),
            reads("GET /campaigns/{id}", MERCHANDISER, ANALYST),
            changes("PUT /campaigns/{id}", "campaign", MERCHANDISER),
            changes("DELETE /campaigns/{id}", "campaign", MERCHANDISER),
            changes("POST /campaigns/{id}/activate", "campaign", MERCHANDISER),
            changes("POST /campaigns/{id}/end", "campaign", MERCHANDISER),
            reads("GET /campaigns/{id}/check", MERCHANDISER),
            reads("POST /campaigns/{id}/check", MERCHANDISER),
            //
            reads("GET /rulebook", MERCHANDISER, ANALYST),
            reads("POST /rulebook/check", MERCHANDISER),
            reads("GET /rulebook/vocabulary", MERCHANDISER),
            reads("GET /rulebook/vocabulary/products", MERCHANDISER),
            reads("POST /rulebook/complete", MERCHANDISER),
            reads("POST /rulebook/hover", MERCHANDISER),
            changes("POST /rulebook/publish", "rulebook", MERCHANDISER),
            reads("POST /rulebook/preview", MERCHANDISER),
            reads("GET /rulebook/editions", MERCHANDISER, ANALYST),
            reads("GET /rulebook/editions/{number}", MERCHANDISER, ANALYST),
            reads("GET /rulebook/editions/{number}/changes", MERCHANDISER, ANALYST),
            changes("POST /rulebook/editions/{number}/restore", "rulebook", MERCHANDISER),
            changes("POST /rulebook/editions/{number}/undo", "rulebook", MERCHANDISER),
            reads("GET /rulebook/changes", MERCHANDISER, ANALYST),
            reads("POST /rulebook/changes", MERCHANDISER),
            reads("GET /rulebook/drafts", MERCHANDISER, ANALYST),
            changes("POST /rulebook/drafts", "draft", MERCHANDISER),
            reads("GET /rulebook/drafts/{id}", MERCHANDISER, ANALYST),
            changes("PUT /rulebook/drafts/{id}", "draft", MERCHANDISER),
            changes("DELETE /rulebook/drafts/{id}", "draft", MERCHANDISER),
            changes("POST /rulebook/drafts/{id}/comments", "draft", MERCHANDISER),
            changes("POST /rulebook/drafts/{id}/approve", "draft", MERCHANDISER),
            changes("DELETE /rulebook/drafts/{id}/approval", "draft", MERCHANDISER),
            changes("POST /rulebook/drafts/{id}/publish", "draft", MERCHANDISER),
            reads("GET /rulebook/staged", MERCHANDISER, ANALYST),
            changes("POST /rulebook/staged", "rulebook", MERCHANDISER),
            changes("DELETE /rulebook/staged", "rulebook", MERCHANDISER),
            changes("POST /rulebook/staged/share", "rulebook", MERCHANDISER),
            changes("POST /rulebook/staged/promote", "rulebook", MERCHANDISER),
            reads("GET /rulebook/scheduled", MERCHANDISER, ANALYST),
            changes("POST /rulebook/scheduled", "rulebook", MERCHANDISER),
            reads("GET /rulebook/scheduled/{id}", MERCHANDISER, ANALYST),
            changes("DELETE /rulebook/scheduled/{id}", "rulebook", MERCHANDISER),
            reads("GET /rulebook/calendar", MERCHANDISER, ANALYST),
            reads("GET /rulebook/calendar/entries", MERCHANDISER, ANALYST),
            reads("GET /rulebook/backtests", MERCHANDISER, ANALYST),
            changes("POST /rulebook/backtests", "backtest", MERCHANDISER),
            reads("GET /rulebook/backtests/{id}", MERCHANDISER, ANALYST),
            changes("DELETE /rulebook/backtests/{id}", "backtest", MERCHANDISER),
            reads("GET /rulebook/shadow", MERCHANDISER, ANALYST),
            changes("POST /rulebook/shadow", "shadow", MERCHANDISER),
            changes("DELETE /rulebook/shadow", "shadow", MERCHANDISER),
            reads("GET /rulebook/audit", MERCHANDISER),
            reads("GET /rulebook/rules/{name}/why", MERCHANDISER, ANALYST),
            //
            changes("POST /products", "products", OPERATOR),
            changes("POST /segments", "segments", OPERATOR),
            changes("POST /model/train", "model", OPERATOR),
            reads("GET /shoppers/{id}", OPERATOR),
            changes("DELETE /shoppers/{id}", "shopper", OPERATOR),
            reads("GET /audit", OPERATOR),
            reads("GET /keys", OPERATOR),
            changes("POST /keys", "key", OPERATOR),
            changes("DELETE /keys/{name}", "key", OPERATOR),
            //
            everybody("GET /q/health/live"),
            everybody("GET /q/health/ready"),
            everybody("GET /q/health/started"),
            everybody("GET /q/openapi"),
            everybody("GET /q/swagger-ui/**"),
            reads("GET /q/health", MERCHANDISER, ANALYST),
            reads("GET /q/health/well", MERCHANDISER, ANALYST),
            reads("GET /q/health/group", MERCHANDISER, ANALYST),
            reads("GET /q/health/group/{name}", MERCHANDISER, ANALYST),
            reads("GET /q/metrics", ANALYST));

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

    /**
     * A line of the table: a call, its roles, and the limits that it falls under.
     *
     * @param changed the kind of thing that the call changes, as the audit log names it; null for one that changes nothing, as
     *     a check or a preview, and for what is not audited
     */
    record Permission(
            String method, String path, Set<Role> roles, TrafficClass traffic, String changed, String[] steps) {
        boolean isForEverybody() {
            return traffic == TrafficClass.PUBLIC;
        }

        boolean isStorefront() {
            return roles.contains(STOREFRONT);
        }

        boolean allows(Role role) {
            return roles.contains(role);
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
        return line(call, TrafficClass.DECISIONS, null, STOREFRONT);
    }

    private static Permission events(String call) {
        return line(call, TrafficClass.EVENTS, null, STOREFRONT);
    }

    private static Permission reads(String call, Role... roles) {
        return line(call, TrafficClass.MANAGEMENT, null, roles);
    }

    private static Permission changes(String call, String thing, Role... roles) {
        return line(call, TrafficClass.MANAGEMENT, thing, roles);
    }

    private static Permission everybody(String call) {
        return line(call, TrafficClass.PUBLIC, null, Role.values());
    }

    private static Permission line(String call, TrafficClass traffic, String changed, Role... roles) {
        String[] words = call.split(" ");
        Set<Role> allowed = EnumSet.of(OPERATOR, roles);
        return new Permission(words[0], words[1], allowed, traffic, changed, steps(words[1]));
    }
}
