package tongchou.storage;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// The keys by which callers are known (接口密钥). Only hashes of them are kept; a key ends, it is never deleted.
///
/// Writing methods return only after the change is durable. The store reads no clock.
public interface Keys {

    /// Records a key.
    ///
    /// @throws BookException when its id is taken or the store fails
    void add(Key key);

    /// Records a key if there is none at all.
    ///
    /// @return whether it was recorded
    boolean addFirst(Key key);

    /// Records a key that takes the place of another, which ends on a day or keeps its own last day if that is earlier.
    ///
    /// @param key names the one it replaces
    /// @return whether the other is there and not revoked; nothing is recorded otherwise
    boolean replace(Key key, LocalDate lastDay);

    /// Revokes a key for good; a second time changes nothing.
    ///
    /// @return the key as it is afterwards, empty when there is none of this id
    Optional<Key> revoke(String id, Revocation revocation);

    /// Every key, the oldest first.
    List<Key> all();

    /// A key (密钥).
    ///
    /// @param id what it is called; not secret
    /// @param hash SHA-256 of the whole key
    /// @param holder whom it was given to, in words
    /// @param role the word of its role
    /// @param scope code of the institution, alliance or area; empty for an administrator
    /// @param createdBy the id of the key or the subject that created it
    /// @param replaces the id of the key it took the place of
    record Key(String id, byte[] hash, String holder, String role, String scope, LocalDate firstDay, LocalDate lastDay,
            String createdBy, Instant createdAt, @Nullable String replaces, @Nullable Revocation revocation) {

        /// Copies the hash.
        public Key {
            hash = hash.clone();
        }

        /// SHA-256 of the whole key.
        @Override
        public byte[] hash() {
            return hash.clone();
        }

        /// Everything but the hash.
        @Override
        public String toString() {
            return "key " + id + " of " + holder;
        }
    }

    /// That a key was revoked (吊销).
    ///
    /// @param by the id of the key or the subject that revoked it
    /// @param reason why
    record Revocation(String by, Instant at, String reason) {
    }
}
