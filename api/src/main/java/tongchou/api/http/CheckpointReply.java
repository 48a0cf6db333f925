package tongchou.api.http;

/// How long the audit log was at a time and what was in it, signed (审计存证点).
///
/// @param size how many rows
/// @param algorithm the hash of the tree
/// @param root root of the Merkle tree over the hashes of the rows, in hexadecimal
/// @param at when, in UTC
/// @param keyId name of the key that signed
/// @param signed algorithm of the signature
/// @param line the whole as it stands in the second place
public record CheckpointReply(
        long size, String algorithm, String root, String at, String keyId, String signed, String line) {
}
