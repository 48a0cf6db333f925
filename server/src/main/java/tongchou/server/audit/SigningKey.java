package tongchou.server.audit;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.Provider;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import tongchou.storage.Seal;

/// The key that signs checkpoints of the audit log (存证签名密钥): a file that only its owner reads, made when it is first
/// needed, with the public half beside the checkpoints.
///
/// @param keyId `audit-` and the beginning of SHA-256 of the public key
public record SigningKey(String keyId, Kind kind, KeyPair keys) {

    /// The file in the second place to which checkpoints are added.
    public static final String CHECKPOINTS = "checkpoints.txt";

    private static final String AUDIT = "audit-";
    private static final String PRIVATE = "PRIVATE KEY";
    private static final String PUBLIC = "PUBLIC KEY";
    private static final Pattern PEM = Pattern.compile("(?s).*?-----BEGIN [A-Z ]+-----(.*?)-----END [A-Z ]+-----.*");

    /// Who knows the algorithms of the Chinese standards.
    private static final Provider CHINESE = new BouncyCastleProvider();

    /// The algorithms that can sign.
    public enum Kind {
        /// Ed25519 of RFC 8032.
        ED25519("Ed25519"),
        /// SM2 with SM3 of GB/T 32918 (国密).
        SM2("SM3withSM2");

        private final String signature;

        Kind(String signature) {
            this.signature = signature;
        }

        private Signature algorithm() throws GeneralSecurityException {
            return this == SM2 ? Signature.getInstance(signature, CHINESE) : Signature.getInstance(signature);
        }

        /// Its name as algorithm, for example `Ed25519`.
        public String signature() {
            return signature;
        }
    }

    /// Who knows the algorithms that Java has not.
    public static Provider provider() {
        return CHINESE;
    }

    /// Reads the key of a folder, or makes one.
    ///
    /// @throws IOException when the file cannot be read or written, or holds no such key
    public static SigningKey in(Path folder, Kind kind) throws IOException {
        return at(file(folder, kind), AUDIT, kind);
    }

    /// Reads the key of a file, or makes one.
    ///
    /// @param prefix what its id begins with, for example `pack-`
    /// @throws IOException when the file cannot be read or written, or holds no such key
    public static SigningKey at(Path file, String prefix, Kind kind) throws IOException {
        try {
            if (!Files.exists(file)) {
                make(file, kind);
            }
            var text = Files.readString(file);
            var publicKey = publicKey(text.substring(text.indexOf("-----BEGIN " + PUBLIC)), kind);
            var privateKey = factory(kind).generatePrivate(new PKCS8EncodedKeySpec(pem(text)));
            return new SigningKey(prefix + id(publicKey), kind, new KeyPair(publicKey, privateKey));
        } catch (GeneralSecurityException | StringIndexOutOfBoundsException | IllegalArgumentException damaged) {
            throw new IOException(file + " holds no " + kind + " key", damaged);
        }
    }

    /// The files of keys that a folder has.
    public static List<Path> files(Path folder) {
        return Stream.of(Kind.values()).map(kind -> file(folder, kind)).filter(Files::exists).toList();
    }

    private static Path file(Path folder, Kind kind) {
        return folder.resolve("audit-" + kind.name().toLowerCase(java.util.Locale.ROOT) + ".key");
    }

    private static void make(Path file, Kind kind) throws IOException, GeneralSecurityException {
        var generator = kind == Kind.SM2 ? KeyPairGenerator.getInstance("EC", CHINESE)
                : KeyPairGenerator.getInstance("Ed25519");
        if (kind == Kind.SM2) {
            generator.initialize(new ECGenParameterSpec("sm2p256v1"));
        }
        var pair = generator.generateKeyPair();
        Files.createDirectories(file.toAbsolutePath().getParent());
        try {
            if (Files.getFileStore(file.toAbsolutePath().getParent()).supportsFileAttributeView("posix")) {
                Files.createFile(file, PosixFilePermissions.asFileAttribute(
                        PosixFilePermissions.fromString("rw-------")));
            } else {
                Files.createFile(file);
            }
            Files.writeString(file, pem(PRIVATE, pair.getPrivate().getEncoded())
                    + pem(PUBLIC, pair.getPublic().getEncoded()));
        } catch (FileAlreadyExistsException another) {
            System.getLogger(SigningKey.class.getName()).log(System.Logger.Level.DEBUG, "made meanwhile", another);
        }
    }

