package tongchou.api.http;

import java.time.LocalDate;
import java.util.List;

/// A referral down with its prescription (下转携带处方).
public record ReferralReply(
        String id, String member, String sender, String receiver, String episode, LocalDate issued, LocalDate lastDay,
        List<PrescribedReply> items) {

    /// An item of a prescription.
    public record PrescribedReply(String item, String name, String quantity) {
    }
}
