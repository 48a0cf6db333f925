package tongchou.storage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.jce.ECNamedCurveTable;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.jce.spec.ECPublicKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/// The audit log bound by SM3 and its checkpoints signed by SM2 (商用密码), on every store.
///
/// Java knows neither; they come from a provider that who opens the book hands in. Here it is first held against the
/// published vectors.
class ChineseAlgorithmsTest {

    private static final Instant NOW = Instant.parse("2026-03-04T00:00:00Z");
    private static final BouncyCastleProvider PROVIDER = new BouncyCastleProvider();
    private static final Fingerprint SM3 = new Fingerprint("SM3", PROVIDER);
    private static final String SIGNED = "SM3WITHSM2";

    @TempDir
    private Path folder;

    /// GB/T 32905-2016, appendix A: a short message and one of 64 bytes.
    @ParameterizedTest
    @CsvSource(textBlock = """
            abc, 1,   66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0
            abcd, 16, debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732
            """)
    void theDigestIsThatOfTheStandard(String text, int times, String digest) {
        assertEquals(digest, HexFormat.of().formatHex(SM3.of(text.repeat(times).getBytes(StandardCharsets.UTF_8))));
    }

    /// GB/T 32918.5-2017, appendix A.2: the signature of `message digest` by the identity `1234567812345678`.
    @Test
    void theSignatureIsThatOfTheStandard() throws Exception {
        var curve = ECNamedCurveTable.getParameterSpec("sm2p256v1");
        var point = curve.getCurve().createPoint(
                number("09F9DF311E5421A150DD7D161E4BC5C672179FAD1833FC076BB08FF356F35020"),
                number("CCEA490CE26775A52DC6EA718CC1AA600AED05FBF35E084A6632F6072DA9AD13"));
        var key = KeyFactory.getInstance("EC", PROVIDER).generatePublic(new ECPublicKeySpec(point, curve));
        var signature = new DERSequence(new ASN1Integer[] {
            new ASN1Integer(number("F5A03B0648D2C4630EEAC513E1BB81A15944DA3827D5B74143AC7EACEEE720B3")),
            new ASN1Integer(number("B1B6AA29DF212FD8763182BC0D421CA1BB9038FD1F7F42D4840B69C485BBC1AA"))}).getEncoded();
        for (var text : List.of("message digest", "message digesT")) {
            var check = Signature.getInstance(SIGNED, PROVIDER);
            check.initVerify(key);
            check.update(text.getBytes(StandardCharsets.UTF_8));
            assertEquals(text.equals("message digest"), check.verify(signature), text);
        }
    }

    private static BigInteger number(String hex) {
        return new BigInteger(hex, 16);
    }

    @ParameterizedTest
    @EnumSource
    void theLogIsBoundAndSignedAndItsTailCannotBeCut(FailingCallsTest.Kind kind) throws Exception {
        var url = kind == FailingCallsTest.Kind.POSTGRESQL ? Postgres.emptyUrl() : "";
        var pair = KeyPairGenerator.getInstance("EC", PROVIDER);
        pair.initialize(new ECGenParameterSpec("sm2p256v1"));
        var keys = pair.generateKeyPair();
        var place = folder.resolve("checkpoints");
        var seal = new Seal("k1", keys.getPrivate(), SIGNED, PROVIDER, place);
        try (var book = open(url, Fingerprint.SHA_256)) {
            book.register(County.hospital());
            book.register(County.person("P", 10, 5));
        }
        try (var book = open(url, SM3)) {
            book.settle(County.submission("P", "k1"), County.settle("k1", 30_000));
            book.checkpoint(seal, NOW);
            book.reverse(County.reversing("S-P-k1", "r1"), County::answer);
            var last = book.checkpoint(seal, NOW.plusSeconds(1));
            assertEquals("SM3 " + SIGNED, last.algorithm() + " " + last.signed());
            assertEquals(List.of(), book.verify(against(place, keys.getPublic())));

            var other = pair.generateKeyPair().getPublic();
            assertEquals(2, book.verifyAudit(against(place, other)).size(), "signed by another key");
            var lines = Files.readAllLines(place);
            Files.writeString(place, lines.getLast().replace(last.size() + "\t", last.size() + 1 + "\t") + "\n");
            assertTrue(book.verifyAudit(against(place, keys.getPublic())).toString()
                    .contains("the log ends at " + last.size()));
        }
    }

    private Book open(String url, Fingerprint fingerprint) {
        return url.isEmpty() ? Books.sqlite(folder.resolve("book.db"), fingerprint)
                : Books.postgresql(url, "postgres", "postgres", fingerprint);
    }

    private static Inspection against(Path place, PublicKey key) throws Exception {
        var all = Inspection.FIRST_DIFFERENCE.atMost(100);
        return new Inspection(all.most(), all.progress(), all.recompute(), Checkpoint.in(place),
                name -> name.equals("k1") ? Optional.of(key) : Optional.empty(), PROVIDER);
    }
}
