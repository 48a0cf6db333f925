package tongchou.storage;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// The identities of members as a book keeps them (证件信息): sealed, and found by a keyed hash.
///
/// The book cannot read them: [IdentitySafe] can, with a master key that is not in the book. Writing methods return
/// only after the change is durable, and leave an audit row without number and hash.
public interface Identities {

    /// The word of a [Book.Conflict] about an identity that belongs to somebody else.
    String OTHER_MEMBER = "other-member";

    /// The word of a [Book.Conflict] about a member that has another identity.
    String OTHER_IDENTITY = "other-identity";

    /// Every version of the keys, the oldest first.
    List<SealedKey> keys();

    /// Adds the next version.
    ///
    /// @return whether it was the next
    boolean addKey(SealedKey key, String by);

    /// Keeps every key wrapped by another master key, all or none.
    void rewrap(List<SealedKey> keys, String by, Instant at);

    /// Registers a member together with its identity, both or neither; the same again changes nothing.
    ///
    /// @param hashes the hash of the identity under every version
    /// @return what stands in the way; its field is `identity` when that is
    /// @throws StaleKeys when there is a newer version of the keys than the identity was sealed by
    Optional<Book.Conflict> register(Person person, Sealed identity, List<byte[]> hashes, String by, Instant at);

    /// Puts another identity in the place of what a known member has.
    ///
    /// @throws StaleKeys when there is a newer version of the keys than the identity was sealed by
    Optional<Book.Conflict> change(Sealed identity, List<byte[]> hashes, String reason, String by, Instant at);

    /// The token of the member whose identity has one of these hashes.
    Optional<String> find(List<byte[]> hashes);

    /// The identity of a member.
    Optional<Sealed> of(String token);

    /// Identities that were sealed by an older version.
    List<Sealed> before(int version, int limit);

    /// Keeps the same identity under another version, unless it was changed meanwhile.
    boolean reseal(Sealed old, Sealed next);

    /// A version of the keys, wrapped by a master key.
    ///
    /// @param algorithm `AES-GCM` or `SM4-GCM`
    /// @param wrapped the sealing key and the hashing key
    /// @param master fingerprint of the master key
    record SealedKey(int version, String algorithm, byte[] wrapped, String master, Instant createdAt) {
    }

    /// A sealed identity.
    ///
    /// @param kind national code of the kind of document
    /// @param hash keyed hash of kind and number
    /// @param sealed the number, bound to member, kind and version
    record Sealed(String token, int version, String kind, byte[] hash, byte[] sealed) {

        /// Nothing of the number.
        @Override
        public String toString() {
            return "identity of " + token;
        }
    }

    /// An identity was sealed by a version of the keys that is not the newest (密钥版本已更新).
    final class StaleKeys extends RuntimeException {

        private static final long serialVersionUID = 1L;

        StaleKeys() {
            super("there is a newer version of the identity keys", null, false, false);
        }
    }
}
