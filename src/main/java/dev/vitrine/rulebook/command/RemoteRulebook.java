package dev.vitrine.rulebook.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import dev.vitrine.problem.Json;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/** The calls of a running service. */
final class RemoteRulebook {
    private static final Duration CONNECT_MAX = Duration.ofSeconds(5);
    /** A check may wait for its turn and then take 90 s. */
    private static final Duration ANSWER_MAX = Duration.ofSeconds(150);

    private static final int UNAUTHORIZED = 401;
    private static final int FORBIDDEN = 403;
    private static final int CONFLICT = 409;
    private static final int TOO_LARGE = 413;
    private static final int UNPROCESSABLE = 422;
    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;

    // redirections are not followed: the key is for this address alone
    private final HttpClient client = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_MAX)
            .build();
    private final String address;
    private final String key;

    RemoteRulebook(URI address, String key) {
        this.address = address.toString().replaceFirst("/+$", "");
        this.key = key;
    }

    /** An answer that was one of success, or says what is wrong with the rules or what changed meanwhile. */
    record Answer(int status, JsonNode body) {
        boolean refusesRules() {
            return status == UNPROCESSABLE;
        }

        boolean conflict() {
            return status == CONFLICT;
        }
    }

    String address() {
        return address;
    }

    Answer get(String path) {
        return answer(path, request(path).GET());
    }

    Answer post(String path, Object body) {
        return answer(
                path,
                request(path)
                        .header("Content-Type", "application/json")
                        .POST(BodyPublishers.ofString(Json.text(body), StandardCharsets.UTF_8)));
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(URI.create(address + path)).timeout(ANSWER_MAX);
        return key.isEmpty() ? request : request.header("Authorization", "Bearer " + key);
    }

    private Answer answer(String path, HttpRequest.Builder request) {
        HttpResponse<byte[]> response;
        try {
            response = client.send(request.build(), BodyHandlers.ofByteArray());
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.UNREACHABLE,
                    address + " cannot be reached" + (e.getMessage() == null ? "" : " (" + e.getMessage() + ")")
                            + "; --url or VITRINE_URL names another address");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new CommandFailure(ExitCode.UNREACHABLE, "interrupted");
        }
        int status = response.statusCode();
        JsonNode body = json(response.body());
        if (status / 100 == 2) {
            if (body == null || !body.isObject()) {
                throw notVitrine();
            }
            return new Answer(status, body);
        }
        if (body != null
                && (status == UNPROCESSABLE && body.path("problems").isArray()
                        || status == CONFLICT && body.path("changes").isArray())) {
            return new Answer(status, body);
        }
        throw refused(path, status, body);
    }

    private CommandFailure refused(String path, int status, JsonNode problem) {
        if (problem == null || !problem.path("title").isTextual()) {
            return status < SERVER_ERROR
                    ? notVitrine()
                    : new CommandFailure(
                            ExitCode.UNREACHABLE, address + " answers with status " + status + "; try again later");
        }
        String why = (problem.hasNonNull("field") ? problem.path("field").asText() + ": " : "")
                + problem.path("detail").asText(problem.path("title").asText());
        return switch (status) {
            case UNAUTHORIZED, FORBIDDEN ->
                new CommandFailure(
                        ExitCode.REFUSED, why + (key.isEmpty() ? ". VITRINE_KEY or --key-file gives the key" : ""));
            case TOO_LARGE ->
                new CommandFailure(
                        ExitCode.REFUSED,
                        why + ". Publish the change in parts, or save it in the service's own folder");
            case CONFLICT -> new CommandFailure(ExitCode.CONFLICT, why);
            default ->
                status == TOO_MANY || status >= SERVER_ERROR
                        ? new CommandFailure(ExitCode.UNREACHABLE, address + " is not ready: " + why)
                        : new CommandFailure(ExitCode.REFUSED, address + path + " refused this: " + why);
        };
    }

    private CommandFailure notVitrine() {
        return new CommandFailure(
                ExitCode.UNREACHABLE, address + " does not answer as Vitrine does; is it the right address?");
    }

    private static JsonNode json(byte[] body) {
        try {
            return Json.MAPPER.readTree(body);
        } catch (JsonProcessingException e) {
            return null;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
