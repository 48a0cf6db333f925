package tongchou.server.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.JWSSigner;
import com.nimbusds.jose.crypto.MACSigner;
import com.nimbusds.jose.crypto.RSASSASigner;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.RSAKey;
import com.nimbusds.jose.jwk.gen.RSAKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.PlainJWT;
import com.nimbusds.jwt.SignedJWT;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tongchou.server.access.Tokens;

/// Tokens of an issuer: what is signed, for us, now, with a role; and every way in which it is not.
class TokenTest {

    private static final String ISSUER = "https://sso.example.test/realms/bureau";
    private static final Instant NOW = TestSite.CLOCK.instant();
    private static final String REFUSED = "401 CREDENTIAL_REFUSED";

    private static RSAKey key;
    private static TestSite site;

    @BeforeAll
    static void start(@TempDir Path directory) throws IOException, JOSEException {
        key = new RSAKeyGenerator(2048).keyID("one").generate();
        var set = Files.writeString(directory.resolve("jwks.json"), new JWKSet(key.toPublicJWK()).toString());
        site = new TestSite(directory, book -> book, new Tokens(terms(set.toString(), List.of()), TestSite.CLOCK));
    }

    private static Tokens.Terms terms(String keys, List<String> hosts) {
        return new Tokens.Terms(ISSUER, "tongchou", keys, hosts, "realm_access.tongchou", "tongchou_scope");
    }

    @AfterAll
    static void stop() {
        site.close();
    }

    private static JWTClaimsSet claims(Consumer<JWTClaimsSet.Builder> change) {
        var builder = new JWTClaimsSet.Builder().issuer(ISSUER).audience("tongchou").subject("clerk-7")
                .expirationTime(Date.from(NOW.plusSeconds(300)))
                .claim("realm_access", Map.of("tongchou", List.of("offline", "bureau-clerk")))
                .claim("tongchou_scope", "999901");
        change.accept(builder);
        return builder.build();
    }

    private static String signed(JWSAlgorithm algorithm, String kid, JWSSigner signer, JWTClaimsSet claims)
            throws JOSEException {
        var token = new SignedJWT(new JWSHeader.Builder(algorithm).keyID(kid).type(JOSEObjectType.JWT).build(), claims);
        token.sign(signer);
        return token.serialize();
    }

    private static String good(Consumer<JWTClaimsSet.Builder> change) throws JOSEException {
        return signed(JWSAlgorithm.RS256, "one", new RSASSASigner(key), claims(change));
    }

    private static String answer(String token) {
        var reply = site.send("GET", "/v1/whoami", null, Map.of("Authorization", "Bearer " + token));
        return reply.status() == 200 ? reply.at("by") + " " + reply.at("id") + " " + reply.at("role") + " "
                + reply.at("scope")
                : reply.status() + " " + reply.at("code");
    }

    @Test
    void aGoodTokenIsItsSubjectInItsRoleAndKeysStayKeys() throws JOSEException {
        assertEquals("token clerk-7 bureau-clerk 999901", answer(good(claims -> { })));
        assertEquals("token clerk-7 bureau-clerk 999901",
                answer(signed(JWSAlgorithm.PS256, "one", new RSASSASigner(key),
                claims(claims -> { }))));
        var reply = site.send("GET", "/v1/members/demo-resident-adult", null,
                Map.of("Authorization", "Bearer " + good(claims -> { })));
        assertEquals(200, reply.status(), reply.body());
        assertEquals("token clerk-7 administrator ", answer(good(claims -> claims.claim("realm_access",
                Map.of("tongchou", "administrator")).claim("tongchou_scope", null))));
        assertEquals(200, site.get("/v1/whoami").status());
    }

    @Test
    void timeIsOursWithAMinuteOfGrace() throws JOSEException {
        assertEquals("token clerk-7 bureau-clerk 999901",
                answer(good(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(50))))));
        assertEquals("401 CREDENTIAL_NOT_IN_FORCE",
                answer(good(claims -> claims.expirationTime(Date.from(NOW.minusSeconds(70))))));
        assertEquals("401 CREDENTIAL_NOT_IN_FORCE",
                answer(good(claims -> claims.notBeforeTime(Date.from(NOW.plusSeconds(70))))));
        assertEquals(REFUSED, answer(good(claims -> claims.expirationTime(null))));
    }

    @Test
    void anotherIssuerAudienceRoleOrScopeIsRefused() throws JOSEException {
        for (Consumer<JWTClaimsSet.Builder> change : List.<Consumer<JWTClaimsSet.Builder>>of(
                claims -> claims.issuer(ISSUER + "/"), claims -> claims.issuer(null), claims ->
                claims.audience("another"),
                claims -> claims.audience((String) null), claims -> claims.subject(null), claims -> claims.subject(" "),
                claims -> claims.claim("realm_access", null), claims ->
                claims.claim("realm_access", Map.of("tongchou", "root")),
                claims -> claims.claim("realm_access", Map.of("tongchou", List.of("auditor", "bureau-clerk"))),
                claims -> claims.claim("tongchou_scope", null), claims -> claims.claim("tongchou_scope", "9999"),
                claims -> claims.claim("tongchou_scope", List.of("999901", "999902")))) {
            assertEquals(REFUSED, answer(good(change)));
        }
    }

    @Test
    void onlySignaturesOfThePublishedKeysCount() throws JOSEException {
        var claims = claims(change -> { });
        assertEquals(REFUSED, answer(new PlainJWT(claims).serialize()));
        var stranger = new RSAKeyGenerator(2048).keyID("one").generate();
        assertEquals(REFUSED, answer(signed(JWSAlgorithm.RS256, "one", new RSASSASigner(stranger), claims)));
        assertEquals(REFUSED, answer(signed(JWSAlgorithm.RS256, "two", new RSASSASigner(key), claims)));
        assertEquals(REFUSED, answer(signed(JWSAlgorithm.RS512, "one", new RSASSASigner(key), claims)));
        // The public key as the secret of an HMAC: what a verifier would fall for that lets the token choose.
        var published = key.toRSAPublicKey().getEncoded();
        assertEquals(REFUSED, answer(signed(JWSAlgorithm.HS256, "one", new MACSigner(published), claims)));
        assertEquals(REFUSED, answer(signed(JWSAlgorithm.HS256, "one", new MACSigner(key.toPublicJWK().toString()),
                claims)));
        var good = good(change -> { });
        assertEquals(REFUSED, answer(good.substring(0, good.lastIndexOf('.') + 1)));
        assertEquals(REFUSED, answer("e30." + good.split("\\.")[1] + "." + good.split("\\.")[2]));
        assertEquals(REFUSED, answer("a".repeat(9000)));
    }

    @Test
    void keysComeFromAFileOrAnAllowedHost() throws IOException {
        new Tokens(terms("https://sso.example.test/keys", List.of("SSO.example.test")), TestSite.CLOCK);
        for (var keys : List.of("https://elsewhere.test/keys", "http://sso.example.test/keys",
                "https://sso.example.test@evil.test/keys",
                "ftp://sso.example.test/keys")) {
            assertThrows(IllegalArgumentException.class, () ->
                    new Tokens(terms(keys, List.of("sso.example.test")), TestSite.CLOCK), keys);
        }
        assertThrows(IOException.class, () -> new Tokens(terms("no-such-file", List.of()), TestSite.CLOCK));
    }
}
