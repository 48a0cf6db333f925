package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;

/// Registers a referral down with its prescription (下转携带处方); the sender is the institution that calls.
///
/// @param id chosen by the sender, once
/// @param member token of the member
/// @param receiver code of the institution that goes on, or of the centre of its village clinic
/// @param episode name of the disease episode, as both settle it
/// @param issued day of the referral
/// @param lastDay last day on which the prescription may be dispensed
public record ReferralRequest(
        @Field(form = Field.Form.CODE) String id,
        @Field(form = Field.Form.CODE) String member,
        @Field(form = Field.Form.CODE) String receiver,
        @Field(form = Field.Form.KEY) String episode,
        LocalDate issued,
        LocalDate lastDay,
        @Field(least = 1, most = 100) List<PrescribedFacts> items) {

    /// An item of a prescription.
    ///
    /// @param quantity the most that may be dispensed in one settlement
    public record PrescribedFacts(
            @Field(form = Field.Form.KEY) String item, @Field(form = Field.Form.DECIMAL) String quantity) {
    }
}