    /// What signs and where it is kept, with the public key written beside it.
    ///
    /// @throws IOException when the place cannot be written
    public Seal seal(Path place) throws IOException {
        Files.createDirectories(place);
        var published = place.resolve(keyId + ".pub");
        if (!Files.exists(published)) {
            Files.writeString(published, pem(PUBLIC, keys.getPublic().getEncoded()));
        }
        return new Seal(keyId, keys.getPrivate(), kind.signature, kind == Kind.SM2 ? CHINESE : null,
                place.resolve(CHECKPOINTS));
    }

    /// The signature of a text.
    public byte[] sign(byte[] text) {
        try {
            var signing = kind.algorithm();
            signing.initSign(keys.getPrivate());
            signing.update(text);
            return signing.sign();
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    /// A public key by which signatures are checked (验签公钥).
    ///
    /// @param keyId the prefix it was asked for with, and the beginning of SHA-256 of the key
    public record Public(String keyId, Kind kind, PublicKey key) {

        /// Reads a public key (PEM) of either kind, empty when the text holds none.
        public static Optional<Public> of(String text, String prefix) {
            var begin = text.indexOf("-----BEGIN " + PUBLIC);
            for (var kind : Kind.values()) {
                try {
                    var key = publicKey(begin < 0 ? text : text.substring(begin), kind);
                    return Optional.of(new Public(prefix + id(key), kind, key));
                } catch (GeneralSecurityException | IllegalArgumentException anotherKind) {
                    System.getLogger(SigningKey.class.getName()).log(System.Logger.Level.DEBUG, "not " + kind,
                            anotherKind);
                }
            }
            return Optional.empty();
        }

        /// Whether the owner of the key signed a text.
        public boolean signed(byte[] text, byte[] signature) {
            try {
                var check = kind.algorithm();
                check.initVerify(key);
                check.update(text);
                return check.verify(signature);
            } catch (GeneralSecurityException notThisKey) {
                return false;
            }
        }
    }

    /// The public half as text (PEM).
    public String publicText() {
        return pem(PUBLIC, keys.getPublic().getEncoded());
    }

    /// The public key of a name that lies beside checkpoints, empty when there is none or the name is not that of the
    /// key.
    public static Optional<PublicKey> published(Path place, String keyId) {
        if (!keyId.matches("audit-[0-9a-f]+")) {
            return Optional.empty();
        }
        try {
            var text = Files.readString(place.resolve(keyId + ".pub"));
            for (var kind : Kind.values()) {
                try {
                    return Optional.of(publicKey(text, kind)).filter(key -> (AUDIT + id(key)).equals(keyId));
                } catch (GeneralSecurityException | IllegalArgumentException anotherKind) {
                    System.getLogger(SigningKey.class.getName()).log(System.Logger.Level.DEBUG, "not " + kind,
                            anotherKind);
                }
            }
            return Optional.empty();
        } catch (IOException none) {
            return Optional.empty();
        }
    }

    private static PublicKey publicKey(String text, Kind kind) throws GeneralSecurityException {
        return factory(kind).generatePublic(new X509EncodedKeySpec(pem(text)));
    }

    private static KeyFactory factory(Kind kind) throws GeneralSecurityException {
        return kind == Kind.SM2 ? KeyFactory.getInstance("EC", CHINESE) : KeyFactory.getInstance("Ed25519");
    }

    private static byte[] pem(String text) {
        var found = PEM.matcher(text);
        if (!found.matches()) {
            throw new IllegalArgumentException("no PEM");
        }
        return Base64.getMimeDecoder().decode(found.group(1).strip());
    }

    private static String pem(String title, byte[] key) {
        return "-----BEGIN " + title + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(key)
                + "\n-----END " + title + "-----\n";
    }

    private static String id(PublicKey key) {
        try {
            return HexFormat.of().formatHex(
                    MessageDigest.getInstance("SHA-256").digest(key.getEncoded()), 0, 8);
        } catch (GeneralSecurityException impossible) {
            throw new IllegalStateException(impossible);
        }
    }
}
