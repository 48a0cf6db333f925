package tongchou.server.access;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JOSEObjectType;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.source.ImmutableJWKSet;
import com.nimbusds.jose.jwk.source.JWKSource;
import com.nimbusds.jose.jwk.source.JWKSourceBuilder;
import com.nimbusds.jose.proc.BadJOSEException;
import com.nimbusds.jose.proc.DefaultJOSEObjectTypeVerifier;
import com.nimbusds.jose.proc.JWSVerificationKeySelector;
import com.nimbusds.jose.proc.SecurityContext;
import com.nimbusds.jose.util.DefaultResourceRetriever;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import com.nimbusds.jwt.proc.DefaultJWTClaimsVerifier;
import com.nimbusds.jwt.proc.DefaultJWTProcessor;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.ParseException;
import java.time.Clock;
import java.time.Duration;
import java.util.Date;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tongchou.api.http.ProblemCode;
import tongchou.api.http.Role;
import tongchou.api.http.Words;

/// Bearer tokens of one OpenID Connect issuer (令牌认证): signed with a public key of its set, for this audience, now.
public final class Tokens {

    /// The signatures that are accepted; none with a shared secret, and never `none`.
    static final Set<JWSAlgorithm> ALGORITHMS = Set.of(JWSAlgorithm.RS256, JWSAlgorithm.PS256, JWSAlgorithm.ES256,
            JWSAlgorithm.ES384);

    private static final Duration SKEW = Duration.ofSeconds(60);
    private static final int FETCH_MILLIS = 3000;
    private static final int LARGEST_SET = 200_000;
    private static final int LONGEST_TOKEN = 8192;
    private static final System.Logger LOG = System.getLogger(Tokens.class.getName());

    private final Terms terms;
    private final DefaultJWTProcessor<SecurityContext> processor = new DefaultJWTProcessor<>();

    /// What is expected of a token.
    ///
    /// @param issuer exactly the `iss`
    /// @param audience one of the `aud`
    /// @param keys where the issuer's public keys are: a file, or an https address
    /// @param hosts the hosts an address may name
    /// @param roleClaim where the role stands, with dots for claims within claims: `realm_access.roles`
    /// @param scopeClaim where the scope stands
    public record Terms(
            String issuer, String audience, String keys, List<String> hosts, String roleClaim, String scopeClaim) {
    }

    /// Tokens of an issuer.
    ///
    /// @throws IOException when the file with its keys cannot be read
    /// @throws IllegalArgumentException when the address of its keys is not one of an allowed host
    public Tokens(Terms terms, Clock clock) throws IOException {
        this.terms = terms;
        var claims = new DefaultJWTClaimsVerifier<SecurityContext>(Set.of(terms.audience()),
                new JWTClaimsSet.Builder().issuer(terms.issuer()).build(), Set.of("sub", "exp"), Set.of()) {
            @Override
            protected Date currentTime() {
                return Date.from(clock.instant());
            }
        };
        claims.setMaxClockSkew((int) SKEW.toSeconds());
        processor.setJWTClaimsSetVerifier(claims);
        processor.setJWSTypeVerifier(new DefaultJOSEObjectTypeVerifier<>(JOSEObjectType.JWT,
                new JOSEObjectType("at+jwt"), null));
        processor.setJWSKeySelector(new JWSVerificationKeySelector<>(ALGORITHMS, keys(terms)));
    }

    private static JWKSource<SecurityContext> keys(Terms terms) throws IOException {
        if (!terms.keys().matches("(?i)[a-z]{2,}://.*")) {
            try {
                return new ImmutableJWKSet<>(JWKSet.parse(Files.readString(Path.of(terms.keys()))));
            } catch (ParseException broken) {
                throw new IOException(terms.keys() + ": " + broken.getMessage(), broken);
            }
        }
        var address = URI.create(terms.keys());
        var host = address.getHost();
        if (host == null || !address.getScheme().equalsIgnoreCase("https")
                || !terms.hosts().stream().map(one -> one.toLowerCase(Locale.ROOT)).toList()
                        .contains(host.toLowerCase(Locale.ROOT))) {
            throw new IllegalArgumentException(terms.keys());
        }
        return JWKSourceBuilder.<SecurityContext>create(address.toURL(), new Retriever()).retrying(true)
                .outageTolerant(Duration.ofHours(1).toMillis()).build();
    }

    /// Fetches the keys without going where the issuer's host might send it.
    private static final class Retriever extends DefaultResourceRetriever {

        Retriever() {
            super(FETCH_MILLIS, FETCH_MILLIS, LARGEST_SET);
        }

        @Override
        protected HttpURLConnection openHTTPConnection(URL url) throws IOException {
            var connection = super.openHTTPConnection(url);
            connection.setInstanceFollowRedirects(false);
            return connection;
        }
    }

    /// Who the token speaks for.
    ///
    /// @throws Turned when it is not genuine, not in force, or gives no role
    Caller know(String text) {
        if (text.length() > LONGEST_TOKEN) {
            throw Turned.notGenuine();
        }
        try {
            var token = SignedJWT.parse(text);
            return caller(processor.process(token, null));
        } catch (BadJOSEException refused) {
            LOG.log(System.Logger.Level.DEBUG, () -> "a token was refused: " + refused.getMessage());
            if (String.valueOf(refused.getMessage()).contains("Expired JWT")) {
                throw Turned.notInForce("令牌已过期", "the token has expired");
            }
            if (String.valueOf(refused.getMessage()).contains("before use time")) {
                throw Turned.notInForce("令牌尚未生效", "the token is not yet valid");
            }
            throw Turned.notGenuine();
        } catch (ParseException notAToken) {
            throw Turned.notGenuine();
        } catch (JOSEException unreadable) {
            LOG.log(System.Logger.Level.WARNING, "the keys of the token issuer could not be had", unreadable);
            throw Turned.notGenuine();
        }
    }

    private Caller caller(JWTClaimsSet claims) {
        var words = words(at(claims, terms.roleClaim()));
        var roles = Stream.of(Role.values()).filter(role -> words.contains(Words.of(role))).toList();
        var scopes = words(at(claims, terms.scopeClaim()));
        var subject = claims.getSubject();
        if (roles.size() != 1 || subject.isBlank()
                || (roles.getFirst() == Role.ADMINISTRATOR ? !scopes.isEmpty() : scopes.size() != 1)
                || !scopes.stream().allMatch(scope -> Scopes.fits(roles.getFirst(), scope))) {
            LOG.log(System.Logger.Level.DEBUG, () -> ProblemCode.CREDENTIAL_REFUSED + ": roles " + roles.size()
                    + ", scopes " + scopes.size());
            throw Turned.notGenuine();
        }
        return new Caller(Caller.By.TOKEN, subject, subject, roles.getFirst(), scopes.isEmpty() ? ""
                : scopes.getFirst());
    }

    private static @Nullable Object at(JWTClaimsSet claims, String path) {
        if (claims.getClaim(path) != null) {
            return claims.getClaim(path);
        }
        Object at = claims.getClaims();
        for (var step : path.split("\\.")) {
            at = at instanceof Map<?, ?> map ? map.get(step) : null;
        }
        return at;
    }

    private static List<String> words(@Nullable Object claim) {
        return switch (claim) {
            case String word -> List.of(word);
            case List<?> words -> words.stream().map(String::valueOf).toList();
            case null, default -> List.of();
        };
    }
}
