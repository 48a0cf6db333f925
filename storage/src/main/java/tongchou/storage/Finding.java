package tongchou.storage;

/// What does not hold in a book (差异).
///
/// @param check the invariant, for example `I4`, or what else is checked
/// @param subject the settlement, member or row it is about
/// @param what what was read and what was expected
public record Finding(String check, String subject, String what) {
}
