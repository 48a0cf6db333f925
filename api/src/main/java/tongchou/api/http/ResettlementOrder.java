package tongchou.api.http;

/// The booking of a re-settlement as two persons decide on it (重算入账指令).
///
/// @param revision of the re-settlement that was looked at; a later one is not booked
public record ResettlementOrder(String resettlement, @Field(least = 1) long revision) {
}
