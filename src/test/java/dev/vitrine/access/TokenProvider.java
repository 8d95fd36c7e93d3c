package dev.vitrine.access;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.lang.JoseException;

/** An OpenID Connect provider as far as a service that checks its tokens sees one: its metadata and its public keys. */
final class TokenProvider {
    private final RsaJsonWebKey key = newKey();
    private HttpServer server;
    private String issuer;

    private static RsaJsonWebKey newKey() {
        try {
            RsaJsonWebKey key = RsaJwkGenerator.generateJwk(2048);
            key.setKeyId("test");
            return key;
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Returns the provider's address. */
    String start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        issuer = "http://localhost:" + server.getAddress().getPort();
        answer("/.well-known/openid-configuration", Map.of("issuer", issuer, "jwks_uri", issuer + "/keys"));
        answer("/keys", Map.of("keys", List.of(key.toParams(JsonWebKey.OutputControlLevel.PUBLIC_ONLY))));
        server.start();
        return issuer;
    }

    private void answer(String path, Map<String, ?> body) {
        byte[] json = JsonUtil.toJson(body).getBytes(StandardCharsets.UTF_8);
        server.createContext(path, exchange -> {
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, json.length);
            exchange.getResponseBody().write(json);
            exchange.close();
        });
    }

    void stop() {
        server.stop(0);
    }

    String token(String person, List<String> groups) {
        return token(person, groups, "vitrine", 10, key);
    }

    String tokenForAnotherService(String person, List<String> groups) {
        return token(person, groups, "another", 10, key);
    }

    String expiredToken(String person, List<String> groups) {
        return token(person, groups, "vitrine", -10, key);
    }

    String forgedToken(String person, List<String> groups) {
        return token(person, groups, "vitrine", 10, newKey());
    }

    private String token(String person, List<String> groups, String audience, int minutes, RsaJsonWebKey signer) {
        JwtClaims claims = new JwtClaims();
        claims.setIssuer(issuer);
        claims.setAudience(audience);
        claims.setSubject(person);
        claims.setStringClaim("preferred_username", person);
        claims.setClaim("realm", Map.of("groups", groups));
        claims.setIssuedAtToNow();
        claims.setExpirationTimeMinutesInTheFuture(minutes);
        JsonWebSignature signed = new JsonWebSignature();
        signed.setPayload(claims.toJson());
        signed.setKey(signer.getPrivateKey());
        signed.setKeyIdHeaderValue("test");
        signed.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
        try {
            return signed.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException(e);
        }
    }
}
