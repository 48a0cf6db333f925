package tongchou.api.http;

/// A booked settlement by the key of the institution that sent it (按幂等键查询).
public record SettlementQuery(
        @Field(form = Field.Form.CODE) String institution, @Field(form = Field.Form.KEY) String key) {
}
